package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * L11: what a target makes of a record is read back, and is its order's total, before anything that waits for the record leaves. The real statements, at times that the test says; the target is
 * a table of totals.
 */
class TotalLawIT {

    private static final String TOTAL = "58.87";
    private static final String SETTLING = "[{\"connection\":\"erp\",\"reaches\":0,\"settles\":0}]";

    private final Ledger ledger = Ledger.fresh();
    private final long began = System.currentTimeMillis() + 660_000;
    /** What the target makes of its records, by their ids. */
    private final Map<String, String> target = new TreeMap<>();
    private long records;
    /** What the account says of reading back. */
    private String terms = "{}";

    @BeforeEach
    void hasRoom() throws SQLException {
        ledger.allow("erp", "window", 1_000, 60, at(-600));
        ledger.allow("wms", "window", 1_000, 60, at(-600));
    }

    @AfterEach
    void ends() throws SQLException {
        ledger.close();
    }

    @Test
    void nothingLeavesForTheWarehouseBeforeTheTotalWasReadAndIsTheOrders() throws SQLException {
        // Given a booked order
        order(1, 1);
        assertEquals(List.of("create"), books(0, "58.870"));
        // Then it waits, though the record is there
        assertEquals(0, requested(0));
        // When the total was read back
        Map<String, Object> call = reading(1);
        assertEquals("order", call.get("port"));
        assertEquals("[\"R1\"]", call.get("records"));
        assertEquals(0, requested(1));
        reads(call, 1);
        // Then it leaves, and the call stands in the log with a permit of its own
        assertEquals(1, requested(1));
        assertEquals(1, ledger.sql.number("select count(*) from orderweir.call_log where purpose = 'check' and verb = 'totals' and outcome = 'done'"));
        assertEquals("58.870", ledger.sql.text("select read_total from orderweir.lane where connection = 'erp'"));
        assertEquals(List.of(), ledger.run("check/take.sql", checking(100)));
    }

    @Test
    void anAccountThatDoesNotReadBackWaitsForNothing() throws SQLException {
        order(1, 1);
        // When the end of the create says nothing of reading
        Map<String, Object> booked = ledger.run("deliver/take.sql", taking("erp", 0)).get(0);
        ledger.start(booked, 3, at(0));
        ledger.end(ended(booked, "done", 0, null));
        // Then
        assertEquals(1, requested(0));
        assertEquals(List.of(), ledger.run("check/take.sql", checking(100)));
    }

    @Test
    void fiftyPlantedDifferencesAreFiftyHoldsAndNoneIsAskedOfTheWarehouse() throws SQLException {
        // Given fifty orders of which the target makes a cent more or less, and one of which it makes a hundred times as much
        for (int order = 1; order <= 50; order++) {
            order(order, 1);
            assertEquals(1, books(0, order == 50 ? "5887.00" : new BigDecimal(TOTAL).add(new BigDecimal(order % 2 == 0 ? "0.01" : "-0.01")).toPlainString()).size());
        }
        // When they are read back, in one call
        reads(reading(1), 1);
        // Then each is held with both numbers, and nothing is asked for
        assertEquals(50, ledger.sql.number("select count(*) from orderweir.hold where closed_at is null and reason = 'money.differs'"));
        assertEquals(25, ledger.sql.number("select count(*) from orderweir.hold where sentence like '%comes to 58.87 EUR%makes 58.86 of record R%which is 0.01 less%'"));
        assertEquals(24, ledger.sql.number("select count(*) from orderweir.hold where sentence like '%comes to 58.87 EUR%makes 58.88 of record R%which is 0.01 more%'"));
        assertEquals(0, requested(1000));
        assertEquals(List.of(), ledger.run("check/take.sql", checking(1000)));
        // When a person has set it right there and releases them
        for (long hold : holds()) {
            release(hold);
        }
        assertEquals(0, requested(1000));
        assertEquals(List.of("update"), books(1000, TOTAL).stream().distinct().toList());
        assertEquals(50, target.size(), "second records: " + target);
        assertEquals(0, requested(1000));
        reads(reading(1001), 1001);
        // Then all go on
        assertEquals(50, requested(1001));
    }

    @Test
    void whatStillDiffersWhenItIsReleasedIsHeldAgain() throws SQLException {
        order(1, 1);
        books(0, "58.88");
        reads(reading(1), 1);
        release(holds().get(0));
        books(2, "58.88");
        reads(reading(3), 3);
        assertEquals(2, ledger.sql.number("select count(*) from orderweir.hold where reason = 'money.differs'"));
        assertEquals(0, requested(3));
    }

