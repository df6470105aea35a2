package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.orderweir.embedded.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A payment had been authorised, goods went on by that, and its capture failed. */
class CaptureFailedTest {

    private static final String TOLD = "1 Order #1001 of web: the capture of its payment failed, so gate payment stays closed and its goods wait. "
            + "Ask the buyer to pay again, or cancel the order in the shop. A payment opens the gate.";

    private Connection connection;
    private PlannedOrder order;
    private int offset;

    @BeforeEach
    void begin() throws SQLException {
        connection = TestDatabase.apart().open();
        order = new PlannedOrder(connection);
        order.run("insert into intake (topic, partition, next_offset) values ('partners', 0, 0)");
    }

    @AfterEach
    void end() throws SQLException {
        order.close();
        connection.close();
    }

    @ParameterizedTest
    @CsvSource({"authorized, payment-failed", "payment-failed, authorized"})
    void theRequestWaitsAndAPersonIsToldOnceInWhicheverOrderTheyCome(String first, String second) throws SQLException {
        // Given
        shopSays("a", "authorized", 1);
        assertEquals(List.of("ready"), wanted());
        // When
        says(first, first.equals("authorized") ? 1 : 2, "ch_1");
        says(second, second.equals("authorized") ? 1 : 2, "ch_1");
        // Then, also when the shop repeats what it had said of the money
        assertEquals(List.of("gated"), wanted());
        shopSays("b", "authorized", 1);
        assertEquals(List.of("gated"), wanted());
        assertEquals(List.of(TOLD), told());
        assertEquals(List.of("the capture of its payment failed"), keptBy());
        assertEquals(List.of("opened", "closed"), order.rows("select decision from gate_decision order by id"));
    }

    @Test
    void whatHadGoneOutIsCancelled() throws SQLException {
        // Given
        shopSays("a", "authorized", 1);
        says("authorized", 1, "ch_1");
        order.settles("update delivery set state = 'sending', call_id = 1 where head");
        order.settles("update delivery set state = 'delivered', head = false, remote_id = 'F1', done_at = clock_timestamp() where head");
        // When
        says("payment-failed", 2, "ch_1");
        // Then
        assertEquals(List.of("delivered f", "ready t"), order.rows("select concat_ws(' ', state, cancel) from delivery order by id"));
        assertEquals(List.of(TOLD), told());
    }

    @Test
    void goodsThatAreOutAreNotCalledBack() throws SQLException {
        // Given
        shopSays("a", "authorized", 0);
        says("authorized", 1, "ch_1");
        // When
        says("payment-failed", 2, "ch_1");
        // Then
        assertEquals(List.of("ready"), wanted());
        assertEquals(List.of(), told());
    }

    @Test
    void aDeclinedCardStopsNothing() throws SQLException {
        // Given an authorised charge, and another try of the buyer
        shopSays("a", "authorized", 1);
        says("authorized", 2, "ch_2");
        // When
        says("payment-failed", 1, "ch_1");
        says("payment-failed", 3, "ch_3");
        // Then
        assertEquals(List.of("ready"), wanted());
        assertEquals(List.of(), told());
    }

    @ParameterizedTest
    @CsvSource({"payment", "authorized"})
    void theNextPaymentOpensItAgain(String kind) throws SQLException {
        // Given
        shopSays("a", "authorized", 1);
        says("authorized", 1, "ch_1");
        says("payment-failed", 2, "ch_1");
        // When
        says(kind, 3, "ch_2");
        // Then
        assertEquals(List.of("ready"), wanted());
        assertEquals(List.of(), keptBy());
        // and the shop's word counts again
        shopSays("a", "pending", 1);
        assertEquals(List.of("gated"), wanted());
    }

    @Test
    void whatTheShopCallsPaidIsPaid() throws SQLException {
        // Given
        shopSays("a", "authorized", 1);
        says("authorized", 1, "ch_1");
        says("payment-failed", 2, "ch_1");
        // When
        shopSays("a", "paid", 1);
        // Then, and what is told late of the same failure closes nothing
        assertEquals(List.of("ready"), wanted());
        says("payment-failed", 2, "ch_1");
        assertEquals(List.of("ready"), wanted());
        assertEquals(List.of(), keptBy());
    }

