package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.orderweir.embedded.TestDatabase;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was paid is booked at the ERP as records of their own, behind that of the order, each once, and never more than was paid. */
class PaymentsBookedTest {

    private static final String BOOKED = "{\"connection\":\"netsuite\",\"port\":\"order\",\"part\":\"order\",\"role\":\"erp\",\"external_id\":\"web-1\",\"priority\":0,\"goods_moving\":false,\"cancel\":%s,"
            + "\"line_ids\":[\"1\"],\"gates\":[],\"fingerprint\":\"%s\"}";
    private static final String SHIPPED = ",{\"connection\":\"wms\",\"port\":\"fulfilment\",\"part\":\"order\",\"role\":\"warehouse\",\"external_id\":\"web-1\",\"priority\":0,\"goods_moving\":true,\"cancel\":false,"
            + "\"line_ids\":[\"1\"],\"gates\":[],\"fingerprint\":\"g\",\"after\":{\"connection\":\"netsuite\",\"port\":\"order\",\"part\":\"order\"}}";
    private static final String WORTH = "{\"totalPrice\":\"99.99\",\"currency\":\"EUR\"}";
    private static final String TAKEN = "update delivery set state = 'sending', call_id = 1 where port = '%s' and state = 'ready' and head";
    private static final String ANSWERED = "update delivery set state = 'delivered', head = false, done_at = clock_timestamp(), remote_id = '%s' where state = 'sending'";

    private Connection connection;
    private PlannedOrder order;
    private int signals = 100;

