package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.law.Replicas.Answer;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** L4 for the test calls of people: they take permits as deliveries do, and say so when there is none. */
class ReadLawIT {

    private static final int LIMIT = 12;
    private static final int AT_ONCE = 5;
    private static final int SLOTS = 20;
    private static final double SECONDS = 15;
    private static final double SETTLES = 2;
    private static final double GRACE = 0.2;

    @AutoClose
    private final Ledger ledger = Ledger.fresh();

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    @Execution(CONCURRENT)
    void testsAndDeliveriesTogetherKeepTheLimits(long seed) throws SQLException {
        // Given a backlog, and people who test now and then; some tests are lost, and some die with their process
        Replicas replicas = new Replicas(ledger, seed, now -> Answer.well());
        replicas.allow("window", LIMIT, 1);
        replicas.allow("at-once", AT_ONCE, 0);
        replicas.orders(200);
        Testers testers = new Testers(replicas, seed, 2, now -> Answer.well(), 0.15);
        // When
        testers.work();
        // Then
        replicas.calls.forEach(call -> testers.target.saw(call.at(), call.ended()));
        assertTrue(testers.made >= 10 && testers.turnedAway >= 5, () -> testers.made + " tests were made, " + testers.turnedAway + " turned away");
        assertTrue(testers.target.mostInAnyWindow(TurnedClock.micros(1)) <= LIMIT, () -> testers.target.mostInAnyWindow(TurnedClock.micros(1)) + " calls in a window");
        assertTrue(testers.target.mostAtOnce() <= AT_ONCE, () -> testers.target.mostAtOnce() + " calls at once");
    }

    @Test
    void aTestIsInTheBucketToo() throws SQLException {
        // Given a bucket that leaks ten calls a second, and calls that all cost one of its slots
        Bucket bucket = new Bucket();
        Replicas replicas = new Replicas(ledger, 1, bucket);
        replicas.rest = 0.02;
        replicas.bucket(SLOTS, 2, 10);
        replicas.orders(300);
        Testers testers = new Testers(replicas, 1, 1, bucket, 0);
        // When
        testers.work();
        // Then
        assertTrue(testers.made >= 10, () -> testers.made + " tests were made");
        assertEquals(0, bucket.refused);
    }

    @Test
    void thePersonReadsWhatCameOfIt() throws SQLException {
        // Given a connection with one call in ten seconds
        Replicas replicas = new Replicas(ledger, 1, now -> Answer.well());
        replicas.allow("slow", 1, 10);
        Testers testers = new Testers(replicas, 1, 1, now -> Answer.well(), 0);

        // Then nobody calls while its only permit is taken
        Map<String, Object> none = testers.begin();
        assertEquals("limit", none.get("why"));
        JsonNode full = testers.tell(none, Map.of());
        assertEquals("full", full.path("verdict").asText());
        assertTrue(full.path("answer").asText().matches("The limit of The ERP is used up now: try again at \\d\\d:\\d\\d:\\d\\d UTC\\."), full.toString());

        // When the time has come that she was told
        testers.until(10);
        Map<String, Object> permitted = testers.begin();
        assertNotNull(permitted.get("call"));
        assertEquals("limit", testers.begin().get("why"));
        JsonNode refused = testers.tell(permitted, Map.of("outcome", "pause", "status", 401, "took", 0.05, "reason", "The ERP does not accept our token (status 401)"));
        assertEquals("The ERP was reached after 50 ms and refused us: The ERP does not accept our token (status 401). It is not paused by this: the next delivery that is refused will do it.",
                refused.path("answer").asText());
        assertNull(ledger.sql.rows("select paused_at from orderweir.connection_state").get(0).get("paused_at"));

        // When it is paused, and works again
        ledger.sql.rows("update orderweir.connection_state set paused_at = now(), reason = 'paused by Ann: new token' returning 1");
        testers.until(21);
        JsonNode accepted = testers.tell(testers.begin(), Map.of("outcome", "done", "status", 200, "took", 0.05));
        assertEquals("The ERP was reached and let us in: status 200 after 50 ms. It is still paused (paused by Ann: new token). It may be resumed.", accepted.path("answer").asText());
        assertTrue(accepted.path("resumable").asBoolean());
        assertNotNull(ledger.sql.rows("select paused_at from orderweir.connection_state").get(0).get("paused_at"), "only a person resumes it");

        // When nothing has left this machine its permit is there at once; and what the target says of its limit counts for all
        testers.until(32);
        JsonNode unreadable = testers.tell(testers.begin(), Map.of("outcome", "unreadable", "reason", "It has no read", "knocked", 3));
        assertTrue(unreadable.path("answer").asText().startsWith("It has no read. So only the network was tried: The ERP takes connections, one was open after 3 ms."), unreadable.toString());
        JsonNode throttled = testers.tell(testers.begin(), Map.of("outcome", "later", "because", "too-fast", "status", 429, "took", 0.05, "reason", "too many", "closedFor", 60.0));
        assertEquals("full", throttled.path("verdict").asText());
        testers.until(45);
        assertEquals("closed", testers.begin().get("why"));
        assertEquals(5, ledger.sql.number("select count(*) from orderweir.audit where action = 'connection.test'"));
    }

