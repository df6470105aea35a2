package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.orderweir.embedded.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shop says that the payment of an order is voided or expired: the gate stays closed, and a person is told, once. */
class PaymentGoneTest {

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
    void aPersonIsToldOnceAndReadsWhyTheGoodsWait() throws SQLException {
        // Given goods that wait for their money
        order.comes(goods("a", "pending", false, null));
        assertEquals(List.of(), told());
        // When it is voided, and the order is edited afterwards
        order.comes(goods("a", "voided", false, "voided"));
        order.comes(goods("b", "voided", false, "voided"));
        // Then
        assertEquals(List.of("1 Order #1001 of web: the payment is voided, so gate payment stays closed and its goods wait. Ask the buyer to pay again, or cancel the order in the shop. "
                + "A payment opens the gate."), told());
        assertEquals(List.of("gated"), order.rows("select state from delivery where state <> 'superseded'"));
        assertEquals(List.of("the payment is voided"), order.rows("select kept_by from gate"));
        // When the buyer pays again
        order.comes(goods("b", "paid", true, null));
        // Then
        assertEquals(List.of("ready"), order.rows("select state from delivery where state <> 'superseded'"));
        assertEquals(List.of(), order.rows("select kept_by from gate where kept_by is not null"));
    }

    @Test
    void whatWasAskedForIsTakenBackAndToldToo() throws SQLException {
        // Given
        order.comes(goods("a", "authorized", true, null));
        order.settles("update delivery set state = 'sending', call_id = 1 where head");
        order.settles("update delivery set state = 'delivered', head = false, remote_id = 'F1', done_at = clock_timestamp() where head");
        // When
        order.comes(goods("a", "expired", false, "expired"));
        order.rows("select bring_in_line(array(select id from entity))");
        // Then
        assertEquals(1, told().size());
        assertEquals(List.of("delivered f", "ready t"), order.rows("select concat_ws(' ', state, cancel) from delivery order by id"));
    }

    private List<String> told() throws SQLException {
        return order.rows("select count || ' ' || sentence from alert where cause like 'payment:%'");
    }

    private static String goods(String fingerprint, String status, boolean open, String lost) {
        return ("{\"connection\":\"wms\",\"port\":\"fulfilment\",\"part\":\"order\",\"external_id\":\"web-1\",\"priority\":0,\"goods_moving\":true,\"cancel\":false,\"line_ids\":[\"1\"],"
                + "\"fingerprint\":\"%s\",\"class\":\"standard\",\"line_id\":\"order\",\"gate_basis\":\"standard\",\"gates\":[{\"name\":\"payment\",\"rule\":{},\"said\":{\"open\":%s,\"by\":\"web\","
                + "\"reason\":\"payment status %s\",\"evidence\":{\"paymentStatus\":\"%s\"}}%s}]}").formatted(fingerprint, open, status, status, lost == null ? "" : ",\"lost\":\"" + lost + "\"");
    }
}