    @Test
    void whoAcceptsADifferenceIsNotWhoAskedForIt() throws SQLException {
        // Given
        order(1, 1);
        books(0, "58.88");
        reads(reading(1), 1);
        long hold = holds().get(0);
        // When the first person accepts
        accept(hold, "Ann", "the rest is on us");
        // Then nothing has changed yet, and she cannot do it alone
        assertEquals(0, requested(2));
        assertTrue(assertThrows(SQLException.class, () -> accept(hold, "Ann", "really")).getMessage().contains("Another person accepts it"));
        assertTrue(assertThrows(SQLException.class, () -> accept(hold, "Bea", " ")).getMessage().contains("Say why"));
        // When another one does
        accept(hold, "Bea", "one cent");
        // Then it goes on, nothing is written at the target, and the books have both
        assertEquals(1, requested(2));
        assertEquals(List.of(), books(2, TOTAL));
        assertEquals("accepted: one cent (asked by Ann: the rest is on us) Bea", ledger.sql.text("select resolution || ' ' || resolved_by from orderweir.hold"));
        assertEquals(2, ledger.sql.number("select count(*) from orderweir.audit where action = 'hold.accept' and by in ('Ann', 'Bea')"));
        // When the order changes
        order(1, 2);
        assertEquals(List.of("update"), books(3, "58.88"));
        // Then that is another difference to accept
        reads(reading(4), 4);
        assertEquals(1, holds().size());
        assertEquals(0, requested(4));
    }

    @Test
    void whoDiscardsADifferenceLetsNothingGoThatTwoWouldHaveToAccept() throws SQLException {
        // Given goods that wait since before the price changed, and a difference of the new one
        order(1, 1, TOTAL, "the same goods");
        order(1, 2, TOTAL, "the same goods");
        books(0, "58.88");
        reads(reading(1), 1);
        // When one person gives it up
        ledger.run("hold/discard.sql", Map.of("hold", holds().get(0), "by", "Ann", "reason", "a cent is nothing"));
        // Then what waited for it is given up with it
        assertEquals(0, requested(2));
        assertEquals(1, ledger.sql.number("select count(*) from orderweir.delivery where connection = 'wms' and state = 'discarded'"));
    }

    @Test
    void onlyADifferenceIsAccepted() throws SQLException {
        order(1, 1);
        Map<String, Object> refused = ledger.run("deliver/take.sql", taking("erp", 0)).get(0);
        ledger.start(refused, 3, at(0));
        ledger.end(ended(refused, "hold", 0, null));
        assertTrue(assertThrows(SQLException.class, () -> accept(holds().get(0), "Ann", "why not")).getMessage().contains("no difference to accept"));
    }

    @Test
    void aReadThatIsNotAnsweredIsMadeAgainAndNothingLeavesMeanwhile() throws SQLException {
        // Given
        order(1, 1);
        books(0, TOTAL);
        double second = 1;
        List<Double> calls = new ArrayList<>();
        // When the answer is lost again and again
        for (int lost = 0; lost < 6; lost++) {
            Map<String, Object> call = null;
            while (call == null) {
                second += 1;
                call = ledger.run("check/take.sql", checking(second)).stream().findAny().orElse(null);
                double reached = second;
                assertTrue(reached < 3_000, () -> "calls at " + calls);
            }
            calls.add(second);
            ledger.start(call, 3, at(second));
            Map<String, Object> end = ended(call, "later", second + 1, terms);
            end.putAll(Map.of("because", "away", "failure", "unanswered"));
            ledger.end(end);
            assertEquals(0, requested(second + 1));
        }
        // Then the calls are further and further apart
        for (int call = 2; call < calls.size(); call++) {
            assertTrue(calls.get(call) - calls.get(call - 1) > 1.5 * (calls.get(call - 1) - calls.get(call - 2)), () -> "calls at " + calls);
        }
        // When it is answered
        reads(reading(second + 600), second + 600);
        // Then
        assertEquals(1, requested(second + 600));
    }

    @Test
    void oneLostAnswerCostsSecondsHoweverLongTheRecordHasWaited() throws SQLException {
        // Given a record that an outage kept from being read for an hour
        order(1, 1);
        books(0, TOTAL);
        Map<String, Object> call = reading(3_600);
        ledger.start(call, 3, at(3_600));
        // When one answer is lost after it
        Map<String, Object> end = ended(call, "later", 3_601, terms);
        end.putAll(Map.of("because", "away", "failure", "unanswered"));
        ledger.end(end);
        // Then
        reads(reading(3_615), 3_615);
        assertEquals(1, requested(3_615));
    }

