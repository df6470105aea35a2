package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * L12: goods that somebody holds or schedules at the shop are requested when nobody does any more, whatever news of that is late or lost. The real statements, at times that the test says; the shop is
 * a table of who keeps what.
 */
class HeldGoodsLawIT {

    private static final String OPEN = "{\"open\": true}";
    private static final String FRAUD = "{\"keptBy\": \"Fraud Filter holds it: High risk of fraud\"}";

    private static final String SHOP = "{\"name\":\"shop\",\"rule\":{\"asks\":\"shop\"}}";

    private final Ledger ledger = Ledger.fresh();
    private final long began = System.currentTimeMillis() + 660_000;
    /** What the shop says of each order that it knows. */
    private final Map<String, String> shop = new TreeMap<>();
    private long records;

    @BeforeEach
    void hasRoom() throws SQLException {
        for (String connection : List.of("shop", "erp", "wms")) {
            ledger.allow(connection, "window", 1_000, 60, at(-600));
        }
    }

    @AfterEach
    void ends() throws SQLException {
        ledger.close();
    }

    @Test
    void whatNobodyHoldsLeavesAfterOneLook() throws SQLException {
        order("o1", OPEN);
        // Then it waits for the shop's word
        assertEquals(0, requested(0));
        assertEquals("[\"o1\"]", asks(0));
        assertEquals(1, requested(1));
        // and nobody asks again
        assertNull(asks(3_600));
        assertEquals(1, ledger.sql.number("select count(*) from orderweir.call_log where verb = 'held' and purpose = 'check' and outcome = 'done'"));
    }

    @Test
    void whatSomebodyHoldsIsRequestedWhenItIsReleasedThoughNobodySaysSo() throws SQLException {
        // Given
        order("o1", FRAUD);
        // When a day goes by
        double second = 0;
        int looks = 0;
        for (; second < 86_400; second += 60) {
            looks += asks(second) == null ? 0 : 1;
            assertEquals(0, requested(second));
        }
        // Then it has cost a call each quarter of an hour, and says who keeps it
        assertTrue(looks > 80 && looks < 140, looks + " looks");
        assertEquals("Fraud Filter holds it: High risk of fraud", ledger.sql.text("select kept_by from orderweir.gate where name = 'shop'"));
        // and the order's history says it once
        assertEquals(1, ledger.sql.number("select count(*) from orderweir.gate_decision where gate = 'shop' and decision = 'closed' and reason like 'Fraud Filter%'"));
        // When it is released there
        shop.put("o1", OPEN);
        asks(second + 900);
        assertEquals(1, requested(second + 901));
    }

    @Test
    void whatIsScheduledIsAskedOnItsDay() throws SQLException {
        // Given a pre-order of twenty minutes
        order("o1", "{\"keptBy\": \"the shop schedules it\", \"until\": \"" + at(1_200).toInstant() + "\"}");
        assertEquals("[\"o1\"]", asks(0));
        // Then nobody asks before
        assertNull(asks(1_199));
        shop.put("o1", OPEN);
        assertEquals("[\"o1\"]", asks(1_201));
        assertEquals(1, requested(1_202));
    }

    @Test
    void anOrderThatTheShopDoesNotShowYetWaits() throws SQLException {
        // Given an order of this moment
        order("o1", null);
        ledger.sql.rows("update orderweir.build set created_at = ? returning id", at(0));
        assertEquals("[\"o1\"]", asks(0));
        assertEquals(0, requested(0.5));
        // Then it is asked again in a second, because showing it takes a shop a moment
        assertNull(asks(0.9));
        shop.put("o1", OPEN);
        assertEquals("[\"o1\"]", asks(1.1));
        assertEquals(1, requested(1.2));
    }

    @Test
    void itIsAskedAtOnceWhenTheOrderIsBooked() throws SQLException {
        // Given an order that was looked at before it was booked
        ledger.append(event("o1", "[" + SHOP + "]", true));
        shop.put("o1", OPEN);
        assertNull(asks(1));
        // When
        assertEquals(1, leaves("erp", 2));
        // Then
        assertEquals("[\"o1\"]", asks(2.25));
        assertEquals(1, requested(2.5));
    }

