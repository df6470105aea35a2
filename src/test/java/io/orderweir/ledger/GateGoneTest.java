package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.orderweir.embedded.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody takes a gate out of the policy while lines wait at it: no version of their order lets them through, a person does. */
class GateGoneTest {

    private static final int LINES = 40;

    private Connection connection;
    private PlannedOrder order;

    @BeforeEach
    void begin() throws SQLException {
        connection = TestDatabase.apart().open();
        order = new PlannedOrder(connection);
    }

    @AfterEach
    void end() throws SQLException {
        order.close();
        connection.close();
    }

    @Test
    void noneOfFortyLinesIsAskedForUntilAPersonOpensTheGate() throws SQLException {
        // Given forty lines that wait at two gates
        order.comes(lines("a", "made", "finance", "release"));
        // When finance has no gate any more, and the order is edited, twice
        order.comes(lines("b", "made", "release"));
        order.comes(lines("c", "made"));
        // Then they wait at both
        assertEquals(List.of("gated {finance,release} " + LINES), waiting());
        // and when a person opens them, they are asked for
        opens("release");
        assertEquals(List.of("gated {finance,release} " + LINES), waiting());
        opens("finance");
        assertEquals(List.of("ready {finance,release} " + LINES), waiting());
    }

    @Test
    void whatComesAfterwardsWaitsWhereThePolicySays() throws SQLException {
        order.comes(lines("a", "made", "finance", "release"));
        // a gate that was opened before it went is no reason to wait
        opens("finance");
        order.comes(lines("b", "made", "release"));
        assertEquals(List.of("gated {release} " + LINES), waiting());
        // and a line whose order puts it into another class waits at the gates of that
        order.comes(lines("c", "express", "built"));
        assertEquals(List.of("gated {built} " + LINES), waiting());
    }

    private void opens(String gate) throws SQLException {
        order.rows("select gate_decide(g, true, 'ann', 'seen', '{\"note\": \"seen\"}') from gate g where g.name = '" + gate + "' order by g.build_id");
        order.rows("select bring_in_line(array(select id from entity))");
    }

    private List<String> waiting() throws SQLException {
        return order.rows("select concat_ws(' ', state, behind::text, count(*)) from delivery where state <> 'superseded' group by state, behind order by 1");
    }

    private static String[] lines(String fingerprint, String made, String... gates) {
        String behind = Stream.of(gates).map(gate -> "{\"name\":\"" + gate + "\",\"rule\":{}}").collect(Collectors.joining(","));
        List<String> rows = new ArrayList<>();
        IntStream.rangeClosed(1, LINES).forEach(line -> rows.add(("{\"connection\":\"wms\",\"port\":\"fulfilment\",\"part\":\"%1$d\",\"external_id\":\"web-1-%1$d\",\"priority\":0,\"goods_moving\":false,"
                + "\"cancel\":false,\"line_ids\":[\"%1$d\"],\"gates\":[%2$s],\"fingerprint\":\"%3$s\",\"class\":\"%4$s\",\"line_id\":\"%1$d\",\"gate_basis\":\"b\"}").formatted(line, behind, fingerprint, made)));
        return rows.toArray(String[]::new);
    }
}
