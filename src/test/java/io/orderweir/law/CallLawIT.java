package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call is a call, whatever it is for and with whom it ends: the same limits, the same rules. */
class CallLawIT {

    private static final String ACCOUNT = "[{\"connection\":\"erp\",\"lease\":8,\"settles\":2,\"limits\":1}]";
    private static final int CALLS = 24;

    @Test
    void aMessageAndATestTakeNoMoreOfASlowedLimitThanADeliveryDoes() throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            // Given ten slots, of which the target took one at a time, and that one is taken
            allow(ledger, 10, 0);
            ledger.sql.run("update orderweir.allowance set opened = 1, good = 1, raise_at = ?::timestamptz + interval '1 hour'", at(20));
            ledger.sql.run("update orderweir.permit set free_at = ?::timestamptz + interval '5 s' where slot = 1", at(20));
            message(ledger);
            order(ledger, 1);
            // Then nobody gets another
            assertEquals(List.of(), ledger.run("deliver/take.sql", taking(20)));
            assertEquals(List.of(), ledger.run("alert/take.sql", telling(20)));
            assertEquals("limit", test(ledger, 20).get("why"));
            // When the one is free again, each gets it
            for (String purpose : List.of("deliver", "tell", "test")) {
                ledger.sql.run("update orderweir.permit set free_at = ?::timestamptz, holder = null", at(20));
                assertNotNull(take(ledger, purpose, 20).get("call"), purpose);
                assertEquals(1, ledger.sql.number("select count(*) from orderweir.call where purpose = ?", purpose));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 900, 3600})
    void whatMayStillComeIsLookedUpAHandfulOfTimesAndForTheLastTimeWhenItCannot(int settles) throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            // Given a call without an answer, on which its target may work so long
            allow(ledger, 10, 0);
            order(ledger, 1);
            Map<String, Object> lost = take(ledger, "deliver", 20);
            ledger.start(lost, 3, at(20));
            Map<String, Object> unanswered = ended(lost, "unsure", 22.0);
            unanswered.put("settles", settles);
            ledger.end(unanswered);
            double quiet = 22.0 + settles;
            // When each look-up, made as soon as it is due, finds nothing
            List<Double> looks = new ArrayList<>();
            while (ledger.sql.text("select state from orderweir.delivery").equals("unsure")) {
                assertTrue(looks.size() < 100, () -> "looked at " + looks);
                double due = ledger.sql.number("select ceil(extract(epoch from due_at - ?::timestamptz) * 1000)::bigint from orderweir.delivery", at(0)) / 1000.0;
                looks.add(due);
                Map<String, Object> look = take(ledger, "deliver", due);
                assertEquals(true, look.get("lookUp"));
                ledger.start(look, 3, at(due));
                Map<String, Object> absent = ended(look, "absent", due + 0.1);
                absent.putAll(Map.of("verb", "find", "settles", settles));
                ledger.end(absent);
            }
            // Then it is a handful, further and further apart, of which the last counts
            assertTrue(looks.size() >= 3 && looks.size() <= 12, () -> "looked at " + looks);
            assertTrue(looks.get(1) < 26, () -> "looked at " + looks);
            assertEquals(quiet, looks.get(looks.size() - 1), 1.0);
            assertEquals("ready", ledger.sql.text("select state from orderweir.delivery"));
        }
    }

    @Test
    void whatFailedIsTriedAgainWithinTheLongestWaitOfItsAccount() throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            // Given deliveries that have failed so often that the doubled wait is over half an hour
            allow(ledger, 100, 0);
            for (int number = 1; number <= 20; number++) {
                order(ledger, number);
            }
            ledger.sql.run("update orderweir.delivery set attempts = 11");
            List<Map<String, Object>> calls = ledger.run("deliver/take.sql", taking(20));
            ledger.start(calls, 3, at(20));
            // When they fail again, half of them by a replica of the release before, which says no longest wait
            List<Map<String, Object>> ends = new ArrayList<>();
            for (Map<String, Object> call : calls) {
                Map<String, Object> end = ended(call, "later", 22.0);
                end.putAll(Map.of("because", "busy", "patience", 100));
                if (ends.size() % 2 == 0) {
                    end.put("longestWait", 2.0);
                }
                ends.add(end);
            }
            ledger.end(ends, at(22));
            // Then
            long soon = ledger.sql.number("select count(*) from orderweir.delivery where due_at between ?::timestamptz and ?::timestamptz", at(22), at(24));
            assertTrue(soon >= 10 && soon < 20, () -> soon + " within two seconds");
            assertEquals(20, ledger.sql.number("select count(*) from orderweir.delivery where attempts = 12 and due_at between ?::timestamptz and ?::timestamptz", at(22), at(322)));
        }
    }

    @Test
    void aSlotOfACallWhoseAnswerWasCutIsFreeWhenItsTargetNoLongerWorksOnIt() throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            // Given calls at once, and answers that were cut after a yes, a no, and the answer that there are too many
            ledger.run("throttle/allow.sql", Map.of("connection", "erp", "limitName", "at-once", "slots", 3, "window", 0.0, "leak", 0, "spared", 0, "cost", 1, "shares", "[]", "now", at(0)));
            for (int number = 1; number <= 3; number++) {
                order(ledger, number);
            }
            List<Map<String, Object>> calls = ledger.run("deliver/take.sql", taking(20));
            assertEquals(3, calls.size());
            ledger.start(calls, 3, at(20));
            List<Map<String, Object>> cut = new ArrayList<>();
            for (Map<String, Object> call : calls) {
                Map<String, Object> end = ended(call, List.of("unsure", "hold", "later").get(cut.size()), 22.0);
                end.putAll(Map.of("failure", "cut", "status", List.of(200, 400, 409).get(cut.size()), "because", "busy", "took", 2.0));
                cut.add(end);
            }
            // When
            ledger.end(cut, at(22));
            // Then each is free two seconds after it, in which its target may still work on it
            assertEquals(3, ledger.sql.number("select count(*) from orderweir.permit where holder is null and free_at = ?::timestamptz", at(24)));
            // and a yes that was cut is no answer of a target that is well
            assertEquals(1, ledger.sql.number("select failures from orderweir.connection_state"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"deliver", "tell", "test"})
    void aRefusalForALimitSlowsItWhateverTheCallWasFor(String purpose) throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            // Given
            allow(ledger, 10, 0);
            message(ledger);
            order(ledger, 1);
            Map<String, Object> call = take(ledger, purpose, 20);
            ledger.start(call, 3, at(20));
            // When the target answers 429 without a word of when
            Map<String, Object> became = ended(call, "later", 20.1);
            became.putAll(Map.of("because", "too-fast", "status", 429));
            ledger.end(became);
            // Then
            assertEquals(5, ledger.sql.number("select opened from orderweir.allowance"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"deliver", "tell", "test"})
    void aCallIsInTheBucketWhateverItWasFor(String purpose) throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            // Given a bucket of ten calls, of which one leaks out in a second
            allow(ledger, 10, 1);
            message(ledger);
            order(ledger, 1);
            Map<String, Object> call = take(ledger, purpose, 20);
            ledger.start(call, 3, at(20));
            // When
            ledger.end(ended(call, "done", 20.1));
            // Then
            assertEquals("1", ledger.sql.text("select round(extract(epoch from emptied_at - ?::timestamptz)) from orderweir.allowance", at(20.1)));
            assertEquals(0, ledger.sql.number("select count(*) from orderweir.permit where holder is not null"));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void callsThatEndTogetherEndAsIfOneByOne(long seed) throws SQLException {
        try (Ledger together = Ledger.fresh(); Ledger alone = Ledger.fresh()) {
            // Given the same calls in two ledgers, of two connections, one of them a bucket, and how each ended
            List<Map<String, Object>> first = calls(together, new Random(seed));
            List<Map<String, Object>> second = calls(alone, new Random(seed));
            // When, one by one in the order in which they ended at their targets
            together.end(first, at(21));
            second.sort(Comparator.comparing(one -> (Double) one.get("took")));
            for (Map<String, Object> one : second) {
                alone.end(List.of(one), at(21));
            }
            // Then
            for (String state : List.of(
                    "select state, head, attempts, remote_id, reason, unsure_since is not null as unsure, done_at from orderweir.delivery order by id",
                    "select connection, limit_name, slot, free_at, holder from orderweir.permit order by 1, 2, 3",
                    "select connection, limit_name, opened, good, raise_at, slowed_at, emptied_at, charged_at from orderweir.allowance order by 1, 2",
                    "select connection, failures, succeeded_at, away_since, closed, opens_at, paused_at, reason from orderweir.connection_state order by 1",
                    "select id, outcome, because, status, called_at, ended_at from orderweir.call_log order by 1",
                    "select d.external_id, h.reason, h.sentence from orderweir.hold h join orderweir.delivery d on d.id = h.delivery_id order by 1",
                    "select quiet_at, doubtful, remote_id from orderweir.lane order by id", "select count(*) as n from orderweir.call")) {
                assertEquals(alone.sql.rows(state).toString(), together.sql.rows(state).toString(), state);
            }
        }
    }

    @Test
    void groupsAndNewVersionsAndExpiriesNeverWaitForEachOther() throws Exception {
        try (Ledger ledger = Ledger.fresh()) {
            // Given processes that take, call and end in groups, and a shop that sends newer versions of the same orders
            ledger.allow("erp", "at-once", 40, 0, null);
            AtomicInteger offset = new AtomicInteger();
            for (int order = 0; order < 40; order++) {
                version(ledger, offset, order, 1);
            }
            ledger.sql.run("update orderweir.permit set free_at = '-infinity'");
            AtomicInteger made = new AtomicInteger();
            AtomicBoolean selling = new AtomicBoolean(true);
            ExecutorService processes = Executors.newFixedThreadPool(4);
            try {
                // When
                List<Callable<Void>> work = new ArrayList<>();
                for (int process = 0; process < 3; process++) {
                    Random random = new Random(process);
                    work.add(() -> {
                        try (Ledger own = ledger.another()) {
                            while (selling.get()) {
                                List<Map<String, Object>> taken = own.run("deliver/take.sql", Map.of("connection", "erp", "most", 8, "ahead", 0.0, "lease", 0.4, "settles", 0.0));
                                own.start(taken, 0.01, null);
                                List<Map<String, Object>> ended = taken.stream().filter(call -> random.nextInt(5) > 0).map(call -> ended(call, random.nextInt(4) == 0 ? "unsure" : "done", null)).toList();
                                own.end(ended, null);
                                made.addAndGet(ended.size());
                                own.run("call/expire.sql", Map.of("connections", "[{\"connection\":\"erp\",\"reaches\":0,\"settles\":0}]"));
                            }
                        }
                        return null;
                    });
                }
                work.add(() -> {
                    try (Ledger shop = ledger.another()) {
                        for (int version = 2; version < 12; version++) {
                            for (int order = 0; order < 40; order++) {
                                version(shop, offset, order, version);
                            }
                        }
                    } finally {
                        selling.set(false);
                    }
                    return null;
                });
                // Then nobody is told of a deadlock
                for (Future<Void> done : processes.invokeAll(work)) {
                    done.get();
                }
            } finally {
                processes.shutdownNow();
            }
            assertTrue(made.get() > 20, () -> made + " calls");
            assertEquals(0, ledger.sql.number("select deadlocks from pg_stat_database where datname = current_database()"));
            assertEquals(0, ledger.sql.number("select count(*) from (select lane_id from orderweir.delivery where head group by 1 having count(*) > 1) x"));
        }
    }

    private static void version(Ledger ledger, AtomicInteger offset, int order, int version) throws SQLException {
        var event = Ledger.event(offset.getAndIncrement(), "o" + order, version);
        Ledger.delivery(event, "erp", "order", false);
        ledger.append(event);
    }

    private static List<Map<String, Object>> calls(Ledger ledger, Random random) throws SQLException {
        allow(ledger, 30, 0);
        ledger.run("throttle/allow.sql", Map.of("connection", "points", "limitName", "bucket", "slots", 30, "window", 15.0, "leak", 0.5, "spared", 0, "cost", 10, "shares", "[]", "now", at(0)));
        for (int order = 0; order < CALLS; order++) {
            var event = Ledger.event(order, "o" + order, 1);
            Ledger.delivery(event, order % 2 == 0 ? "erp" : "points", "order", false);
            ledger.append(event);
        }
        ledger.sql.run("update orderweir.delivery set due_at = ?::timestamptz", at(19));
        List<Map<String, Object>> taken = new ArrayList<>(ledger.run("deliver/take.sql", taking(20)));
        Map<String, Object> points = new HashMap<>(taking(20));
        points.put("connection", "points");
        taken.addAll(ledger.run("deliver/take.sql", points));
        assertEquals(CALLS, taken.size());
        ledger.start(taken, 3, at(20));
        List<Map<String, Object>> ended = new ArrayList<>();
        for (Map<String, Object> call : taken) {
            String outcome = List.of("done", "done", "done", "later", "later", "unsure", "hold", "onward").get(random.nextInt(8));
            Map<String, Object> end = ended(call, outcome, 21.0);
            end.put("took", 0.1 + random.nextDouble() / 2);
            end.put("wait", 1.0);
            end.put("because", List.of("away", "too-fast", "busy", "not-now").get(random.nextInt(4)));
            end.put("status", outcome.equals("done") ? (Object) 200 : outcome.equals("unsure") ? null : Integer.valueOf(400 + random.nextInt(2) * 103));
            end.put("available", random.nextInt(3) == 0 ? 10.0 * random.nextInt(20) : null);
            ended.add(end);
        }
        return ended;
    }

    private static void allow(Ledger ledger, int slots, double leak) throws SQLException {
        ledger.run("throttle/allow.sql", Map.of("connection", "erp", "limitName", "window", "slots", slots, "window", 10.0, "leak", leak, "spared", 0, "cost", 1, "shares", "[]", "now", at(0)));
    }

    private static void order(Ledger ledger, int number) throws SQLException {
        var event = Ledger.event(number - 1L, "o" + number, 1);
        Ledger.delivery(event, "erp", "order", false);
        ledger.append(event);
        ledger.sql.run("update orderweir.delivery set due_at = ?::timestamptz", at(19));
    }

    private static void message(Ledger ledger) {
        ledger.sql.run("insert into orderweir.alert (kind, cause, subject, sentence, standing, first_at, last_at) values ('notice', 'c', 's', 'it happened', true, ?::timestamptz, ?::timestamptz)", at(0), at(0));
        ledger.sql.run("insert into orderweir.notification (purpose, channel, connection, system, planned_at, due_at, alerts, subject, text) "
                + "select 'raised', 'ops', 'erp', 'chat', ?::timestamptz, ?::timestamptz, array[id], 's', 't' from orderweir.alert", at(0), at(0));
    }

    private static Map<String, Object> take(Ledger ledger, String purpose, double second) throws SQLException {
        return switch (purpose) {
            case "deliver" -> ledger.run("deliver/take.sql", taking(second)).get(0);
            case "tell" -> ledger.run("alert/take.sql", telling(second)).get(0);
            default -> test(ledger, second);
        };
    }

    private static Map<String, Object> test(Ledger ledger, double second) throws SQLException {
        return ledger.run("call/test.sql", Map.of("connection", "erp", "waits", 0.0, "lease", 8.0, "settles", 2.0, "limits", 1, "now", at(second))).get(0);
    }

    private static Map<String, Object> taking(double second) {
        return Map.of("connection", "erp", "most", 30, "ahead", 0.0, "lease", 8.0, "settles", 2.0, "now", at(second));
    }

    private static Map<String, Object> telling(double second) {
        return Map.of("system", "chat", "repeatable", true, "accounts", ACCOUNT, "now", at(second));
    }

    private static Map<String, Object> ended(Map<String, Object> call, String outcome, Double second) {
        Map<String, Object> end = new HashMap<>(Map.of("call", call.get("call"), "outcome", outcome, "patience", 12, "breaks", 8, "settles", 2.0, "grace", 0.2, "othersAnswered", true));
        end.put("now", second == null ? null : at(second));
        end.put("remoteId", outcome.equals("done") ? "R-" + call.get("externalId") : null);
        end.put("reason", outcome.equals("done") ? null : "said so");
        end.put("sentence", outcome.equals("hold") ? "It is refused." : null);
        return end;
    }

    private static Timestamp at(double second) {
        return new Timestamp(1_795_000_000_000L + Math.round(second * 1000));
    }
}