    @Test
    void theShopIsAskedLastOfAllAndOfManyOrdersAtOnce() throws SQLException {
        // Given forty orders, of which one is not booked and another one not paid
        for (int order = 10; order < 50; order++) {
            order("o" + order, OPEN);
        }
        ledger.append(event("unbooked", "[" + SHOP + "]", true));
        shop.put("unbooked", OPEN);
        ledger.append(event("unpaid", "[" + SHOP + ",{\"name\":\"payment\",\"rule\":{}}]", false));
        shop.put("unpaid", OPEN);
        // When
        String first = asks(1);
        String second = asks(2);
        // Then two calls of thirty and ten
        assertEquals(30, first.split(",").length);
        assertEquals(10, second.split(",").length);
        assertNull(asks(30));
        assertEquals(40, requested(30));
        // When the one is paid
        ledger.sql.rows("select orderweir.gate_decide(g, true, 'shop', 'paid', '{}') from orderweir.gate g where g.name = 'payment'");
        // Then it is asked
        assertEquals("[\"unpaid\"]", asks(40));
        assertEquals("0", ledger.sql.text("select count(*)::text from orderweir.delivery where connection = 'wms' and state = 'ready' and goods_moving and external_id = 'shop-unbooked' and claimable"));
    }

    @Test
    void anAnswerThatHasBecomeOldLetsNothingGo() throws SQLException {
        // Given goods that nobody held, and a warehouse that is away
        order("o1", OPEN);
        asks(0);
        // When somebody holds them while they wait
        shop.put("o1", FRAUD);
        assertEquals("[\"o1\"]", asks(601));
        // Then they wait for the shop again
        assertEquals(0, requested(602));
        assertEquals("gated", ledger.sql.text("select state from orderweir.delivery where connection = 'wms'"));
    }

    @Test
    void whatWasCalledBackIsAskedOfTheShopAnew() throws SQLException {
        // Given a request that went out
        ledger.append(event("o1", "[" + SHOP + ",{\"name\":\"payment\",\"rule\":{}}]", false));
        shop.put("o1", OPEN);
        ledger.sql.rows("select orderweir.gate_decide(g, true, 'shop', 'paid', '{}') from orderweir.gate g where g.name = 'payment'");
        asks(0);
        assertEquals(1, requested(1));
        // When its money is gone, and comes again while somebody holds the goods
        decides(false);
        assertEquals(1, requested(2));
        shop.put("o1", FRAUD);
        decides(true);
        asks(3);
        // Then it is not asked for
        assertEquals(0, requested(4));
        shop.put("o1", OPEN);
        asks(2_000);
        assertEquals(1, requested(2_001));
    }

    @Test
    void aPersonMaySendWhatSomebodyHolds() throws SQLException {
        order("o1", FRAUD);
        asks(0);
        ledger.sql.rows("select orderweir.gate_open((select id from orderweir.build), null, null, 'shop', 'ann', 'seen', '{\"note\": \"I know the buyer\"}')");
        assertEquals(1, requested(1));
        assertNull(asks(3_600));
    }

    @Test
    void aLookWithoutAnAnswerIsMadeAgain() throws SQLException {
        order("o1", OPEN);
        Map<String, Object> call = ledger.run("check/take.sql", asking(0)).get(0);
        ledger.start(call, 3, at(0));
        Map<String, Object> end = ended(call, "later", 1);
        end.putAll(Map.of("because", "away", "failure", "unanswered"));
        ledger.end(end);
        assertEquals(0, requested(2));
        // and one whose caller dies, too
        asks(600);
        assertEquals(1, requested(601));
        order("o2", OPEN);
        Map<String, Object> lost = ledger.run("check/take.sql", asking(700)).get(0);
        ledger.start(lost, 3, at(700));
        ledger.run("call/expire.sql", Map.of("connections", "[{\"connection\":\"shop\",\"reaches\":0,\"settles\":0}]", "now", at(760)));
        assertEquals(0, requested(761));
        asks(900);
        assertEquals(1, requested(901));
    }

