package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.capability.Configured;
import io.orderweir.embedded.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A ledger is that of one environment: a copy of it starts nowhere else, or with every connection paused. */
class EnvironmentTest {

    @Test
    void whoNamesNoneStartsOnALedgerThatHasNone() throws SQLException {
        try (Connection ledger = TestDatabase.shared().open()) {
            enter(ledger, Map.of());
            assertEquals("null", environment(ledger));
        }
    }

    @Test
    void theFirstNameStaysAndNobodyOfAnotherStarts() throws SQLException {
        try (Connection ledger = TestDatabase.shared().open()) {
            enter(ledger, Map.of("orderweir.environment", "production"));
            enter(ledger, Map.of("orderweir.environment", "production"));
            for (Map<String, String> other : List.of(Map.of("orderweir.environment", "test"), Map.<String, String>of(), Map.of("orderweir.environment", "test", "orderweir.environment-was", "staging"))) {
                String said = assertThrows(IllegalStateException.class, () -> enter(ledger, other)).getMessage();
                assertTrue(said.startsWith("Orderweir does not start: the ledger is that of the environment 'production', and orderweir.environment is "
                        + (other.isEmpty() ? "not set" : "'test'") + ". Nothing was sent."), said);
            }
            assertEquals("production", environment(ledger));
            assertEquals(List.of(), paused(ledger));
        }
    }

    @Test
    void aCopyThatGoesOnAsAnotherStartsWithEveryConnectionPaused() throws SQLException {
        try (Connection ledger = TestDatabase.shared().open()) {
            // Given a ledger of production, whose processes called somebody whom the copy's do not know
            enter(ledger, Map.of("orderweir.environment", "production"));
            try (Statement statement = ledger.createStatement()) {
                statement.execute("insert into orderweir.connection_state (connection) values ('old-erp')");
            }
            // When
            Map<String, String> copy = Map.of("orderweir.environment", "test", "orderweir.environment-was", "production");
            enter(ledger, copy);
            // Then
            assertEquals("test", environment(ledger));
            assertEquals(List.of("erp paused by orderweir: this ledger was that of the environment production", "old-erp paused by orderweir: this ledger was that of the environment production"), paused(ledger));
            // and what a person resumed is not paused by the next start, whose key still stands there
            try (Statement statement = ledger.createStatement()) {
                statement.execute("select orderweir.connection_resume('erp', 'ann')");
            }
            enter(ledger, copy);
            assertEquals(1, paused(ledger).size());
        }
    }

    @Test
    void anAccountOfAnotherEnvironmentRefusesTheStart() {
        String said = assertThrows(IllegalStateException.class, () -> Configured.connections(Map.of("orderweir.environment", "test", "orderweir.connections.erp.system", "netsuite",
                "orderweir.connections.erp.environment", "production"))).getMessage();
        assertTrue(said.contains("orderweir.connections.erp.environment = production, and orderweir.environment is test"), said);
    }

    private static void enter(Connection ledger, Map<String, String> keys) throws SQLException {
        Map<String, String> all = new HashMap<>(keys);
        all.put("orderweir.connections.shop.system", "shopify");
        all.put("orderweir.connections.erp.system", "netsuite");
        all.put("orderweir.connections.erp.url", "http://127.0.0.1:1");
        all.put("orderweir.connections.erp.limits.at-once.calls", "1");
        all.put("orderweir.connections.erp.limits.at-once.window", "0s");
        Environment.enter(ledger, Configured.settings(all));
    }

    private static String environment(Connection ledger) throws SQLException {
        try (Statement statement = ledger.createStatement(); ResultSet found = statement.executeQuery("select environment from orderweir.origin")) {
            found.next();
            return String.valueOf(found.getString(1));
        }
    }

    private static List<String> paused(Connection ledger) throws SQLException {
        List<String> paused = new ArrayList<>();
        try (Statement statement = ledger.createStatement(); ResultSet found = statement.executeQuery("select connection || ' ' || reason from orderweir.connection_state where paused_at is not null order by 1")) {
            while (found.next()) {
                paused.add(found.getString(1));
            }
        }
        return paused;
    }
}
