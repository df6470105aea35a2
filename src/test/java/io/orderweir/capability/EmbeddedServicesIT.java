package io.orderweir.capability;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.orderweir.process.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was written to the embedded database and broker is there after any end of them. */
class EmbeddedServicesIT {
    private static Services services;

    @BeforeAll
    static void start() {
        services = Services.start("embedded-services");
        services.sql().run("create table fact (name text primary key)");
    }

    @AfterAll
    static void stop() {
        services.close();
    }

    @AfterEach
    void running() {
        if (!services.launcher().isAlive()) {
            services.start();
        }
    }

    @Test
    void theDatabaseIsDurableAndOnLoopbackOnly() {
        // When
        Map<String, Object> settings = services.sql().rows("select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, "
                + "current_setting('full_page_writes') as pages, current_setting('listen_addresses') as listens, "
                + "current_setting('plan_cache_mode') as plans").get(0);
        // Then
        assertEquals(Map.of("fsync", "on", "commit", "on", "pages", "on", "listens", "127.0.0.1", "plans", "force_generic_plan"), settings);
    }

    @ParameterizedTest
    @CsvSource({"postgres,", "orderweir,", "postgres,postgres", "orderweir,orderweir"})
    void whoHasALoginOnTheMachineHasNoneHere(String user, String password) {
        // When
        SQLException refused = assertThrows(SQLException.class, () -> DriverManager.getConnection(services.jdbcUrl(), user, password == null ? "" : password));
        // Then
        assertTrue(List.of("28P01", "08004").contains(refused.getSQLState()), refused::toString);
    }

    @Test
    void whoHasALoginOnTheMachineNeitherReadsNorWritesTheBroker() {
        Map<String, Object> impatient = Map.of("request.timeout.ms", 1_000, "default.api.timeout.ms", 2_000);
        Map<String, Object> guessing = new HashMap<>(services.kafka());
        guessing.putAll(impatient);
        guessing.put("sasl.jaas.config", ((String) guessing.get("sasl.jaas.config")).replaceFirst("password=\"..", "password=\"xx"));
        Map<String, Object> nameless = new HashMap<>(impatient);
        nameless.put("bootstrap.servers", services.bootstrapServers());
        try (Admin wrong = Admin.create(guessing); Admin without = Admin.create(nameless); Admin right = Admin.create(services.kafka())) {
            assertInstanceOf(SaslAuthenticationException.class, assertThrows(ExecutionException.class, () -> wrong.listTopics().names().get()).getCause());
            assertInstanceOf(TimeoutException.class, assertThrows(ExecutionException.class, () -> without.listTopics().names().get()).getCause());
            assertDoesNotThrow(() -> right.listTopics().names().get());
        }
    }

    @Test
    void theKeysAreReadableForTheirOwnerAlone() throws IOException {
        for (String key : List.of("postgres.key", "postgres-admin.key", "kafka.key")) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(services.data().resolve(key))), key);
        }
    }

    @Test
    void dataThatTrustedEverybodyAskForAPasswordAfterTheNextStart() throws IOException {
        // Given data as an older version made them
        write("trusting");
        services.stop();
        Path entrance = services.data().resolve("postgres/pg_hba.conf");
        Files.writeString(entrance, Files.readString(entrance).replace("scram-sha-256", "trust"));
        Files.delete(services.data().resolve("postgres.key"));
        Files.delete(services.data().resolve("postgres-admin.key"));
        // When
        services.start();
        // Then
        whoHasALoginOnTheMachineHasNoneHere("postgres", null);
        assertSurvived("trusting");
    }

    @Test
    void theApplicationsRoleIsNoSuperuser() {
        assertEquals("off", services.sql().text("show is_superuser"));
    }

    @Test
    void everythingSurvivesACleanRestart() {
        // Given
        write("clean");
        // When
        services.stop();
        services.start();
        // Then
        assertSurvived("clean");
    }

    @Test
    void everythingSurvivesKillingAllOfItAtOnce() {
        // Given
        write("killed");
        // When
        services.kill9();
        services.start();
        // Then
        assertSurvived("killed");
    }

    @Test
    void aKilledLauncherTakesItsServicesWithItAndTheNextStartWaitsForThem() {
        // Given
        write("launcher");
        // When
        services.launcher().destroyForcibly();
        services.start();
        // Then
        assertSurvived("launcher");
    }

    @Test
    void anOrphanedDatabaseIsStoppedBeforeANewOneStarts() {
        // Given
        write("orphan");
        ProcessHandle orphan = ProcessHandle.of(services.addresses().postgresPid()).orElseThrow();
        // When
        services.launcher().destroyForcibly();
        ProcessHandle.of(services.addresses().pid()).ifPresent(ProcessHandle::destroyForcibly);
        services.start();
        // Then
        assertTrue(!orphan.isAlive(), "the orphan is gone");
        assertSurvived("orphan");
    }

    @Test
    void aPausedBrokerLeavesTheDatabaseWorkingAndComesBack() {
        // Given
        write("before the pause");
        // When
        services.pauseBroker();
        services.sql().run("insert into fact values ('while paused')");
        services.resumeBroker();
        // Then
        produce("after the pause");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertTrue(records().containsAll(List.of("before the pause", "after the pause"))));
    }

    private static void write(String name) {
        services.sql().run("insert into fact values (?)", name);
        produce(name);
    }

    private static void produce(String name) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(services.kafka(),
                new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("fact", 0, name, name)).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertSurvived(String name) {
        assertEquals(1, services.sql().number("select count(*) from fact where name = ?", name), "rows");
        assertTrue(records().contains(name), "record " + name);
    }

    private static Set<String> records() {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(services.kafka(),
                new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition("fact", 0);
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Set<String> values = new HashSet<>();
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
                    values.add(record.value());
                }
            }
            return values;
        }
    }
}