    @Test
    void whatIsAddedLaterIsAskedOfTheShopAndWhatIsOutStaysOut() throws SQLException {
        // Given a request that went out
        edited("o1", 1, "1:2");
        shop.put("o1", OPEN);
        asks(0);
        assertEquals(1, requested(1));
        // When a line is added, which somebody holds
        shop.put("o1", FRAUD);
        edited("o1", 2, "1:2,2:1");
        // Then the change waits for the shop's word, and nothing is taken back
        assertEquals(0, requested(2));
        assertEquals("[\"o1\"]", asks(3));
        assertEquals(0, requested(4));
        assertEquals("Fraud Filter holds it: High risk of fraud", ledger.sql.text("select kept_by from orderweir.gate where name = 'shop'"));
        assertEquals("delivered gated", ledger.sql.text("select string_agg(state, ' ' order by seq) from orderweir.delivery"));
        // When it is released
        shop.put("o1", OPEN);
        asks(2_000);
        assertEquals(1, requested(2_001));
        assertEquals("delivered delivered", ledger.sql.text("select string_agg(state, ' ' order by seq) from orderweir.delivery"));
        // Then what is exchanged, and what there is more of, is asked again
        edited("o1", 3, "1:2,3:1");
        assertEquals(0, requested(2_002));
        assertEquals("[\"o1\"]", asks(2_003));
        assertEquals(1, requested(2_004));
        edited("o1", 4, "1:3,3:1");
        assertEquals(0, requested(2_005));
        assertEquals("[\"o1\"]", asks(2_006));
        assertEquals(1, requested(2_007));
    }

    @Test
    void whatIsTakenOutWaitsForNoWord() throws SQLException {
        // Given a request that went out, and a line added since that somebody holds
        edited("o1", 1, "1:2,2:1");
        shop.put("o1", OPEN);
        asks(0);
        assertEquals(1, requested(1));
        // When one is taken out, then it leaves at once
        edited("o1", 2, "1:2");
        assertEquals(1, requested(2));
        shop.put("o1", FRAUD);
        edited("o1", 3, "1:2,3:1");
        asks(3);
        assertEquals(0, requested(4));
        // and so does what is left when the added one is taken out again
        edited("o1", 4, "1:1");
        assertEquals(1, requested(5));
        assertNull(asks(3_600));
    }

    @Test
    void anAnswerOfBeforeALineWasAddedLetsNothingGo() throws SQLException {
        // Given a look that is on its way
        edited("o1", 1, "1:2");
        shop.put("o1", OPEN);
        Map<String, Object> look = ledger.run("check/take.sql", asking(0)).get(0);
        ledger.start(look, 3, at(0));
        // When a line is added before it is answered
        edited("o1", 2, "1:2,2:1");
        answers(look, 1);
        // Then the shop is asked again
        assertEquals(0, requested(1));
        assertEquals("[\"o1\"]", asks(2));
        assertEquals(1, requested(3));
    }

    @Test
    void aPersonMaySendWhatWasAddedAndAPaymentThatIsGoneTakesAllBack() throws SQLException {
        // Given what was added, and is held
        ledger.append(lines(event("o1", "[" + SHOP + ",{\"name\":\"payment\",\"rule\":{}}]", false), "1:1"));
        shop.put("o1", OPEN);
        decides(true);
        asks(0);
        assertEquals(1, requested(1));
        shop.put("o1", FRAUD);
        ledger.append(lines(event("o1", 2, "[" + SHOP + ",{\"name\":\"payment\",\"rule\":{}}]", false), "1:1,2:1"));
        asks(2);
        // When the money of the order is gone, then its request is cancelled
        decides(false);
        assertEquals(1, requested(3));
        assertEquals(1, ledger.sql.number("select count(*) from orderweir.delivery where cancel and state = 'delivered'"));
        decides(true);
        asks(4);
        assertEquals(0, requested(5));
        // When a person sends it
        ledger.sql.rows("select orderweir.gate_open((select id from orderweir.build), null, null, 'shop', 'ann', 'seen', '{\"note\": \"I know the buyer\"}')");
        assertEquals(1, requested(6));
    }

