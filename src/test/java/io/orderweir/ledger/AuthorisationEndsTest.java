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

/** A payment is authorised until a time, and goods of its order still wait then. */
class AuthorisationEndsTest {

    private static final String ENDS = "2026-11-28T12:00:00.000Z";
    private static final String TOLD = "1 Order #1001 of web: the authorisation of 100.00 USD ends at 2026-11-28T12:00:00.000Z, and its goods still wait. Capture the payment before, or ask the buyer to pay again.";

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
    @CsvSource(delimiter = '|', value = {"{} | 2026-11-27T11:59:59Z | 2026-11-27T12:00:00Z", "{\"tellsEnding\":172800} | 2026-11-26T11:59:59Z | 2026-11-26T12:00:00Z"})
    void aPersonIsToldOnceSoLongBeforeAsThePolicySays(String rule, String before, String then) throws SQLException {
        // Given
        waits(rule, "authorized");
        says("authorized", 1, "ch_1", ENDS);
        // When
        looks(before);
        assertEquals(List.of(), told());
        looks(then);
        // Then
        assertEquals(List.of(TOLD), told());
        looks(ENDS);
        assertEquals(List.of(TOLD), told());
    }

    @ParameterizedTest
    @CsvSource({"payment, ch_1", "payment-failed, ch_1", "refund, ch_1", "payment, ch_2", "authorized, ch_2"})
    void nobodyIsToldOfWhatWasCapturedOrIsGone(String kind, String charge) throws SQLException {
        waits("{}", "authorized");
        says("authorized", 1, "ch_1", ENDS);
        says(kind, 2, charge, "");
        looks(ENDS);
        assertEquals(List.of(), told());
    }

    @ParameterizedTest
    @CsvSource({"paid", "voided", "expired", "refunded", "partially_refunded"})
    void nobodyIsToldWhereTheShopSaysSo(String status) throws SQLException {
        waits("{}", status);
        says("authorized", 1, "ch_1", ENDS);
        looks(ENDS);
        assertEquals(List.of(), told());
    }

    @Test
    void nobodyIsToldWhereTheGoodsAreRequested() throws SQLException {
        waits("{}", "authorized");
        says("authorized", 1, "ch_1", ENDS);
        order.run("update delivery set state = 'delivered', head = false, closed_gates = 0, remote_id = 'F1', done_at = clock_timestamp() where head");
        looks(ENDS);
        assertEquals(List.of(), told());
    }

    @ParameterizedTest
    @CsvSource({"next friday", "2026-02-30T00:00:00Z", "''"})
    void aTimeThatIsNoneTellsNobody(String ends) throws SQLException {
        waits("{}", "authorized");
        says("authorized", 1, "ch_1", ends);
        looks("2027-11-28T12:00:00Z");
        assertEquals(List.of(), told());
        assertEquals(List.of("heard"), order.rows("select state from signal"));
    }

    private void waits(String rule, String status) throws SQLException {
        order.append("{\"totalPrice\":\"100.00\",\"currency\":\"USD\",\"paymentStatus\":\"%s\",\"lineItems\":[{\"id\":\"1\",\"quantity\":1,\"openQuantity\":1}]}".formatted(status),
                ("{\"connection\":\"wms\",\"port\":\"fulfilment\",\"part\":\"1\",\"external_id\":\"web-1\",\"priority\":0,\"goods_moving\":true,\"cancel\":false,\"line_ids\":[\"1\"],"
                + "\"fingerprint\":\"a\",\"class\":\"built\",\"line_id\":\"1\",\"gate_basis\":\"b\",\"gates\":[{\"name\":\"built\",\"rule\":{}},{\"name\":\"payment\",\"lasting\":true,\"rule\":%s}]}").formatted(rule));
    }

    private void says(String kind, int minute, String charge, String ends) throws SQLException {
        String record = ("[{'offset':%1$d,'ce_id':'stripe:%1$d','connection':'stripe','type':'signal','entity_key':'stripe/%1$d','correlation_id':'c','captured_at':'2026-11-27T00:00:00Z','hash':'p%1$d',"
                + "'canonical':{'schemaVersion':1,'signal':'%2$s','order':'#1001','at':'2026-11-21T01:0%3$d:00.000Z','about':'%4$s','amount':'100.00','currency':'USD','evidence':{%5$s}},'deliveries':[]}]")
                .formatted(offset++, kind, minute, charge, ends.isEmpty() ? "" : "'captureBefore':'" + ends + "'").replace('\'', '"');
        order.rows("select ledger_append('partners', 0, '" + record + "'::jsonb, array['\\x00'::bytea])");
        order.rows("select signal_hear_next(clock_timestamp() + interval '1 second')");
    }

    private void looks(String at) throws SQLException {
        order.rows("select gates_tell_ending('" + at + "')");
    }

    private List<String> told() throws SQLException {
        return order.rows("select count || ' ' || sentence from alert where cause like 'payment-ends:%'");
    }
}
