package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.connector.Mapping;
import io.orderweir.embedded.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was paid in the buyer's currency, and what the shop took itself as a gift card or store credit, from the shop's words to the gate {@code paid: 100%}. */
class BuyersMoneyTest {

    private static final String GATE = "{'connection':'factory','port':'work-order','part':'1','external_id':'web-1-1','priority':0,'goods_moving':true,'cancel':false,'line_ids':['1'],"
            + "'fingerprint':'a','class':'table','line_id':'1','gate_basis':'b','gates':[{'name':'payment','lasting':true,'rule':{'paid':1.00}}]}";
    private static final String IN_EUROS = ",'presentment_currency':'EUR','current_total_price_set':{'presentment_money':{'amount':'92.00','currency_code':'EUR'}}";

    private Connection connection;
    private PlannedOrder order;
    private int signals = 100;

    @BeforeEach
    void begin() throws SQLException {
        connection = TestDatabase.apart().open();
        order = new PlannedOrder(connection);
        order.run("insert into intake (topic, partition, next_offset) values ('payments', 0, 100)");
    }

    @AfterEach
    void end() throws SQLException {
        order.close();
        connection.close();
    }

    @Test
    void whatIsPaidInTheBuyersCurrencyIsWeighedAgainstTheTotalInIt() throws SQLException {
        shop("100.00", IN_EUROS);
        says("payment", "ch_1", "91.99", "EUR");
        assertEquals("gated", state());
        says("payment", "ch_2", "0.01", "EUR");
        assertEquals("ready", state());
        says("refund", "ch_2", "0.01", "EUR");
        assertEquals("gated", state());
    }

    @Test
    void sharesInTwoCurrenciesAddUpAndAmountsDoNot() throws SQLException {
        shop("100.00", IN_EUROS);
        says("payment", "ch_1", "46.00", "EUR");
        says("payment", "ch_2", "49.99", "USD");
        assertEquals("gated", state());
        says("payment", "ch_3", "0.01", "USD");
        assertEquals("ready", state());
    }

    @Test
    void aThirdCurrencyOrATotalThatIsNotSaidIsAPersonsWork() throws SQLException {
        shop("100.00", ",'presentment_currency':'EUR'");
        says("payment", "ch_1", "100.00", "EUR");
        assertEquals("gated", state());
        assertEquals(List.of("wrong-currency"), order.rows("select reason from hold where closed_at is null"));
    }

    @Test
    void whatTheShopSaysIsPaidCountsWhereAGiftCardPaidAPart() throws SQLException {
        shop("100.00", ",'total_outstanding':'0.00','payment_gateway_names':['gift_card','stripe']");
        assertEquals("gated", state());
        says("payment", "ch_1", "60.00", "USD");
        assertEquals("ready", state());
        says("refund", "ch_1", "30.00", "USD");
        assertEquals("gated", state());
        // the shop gave it back for goods that are gone
        shop("70.00", ",'total_outstanding':'0.00','payment_gateway_names':['gift_card','stripe'],"
                + "'refunds':[{'id':7,'transactions':[{'id':8,'kind':'refund','status':'success','gateway':'stripe','amount':'30.00','currency':'USD'}]}]");
        assertEquals("ready", state());
    }

    @Test
    void whatPartnersToldIsNotCountedTwice() throws SQLException {
        shop("100.00", ",'total_outstanding':'40.00','payment_gateway_names':['gift_card','stripe']");
        says("payment", "ch_1", "50.00", "USD");
        assertEquals("gated", state());
    }

    @Test
    void whereTheShopAloneTookAPartThePartnersPaymentsComeBesideIt() throws SQLException {
        shop("100.00", ",'total_outstanding':'60.00','payment_gateway_names':['shopify_store_credit']");
        says("payment", "ch_1", "59.99", "USD");
        assertEquals("gated", state());
        says("payment", "ch_2", "0.01", "USD");
        assertEquals("ready", state());
    }

    @Test
    void whatIsPaidByGiftCardAloneWaitsForNobodyUntilItIsWorthMore() throws SQLException {
        shop("100.00", ",'total_outstanding':'0.00','payment_gateway_names':['gift_card']");
        assertEquals("ready", state());
        shop("110.00", ",'total_outstanding':'10.00','payment_gateway_names':['gift_card']");
        assertEquals("gated", state());
    }

    @Test
    void aCardOfWhichNobodyToldIsNotTakenFromTheShopsWord() throws SQLException {
        shop("100.00", ",'total_outstanding':'0.00','payment_gateway_names':['stripe']");
        says("payment", "ch_1", "60.00", "USD");
        assertEquals("gated", state());
    }

    /** The next version of the order, as the shop says it. */
    private void shop(String total, String more) throws SQLException {
        String body = ("{'id':6100000000001,'name':'#1001','updated_at':'2026-11-27T10:00:05-05:00','currency':'USD','line_items':[{'id':6100000000002,'sku':'PAY-1','quantity':1,'price':'100.00'}],"
                + "'total_price':'" + total + "'" + more + "}").replace('\'', '"');
        JsonNode canonical = new Mapping().map("shopify/order.in.jq", body.getBytes(StandardCharsets.UTF_8)).result();
        order.append(canonical.toString(), GATE.replace('\'', '"'));
    }

    private void says(String signal, String charge, String amount, String currency) throws SQLException {
        order.rows(("select ledger_append('payments', 0, '[{\"offset\":%1$d,\"ce_id\":\"stripe:%1$d\",\"connection\":\"stripe\",\"type\":\"signal\",\"entity_key\":\"stripe/%1$d\",\"correlation_id\":\"c\","
                + "\"captured_at\":\"2026-11-27T00:00:00Z\",\"hash\":\"s%1$d\",\"canonical\":{\"schemaVersion\":1,\"signal\":\"%2$s\",\"order\":\"#1001\",\"at\":\"2026-11-27T01:00:00.%1$dZ\",\"about\":\"%3$s\","
                + "\"amount\":\"%4$s\",\"currency\":\"%5$s\",\"evidence\":{}},\"deliveries\":[]}]'::jsonb, array['\\x00'::bytea])").formatted(signals++, signal, charge, amount, currency));
        order.rows("select signal_hear_next(clock_timestamp() + interval '1 second')");
    }

    private String state() throws SQLException {
        return String.join(",", order.rows("select state from delivery where state <> 'superseded' order by id desc limit 1"));
    }
}
