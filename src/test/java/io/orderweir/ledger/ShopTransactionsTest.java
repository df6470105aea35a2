package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.orderweir.embedded.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A shop tells of its own transactions, and those who took the money tell of some of them too: each charge counts once, at gates and at the ERP, for all of its parts. */
class ShopTransactionsTest {

    private static final String BOOKED = "{\"connection\":\"netsuite\",\"port\":\"order\",\"part\":\"order\",\"role\":\"erp\",\"external_id\":\"web-1\",\"priority\":0,\"goods_moving\":false,\"cancel\":false,"
            + "\"line_ids\":[\"1\"],\"gates\":[],\"fingerprint\":\"a\"}";
    private static final String SHIPPED = "{\"connection\":\"wms\",\"port\":\"fulfilment\",\"part\":\"1\",\"role\":\"warehouse\",\"external_id\":\"web-1-1\",\"priority\":0,\"goods_moving\":true,\"cancel\":false,"
            + "\"line_ids\":[\"1\"],\"fingerprint\":\"a\",\"class\":\"table\",\"line_id\":\"1\",\"gate_basis\":\"b\",\"gates\":[{\"name\":\"balance\",\"lasting\":true,\"rule\":%s}]}";
    private static final String ROW = "{\"gateway\":\"card\",\"to\":\"erp\",\"port\":\"deposit\",\"after\":\"order\"%s}";

    private Connection connection;
    private PlannedOrder order;
    private String booked;
    private int signals;

    @BeforeEach
    void begin() throws SQLException {
        connection = TestDatabase.apart().open();
        order = new PlannedOrder(connection);
        order.run("insert into intake (topic, partition, next_offset) values ('payments', 0, 100)");
        booked = ROW.formatted("");
        signals = 100;
    }

