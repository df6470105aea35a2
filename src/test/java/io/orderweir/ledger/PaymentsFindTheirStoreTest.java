package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.embedded.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two stores that have an order of the same number each, a payment of one of them, and what people read of it. */
class PaymentsFindTheirStoreTest {

    private static final String ORDER = "{'offset':%d,'ce_id':'%s:1','connection':'%s','type':'order','entity_key':'%s/%s','name':'#1001','correlation_id':'c','captured_at':'2026-11-27T00:00:00Z',"
            + "'version':'2026-11-27T00:00:00Z','hash':'h%s','canonical':{'totalPrice':'100.00','currency':'USD','paidAs':['%s','c%s']},'deliveries':[]}";
    private static final String PAYMENT = "{'offset':%d,'ce_id':'stripe:%d','connection':'stripe','type':'signal','entity_key':'stripe/%d','correlation_id':'c','captured_at':'2026-11-27T00:00:00Z',"
            + "'hash':'p%d','canonical':{'schemaVersion':1,'signal':'payment','order':'%s','at':'2026-11-27T01:00:00.000Z','about':'ch_1','amount':'%s','currency':'USD','evidence':{%s}},'deliveries':[]}";

    private Connection connection;
    private int offset;

    @BeforeEach
    void begin() throws SQLException {
        connection = TestDatabase.apart().open();
        ask("set search_path to orderweir");
        ask("insert into intake (topic, partition, next_offset) values ('stores', 0, 0)");
        append(ORDER.formatted(offset, "us", "us", "us", "71", "us", "901", "901"));
        append(ORDER.formatted(offset, "eu", "eu", "eu", "72", "eu", "902", "902"));
    }

    @AfterEach
    void end() throws SQLException {
        connection.rollback();
        connection.close();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
            // by the checkout, by a payment of it, by the name and the checkout, by the key
            "902, '', eu/72", "c902.1, '', eu/72", "#1001, 'checkout':'901', us/71", "#1001, 'checkout':'c901.2', us/71", "us/71, '', us/71", "us/71, 'checkout':'902', us/71"})
    void aPaymentIsOfTheOrderWhoseCheckoutItNames(String order, String evidence, String key) throws SQLException {
        // When
        pays(order, evidence.equals("''") ? "" : evidence, "100.00");
        // Then
        assertEquals(key, ask("select e.key from signal s join entity e on e.id = s.entity_id where s.state = 'heard'"));
    }

    @Test
    void onePaymentOfSeveralStoresIsAPersonsWorkAndSheReadsWhich() throws SQLException {
        // When it names no checkout, or one that nobody knows
        pays("#1001", "'checkout':'903'", "100.00");
        // Then
        assertEquals("2 stores have an order #1001 (eu, us), and a payment does not say of which store it is. Write eu/72 or us/71 instead, and release.", sentence());
    }

    @Test
    void aPaymentOfTheNameWithANumberBehindItIsOfThatName() throws SQLException {
        pays("#1001.1", "", "100.00");
        assertTrue(sentence().startsWith("2 stores have an order #1001.1 (eu, us)"), sentence());
    }

    @Test
    void whatAnOrderCannotHaveNamesItsStore() throws SQLException {
        pays("c902.1", "", "100.01");
        assertTrue(sentence().startsWith("A payment of 100.01 USD names c902.1 of eu, which is worth 100.00."), sentence());
    }

    @Test
    void whatIsHeldOfOneOfThemNamesItsStoreEverywhere() throws SQLException {
        // Given what is held of one of the two, and of an order whose number no other store has
        append(ORDER.formatted(offset, "us3", "us", "us", "73", "us3", "905", "905").replace("#1001", "#1002"));
        assertEquals("#1001 of us", called("us/71"));
        assertEquals("#1001 of eu", called("eu/72"));
        assertEquals("#1002", called("us/73"));
        ask("insert into hold (message_id, reason, sentence, fingerprint) select message_id, 'not-understood', 'It says no total.', 'us|not-understood' from entity where key = 'us/71'");
        // Then its alert and the answer of a command say which it is
        assertTrue(ask("select sentence from alert_hold_troubles('{}', clock_timestamp())").startsWith("Order #1001 of us is in the Error Hold bin."));
        assertTrue(ask("select hold_arrange((select id from hold), null, 'ann', 'note', 'I ask the shop') ->> 'answer'").contains("Order #1001 of us"));
    }

    @Test
    void aCommandThatReleasesOrTakesUpNamesTheStore() throws SQLException {
        // Given an event of one of the two that was not understood, and a delivery that was given up
        String erp = "[{'connection':'erp','port':'order','part':'order','external_id':'us-71','priority':0,'goods_moving':false,'cancel':false,'line_ids':[],'fingerprint':'%s','gates':[]}]".replace('\'', '"');
        ask("insert into hold (message_id, reason, sentence, fingerprint) select message_id, 'not-understood', 'It says no total.', 'us|not-understood' from entity where key = 'us/71'");
        // Then
        assertEquals("Order #1001 of us: released, 1 delivery planned.", ask("select hold_release_message(max(id), 'ann', null, '[]', jsonb_build_object('entity_key', 'us/71', 'version', '2026-11-27T00:00:00Z', "
                + "'hash', 'n', 'name', '#1001', 'canonical', jsonb_build_object(), 'deliveries', '" + erp.formatted("a") + "'::jsonb)) ->> 'answer' from hold"));
        ask("update delivery set state = 'held', reason = 'refused-by-target'");
        ask("insert into hold (message_id, delivery_id, reason, sentence, fingerprint) select message_id, id, 'refused-by-target', 'It was refused.', 'erp|refused-by-target' from delivery");
        ask("select hold_discard(max(id), 'ann', 'not wanted') from hold");
        assertEquals("Order #1001 of us: taken up again, 1 delivery planned.", ask("select hold_take_up(max(h.id), 'ann', jsonb_build_object('message', max(e.message_id), 'deliveries', '" + erp.formatted("a")
                + "'::jsonb)) ->> 'answer' from hold h, entity e where e.key = 'us/71'"));
    }

    private String called(String key) throws SQLException {
        return ask("select entity_called(id) from entity where key = '" + key + "'");
    }

    private void pays(String order, String evidence, String amount) throws SQLException {
        append(PAYMENT.formatted(offset, offset, offset, offset, order, amount, evidence));
        ask("select signal_hear_next(clock_timestamp() + interval '1 second')");
    }

    private String sentence() throws SQLException {
        return ask("select sentence from hold where closed_at is null");
    }

    private void append(String record) throws SQLException {
        offset++;
        try (PreparedStatement append = connection.prepareStatement("select ledger_append('stores', 0, ?::jsonb, array['\\x00'::bytea])")) {
            append.setString(1, "[" + record.replace('\'', '"') + "]");
            append.execute();
        }
    }

    /** What a statement returns first, or null. */
    private String ask(String statement) throws SQLException {
        try (PreparedStatement asked = connection.prepareStatement(statement)) {
            if (!asked.execute()) {
                return null;
            }
            ResultSet result = asked.getResultSet();
            return result.next() ? result.getString(1) : null;
        }
    }
}