    /** Takes a call when a slot of the bucket is left; ten leak out in a second. */
    private static final class Bucket implements LongFunction<Answer> {
        private double full;
        private long seen;
        private int refused;

        @Override
        public Answer apply(long now) {
            full = Math.max(0, full - (now - seen) / 1e6 * SLOTS / 2);
            seen = now;
            if (full > SLOTS - 1 + 1e-6) {
                refused++;
                return Answer.tooFast(null, null);
            }
            full++;
            return new Answer("done", null, 200, 0.05);
        }
    }

    /** People who test the connection, beside replicas that deliver. */
    private static final class Testers {
        private final Replicas replicas;
        private final Random random;
        private final int limits;
        private final LongFunction<Answer> answers;
        private final double faults;
        final WindowOracle target = new WindowOracle();
        int made;
        int turnedAway;

        Testers(Replicas replicas, long seed, int limits, LongFunction<Answer> answers, double faults) {
            this.replicas = replicas;
            this.random = new Random(seed);
            this.limits = limits;
            this.answers = answers;
            this.faults = faults;
        }

        void work() throws SQLException {
            replicas.clock.at(TurnedClock.micros(1.1), this::test);
            replicas.work(SECONDS);
        }

        void until(double second) throws SQLException {
            replicas.clock.at(TurnedClock.micros(second), () -> { });
            replicas.clock.turn();
        }

        private void test() throws SQLException {
            long now = replicas.clock.now();
            if (now < TurnedClock.micros(SECONDS)) {
                replicas.clock.at(now + TurnedClock.micros(0.02 + random.nextDouble() * 0.2), this::test);
            }
            Map<String, Object> permitted = begin();
            if (permitted.get("call") == null) {
                turnedAway++;
                assertTrue(((Timestamp) permitted.get("againAt")).after(replicas.clock.timestamp()), permitted.toString());
                return;
            }
            replicas.clock.at(now + ((Number) permitted.get("waitMillis")).longValue() * 1000, () -> call(permitted));
        }

        private void call(Map<String, Object> permitted) throws SQLException {
            long now = replicas.clock.now();
            assertTrue(replicas.ledger.start(permitted, 3, replicas.clock.timestamp()));
            made++;
            Answer answer = answers.apply(now);
            double fate = random.nextDouble();
            long ended = now + TurnedClock.micros(fate < 2 * faults ? 1 : answer.seconds());
            target.saw(now, fate < 2 * faults ? ended + TurnedClock.micros(SETTLES) : ended);
            if (fate >= faults) {
                Map<String, Object> became = new HashMap<>(Map.of("outcome", fate < 2 * faults ? "unsure" : answer.outcome(), "took", (ended - now) / 1e6));
                became.put(fate < 2 * faults ? "failure" : "status", fate < 2 * faults ? "unanswered" : answer.status());
                replicas.clock.at(ended + random.nextInt(50_000), () -> tell(permitted, became));
            }
        }

        Map<String, Object> begin() throws SQLException {
            return replicas.ledger.run("call/test.sql",
                    Map.of("connection", "erp", "waits", 1.0, "lease", 8.0, "settles", SETTLES, "limits", limits, "now", replicas.clock.timestamp())).get(0);
        }

        JsonNode tell(Map<String, Object> permitted, Map<String, Object> became) throws SQLException {
            Map<String, Object> parameters = new HashMap<>(permitted);
            parameters.putAll(became);
            parameters.putAll(Map.of("connection", "erp", "by", "Ann", "label", "The ERP", "zone", "UTC", "settles", SETTLES, "grace", GRACE, "patience", 12, "breaks", 8, "now", replicas.clock.timestamp()));
            if (permitted.get("call") != null) {
                if (became.containsKey("took")) {
                    replicas.ledger.start(permitted, 3, replicas.clock.timestamp());
                }
                replicas.ledger.end(parameters);
            }
            try {
                return Ledger.JSON.readTree(replicas.ledger.run("call/tested.sql", parameters).get(0).values().iterator().next().toString());
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
