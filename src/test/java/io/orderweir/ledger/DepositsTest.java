package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.orderweir.embedded.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A table is built when half of it is paid, and shipped when the rest is: each gate opens at the share that the policy names for it, to the smallest unit, and a refund lowers what was paid. */
class DepositsTest {

    private static final String GATES = "{\"name\":\"deposit\",\"lasting\":true,\"rule\":{\"paid\":0.50}}";
    private static final String REST = ",{\"name\":\"balance\",\"lasting\":true,\"rule\":{\"paid\":1.00}}";
    private static final String ASKED = "{\"connection\":\"%s\",\"port\":\"%s\",\"part\":\"1\",\"external_id\":\"web-1-1\",\"priority\":0,\"goods_moving\":true,\"cancel\":false,\"line_ids\":[\"1\"],"
            + "\"fingerprint\":\"a\",\"class\":\"table\",\"line_id\":\"1\",\"gate_basis\":\"b\",\"gates\":[%s]}";

    private Connection connection;
    private PlannedOrder order;
    private int signals = 100;

    @BeforeEach
    void begin() throws SQLException {
        connection = TestDatabase.apart().open();
        order = new PlannedOrder(connection);
        // half of it is 49.995
        order.append("{\"totalPrice\":\"99.99\",\"currency\":\"EUR\"}", ASKED.formatted("factory", "work-order", GATES) + "," + ASKED.formatted("wms", "fulfilment", GATES + REST));
        order.run("insert into intake (topic, partition, next_offset) values ('payments', 0, 100)");
    }

    @AfterEach
    void end() throws SQLException {
        order.close();
        connection.close();
    }

    @Test
    void halfBuildsAndTheRestShips() throws SQLException {
        says("payment", "ch_1", "49.99");
        assertEquals(List.of("factory gated", "wms gated"), waiting());
        says("payment", "ch_2", "0.01");
        assertEquals(List.of("factory ready", "wms gated"), waiting());
        says("payment", "ch_3", "49.98");
        assertEquals(List.of("factory ready", "wms gated"), waiting());
        says("payment", "ch_4", "0.01");
        assertEquals(List.of("factory ready", "wms ready"), waiting());
    }

    @Test
    void aRefundLowersWhatIsPaid() throws SQLException {
        says("payment", "ch_1", "50.00");
        says("payment", "ch_2", "49.99");
        assertEquals(List.of("factory ready", "wms ready"), waiting());
        // below the whole, and then below the half
        says("refund", "ch_2", "0.01");
        assertEquals(List.of("factory ready", "wms gated"), waiting());
        says("refund", "ch_1", "0.02");
        assertEquals(List.of("factory ready", "wms gated"), waiting());
        says("refund", "ch_2", "49.99");
        assertEquals(List.of("factory gated", "wms gated"), waiting());
    }

    private void says(String signal, String charge, String amount) throws SQLException {
        order.rows(("select ledger_append('payments', 0, '[{\"offset\":%1$d,\"ce_id\":\"stripe:%1$d\",\"connection\":\"stripe\",\"type\":\"signal\",\"entity_key\":\"stripe/%1$d\",\"correlation_id\":\"c\","
                + "\"captured_at\":\"2026-11-27T00:00:00Z\",\"hash\":\"s%1$d\",\"canonical\":{\"schemaVersion\":1,\"signal\":\"%2$s\",\"order\":\"#1001\",\"at\":\"2026-11-27T01:00:00.%1$dZ\",\"about\":\"%3$s\","
                + "\"amount\":\"%4$s\",\"currency\":\"EUR\",\"evidence\":{}},\"deliveries\":[]}]'::jsonb, array['\\x00'::bytea])").formatted(signals++, signal, charge, amount));
        order.rows("select signal_hear_next(clock_timestamp() + interval '1 second')");
    }

    private List<String> waiting() throws SQLException {
        return order.rows("select concat_ws(' ', connection, state) from delivery where state <> 'superseded' order by connection");
    }
}