    @Test
    void aMissingRecordCostsFewRows() throws SQLException {
        // Given forty orders that the ERP does not take
        for (int order = 10; order < 50; order++) {
            ledger.append(event("o" + order, "[" + SHOP + "]", true));
            shop.put("o" + order, OPEN);
        }
        assertNull(asks(0));
        String before = ledger.sql.text("select string_agg(ctid::text, ' ' order by build_id) from orderweir.gate");
        // When somebody looks every second
        int written = 0;
        for (int second = 1; second < 290; second++) {
            assertNull(asks(second));
            String now = ledger.sql.text("select string_agg(ctid::text, ' ' order by build_id) from orderweir.gate");
            written += now.equals(before) ? 0 : 1;
            before = now;
        }
        // Then the gates were written ever more seldom: a look every five seconds would have been 58 times
        assertTrue(written <= 14, written + " times");
        // and each has its turn when the ERP is back
        assertEquals(40, leaves("erp", 290));
        assertEquals(30, asks(291).split(",").length);
        assertEquals(10, asks(292).split(",").length);
    }

    @Test
    void whoeverEndsACallNeverWaitsForALookAtTheShop() throws SQLException {
        // Given an order that is being booked
        ledger.append(event("o1", "[" + SHOP + "]", true));
        shop.put("o1", OPEN);
        Map<String, Object> booking = ledger.run("deliver/take.sql", taking("erp", 0)).get(0);
        ledger.start(booking, 3, at(0));
        // When a look has its gate, and is not over for want of a permit
        try (Connection look = DriverManager.getConnection(ledger.url, ledger.sql.user(), null); Statement statement = look.createStatement()) {
            look.setAutoCommit(false);
            statement.execute("select orderweir.goods_ask('shop', 'goods', 30, '0', '8 s', '2 s', 1, null, '" + at(1) + "')");
            // Then the call ends all the same
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> taken(booking, 1));
            look.rollback();
        }
        assertEquals("[\"o1\"]", asks(2));
        assertEquals(1, requested(3));
    }

    @Test
    void whatIsBookedWhileALookHasItsGateIsAskedOfTheShopByTheNextLook() throws SQLException {
        // Given an order that is being booked, and whose turn comes for want of anybody who gave it
        ledger.append(event("o1", "[" + SHOP + "]", true));
        shop.put("o1", OPEN);
        Map<String, Object> booking = ledger.run("deliver/take.sql", taking("erp", 0)).get(0);
        ledger.start(booking, 3, at(0));
        // When a look finds it unbooked and puts it off, and it is booked before the look is over
        try (Connection look = DriverManager.getConnection(ledger.url, ledger.sql.user(), null); Statement statement = look.createStatement()) {
            look.setAutoCommit(false);
            statement.execute("select orderweir.goods_ask('shop', 'goods', 30, '0', '8 s', '2 s', 1, null, '" + at(301) + "')");
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> taken(booking, 301));
            look.commit();
        }
        // Then the next one asks of it
        assertEquals("[\"o1\"]", asks(301.25));
        assertEquals(1, requested(301.5));
        assertEquals(0, ledger.sql.number("select count(*) from orderweir.turn_given"));
    }

    @Test
    void aReleaseAtTheShopIsNoticedWithinSecondsWhenItsNewsCome() throws SQLException {
        // Given goods that somebody has held for a day
        order("o1", held("9001"));
        order("o2", held("9002"));
        ledger.sql.rows("update orderweir.build set created_at = ? returning id", at(-86_400));
        asks(0);
        assertNull(asks(60));
        // When the shop says that something moved in the part of one, twice
        shop.put("o1", OPEN);
        String heard = news("shop", "9001", 60);
        news("shop", "9001", 60);
        // Then that one is asked of, once
        assertEquals("the shop is asked again of #o1", heard);
        assertEquals("[\"o1\"]", asks(61));
        assertEquals(1, requested(61.5));
        assertNull(asks(62.5));
        assertEquals(0, ledger.sql.number("select count(*) from orderweir.signal"));
    }

    @Test
    void newsOfHeldGoodsAreNeverBelieved() throws SQLException {
        // Given goods that somebody holds
        order("o1", held("9001"));
        ledger.sql.rows("update orderweir.build set created_at = ? returning id", at(-86_400));
        asks(0);
        // When news come though nothing was released, then the shop's word counts
        news("shop", "9001", 10);
        assertEquals("[\"o1\"]", asks(11));
        assertEquals(0, requested(12));
        // and what another connection says, or says of what nobody waits for, costs nothing
        assertEquals("no order that waits for the shop is known to have it", news("wms", "9001", 20));
        assertEquals("no order that waits for the shop is known to have it", news("shop", "9009", 20));
        assertNull(asks(22));
    }

    @Test
    void whatIsHeldBetweenTheWordAndTheRequestIsAskedAgain() throws SQLException {
        // Given goods that nobody held, and a warehouse that is away
        order("o1", "{\"open\": true, \"parts\": [\"9001\"]}");
        asks(0);
        // When
        shop.put("o1", held("9001"));
        news("shop", "9001", 5);
        // Then
        assertEquals("[\"o1\"]", asks(6));
        assertEquals(0, requested(7));
    }

    @Test
    void newsThatComeWhileTheShopIsAskedAreNotLost() throws SQLException {
        // Given goods that are known by their part, and a look that is on its way
        order("o1", held("9001"));
        ledger.sql.rows("update orderweir.build set created_at = ? returning id", at(-86_400));
        asks(0);
        Map<String, Object> look = ledger.run("check/take.sql", asking(1_000)).get(0);
        ledger.start(look, 3, at(1_000));
        // When they are released after it was answered there, and before the answer is here
        news("shop", "9001", 1_000);
        assertNull(asks(1_001.5));
        answers(look, 1_002);
        shop.put("o1", OPEN);
        // Then the next look sees it
        assertEquals("[\"o1\"]", asks(1_002.5));
        assertEquals(1, requested(1_003));
    }

    @Test
    void aStormOfNewsCostsALookASecond() throws SQLException {
        // Given
        order("o1", held("9001"));
        ledger.sql.rows("update orderweir.build set created_at = ? returning id", at(-86_400));
        asks(0);
        // When a hundred come in ten seconds
        int looks = 0;
        for (int tenth = 0; tenth < 100; tenth++) {
            news("shop", "9001", 10 + tenth / 10.0);
            looks += asks(10 + tenth / 10.0) == null ? 0 : 1;
        }
        // Then
        assertTrue(looks >= 8 && looks <= 10, looks + " looks");
        assertTrue(ledger.sql.number("select count(*) from orderweir.turn_given") <= 1);
    }

    private static String held(String part) {
        return "{\"keptBy\": \"Fraud Filter holds it: High risk of fraud\", \"parts\": [\"" + part + "\"]}";
    }

    /** What comes of it when a connection says that something moved in a part of an order. */
    private String news(String connection, String part, double second) throws SQLException {
        ObjectNode event = Ledger.event(records++, "news-" + records, 1);
        event.put("connection", connection).put("type", "signal").put("note", "waits to be heard");
        event.remove("deliveries");
        event.putObject("canonical").put("schemaVersion", 1).put("signal", "goods-news").put("about", part).put("at", at(second).toInstant().toString()).putObject("evidence");
        ledger.append(event);
        ledger.run("gate/hear.sql", Map.of("now", at(second)));
        return ledger.sql.text("select reason from orderweir.message order by id desc limit 1");
    }

    private void decides(boolean paid) throws SQLException {
        ledger.sql.rows("select orderweir.gate_decide(g, " + paid + ", 'shop', 'payment', '{}') from orderweir.gate g where g.name = 'payment'");
        ledger.sql.rows("select orderweir.bring_in_line(array(select id from orderweir.entity))");
    }

    private void order(String number, String said) throws SQLException {
        if (said != null) {
            shop.put(number, said);
        }
        ledger.append(event(number, "[" + SHOP + "]", false));
    }

    /** A version of an order with these lines (id:quantity, …). */
    private void edited(String number, int version, String lines) throws SQLException {
        ledger.append(lines(event(number, version, "[" + SHOP + "]", false), lines));
    }

    private static ObjectNode lines(ObjectNode event, String lines) {
        ArrayNode ids = ((ObjectNode) event.at("/deliveries/0")).putArray("line_ids");
        for (String line : lines.split(",")) {
            String id = line.split(":")[0];
            ((ObjectNode) event.get("canonical")).withArray("lineItems").addObject().put("id", id).put("sku", "SKU-" + id).put("quantity", Integer.parseInt(line.split(":")[1]));
            ids.add(id);
        }
        return event;
    }

    private ObjectNode event(String number, String gates, boolean afterErp) throws SQLException {
        return event(number, 1, gates, afterErp);
    }

    private ObjectNode event(String number, int version, String gates, boolean afterErp) throws SQLException {
        ObjectNode event = Ledger.event(records++, number, version);
        if (afterErp) {
            Ledger.delivery(event, "erp", "order", false).withArray("line_ids").add("1");
        }
        ObjectNode goods = Ledger.delivery(event, "wms", "order", false).put("goods_moving", true).put("class", "standard").put("line_id", "order").put("gate_basis", "standard");
        goods.withArray("line_ids").add("1");
        goods.set("gates", json(gates));
        if (afterErp) {
            goods.putObject("after").put("connection", "erp").put("port", "order").put("part", "order");
        }
        return event;
    }

    private static JsonNode json(String text) {
        try {
            return Ledger.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Asks the shop what is to be asked now, and has its answer; the orders that it was asked of, or null. */
    private String asks(double second) throws SQLException {
        List<Map<String, Object>> calls = ledger.run("check/take.sql", asking(second));
        if (calls.isEmpty()) {
            return null;
        }
        ledger.start(calls.get(0), 3, at(second));
        answers(calls.get(0), second);
        return (String) calls.get(0).get("records");
    }

    private void answers(Map<String, Object> look, double second) throws SQLException {
        Map<String, Object> end = ended(look, "done", second);
        end.put("found", shop.toString().replaceAll("(\\w+)=\\{", "\"$1\":{"));
        ledger.end(end);
    }

    /** How many calls leave for the warehouse, which takes them. */
    private int requested(double second) throws SQLException {
        return leaves("wms", second);
    }

    private int leaves(String connection, double second) throws SQLException {
        List<Map<String, Object>> calls = new ArrayList<>(ledger.run("deliver/take.sql", taking(connection, second)));
        for (Map<String, Object> call : calls) {
            ledger.start(call, 3, at(second));
            taken(call, second);
        }
        return calls.size();
    }

    private void taken(Map<String, Object> call, double second) throws SQLException {
        Map<String, Object> end = ended(call, "done", second);
        end.put("remoteId", "F" + call.get("id"));
        end.put("final", "cancel".equals(call.get("verb")));
        ledger.end(end);
    }

    private Map<String, Object> taking(String connection, double second) {
        return Map.of("connection", connection, "most", 100, "ahead", 0.0, "lease", 8.0, "settles", 2.0, "limits", 1, "now", at(second));
    }

    private Map<String, Object> asking(double second) {
        return Map.of("connection", "shop", "verb", "held", "port", "goods", "most", 30, "waits", 0.0, "lease", 8.0, "settles", 2.0, "limits", 1, "now", at(second));
    }

    private Map<String, Object> ended(Map<String, Object> call, String outcome, double second) {
        Map<String, Object> end = new HashMap<>(Map.of("call", call.get("call"), "outcome", outcome, "patience", 12, "breaks", 8, "settles", 2.0, "grace", 0.0, "now", at(second)));
        end.put("status", outcome.equals("done") ? 200 : null);
        end.put("reason", outcome.equals("done") ? null : "said so");
        return end;
    }

    private Timestamp at(double second) {
        return new Timestamp(began + (long) (second * 1000));
    }
}
