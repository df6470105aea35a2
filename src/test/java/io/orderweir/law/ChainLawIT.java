package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A delivery of several calls is finished before later ones are begun, loses nothing it has found, and does not go round in circles. */
class ChainLawIT {

    private static final int STEPS = 7;
    private static final int ORDERS = 40;
    private static final int MOST_IN_CIRCLES = 20;
    private static final long EPOCH = 1_795_000_000L;

    private final List<Map<String, Object>> told = new ArrayList<>();
    private double second = 20;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aDeliveryThatIsBegunIsFinishedBeforeLaterOnesAreBegun(int atOnce) throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            // Given forty orders that wait, of seven calls each
            allow(ledger, atOnce);
            orders(ledger, ORDERS);
            Map<Object, Integer> made = new HashMap<>();
            Set<Object> begun = new LinkedHashSet<>();
            List<Object> finished = new ArrayList<>();
            // When
            while (finished.size() < ORDERS) {
                second += 0.1;
                for (Map<String, Object> call : take(ledger, atOnce)) {
                    begun.add(call.get("id"));
                    int step = made.merge(call.get("id"), 1, Integer::sum);
                    if (step == STEPS) {
                        finished.add(call.get("id"));
                    }
                    end(ledger, call, step == STEPS ? "done" : "onward", "{\"step\":" + step + "}");
                }
                // Then no more are under way than run at once
                assertTrue(begun.size() - finished.size() <= atOnce, () -> "begun " + begun + ", finished " + finished);
            }
            assertEquals(ORDERS * STEPS, made.values().stream().mapToInt(Integer::intValue).sum());
            assertEquals(finished, finished.stream().sorted().toList());
        }
    }

    @Test
    void aLoopIsHeldAfterTwentyCallsWithTheNameOfItsStepAndCountsAnewWhenItIsReleased() throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            // Given a delivery that has found something, and another one
            allow(ledger, 1);
            orders(ledger, 2);
            onward(ledger, "{\"party\":7}", "party");
            assertEquals("ready", ledger.sql.text("select state from orderweir.delivery where id = 1"));
            // When a step finds the same again and again, with a failure in between that is nobody's
            for (int call = 1; call < MOST_IN_CIRCLES; call++) {
                onward(ledger, "{\"party\":7}", "quote");
                assertEquals("ready", ledger.sql.text("select state from orderweir.delivery where id = 1"));
                if (call == 10) {
                    Map<String, Object> call11 = take(ledger, 1).get(0);
                    end(ledger, call11, "later", "{\"party\":7}");
                    ledger.sql.run("update orderweir.delivery set due_at = ?::timestamptz where id = 1", at(10));
                }
            }
            onward(ledger, "{\"party\":7}", "quote");
            // Then it is held, and says which step
            assertEquals("held", ledger.sql.text("select state from orderweir.delivery where id = 1"));
            assertEquals("in-circles", ledger.sql.text("select reason from orderweir.hold"));
            assertEquals("Order #o1: step quote was called 20 times at erp and found nothing new, so it would go on for ever. Release it to try again. If it comes back, an integrator looks at"
                    + " this step of the connector (order create): every call must find something new, or say another outcome than onward.", ledger.sql.text("select sentence from orderweir.hold"));
            assertEquals(told.get(told.size() - 1).get("alert"), ledger.sql.text("select sentence from orderweir.hold"));
            // and the others go on
            assertEquals(2L, take(ledger, 1).get(0).get("id"));
            second += 20;
            // When it is released
            ledger.sql.text("select orderweir.hold_release_delivery(id, 'Ann', null, '[]', '[]')::text from orderweir.hold");
            second = ledger.sql.number("select extract(epoch from clock_timestamp())::bigint") - EPOCH + 1;
            onward(ledger, "{\"party\":7}", "quote");
            // Then it has its twenty again, and still what it had found
            assertEquals("ready", ledger.sql.text("select state from orderweir.delivery where id = 1"));
            assertEquals("{\"party\": 7}", ledger.sql.text("select found::text from orderweir.delivery where id = 1"));
        }
    }

    @Test
    void aStepWithoutANameIsCalledByItsPortAndVerb() throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            allow(ledger, 1);
            orders(ledger, 1);
            for (int call = 0; call < MOST_IN_CIRCLES; call++) {
                onward(ledger, null, null);
            }
            assertTrue(ledger.sql.text("select sentence from orderweir.hold").startsWith("Order #o1: order create was called 20 times at erp "), ledger.sql.text("select sentence from orderweir.hold"));
        }
    }

    @Test
    void whatIsHeldOfOneOfTwoStoresNamesItsStore() throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            // Given an order of the same number in another store
            allow(ledger, 1);
            orders(ledger, 1);
            ledger.append(Ledger.event(1, "o1", 1).put("connection", "shop-eu").put("entity_key", "shop-eu/o1"));
            // When
            Map<String, Object> call = take(ledger, 1).get(0);
            end(ledger, call, "onward", null);
            for (int again = 1; again < MOST_IN_CIRCLES; again++) {
                onward(ledger, null, null);
            }
            // Then
            assertEquals("#o1 of shop", call.get("orderName"));
            assertTrue(ledger.sql.text("select sentence from orderweir.hold").startsWith("Order #o1 of shop: order create was called 20 times at erp "), ledger.sql.text("select sentence from orderweir.hold"));
        }
    }

    @Test
    void fiveHundredLinesOfACallEachAreProgress() throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            // Given
            allow(ledger, 1);
            orders(ledger, 1);
            // When each call finds one more
            for (int line = 1; line <= 500; line++) {
                onward(ledger, "{\"lines\":" + line + "}", "line");
            }
            end(ledger, take(ledger, 1).get(0), "done", "{\"lines\":500}");
            // Then
            assertEquals("delivered", ledger.sql.text("select state from orderweir.delivery"));
        }
    }

    @Test
    void whatWasFoundAndThePlaceInTheQueueStayWhenTheProcessDies() throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            // Given two steps made, and a third on its way when the process dies
            allow(ledger, 1);
            orders(ledger, 2);
            onward(ledger, "{\"party\":7}", "party");
            onward(ledger, "{\"party\":7,\"sale\":8}", "sale");
            Map<String, Object> third = take(ledger, 1).get(0);
            assertEquals(1L, third.get("id"));
            assertEquals("{\"sale\": 8, \"party\": 7}", third.get("found"));
            // When
            second += 30;
            ledger.run("call/expire.sql", Map.of("connections", "[{\"connection\":\"erp\",\"reaches\":2.2,\"settles\":2}]", "now", at(second)));
            // Then nobody knows of the third, and its next call reads what the first two had found
            assertEquals("unsure", ledger.sql.text("select state from orderweir.delivery where id = 1"));
            second += 10;
            List<Map<String, Object>> next = take(ledger, 1);
            Map<String, Object> look = next.get(0).get("id").equals(1L) ? next.get(0) : otherOf(ledger, next.get(0));
            assertEquals(true, look.get("lookUp"));
            assertEquals("{\"sale\": 8, \"party\": 7}", look.get("found"));
            // also when somebody has to sign in before it can be looked for
            look.put("wait", 0.0);
            end(ledger, look, "later", "{\"party\":7,\"sale\":8}");
            assertEquals("unsure", ledger.sql.text("select state from orderweir.delivery where id = 1"));
            look = take(ledger, 1).get(0);
            assertEquals(1L, look.get("id"));
            assertEquals(true, look.get("lookUp"));
            // and what the look says goes on from there
            end(ledger, look, "onward", "{\"party\":7,\"sale\":8,\"quote\":9}");
            second += 1;
            assertEquals("{\"sale\": 8, \"party\": 7, \"quote\": 9}", ledger.sql.text("select found::text from orderweir.delivery where id = 1"));
            assertEquals("ready", ledger.sql.text("select state from orderweir.delivery where id = 1"));
        }
    }

    private Map<String, Object> otherOf(Ledger ledger, Map<String, Object> first) throws SQLException {
        end(ledger, first, "done", null);
        second += 1;
        return take(ledger, 1).get(0);
    }

    private void onward(Ledger ledger, String found, String step) throws SQLException {
        second += 0.1;
        Map<String, Object> call = take(ledger, 1).get(0);
        assertEquals(1L, call.get("id"));
        call.put("step", step);
        // of an answer that was refused first, and is no reason for what comes of going on
        call.put("sentence", "Order #o1: it was refused.");
        end(ledger, call, "onward", found);
    }

    private List<Map<String, Object>> take(Ledger ledger, int most) throws SQLException {
        List<Map<String, Object>> calls = ledger.run("deliver/take.sql", Map.of("connection", "erp", "most", most, "ahead", 0.0, "lease", 8.0, "settles", 2.0, "now", at(second)));
        ledger.start(calls, 3, at(second));
        return calls;
    }

    private void end(Ledger ledger, Map<String, Object> call, String outcome, String found) throws SQLException {
        second += 0.01;
        Map<String, Object> end = new HashMap<>(Map.of("call", call.get("call"), "outcome", outcome, "status", 200, "patience", 12, "breaks", 8, "settles", 2.0, "grace", 0.2, "othersAnswered", true,
                "took", 0.01));
        end.put("verb", call.get("verb"));
        end.put("because", outcome.equals("later") ? "not-now" : null);
        end.put("remoteId", outcome.equals("done") ? "R-" + call.get("externalId") : null);
        end.put("found", found);
        end.put("step", call.get("step"));
        end.put("sentence", call.get("sentence"));
        end.put("wait", call.get("wait"));
        told.addAll(ledger.end(List.of(end), at(second)));
    }

    private static void allow(Ledger ledger, int atOnce) throws SQLException {
        ledger.allow("erp", "at-once", atOnce, 0, at(0));
    }

    private static void orders(Ledger ledger, int number) throws SQLException {
        for (int order = 1; order <= number; order++) {
            var event = Ledger.event(order - 1L, "o" + order, 1);
            Ledger.delivery(event, "erp", "order", false);
            ledger.append(event);
        }
        ledger.sql.run("update orderweir.delivery set due_at = ?::timestamptz + id * interval '1 ms'", at(10));
    }

    private static Timestamp at(double second) {
        return new Timestamp(EPOCH * 1000 + Math.round(second * 1000));
    }
}