    @BeforeEach
    void begin() throws SQLException {
        signals = 100;
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
    void twoPaymentsAreTwoDepositsBehindTheirOrder() throws SQLException {
        // Given
        placed("a");
        // When half of it is paid before it is booked, and the rest behind that
        pays("ch_1", "49.99", true);
        assertEquals(List.of("ch_1 ready true"), deposits());
        booked();
        assertEquals(List.of("ch_1 ready false"), deposits());
        pays("ch_2", "50", true);
        // Then
        assertEquals(List.of("ch_1 ready false", "ch_2 ready false"), deposits());
        assertEquals(List.of("web-1-ch_1", "web-1-ch_2"), order.rows("select external_id from delivery where port = 'deposit' order by 1"));
        assertEquals(List.of("{\"at\": \"2026-11-27T01:00:00.100Z\", \"id\": \"ch_1\", \"amount\": \"49.99\", \"record\": \"4711\", \"gateway\": \"stripe\", \"currency\": \"EUR\"}"),
                order.rows("select lane_payment(id) from delivery where part = 'ch_1'"));
        // and the books of the ledger have them
        assertEquals(List.of("true"), order.rows("select (planned = (select count(*) from delivery d where d.message_id = m.id))::text from message m where type = 'order'"));
    }

    @Test
    void theTotalIsReadBackBefore() throws SQLException {
        placed("a");
        pays("ch_1", "99.99", true);
        order.run("update lane set read_at = clock_timestamp() where port = 'order'");
        booked();
        assertEquals(List.of("ch_1 ready true"), deposits());
        order.settles("update lane set read_at = null");
        assertEquals(List.of("ch_1 ready false"), deposits());
    }

    @Test
    void whatNobodyWantsBookedIsNot() throws SQLException {
        placed("a");
        pays("ch_1", "99.99", false);
        assertEquals(List.of(), deposits());
    }

    @Test
    void ofOneChargeTheLargestIsBookedAndChangesTheSameRecord() throws SQLException {
        placed("a");
        booked();
        pays("ch_1", "30", true);
        order.settles(TAKEN.formatted("deposit"));
        order.settles(ANSWERED.formatted("9001"));
        // the same once more, less of it, and more of it
        pays("ch_1", "30.00", true);
        pays("ch_1", "20", true);
        assertEquals(List.of("ch_1 delivered false"), deposits());
        pays("ch_1", "99.99", true);
        assertEquals(List.of("ch_1 delivered false", "ch_1 ready false"), deposits());
        assertEquals(List.of("1 9001 2"), order.rows("select concat_ws(' ', count(*), max(remote_id), max(last_seq)) from lane where port = 'deposit'"));
    }

    @Test
    void moreThanItIsWorthIsAPersonsWorkAndStopsNoGoods() throws SQLException {
        // Given
        order.append(WORTH, BOOKED.formatted("false", "a") + SHIPPED);
        booked();
        pays("ch_1", "99.99", true);
        // When
        pays("ch_2", "10", true);
        // Then
        assertEquals(List.of("Order #1001: with a payment of 10 EUR (ch_2) 109.99 EUR of it are paid, and it is worth 99.99. Release it if that is right, or discard it and it is not booked."),
                order.rows("select sentence from hold where closed_at is null"));
        assertEquals(List.of("ready false"), order.rows("select concat_ws(' ', state, stopped::text) from delivery where connection = 'wms'"));
        // and what is given up is not planned again
        order.rows("select hold_discard((select id from hold), 'ida', 'paid by mistake')");
        pays("ch_2", "10", true);
        order.append(WORTH.replace("}", ",\"note\":1}"), BOOKED.formatted("false", "b"));
        assertEquals(List.of("ch_1 ready false", "ch_2 discarded false"), deposits());
    }

    @Test
    void aRefundBooksNothing() throws SQLException {
        placed("a");
        booked();
        pays("ch_1", "99.99", true);
        says("refund", "ch_1", "99.99", "EUR", false);
        assertEquals(List.of("ch_1 ready false"), deposits());
    }

    @Test
    void anotherCurrencyThanTheOrdersIsAPersonsWork() throws SQLException {
        order.append("{\"totalPrice\":\"99.99\",\"currency\":\"EUR\",\"buyerCurrency\":\"USD\",\"buyerTotalPrice\":\"110.00\"}", BOOKED.formatted("false", "a"));
        says("payment", "ch_1", "110.00", "USD", true);
        assertEquals(List.of("other-currency"), order.rows("select reason from hold"));
    }

    @Test
    void ofAnOrderThatIsNotBookedNothingWaitsForEver() throws SQLException {
        placed("a");
        pays("ch_1", "99.99", true);
        // When it is cancelled before it was booked
        order.append(WORTH, BOOKED.formatted("true", "a"));
        assertEquals(List.of("ch_1 superseded true"), deposits());
        // and when it is wanted after all
        placed("a");
        assertEquals(List.of("ch_1 superseded true", "ch_1 ready true"), deposits());
    }

    @Test
    void aPaymentThatIsHeardBeforeTheOrderIsPlannedIsBookedBehindIt() throws SQLException {
        order.append(WORTH, "");
        pays("ch_1", "99.99", true);
        assertEquals(List.of(), deposits());
        placed("a");
        assertEquals(List.of("ch_1 ready true"), deposits());
    }

    @Test
    void aCorrectionOfTheOrderLeavesItsPaymentsAlone() throws SQLException {
        placed("a");
        pays("ch_1", "99.99", true);
        order.rows("select message_correct((select id from message where type = 'order'), '{}', 'h', '[" + BOOKED.formatted("false", "b") + "]')");
        assertEquals(List.of("ch_1 ready true"), deposits());
    }

    /** Whatever comes doubled, late or in another order, and whichever answers are lost: the records at the ERP come to what was paid, none twice. */
    @Test
    void whatTheErpHasIsWhatWasPaid() throws SQLException {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            Map<String, BigDecimal> erp = new HashMap<>();
            List<String[]> said = new ArrayList<>();
            BigDecimal paid = BigDecimal.ZERO;
            for (int charge = 1; charge <= 1 + random.nextInt(4); charge++) {
                BigDecimal amount = BigDecimal.valueOf(100 + random.nextInt(2400), 2);
                boolean wanted = random.nextInt(4) > 0;
                paid = wanted ? paid.add(amount) : paid;
                // part of it is captured first, and each is said up to twice
                for (BigDecimal one : List.of(amount, amount.divide(BigDecimal.valueOf(2), 2, RoundingMode.DOWN), amount)) {
                    said.add(new String[] {"s" + seed + "_" + charge, one.toPlainString(), String.valueOf(wanted)});
                }
            }
            Collections.shuffle(said, random);
            begin(seed);
            for (String[] one : said) {
                if (random.nextInt(3) == 0) {
                    order.append(WORTH.replace("}", ",\"note\":" + random.nextInt() + "}"), BOOKED.formatted("false", "f" + random.nextInt(3)));
                }
                says("payment", one[0], one[1], "EUR", Boolean.parseBoolean(one[2]));
                sends(random, erp);
            }
            for (int i = 0; i < 40; i++) {
                sends(random, erp);
            }
            assertEquals(paid.setScale(2), erp.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add).setScale(2), "seed " + seed + " " + erp);
            end();
            begin();
        }
    }

    private void begin(int seed) throws SQLException {
        order.append(WORTH, BOOKED.formatted("false", "seed" + seed));
    }

    /** One call of whatever is due, of which the answer may be lost before or after the ERP has done it. */
    private void sends(Random random, Map<String, BigDecimal> erp) throws SQLException {
        order.settles("update delivery set state = 'sending', call_id = 1 where id = (select id from delivery where claimable order by random() limit 1)");
        boolean lost = random.nextInt(3) == 0;
        if (!lost || random.nextBoolean()) {
            for (String one : order.rows("select concat_ws(' ', external_id, lane_payment(id) ->> 'amount') from delivery where state = 'sending' and port = 'deposit'")) {
                assertEquals(List.of("t"), order.rows("select remote_id is not null from lane where port = 'order'").stream().map(yes -> yes.substring(0, 1)).toList(), "not before its order");
                erp.put(one.split(" ")[0], new BigDecimal(one.split(" ")[1]));
            }
        }
        order.settles(lost ? "update delivery set state = 'unsure', unsure_since = clock_timestamp() where state = 'sending'" : ANSWERED.formatted("1"));
    }

    private void placed(String fingerprint) throws SQLException {
        order.append(WORTH, BOOKED.formatted("false", fingerprint));
    }

    private void booked() throws SQLException {
        order.settles(TAKEN.formatted("order"));
        order.settles(ANSWERED.formatted("4711"));
    }

    private void pays(String charge, String amount, boolean booked) throws SQLException {
        says("payment", charge, amount, "EUR", booked);
    }

    private void says(String signal, String charge, String amount, String currency, boolean booked) throws SQLException {
        order.rows(("select ledger_append('payments', 0, '[{\"offset\":%1$d,\"ce_id\":\"stripe:%1$d\",\"connection\":\"stripe\",\"type\":\"signal\",\"entity_key\":\"stripe/%1$d\",\"correlation_id\":\"c\","
                + "\"captured_at\":\"2026-11-27T00:00:00Z\",\"hash\":\"s%1$d\",\"canonical\":{\"schemaVersion\":1,\"signal\":\"%2$s\",\"order\":\"#1001\",\"at\":\"2026-11-27T01:00:00.%1$dZ\",\"about\":\"%3$s\","
                + "\"amount\":\"%4$s\",\"currency\":\"%5$s\",\"evidence\":{}%6$s},\"deliveries\":[]}]'::jsonb, array['\\x00'::bytea])").formatted(signals++, signal, charge, amount, currency,
                booked ? ",\"booked\":[{\"gateway\":\"stripe\",\"to\":\"erp\",\"port\":\"deposit\",\"after\":\"order\"}]" : ""));
        order.rows("select signal_hear_next(clock_timestamp() + interval '1 second')");
    }

    /** Charge, state, and whether it waits for the order. */
    private List<String> deposits() throws SQLException {
        return order.rows("select concat_ws(' ', part, state, waits_after::text) from delivery where port = 'deposit' order by id");
    }
}
