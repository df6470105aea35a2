package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/** Why a limit is kept with rows in the ledger: what the usual ways let through, counted by the same oracle (docs/adr/0005). */
class OvershootTest {

    private static final int LIMIT = 99;
    private static final long WINDOW = TurnedClock.micros(60);
    private static final int REPLICAS = 3;

    @Test
    void aTokenBucketLetsNearlyTwiceTheLimitIntoAWindow() {
        // Given a bucket that has filled up, and a burst that goes on for two windows
        TokenBucket bucket = new TokenBucket();
        // Then
        assertEquals(2 * LIMIT - 1, most(bucket::take), 1);
    }

    @Test
    void aWindowThatBeginsByTheClockLetsTwiceTheLimitThrough() {
        long[] window = {-1};
        int[] taken = {0};
        int most = most(now -> {
            if (now / WINDOW != window[0]) {
                window[0] = now / WINDOW;
                taken[0] = 0;
            }
            return ++taken[0] <= LIMIT;
        });
        assertEquals(2 * LIMIT, most);
    }

    @Test
    void anExactWindowInEachProcessLetsAsManyTimesTheLimitThroughAsThereAreReplicas() {
        SlidingWindow[] each = new SlidingWindow[REPLICAS];
        for (int replica = 0; replica < REPLICAS; replica++) {
            each[replica] = new SlidingWindow();
        }
        int[] next = {0};
        assertEquals(REPLICAS * LIMIT, most(now -> each[next[0]++ % REPLICAS].take(now)));
    }

    @Test
    void anExactWindowForgetsAtARestart() {
        SlidingWindow[] only = {new SlidingWindow()};
        boolean[] restarted = {false};
        int most = most(now -> {
            if (now > WINDOW && !restarted[0]) {
                restarted[0] = true;
                only[0] = new SlidingWindow();
            }
            return only[0].take(now);
        });
        assertTrue(most > LIMIT, () -> "only " + most);
    }

    /** Somebody asks a thousand times in a second, from half a window on, for two windows; the target counts. */
    private static int most(LongPredicate limiter) {
        WindowOracle target = new WindowOracle();
        for (long now = WINDOW / 2; now < WINDOW / 2 + 2 * WINDOW; now += 1_000) {
            if (limiter.test(now)) {
                target.saw(now, now);
            }
        }
        return target.mostInAnyWindow(WINDOW);
    }

    private static final class TokenBucket {
        private double tokens = LIMIT;
        private long filledAt;

        boolean take(long now) {
            tokens = Math.min(LIMIT, tokens + (now - filledAt) * (double) LIMIT / WINDOW);
            filledAt = now;
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }
    }

    private static final class SlidingWindow {
        private final Deque<Long> taken = new ArrayDeque<>();

        boolean take(long now) {
            while (!taken.isEmpty() && taken.peek() <= now - WINDOW) {
                taken.poll();
            }
            return taken.size() < LIMIT && taken.add(now);
        }
    }
}
