package io.orderweir.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Where the PostgreSQL driver of this JVM looks a password up that a test does not give (libpq's .pgpass): those of the embedded databases it has started. */
public final class PasswordFile {

    private static final Path FILE = Path.of("target", "pgpass-" + ProcessHandle.current().pid()).toAbsolutePath();

    private static final Map<String, String> PASSWORDS = new HashMap<>();

    private PasswordFile() {
    }

    /** @param folder of the embedded services, which has their keys */
    public static synchronized void add(String jdbcUrl, Path folder) {
        String port = jdbcUrl.replaceFirst(".*://[^:]+:(\\d+)/.*", "$1");
        try {
            PASSWORDS.put("127.0.0.1:" + port + ":*:" + EmbeddedPostgres.USER + ":", Files.readString(folder.resolve("postgres.key")));
            PASSWORDS.put("127.0.0.1:" + port + ":*:postgres:", Files.readString(folder.resolve("postgres-admin.key")));
            Files.write(FILE, PASSWORDS.entrySet().stream().map(one -> one.getKey() + one.getValue()).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        FILE.toFile().deleteOnExit();
        System.setProperty("org.postgresql.pgpassfile", FILE.toString());
    }
}
