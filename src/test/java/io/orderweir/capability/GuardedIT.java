package io.orderweir.capability;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.connection.Broker;
import io.orderweir.connection.SigningIn;
import io.orderweir.embedded.TestAuthority;
import io.orderweir.process.Access;
import io.orderweir.process.Account;
import io.orderweir.process.Api;
import io.orderweir.process.Engine;
import io.orderweir.process.Folders;
import io.orderweir.process.Sandbox;
import io.orderweir.process.Services;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A broker and a database as a data centre has them: TLS with certificates of its own CA, a name and a password for each. */
class GuardedIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String WRONG = "wrong-and-still-a-secret";

    private static Services services;
    private static Sandbox vendors;
    private static Path files;

    @BeforeAll
    static void start() throws IOException {
        services = Services.start("guarded", Access.GUARDED);
        vendors = Sandbox.shared();
        files = Folders.fresh("guarded-files");
        Files.writeString(files.resolve("username"), "orderweir\n");
        Files.writeString(files.resolve("late"), "late");
        Files.writeString(files.resolve("wrong"), WRONG + "\n");
    }

    @AfterAll
    static void stop() {
        services.close();
    }

    @Test
    void anOrderGoesItsWholeWayAndNoSecretIsToldOnIt() throws IOException {
        try (Engine engine = engine("guarded").with(Account.shop("web", "hush")).with(Account.netsuite(vendors.url()).limit("at-once", 5, "0s"))
                .with(Account.wms(vendors.url()).limit("at-once", 5, "0s")).start()) {
            // When
            await().atMost(LONG).until(() -> sells(engine, 77));
            // Then it was captured, understood and booked
            await().atMost(LONG).untilAsserted(() -> assertEquals(1, vendors.get("/sandbox/report").path("netsuite").path("distinct").asInt()));
            Api.at(engine.url()).get("/q/health/ready").then().statusCode(200);
            // by TLS alone
            assertEquals(List.of(Map.of("ssl", true)), services.sql().rows("select distinct s.ssl from pg_stat_ssl s join pg_stat_activity a using (pid) where a.application_name = 'guarded-engine'"));
            // and nobody is told how
            for (String told : List.of(Files.readString(engine.log()), Api.at(engine.url()).get("/q/metrics").asString(), Api.at(engine.url()).get("/q/health").asString())) {
                for (String secret : List.of("postgres.key", "kafka.key")) {
                    assertFalse(told.contains(Files.readString(services.data().resolve(secret))), secret);
                }
            }
        }
    }

    @Test
    void whoIsNotLetInSaysWhyAndWhatToDo() throws Exception {
        // Given one engine whose database does not know it, and one whose broker does not
        try (Engine shut = engine("guarded-database").with("orderweir.database.password-file", files.resolve("wrong")).launch();
                Engine closed = engine("guarded-broker").roles("capture,process").with(Account.shop("web", "hush")).with("orderweir.topics.prefix", "late.").with("orderweir.broker.username-file", files.resolve("late"))
                        .with("orderweir.broker.password-file", files.resolve("wrong")).launch(); Admin admin = Admin.create(services.kafka())) {
            // Then the one ends
            await().atMost(LONG).until(() -> !shut.isAlive());
            List<String> said = Files.readAllLines(shut.log());
            assertEquals(List.of("Orderweir does not start: the database at " + services.jdbcUrl() + " refuses the login of orderweir (FATAL: password authentication failed for user \"orderweir\"); "
                    + "correct quarkus.datasource.username and .password, or their files orderweir.database.username-file and .password-file"), said.stream().filter(line -> line.contains("does not start")).toList(), said.toString());
            assertTrue(said.stream().noneMatch(line -> line.startsWith("\tat ") || line.contains(WRONG)), said.toString());
            // and the other waits, and says what for
            await().atMost(LONG).until(() -> Files.readString(closed.log()).contains("the broker at " + services.bootstrapServers() + " refuses the login of late (Authentication failed"));
            assertFalse(closed.isReady());
            // When somebody adds the user there
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion("late", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), WRONG))).all().get();
            // Then it goes on by itself
            closed.awaitReady();
            await().atMost(LONG).until(() -> sells(closed, 78));
            await().atMost(LONG).until(() -> services.sql().number("select count(*) from orderweir.entity where name = '#78'") == 1);
            assertFalse(Files.readString(closed.log()).contains(WRONG));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            "kafka.sasl.password         | not-it        | refuses the login of orderweir (Authentication failed",
            "kafka.sasl.mechanism        | PLAIN         | signs in otherwise (Client SASL mechanism 'PLAIN' not enabled in the server, enabled mechanisms are [SCRAM-SHA-512]); correct kafka.sasl.mechanism = PLAIN",
            "kafka.ssl.truststore.location | -           | shows a certificate that nobody trusted has signed (unable to find valid certification path to requested target); name the certificate of its CA with kafka.ssl.truststore.location",
            "kafka.bootstrap.servers     | localhost     | shows a certificate for other names (No",
            "kafka.security.protocol     | SASL_PLAINTEXT| does not answer (",
    })
    void theBrokerSaysWhatIsWrong(String key, String value, String says) {
        // Given
        Map<String, String> keys = new HashMap<>(brokerKeys());
        keys.put("kafka.sasl.username", "orderweir");
        keys.put("kafka.sasl.password", password("kafka.key"));
        keys.put(key, "localhost".equals(value) ? services.bootstrapServers().replace("127.0.0.1", value) : value);
        if (value == null) {
            keys.keySet().removeIf(each -> each.startsWith("kafka.ssl."));
        }
        SmallRyeConfig config = new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(keys, "test", 100)).build();
        Map<String, Object> client = new HashMap<>(new Broker(config).properties());
        if (!says.startsWith("does not answer")) {
            client.putAll(Map.of("request.timeout.ms", 30_000, "default.api.timeout.ms", 60_000));
        }
        // When
        try (Admin admin = Admin.create(client)) {
            ExecutionException refused = assertThrows(ExecutionException.class, () -> admin.listTopics().names().get());
            // Then
            String told = SigningIn.atTheBroker(refused, config);
            assertTrue(told.startsWith("the broker at " + keys.get("kafka.bootstrap.servers") + " " + says), told);
            assertFalse(told.contains(keys.get("kafka.sasl.password")), told);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "127.0.0.1 | sslmode=verify-full&sslrootcert=CA   | not-it | refuses the login of orderweir (FATAL: password authentication failed",
            "127.0.0.1 | sslmode=verify-full&sslrootcert=/none/ca.crt | -   | cannot be trusted (/none/ca.crt (No such file or directory)); mount the certificate of its CA and name it with sslrootcert=<file> in quarkus.datasource.jdbc.url",
            "127.0.0.1 | sslmode=verify-full&sslrootcert=OTHER | -      | shows a certificate that nobody trusted has signed (",
            "localhost | sslmode=verify-full&sslrootcert=CA   | -      | shows a certificate for other names (The hostname localhost could not be verified",
    })
    void theDatabaseSaysWhatIsWrong(String host, String trust, String password, String says) throws IOException {
        // Given
        Path other = files.resolve("other");
        String url = services.jdbcUrl().replace("127.0.0.1", host) + "?" + trust.replace("CA", services.tls().resolve("ca.crt").toString())
                .replace("OTHER", trust.contains("OTHER") ? TestAuthority.in(other).resolve("ca.crt").toString() : "");
        String given = password.equals("-") ? password("postgres.key") : password;
        // When
        SQLException refused = assertThrows(SQLException.class, () -> DriverManager.getConnection(url, "orderweir", given));
        // Then
        String told = SigningIn.atTheDatabase(refused, Optional.of(url), Optional.of("orderweir"));
        assertTrue(told.startsWith("the database at " + url.replaceFirst("[?].*", "") + " " + says), told);
        assertFalse(told.contains(given), told);
    }

    private static boolean sells(Engine engine, int number) {
        return vendors.post("/sandbox/shopify/orders", Map.of("target", engine.url() + "/capture/shopify/web", "secret", "hush",
                "order", Map.of("id", 8_200_000_000_000L + number, "name", "#" + number))).path("status").asInt() == 202;
    }

    /** Its name and its passwords are in files. */
    private static Engine engine(String name) {
        Engine engine = Engine.named(name).with("quarkus.datasource.jdbc.url", services.alone().engineUrl() + "&ApplicationName=guarded-engine")
                .with("orderweir.database.username-file", files.resolve("username")).with("orderweir.database.password-file", services.data().resolve("postgres.key"))
                .with("orderweir.broker.username-file", files.resolve("username")).with("orderweir.broker.password-file", services.data().resolve("kafka.key"));
        brokerKeys().forEach(engine::with);
        return engine;
    }

    private static Map<String, String> brokerKeys() {
        return Map.of("kafka.bootstrap.servers", services.bootstrapServers(), "kafka.security.protocol", "SASL_SSL", "kafka.sasl.mechanism", "SCRAM-SHA-512",
                "kafka.ssl.truststore.type", "PEM", "kafka.ssl.truststore.location", services.tls().resolve("ca.crt").toString());
    }

    private static String password(String file) {
        try {
            return Files.readString(services.data().resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
