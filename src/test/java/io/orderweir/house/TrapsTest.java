package io.orderweir.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.embedded.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.main.MainConfigurationProperties;
import org.junit.jupiter.api.Test;

/**
 * Traps of the stack that lose or double data without a sign; most are a default that is wrong for us.
 * Beside these: CallTrapsTest (the client's own retries, the open breaker, failures in a callee) and SqlRulesTest (the # of camel-sql).
 */
class TrapsTest {

    private static final Properties PROPERTIES = ApplicationProperties.values();
    private static final Set<String> MANUAL_COMMIT = Set.of("allowManualCommit", "autoCommitEnable", "kafkaManualCommitFactory", "manualCommit");
    private static final Set<String> IDEMPOTENT = Set.of("idempotentConsumer", "idempotentRepository", "idempotent", "eager", "removeOnFailure", "skipDuplicate");

    @Test
    void aFailedBatchStopsTheConsumerInsteadOfBeingSkipped() {
        assertFalse(new KafkaConfiguration().isBreakOnFirstError(), "the default that loses records; RouteRulesTest.aKafkaConsumerLosesNothing demands true");
        YamlNode parameters = RouteFile.all().stream().flatMap(file -> file.routes().stream()).filter(route -> route.id().equals("process")).findFirst().orElseThrow()
                .body().get("from", "parameters").orElseThrow();
        assertEquals("true", parameters.text("breakOnFirstError"), "routes/2-process.camel.yaml, route process");
        assertEquals("#intake", parameters.text("offsetRepository"), "routes/2-process.camel.yaml, route process");
    }

    @Test
    void aReloadOfOneFileKeepsTheOtherRoutes() {
        assertTrue(new MainConfigurationProperties().isRoutesReloadRemoveAllRoutes(), "the default that removes every route");
        Findings.none(reloadThatRemoves(PROPERTIES));
        Findings.found(1, "routes-reload-remove-all-routes", reloadThatRemoves(new Properties()));
    }

    @Test
    void nothingIsCommittedByHand() {
        Findings.none(keys(RouteFile.all(), MANUAL_COMMIT, "a commit by hand is skipped when a dead letter channel takes the record; intake moves in the transaction of the messages"));
        Findings.none(javaNames("KafkaManualCommit"));
        Findings.found(1, "allowManualCommit", keys(List.of(RouteFile.parse("routes/2-process.camel.yaml",
                "- route: { from: { uri: kafka:x, parameters: { allowManualCommit: true } } }")), MANUAL_COMMIT, ""));
    }

    @Test
    void noKeyIsTakenBeforeItsEffect() {
        Findings.none(keys(RouteFile.all(), IDEMPOTENT, "a key that is taken before the work is done drops the order when the process dies between; the append takes both in one transaction"));
        Findings.none(javaNames("IdempotentRepository"));
        Findings.found(1, "idempotentConsumer", keys(List.of(RouteFile.parse("routes/2-process.camel.yaml",
                "- route: { from: { uri: direct:x, steps: [ { idempotentConsumer: { steps: [] } } ] } }")), IDEMPOTENT, ""));
    }

    @Test
    void aFileThatStaysWhereItIsIsNotForgotten() {
        Findings.none(RouteFile.all().stream().flatMap(file -> forgottenFiles(file).stream()).toList());
        Findings.found(2, "idempotent", forgottenFiles(RouteFile.parse("connectors/acme/routes.camel.yaml", """
                - route: { from: { uri: "file:a", parameters: { noop: true } } }
                - route: { from: { uri: "file:b", parameters: { noop: true, idempotent: true } } }
                - route: { from: { uri: "file:c", parameters: { noop: true, idempotent: false } } }
                """)));
    }

    @Test
    void aRepeatIsKnownInTheTransactionOfItsEffect() throws SQLException {
        try (Connection ledger = TestDatabase.shared().open(); Statement statement = ledger.createStatement()) {
            // Given
            statement.execute("insert into orderweir.intake (topic, partition, next_offset) values ('t', 0, 0)");
            ledger.commit();

            // When the process dies after the append and before its commit
            statement.execute(append(0, "w1"));
            ledger.rollback();

            // Then neither the key nor the message nor the place is there, and the record is taken in when it is read again
            assertEquals(0, number(statement, "select count(*) from orderweir.message where ce_id = 'w1'"));
            assertEquals(0, number(statement, "select next_offset from orderweir.intake where topic = 't'"));
            statement.execute(append(0, "w1"));
            statement.execute(append(1, "w1"));
            assertEquals(1, number(statement, "select count(*) from orderweir.message where ce_id = 'w1'"));
            assertEquals(1, number(statement, "select repeats from orderweir.message where ce_id = 'w1'"));
            assertEquals(2, number(statement, "select next_offset from orderweir.intake where topic = 't'"));

            // and a second row for one key is refused by the table itself
            assertThrows(SQLException.class, () -> statement.execute("insert into orderweir.message select * from orderweir.message where ce_id = 'w1'"));
            ledger.rollback();
            statement.execute("delete from orderweir.intake where topic = 't'");
            ledger.commit();
        }
    }

    /** What is committed survives a power cut; EmbeddedServicesIT kills the real one. */
    @Test
    void theEmbeddedDatabaseWritesToTheDisk() throws SQLException {
        try (Connection ledger = TestDatabase.shared().open(); Statement statement = ledger.createStatement()) {
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                try (ResultSet row = statement.executeQuery("show " + setting)) {
                    row.next();
                    assertEquals("on", row.getString(1), setting + ": what was answered 2xx would be gone after a power cut; see CONFIG in embedded.EmbeddedPostgres");
                }
            }
        }
    }

    private static List<String> reloadThatRemoves(Properties properties) {
        return "false".equals(properties.getProperty("camel.main.routes-reload-remove-all-routes")) ? List.of()
                : List.of("application.properties: camel.main.routes-reload-remove-all-routes is not false; touching one mounted file would remove every route of the engine");
    }

    /** noop makes Camel remember every name it has begun, so that a file that could not be captured would never be tried again. */
    private static List<String> forgottenFiles(RouteFile file) {
        return file.yaml().all().filter(node -> node.key().equals("parameters") && node.text("noop").equals("true") && !node.text("idempotent").equals("false"))
                .map(node -> node.place() + ": noop without idempotent: false; a file that could not be captured is forgotten").toList();
    }

    private static List<String> keys(List<RouteFile> files, Set<String> names, String why) {
        return files.stream().flatMap(file -> file.yaml().all()).filter(node -> names.contains(node.key()) && !(node.key().equals("idempotent") && node.text().equals("false")))
                .map(node -> node.place() + ": " + node.key() + "; remove it: " + why).toList();
    }

    private static List<String> javaNames(String type) {
        return OurClasses.ALL.stream().flatMap(ours -> ours.getDirectDependenciesFromSelf().stream()).filter(dependency -> dependency.getTargetClass().getSimpleName().contains(type))
                .map(dependency -> dependency.getOriginClass().getName() + " uses " + type + "; intake and append take its place").distinct().toList();
    }

    private static String append(int offset, String key) {
        return """
                select orderweir.ledger_append('t', 0, '[{"offset": %d, "ce_id": "%s", "connection": "shop", "type": "order", "entity_key": "shop/1", "correlation_id": "c",
                  "captured_at": "2026-11-27T00:00:00Z", "note": "nothing to send", "deliveries": []}]', array[''::bytea])""".formatted(offset, key);
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