    @Test
    void whileTheTargetIsAwayADeliveryFindsOutWhenItIsBackAndAReadWhereThereIsNone() throws SQLException {
        // Given a record that is to be read back, another order that is not booked, and a target that is away
        order(1, 1);
        books(0, TOTAL);
        order(2, 1);
        ledger.sql.run("update orderweir.connection_state set away_since = ?::timestamptz, probe_at = ?::timestamptz, failures = 8 where connection = 'erp'", at(1), at(20));
        // Then
        assertEquals(List.of(), ledger.run("check/take.sql", checking(30)));
        // When nobody wants the other order booked any more
        ledger.sql.run("update orderweir.delivery set state = 'superseded', head = false, done_at = clock_timestamp(), reason = 'test' where connection = 'erp' and state = 'ready'");
        // Then a read is made when a probe is due, and one at a time
        assertEquals(List.of(), ledger.run("check/take.sql", checking(19)));
        Map<String, Object> probe = reading(30);
        order(3, 1);
        assertEquals(List.of(), ledger.run("deliver/take.sql", taking("erp", 31)));
        // and its answer lets both go on
        reads(probe, 31);
        assertEquals(1, requested(32));
        assertEquals(List.of("create"), books(32, TOTAL));
    }

    @Test
    void whatIsChangedWhileItIsReadIsReadAgain() throws SQLException {
        // Given a record that is being read
        order(1, 1);
        books(0, TOTAL);
        Map<String, Object> call = reading(1);
        // When the target takes a newer version before it answers, and we have its answer to that later
        order(1, 2, "60.00");
        Map<String, Object> update = ledger.run("deliver/take.sql", taking("erp", 2)).get(0);
        ledger.start(update, 3, at(2));
        target.put("R1", "60.00");
        reads(call, 2);
        // Then the new total is not compared with the old order
        assertEquals(List.of(), holds());
        assertEquals(0, requested(2));
        assertEquals(List.of(), ledger.run("check/take.sql", checking(30)));
        ledger.end(ended(update, "done", 3, terms));
        assertEquals(0, requested(3));
        reads(reading(4), 4);
        assertEquals(1, requested(4));
        assertEquals(List.of(), holds());
    }

    @Test
    void whoDiesWhileReadingLeavesItToOthers() throws SQLException {
        order(1, 1);
        books(0, TOTAL);
        Map<String, Object> call = reading(1);
        ledger.start(call, 3, at(1));
        ledger.run("call/expire.sql", Map.of("connections", SETTLING, "now", at(60)));
        assertEquals(0, requested(60));
        reads(reading(200), 200);
        assertEquals(1, requested(200));
    }

    @Test
    void aRecordOfWhichTheTargetSaysNothingIsReadOnceMoreAndThenHeld() throws SQLException {
        // Given
        order(1, 1);
        order(2, 1);
        books(0, TOTAL);
        target.remove("R1");
        target.put("R2", "about sixty");
        // When
        reads(reading(1), 1);
        // Then
        assertEquals(List.of(), holds());
        assertEquals(List.of(), ledger.run("check/take.sql", checking(50)));
        reads(reading(62), 62);
        assertEquals(1, ledger.sql.number("select count(*) from orderweir.hold where sentence like '%shows no total of record R1%'"));
        assertEquals(1, ledger.sql.number("select count(*) from orderweir.hold where sentence like '%shows no amount for record R2, but \"about sixty\"%'"));
        assertEquals(0, requested(62));
    }

    @Test
    void anAccountThatReadsBackNoMoreLetsGoWhatWaits() throws SQLException {
        order(1, 1);
        books(0, TOTAL);
        assertEquals(0, requested(1));
        assertEquals(1, ledger.run("check/let-go.sql", Map.of("connection", "erp")).get(0).get("gone"));
        assertEquals(1, requested(1));
    }

    @Test
    void whatIsToBeApprovedIsWhenItAgreesOnceAndBeforeTheWarehouseIsAsked() throws SQLException {
        // Given an account that approves after the check
        terms = "{\"approve\": true}";
        order(1, 1);
        books(0, TOTAL);
        // When it agrees
        reads(reading(1), 1);
        // Then nothing leaves before the record was approved, by an update that says so
        assertEquals(0, requested(1));
        assertEquals("{\"agreed\": true}", ledger.sql.text("select found::text from orderweir.delivery where connection = 'erp' and state = 'ready'"));
        assertEquals(List.of("update"), books(2, TOTAL));
        assertEquals(1, requested(2));
        assertEquals(List.of(), ledger.run("check/take.sql", checking(100)));
        // When it changes
        order(1, 2);
        assertEquals(List.of("update"), books(101, TOTAL));
        reads(reading(102), 102);
        // Then it is approved already
        assertEquals(List.of(), books(103, TOTAL));
        assertEquals(1, requested(103));
    }