    @Test
    void aPaymentThatFailsAfterItSucceededIsNotCounted() throws SQLException {
        // Given a gate that wants the money itself
        order.append(document("authorized", 1), goods("a", "{\"paid\":1}", ""));
        says("payment", 1, "ch_1");
        assertEquals(List.of("ready"), wanted());
        // When
        says("payment-failed", 2, "ch_1");
        // Then
        assertEquals(List.of("gated"), wanted());
        assertEquals(List.of(TOLD), told());
        assertEquals(List.of("0.00 of 100.00 USD are paid, and the capture of a payment failed"), order.rows("select reason from gate_decision order by id desc limit 1"));
        // When
        says("payment", 3, "ch_2");
        // Then
        assertEquals(List.of("ready"), wanted());
        assertEquals(List.of(), keptBy());
    }

    @ParameterizedTest
    @CsvSource({"authorized, 0", "payment-failed, 0", "payment, 1"})
    void whatNeverHadAnOrderIsNobodysWorkUnlessMoneyCame(String kind, int held) throws SQLException {
        // When
        partner(kind, 1, "ch_1", "#7");
        hear("25 hours");
        // Then
        assertEquals(List.of(String.valueOf(held)), order.rows("select count(*) from hold"));
        assertEquals(List.of(), order.rows("select kind from signal"));
        assertEquals(List.of(held == 1 ? "held" : "noted"), order.rows("select state from message where connection = 'stripe'"));
    }

    private void shopSays(String fingerprint, String status, int open) throws SQLException {
        boolean opens = !status.equals("pending");
        order.append(document(status, open), goods(fingerprint, "{}", ",\"said\":{\"open\":%s,\"by\":\"web\",\"reason\":\"payment status %s\",\"evidence\":{\"paymentStatus\":\"%s\"}}"
                .formatted(opens, status, status)));
        order.rows("select bring_in_line(array(select id from entity))");
    }

    private static String document(String status, int open) {
        return "{\"totalPrice\":\"100.00\",\"currency\":\"USD\",\"paymentStatus\":\"%s\",\"lineItems\":[{\"id\":\"1\",\"quantity\":1,\"openQuantity\":%d}]}".formatted(status, open);
    }

    private static String goods(String fingerprint, String rule, String said) {
        return ("{\"connection\":\"wms\",\"port\":\"fulfilment\",\"part\":\"order\",\"external_id\":\"web-1\",\"priority\":0,\"goods_moving\":true,\"cancel\":false,\"line_ids\":[\"1\"],"
                + "\"fingerprint\":\"%s\",\"class\":\"standard\",\"line_id\":\"order\",\"gate_basis\":\"standard\",\"gates\":[{\"name\":\"payment\",\"lasting\":true,\"rule\":%s%s}]}").formatted(fingerprint, rule, said);
    }

    private void says(String kind, int minute, String charge) throws SQLException {
        partner(kind, minute, charge, "#1001");
        hear("1 second");
    }

    private void hear(String after) throws SQLException {
        order.rows("select signal_hear_next(clock_timestamp() + interval '" + after + "')");
    }

    private void partner(String kind, int minute, String charge, String name) throws SQLException {
        String record = ("[{'offset':%1$d,'ce_id':'stripe:%1$d','connection':'stripe','type':'signal','entity_key':'stripe/%1$d','correlation_id':'c','captured_at':'2026-11-27T00:00:00Z','hash':'p%1$d',"
                + "'canonical':{'schemaVersion':1,'signal':'%2$s','order':'%5$s','at':'2026-11-27T01:0%3$d:00.000Z','about':'%4$s','amount':'100.00','currency':'USD','evidence':{}},'deliveries':[]}]")
                .formatted(offset++, kind, minute, charge, name).replace('\'', '"');
        order.rows("select ledger_append('partners', 0, '" + record + "'::jsonb, array['\\x00'::bytea])");
    }

    private List<String> wanted() throws SQLException {
        return order.rows("select state from delivery where state <> 'superseded'");
    }

    private List<String> told() throws SQLException {
        return order.rows("select count || ' ' || sentence from alert where cause like 'payment:%'");
    }

    private List<String> keptBy() throws SQLException {
        return order.rows("select kept_by from gate where kept_by is not null");
    }
}
