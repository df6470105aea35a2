package io.orderweir.embedded;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.metadata.storage.Formatter;

/** The embedded services with a broker that speaks TLS and knows its user by SCRAM-SHA-512, as those of a data centre do. Arguments: the data folder, the folder of the jars. */
public final class GuardedServices {

    private GuardedServices() {
    }

    public static void main(String[] arguments) {
        EmbeddedServices.main(arguments, Guarded::new);
    }

    /** What runs them; the words before are the JVM and its options. */
    public static List<String> command(Path data, Path installation) {
        String classPath = Stream.of("orderweir.jar", "embedded/*", "app/lib/main/*", "app/lib/boot/*").map(entry -> installation + File.separator + entry).collect(Collectors.joining(File.pathSeparator));
        return List.of("-cp", classPath + File.pathSeparator + Path.of("target", "test-classes").toAbsolutePath(), GuardedServices.class.getName(), data.toString(), installation.resolve("embedded").toString());
    }

    /** From now on the database takes TLS, too, also after each start. */
    public static void guard(Path data, String jdbcUrl) {
        try (Connection admin = DriverManager.getConnection(jdbcUrl, "postgres", null); Statement statement = admin.createStatement()) {
            for (String file : List.of("server.crt", "server.key")) {
                Path own = Files.copy(data.resolve("tls").resolve(file), data.resolve("postgres").resolve(file));
                Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rw-------"));
                Files.setOwner(own, Files.getOwner(data.resolve("postgres")));
            }
            statement.execute("alter system set ssl = on");
            statement.execute("select pg_reload_conf()");
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            try (Connection guarded = DriverManager.getConnection(jdbcUrl + "?sslmode=require", "postgres", null)) {
                return guarded.isValid(5);
            }
        });
    }

    private static final class Guarded extends EmbeddedKafka {

        private final Path data;

        Guarded(Path data, int port, int controllerPort) {
            super(data, port, controllerPort);
            this.data = data;
        }

        @Override
        Formatter formatter() throws IOException {
            return super.formatter().setScramArguments(List.of("SCRAM-SHA-512=[name=orderweir,password=" + OwnKey.of(keyOf(data)) + "]"));
        }

        @Override
        Properties properties() throws IOException {
            Properties properties = super.properties();
            properties.remove("listener.name.broker.plain.sasl.jaas.config");
            properties.putAll(Map.of(
                    "listener.security.protocol.map", "BROKER:SASL_SSL,CONTROLLER:SASL_PLAINTEXT",
                    "listener.name.broker.sasl.enabled.mechanisms", "SCRAM-SHA-512",
                    "sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512",
                    "listener.name.broker.scram-sha-512.sasl.jaas.config", "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"orderweir\" password=\""
                            + Files.readString(keyOf(data)) + "\";",
                    "listener.name.broker.ssl.keystore.type", "PKCS12",
                    "listener.name.broker.ssl.keystore.location", data.resolveSibling("tls").resolve("server.p12").toString(),
                    "listener.name.broker.ssl.keystore.password", TestAuthority.STORE_PASSWORD));
            properties.putAll(Map.of(
                    "listener.name.broker.ssl.truststore.type", "PEM",
                    "listener.name.broker.ssl.truststore.location", data.resolveSibling("tls").resolve("ca.crt").toString()));
            return properties;
        }
    }
}