    @Test
    void ofFiftyPlantedDifferencesNoneIsApprovedButWhatTwoPeopleAccept() throws SQLException {
        // Given
        terms = "{\"approve\": true}";
        for (int order = 1; order <= 50; order++) {
            order(order, 1);
            books(0, order % 2 == 0 ? "58.88" : "58.86");
        }
        // When
        reads(reading(1), 1);
        // Then
        assertEquals(List.of(), books(1000, TOTAL));
        assertEquals(0, requested(1000));
        assertEquals(50, holds().size());
        // When two accept one of them
        accept(holds().get(0), "Ann", "ours");
        accept(holds().get(0), "Bea", "agreed");
        // Then that one is approved as it is
        assertEquals(List.of("update"), books(1001, "58.86"));
        assertEquals("true", ledger.sql.text("select found ->> 'agreed' from orderweir.delivery where connection = 'erp' and state = 'delivered' order by done_at desc limit 1"));
        assertEquals(1, requested(1001));
        assertEquals(49, holds().size());
    }

    @Test
    void withinItsToleranceARecordGetsOneRoundingLineAndIsReadAgain() throws SQLException {
        // Given
        terms = "{\"tolerance\": \"0.02\"}";
        order(1, 1);
        books(0, "58.89");
        order(2, 1);
        books(0, "58.90");
        // When
        reads(reading(1), 1);
        // Then two cents are made up for, three are not
        assertEquals(1, ledger.sql.number("select count(*) from orderweir.hold where closed_at is null and sentence like '%makes 58.90 of record R2%'"));
        assertEquals("-0.02", ledger.sql.text("select found ->> 'rounding' from orderweir.delivery where connection = 'erp' and state = 'ready'"));
        assertEquals(0, requested(1));
        assertEquals(List.of("update"), books(2, TOTAL));
        assertEquals(0, requested(2));
        reads(reading(3), 3);
        assertEquals(1, requested(3));
    }

    @Test
    void aRecordThatDiffersWithItsRoundingLineTooIsHeld() throws SQLException {
        terms = "{\"tolerance\": \"0.02\"}";
        order(1, 1);
        books(0, "58.86");
        reads(reading(1), 1);
        assertEquals(List.of("update"), books(2, "58.88"));
        reads(reading(3), 3);
        assertEquals(1, holds().size());
        assertEquals(List.of(), books(4, TOTAL));
        // When it is released, the line goes
        release(holds().get(0));
        assertEquals("{\"approves\": false}", ledger.sql.text("select found::text from orderweir.delivery where connection = 'erp' and state = 'ready'"));
    }

    @Test
    void atNinetyNineCallsAMinuteNinetyOrdersAreBookedAndChecked() throws SQLException {
        // Given more orders than some minutes are long, and the limit
        int minutes = Ledger.LENGTH == 1 ? 4 : 10;
        ledger.allow("erp", "window", 99, 60, at(-600));
        for (int order = 1; order <= 110 * minutes; order++) {
            order(order, 1);
        }
        Map<Integer, Integer> checked = new TreeMap<>();
        // When each half second whoever may call does
        for (double second = 0; second < 60 * (minutes + 1); second += 0.5) {
            List<Map<String, Object>> read = ledger.run("check/take.sql", checking(second));
            if (!read.isEmpty()) {
                reads(read.get(0), second);
            }
            books(second, TOTAL);
            checked.merge((int) (second / 60), requested(second), Integer::sum);
        }
        // Then no minute has more calls, and in each after the first at least ninety were booked and read back
        assertEquals(0, ledger.sql.number("select count(*) from orderweir.call_log l where l.connection = 'erp' and 99 < (select count(*) from orderweir.call_log m "
                + "where m.connection = 'erp' and m.called_at >= l.called_at and m.called_at < l.called_at + interval '60 seconds')"));
        assertTrue(IntStream.range(1, minutes).allMatch(minute -> checked.get(minute) >= 90), () -> "booked and read back each minute: " + checked);
    }

    private void order(int number, long version) throws SQLException {
        order(number, version, TOTAL);
    }

