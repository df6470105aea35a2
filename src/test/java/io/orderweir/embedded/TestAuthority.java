package io.orderweir.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate authority of a test, made by the JDK's keytool when it is asked for, in a folder: {@code ca.crt}, and of a server at 127.0.0.1 {@code server.p12}, {@code server.crt} and
 * {@code server.key}.
 */
public final class TestAuthority {

    /** Of the file of keys, which lies in a folder of a test. */
    static final String STORE_PASSWORD = "of-this-test";

    private TestAuthority() {
    }

    public static Path in(Path folder) {
        try {
            Files.createDirectories(folder);
            Path store = folder.resolve("server.p12");
            Files.deleteIfExists(store);
            keytool(store, "-alias", "ca", "-dname", "CN=CA of a test", "-ext", "bc:c=ca:true");
            keytool(store, "-alias", "server", "-dname", "CN=server of a test", "-ext", "san=ip:127.0.0.1", "-signer", "ca");
            KeyStore keys = KeyStore.getInstance(store.toFile(), STORE_PASSWORD.toCharArray());
            write(folder.resolve("ca.crt"), "CERTIFICATE", keys.getCertificate("ca").getEncoded());
            write(folder.resolve("server.crt"), "CERTIFICATE", keys.getCertificate("server").getEncoded());
            write(folder.resolve("server.key"), "PRIVATE KEY", keys.getKey("server", STORE_PASSWORD.toCharArray()).getEncoded());
            // the broker shows the key that is alone in it
            keys.deleteEntry("ca");
            try (var out = Files.newOutputStream(store)) {
                keys.store(out, STORE_PASSWORD.toCharArray());
            }
            return folder;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path store, String... what) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-J-XX:TieredStopAtLevel=1", "-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1",
                "-validity", "2", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", STORE_PASSWORD));
        command.addAll(List.of(what));
        Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(made.getInputStream().readAllBytes());
        if (made.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
    }

    private static void write(Path file, String what, byte[] content) throws IOException {
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + what + "-----\n");
    }
}
