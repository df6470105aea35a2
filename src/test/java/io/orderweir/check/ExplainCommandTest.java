package io.orderweir.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.embedded.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The command explain: why an order is as it is, for whoever has no console at hand. */
class ExplainCommandTest {

    private static TestDatabase ledger;

    private record Ended(int code, List<String> said) {
    }

    @BeforeAll
    static void fill() throws Exception {
        ledger = TestDatabase.shared().named("explained");
        KeptOrders.in(ledger, List.of("plain"));
        try (Connection connection = ledger.open(); Statement statement = connection.createStatement()) {
            statement.execute("update orderweir.entity set name = '#1201'");
            statement.execute("insert into orderweir.connection_state (connection, paused_at, reason) values ('acme', '2026-11-27T03:00:00Z', 'month end')");
            connection.commit();
        }
    }

    @Test
    void anOrderIsExplainedLaneByLane() {
        for (String typed : List.of("#1201", "1201", "store/0", "0", "store-0")) {
            Ended ended = explain(typed);
            assertEquals(0, ended.code(), () -> typed + ": " + ended.said());
            assertEquals("#1201 store/0", ended.said().get(0), typed);
            assertEquals(List.of("acme fulfilment, part order", "  wanted: 2 lines, by the version of 2026-11-27T00:00:00.000Z.", "  there:  Nothing that is known of.",
                    "  next:   It is asked for, and waits because acme was stopped at 2026-11-27T03:00:00.000Z: month end."), ended.said().subList(2, 6), typed);
        }
    }

    @Test
    void whatIsMissingIsSaidWithTheWayOut() {
        assertEquals(new Ended(Command.WRONG, List.of("explain: there is no order 1202; write its number, its key such as <connection>/<id>, or the shop's id")), explain("1202"));
        assertEquals(Command.NOT_UNDERSTOOD, explain().code());
        assertEquals(Command.NOT_UNDERSTOOD, explain("1201", "1202").code());
        Ended without = run(new TreeMap<>(), "1201");
        assertEquals(Command.NOT_UNDERSTOOD, without.code());
        assertTrue(without.said().get(0).contains("quarkus.datasource.jdbc.url"), without.said()::toString);
    }

    private static Ended explain(String... arguments) {
        Map<String, String> keys = new TreeMap<>(ledger.keys());
        keys.put("orderweir.connections.store.system", "shopify");
        keys.put("orderweir.connections.store.secrets", "0123456789abcdef0123456789abcdef");
        return run(keys, arguments);
    }

    private static Ended run(Map<String, String> keys, String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = new ExplainCommand(new PrintStream(said, true, StandardCharsets.UTF_8), keys).run(List.of(arguments));
        return new Ended(code, said.toString(StandardCharsets.UTF_8).lines().toList());
    }
}