    /** Booked at the ERP, and then asked of the warehouse. */
    private void order(int number, long version, String total) throws SQLException {
        order(number, version, total, "goods of " + version);
    }

    private void order(int number, long version, String total, String packed) throws SQLException {
        ObjectNode event = Ledger.event(records++, "o" + number, version);
        ((ObjectNode) event.get("canonical")).put("totalPrice", total).put("currency", "EUR").putArray("lineItems").addObject().put("id", "1");
        Ledger.delivery(event, "erp", "order", false).withArray("line_ids").add("1");
        ObjectNode goods = Ledger.delivery(event, "wms", "order", false).put("goods_moving", true).put("fingerprint", packed);
        goods.withArray("line_ids").add("1");
        goods.putObject("after").put("connection", "erp").put("port", "order").put("part", "order");
        ledger.append(event);
    }

    /** Makes every call of the ERP that may be made, of which it then makes {@code total}. Returns their verbs. */
    private List<String> books(double second, String total) throws SQLException {
        List<String> verbs = new ArrayList<>();
        for (Map<String, Object> call : ledger.run("deliver/take.sql", taking("erp", second))) {
            ledger.start(call, 3, at(second));
            Map<String, Object> end = ended(call, "done", second, terms);
            end.put("found", call.get("found"));
            target.put((String) end.get("remoteId"), total);
            ledger.end(end);
            verbs.add((String) call.get("verb"));
        }
        return verbs;
    }

    /** How many requests leave for the warehouse, which takes them. */
    private int requested(double second) throws SQLException {
        List<Map<String, Object>> calls = ledger.run("deliver/take.sql", taking("wms", second));
        for (Map<String, Object> call : calls) {
            ledger.start(call, 3, at(second));
            Map<String, Object> end = ended(call, "done", second, null);
            end.putIfAbsent("remoteId", "F" + call.get("id"));
            ledger.end(end);
        }
        return calls.size();
    }

    private Map<String, Object> reading(double second) throws SQLException {
        List<Map<String, Object>> call = ledger.run("check/take.sql", checking(second));
        assertEquals(1, call.size(), "calls that read back");
        assertNotNull(call.get(0).get("call"));
        return call.get(0);
    }

    /** The target answers what it makes of the records it was asked for. */
    private void reads(Map<String, Object> call, double second) throws SQLException {
        ledger.start(call, 3, at(second));
        ObjectNode found = Ledger.JSON.createObjectNode();
        target.forEach(found::put);
        Map<String, Object> end = ended(call, "done", second, terms);
        end.put("found", found.toString());
        ledger.end(end);
    }

    private void accept(long hold, String by, String why) throws SQLException {
        ledger.run("hold/accept.sql", Map.of("hold", hold, "by", by, "reason", why));
    }

    private void release(long hold) throws SQLException {
        ledger.run("hold/release-delivery.sql", Map.of("hold", hold, "by", "Ann", "changes", "[]", "documents", "[]"));
    }

    private List<Long> holds() throws SQLException {
        return ledger.sql.rows("select id from orderweir.hold where closed_at is null order by id").stream().map(row -> (Long) row.get("id")).toList();
    }

    private Map<String, Object> checking(double second) {
        return Map.of("connection", "erp", "verb", "totals", "most", 500, "waits", 0.0, "lease", 8.0, "settles", 2.0, "limits", 1, "now", at(second));
    }

    private Map<String, Object> taking(String connection, double second) {
        return Map.of("connection", connection, "most", 100, "ahead", 0.0, "lease", 8.0, "settles", 2.0, "limits", 1, "now", at(second));
    }

    /** What is read back of what was written is {@code reads}; nothing, where it is null. */
    private Map<String, Object> ended(Map<String, Object> call, String outcome, double second, String reads) {
        Map<String, Object> end = new HashMap<>(Map.of("call", call.get("call"), "outcome", outcome, "patience", 12, "breaks", 8, "settles", 2.0, "grace", 0.0, "now", at(second)));
        end.put("remoteId", call.get("remoteId") == null && !call.containsKey("records") && outcome.equals("done") ? "R" + (target.size() + 1) : call.get("remoteId"));
        end.put("status", outcome.equals("done") ? 200 : null);
        end.put("reason", outcome.equals("done") ? null : "said so");
        end.put("sentence", outcome.equals("hold") ? "It is refused." : null);
        end.put("reads", reads == null ? null : json(reads));
        return end;
    }

    private static JsonNode json(String text) {
        try {
            return Ledger.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private Timestamp at(double second) {
        return new Timestamp(began + Math.round(second * 1000));
    }
}
