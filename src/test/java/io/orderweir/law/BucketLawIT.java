package io.orderweir.law;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.orderweir.law.Replicas.Answer;
import io.orderweir.process.Sql;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** L4 for targets that count points in a leaking bucket, as Shopify's GraphQL does (shopify.dev, api/usage/limits). */
class BucketLawIT {

    private static final int SLOTS = 20;
    private static final int COST = 10;
    /** Seconds until an empty bucket is full: 100 points a second, 10 of the dearest calls. */
    private static final double FILLS = 2;

    @AutoClose
    private final Ledger ledger = Ledger.fresh();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @Execution(CONCURRENT)
    void theBucketIsUsedAndNeverOverdrawn(long seed) throws SQLException {
        // Given calls that cost all they ask for, at a target that does not tell what is left
        Target target = new Target(seed, COST, 0, false);
        Replicas replicas = at(target, seed);
        // When
        replicas.work(20);
        // Then
        assertEquals(0, target.refused);
        assertTrue(replicas.between(4, 19).size() >= 0.97 * 15 * SLOTS / FILLS, () -> replicas.between(4, 19).size() + " calls in 15 s");
    }

    @Test
    @Execution(CONCURRENT)
    void whatTheTargetGivesBackIsUsed() throws SQLException {
        // Given calls that cost half of what they ask for, one at a time, and a target that tells what is left
        Target target = new Target(1, COST / 2, 0, true);
        Replicas replicas = at(target, 1);
        replicas.allow("at-once", 1, 0);
        // When
        replicas.work(20);
        // Then
        assertEquals(0, target.refused);
        assertTrue(replicas.between(4, 19).size() >= 1.2 * 15 * SLOTS / FILLS, () -> replicas.between(4, 19).size() + " calls in 15 s");
    }

    @Test
    @Execution(CONCURRENT)
    void whatOthersUseIsLeftToThem() throws SQLException {
        // Given another application that takes half of what is restored, and a target that tells what is left
        Target target = new Target(1, COST, 50, true);
        Replicas replicas = at(target, 1);
        // When
        replicas.work(30);
        // Then
        // what they take between two of our answers is not known before the next one
        assertTrue(target.refused <= replicas.calls.size() / 10, () -> target.refused + " of " + replicas.calls.size() + " calls were refused");
        assertTrue(replicas.between(10, 29).size() >= 0.8 * 19 * SLOTS / FILLS / 2, () -> replicas.between(10, 29).size() + " calls in 19 s");
    }

    @Test
    @Execution(CONCURRENT)
    void callsThatEndTogetherCountEachOther() throws Exception {
        // Given two calls whose ends are written down in the same instant
        Replicas replicas = at(new Target(1, COST, 0, false), 1);
        replicas.clock.at(TurnedClock.micros(3), () -> { });
        replicas.clock.turn();
        Sql sql = replicas.ledger.sql;
        List<Map<String, Object>> calls = replicas.claim(2);
        for (Map<String, Object> call : calls) {
            replicas.start(call);
        }
        ExecutorService workers = Executors.newFixedThreadPool(calls.size());
        try (Connection lock = DriverManager.getConnection(replicas.ledger.url, sql.user(), null)) {
            lock.setAutoCommit(false);
            lock.createStatement().execute("select from orderweir.delivery for update");
            // When
            List<Future<Boolean>> alerts = calls.stream().map(call -> workers.submit(() -> {
                try (Ledger worker = replicas.ledger.another()) {
                    return replicas.settle(worker, call, Answer.well());
                }
            })).toList();
            await().until(() -> sql.number("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == 2);
            lock.commit();
            for (Future<Boolean> alert : alerts) {
                alert.get();
            }
        } finally {
            workers.shutdownNow();
        }
        // Then the second slot comes back one leak after the first
        assertEquals("00:00:00.1", sql.text("select max(free_at) - min(free_at) from orderweir.permit where free_at > ?", replicas.clock.timestamp()));
    }

    private Replicas at(Target target, long seed) throws SQLException {
        Replicas replicas = new Replicas(ledger, seed, target);
        replicas.rest = 0.02;
        replicas.bucket(SLOTS, FILLS, COST);
        replicas.orders(500);
        return replicas;
    }

    /** Takes a call only when all it asks for is there, and takes what it costs. */
    private static final class Target implements LongFunction<Answer> {
        private final Random random;
        private final int costs;
        private final double othersPerSecond;
        private final boolean tells;
        private double points = SLOTS * COST;
        private long seen;
        private int refused;

        Target(long seed, int costs, double othersPerSecond, boolean tells) {
            this.random = new Random(seed);
            this.costs = costs;
            this.othersPerSecond = othersPerSecond;
            this.tells = tells;
        }

        @Override
        public Answer apply(long now) {
            double seconds = (now - seen) / 1e6;
            points = Math.max(0, Math.min(SLOTS * COST, points + seconds * (SLOTS * COST / FILLS - othersPerSecond)));
            seen = now;
            if (points < COST) {
                refused++;
                return Answer.tooFast((COST - points) * FILLS / (SLOTS * COST), points);
            }
            points -= costs;
            return new Answer("done", null, null, 200, costs < COST ? 0.02 : 0.02 + 0.1 * random.nextDouble(), null, tells ? points : null);
        }
    }
}