    @AfterEach
    void end() throws SQLException {
        order.close();
        connection.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ch_1", "pi_1"})
    void whatTheShopAndAPartnerTellIsOneDeposit(String charge) throws SQLException {
        // Given
        placed("{\"paid\":1}");
        // When half of it is told by both, and told again
        for (int i = 0; i < 2; i++) {
            shop("payment", charge, "50.00", "'transaction':'71','charge':'" + charge + "'");
            stripe("payment", "ch_1", "50.00", "'charge':'ch_1','paymentIntent':'pi_1'");
        }
        // Then
        assertEquals(List.of(charge + " 50"), deposits());
        assertEquals(List.of("wms gated"), goods());
        // and the other half is another one
        stripe("payment", "ch_2", "50.00", "'charge':'ch_2'");
        assertEquals(List.of(charge + " 50", "ch_2 50"), deposits());
        assertEquals(List.of("wms ready"), goods());
    }

    @Test
    void whatIsCapturedInPartsIsOneDepositThatGrowsAndRefundsLowerIt() throws SQLException {
        placed("{\"paid\":1}");
        shop("authorized", "70", "100.00", "'transaction':'70'");
        shop("payment", "70", "40.00", "'transaction':'71','parent':'70'");
        assertEquals(List.of("70 40"), deposits());
        shop("payment", "70", "60.00", "'transaction':'72','parent':'70'");
        assertEquals(List.of("70 100"), deposits());
        assertEquals(List.of("wms ready"), goods());
        // two refunds, each of another capture
        shop("refund", "71", "0.01", "'transaction':'73','parent':'71'");
        assertEquals(List.of("wms gated"), goods());
        shop("payment", "74", "0.01", "'transaction':'74'");
        assertEquals(List.of("wms ready"), goods());
        shop("refund", "72", "0.01", "'transaction':'75','parent':'72'");
        assertEquals(List.of("wms gated"), goods());
    }

    @Test
    void aGiftCardOfTheShopOpensNothingBesideTheShopsOwnNumber() throws SQLException {
        order.append("{\"totalPrice\":\"100.00\",\"currency\":\"EUR\",\"totalOutstanding\":\"50.00\",\"payments\":[{\"gateway\":\"gift_card\",\"kind\":\"gift-card\"}]}", BOOKED + "," + SHIPPED.formatted("{\"paid\":1}"));
        shop("payment", "71", "50.00", "'transaction':'71','gateway':'gift_card','kind':'gift-card'");
        assertEquals(List.of("wms gated"), goods());
    }

    @Test
    void aGateThatBelievesOthersAsksNobodyAboutTheShopsWord() throws SQLException {
        placed("{\"paid\":1,\"payers\":[\"stripe\"]}");
        shop("payment", "71", "100.00", "'transaction':'71'");
        assertEquals(List.of("wms gated"), goods());
        assertEquals(List.of(), order.rows("select reason from hold"));
    }

    @Test
    void theEndOfAnAuthorisationOfTheShopIsTold() throws SQLException {
        placed("{\"paid\":1}");
        shop("authorized", "70", "100.00", "'transaction':'70','captureBefore':'2026-11-28T12:00:00.000Z'");
        order.rows("select gates_tell_ending('2026-11-28T11:00:00Z')");
        assertEquals(List.of("payment-ends"), order.rows("select split_part(cause, ':', 1) from alert"));
    }

    @Test
    void whatWasCapturedEndsNoMore() throws SQLException {
        placed("{\"paid\":1}");
        shop("authorized", "70", "100.00", "'transaction':'70','captureBefore':'2026-11-28T12:00:00.000Z'");
        shop("payment", "70", "10.00", "'transaction':'71','parent':'70'");
        order.rows("select gates_tell_ending('2026-11-28T11:00:00Z')");
        assertEquals(List.of(), order.rows("select cause from alert"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"eu", "web"})
    void aPaymentIsBookedWhereTheRowIsForTheShopOfItsOrder(String shop) throws SQLException {
        placed("{\"paid\":1}");
        booked = ROW.formatted(",\"for\":[\"" + shop + "\"]");
        stripe("payment", "ch_1", "50.00", "");
        assertEquals(shop.equals("web") ? List.of("ch_1 50") : List.of(), deposits());
    }

    /** In whichever order, how often and by whom parts of charges are told. */
    @Test
    void theDepositsComeToWhatWasPaid() throws SQLException {
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            List<Runnable> told = new ArrayList<>();
            int charges = 1 + random.nextInt(3);
            for (int n = 1; n <= charges; n++) {
                String charge = "ch_" + n;
                // a gateway whose charge the shop does not know is told of by the shop alone
                boolean known = random.nextBoolean();
                String key = known ? ",'charge':'" + charge + "'" : "";
                String about = known ? charge : n + "0";
                told.add(() -> shop("authorized", about, "30.00", "'transaction':'" + about + "'" + key));
                for (int part = 1; part <= 3; part++) {
                    String capture = about + part;
                    told.add(() -> shop("payment", about, "10.00", "'transaction':'" + capture + "','parent':'" + about + "'" + key));
                }
                told.add(() -> shop("refund", known ? about : about + "1", "10.00", "'transaction':'r" + about + "','parent':'" + about + "1'" + key));
                if (known) {
                    told.add(() -> stripe("payment", charge, "20.00", "'charge':'" + charge + "','paymentIntent':'pi_" + charge + "'"));
                    told.add(() -> stripe("payment", charge, "30.00", "'charge':'" + charge + "','paymentIntent':'pi_" + charge + "'"));
                    told.add(() -> stripe("refund", charge, "10.00", "'charge':'" + charge + "'"));
                }
            }
            told.addAll(told.subList(0, told.size() / 2));
            Collections.shuffle(told, random);
            placed("{\"paid\":1}");
            told.forEach(Runnable::run);
            assertEquals(Collections.nCopies(charges, "30"), deposits().stream().map(deposit -> deposit.split(" ")[1]).toList(), "seed " + seed);
            assertEquals(List.of(charges * 20 + ".00 of 100.00 EUR are paid"), order.rows("select (gate_said(g)).reason from gate g"), "seed " + seed);
            end();
            begin();
        }
    }

    private void placed(String rule) throws SQLException {
        order.append("{\"totalPrice\":\"100.00\",\"currency\":\"EUR\"}", BOOKED + "," + SHIPPED.formatted(rule));
    }

    private void shop(String signal, String about, String amount, String evidence) {
        says("web", signal, "1", about, amount, evidence);
    }

    private void stripe(String signal, String about, String amount, String evidence) {
        says("stripe", signal, "#1001", about, amount, evidence);
    }

    private void says(String sender, String signal, String named, String about, String amount, String evidence) {
        try {
            order.rows(("select ledger_append('payments', 0, '[{\"offset\":%1$d,\"ce_id\":\"%2$s:%1$d\",\"connection\":\"%2$s\",\"type\":\"signal\",\"entity_key\":\"%2$s/%1$d\",\"correlation_id\":\"c\","
                    + "\"captured_at\":\"2026-11-27T00:00:00Z\",\"hash\":\"s%1$d\",\"canonical\":{\"schemaVersion\":1,\"signal\":\"%3$s\",\"order\":\"%4$s\",\"at\":\"2026-11-27T01:00:00.%1$dZ\",\"about\":\"%5$s\","
                    + "\"amount\":\"%6$s\",\"currency\":\"EUR\",\"evidence\":{%7$s}%8$s},\"deliveries\":[]}]'::jsonb, array['\\x00'::bytea])")
                    .formatted(signals++, sender, signal, named, about, amount, evidence.replace('\'', '"'), signal.equals("payment") ? ",\"booked\":[" + booked + "]" : ""));
            order.rows("select signal_hear_next(clock_timestamp() + interval '1 second')");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Charge and amount, as they are sent. */
    private List<String> deposits() throws SQLException {
        return order.rows("select (lane_payment(d.id) ->> 'id') || ' ' || (lane_payment(d.id) ->> 'amount') from delivery d join lane l on l.id = d.lane_id and l.last_seq = d.seq where d.port = 'deposit' order by d.lane_id");
    }

    private List<String> goods() throws SQLException {
        return order.rows("select concat_ws(' ', connection, state) from delivery where connection = 'wms' and state <> 'superseded'");
    }
}
