package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.orderweir.law.Replicas.Answer;
import io.orderweir.law.Replicas.Call;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** L4 and L8: what all replicas know of one target (away, slowed, restored) and how they share it among the kinds of work. */
class ConnectionLawIT {

    private static final int LIMIT = 99;
    private static final double WINDOW = 3;

    @AutoClose
    private final Ledger ledger = Ledger.fresh();

    @ParameterizedTest
    @ValueSource(strings = {"refused", "503", "silent"})
    @Execution(CONCURRENT)
    void anOutageIsWaitedOutWithOneCallAtATime(String kind) throws SQLException {
        // Given a target that is away from second 6 to second 16
        Replicas replicas = new Replicas(ledger, 1, now -> now >= seconds(6) && now < seconds(16) ? Answer.away(kind) : Answer.well());
        replicas.allow("window", LIMIT, WINDOW);
        replicas.allow("at-once", 15, 0);
        replicas.orders(1_200);
        // When
        replicas.work(26);
        // Then
        List<Call> probes = replicas.between(9, 16);
        assertTrue(replicas.between(6, 9).size() <= 8 + 20 + 7, () -> replicas.between(6, 9).size() + " calls until it was noticed");
        assertTrue(probes.size() >= (kind.equals("refused") ? 0 : 4) && probes.size() <= 7 / 0.4, () -> probes.size() + " probes");
        for (int i = 1; i < probes.size(); i++) {
            assertTrue(probes.get(i).at() >= probes.get(i - 1).ended(), "two probes at once");
        }
        double back = replicas.calls.stream().filter(call -> call.at() >= seconds(16)).findFirst().orElseThrow().at() / 1e6 - 16;
        // a target that says nothing keeps its last probe until the time-out
        assertTrue(back <= (kind.equals("silent") ? 1 + 1.5 : 1), "the first call came " + back + " s after its return");
        assertTrue(replicas.between(16, 25).size() >= 0.97 * LIMIT * 9 / (WINDOW + 0.07), () -> replicas.between(16, 25).size() + " calls after its return");
        assertEquals(0, replicas.ledger.sql.number("select count(*) from delivery where attempts > 0 or state = 'held'"), "deliveries that were blamed");
        if (kind.equals("refused")) {
            assertEquals(0, probes.stream().filter(call -> call.at() > seconds(11)).count(), "a closed door is knocked at, nothing is sent");
        }
    }

    @Test
    @Execution(CONCURRENT)
    void aDayOfOutageCostsTwoPercentOfTheDaysCalls() throws SQLException {
        // Given an account with 1,000 calls a day, at a target that is away all day
        Replicas replicas = new Replicas(ledger, 1, now -> Answer.away("503"));
        replicas.allow("daily", 1_000, 86_400);
        replicas.clock.at(seconds(1), () -> { });
        replicas.clock.turn();
        replicas.orders(50);
        // When
        replicas.from = 86_401;
        replicas.rest = 20;
        replicas.work(2 * 86_400 - 2);
        // Then
        // a day (UTC) ended and another began meanwhile
        assertTrue(replicas.calls.size() > 10 && replicas.calls.size() <= 8 + 2 * 20, () -> replicas.calls.size() + " calls");
        assertEquals(0, replicas.ledger.sql.number("select count(*) from delivery where attempts > 0 or state = 'held'"), "deliveries that were blamed");
    }

    @Test
    @Execution(CONCURRENT)
    void aLimitThatWasHalvedIsFoundAndLeftAgain() throws SQLException {
        // Given a target that takes half of what was agreed from second 12 to second 24
        Strict target = new Strict(now -> now >= seconds(12) && now < seconds(24) ? LIMIT / 2 : LIMIT);
        Replicas replicas = new Replicas(ledger, 1, target);
        replicas.allow("window", LIMIT, WINDOW);
        replicas.allow("at-once", 15, 0);
        replicas.orders(1_600);
        // When
        replicas.work(48);
        // Then
        assertTrue(target.refused <= replicas.calls.size() / 100, () -> target.refused + " of " + replicas.calls.size() + " calls were refused");
        assertTrue(replicas.between(15, 24).size() >= 0.85 * LIMIT / 2 * 9 / WINDOW, () -> replicas.between(15, 24).size() + " calls while it was halved");
        double back = 24 + 2 * WINDOW;
        assertTrue(replicas.between(back, back + WINDOW).size() >= 0.95 * LIMIT * WINDOW / (WINDOW + 0.07), () -> replicas.between(back, back + WINDOW).size() + " calls in the third window after its return");
        assertEquals(0, replicas.ledger.sql.number("select count(*) from delivery where attempts > 0"), "deliveries that lost an attempt");
    }

    @Test
    @Execution(CONCURRENT)
    void aRefusalThatSaysHowLongClosesTheConnectionForAllReplicas() throws SQLException {
        // Given one refusal with Retry-After: 4 at second 10
        long[] said = {0};
        Replicas replicas = new Replicas(ledger, 1, now -> {
            if (now >= seconds(10) && said[0] == 0) {
                said[0] = now;
                return Answer.tooFast(4.0, null);
            }
            return Answer.well();
        });
        replicas.allow("window", LIMIT, WINDOW);
        replicas.orders(1_100);
        // When
        replicas.work(30);
        // Then nothing but what was under way
        double at = said[0] / 1e6;
        assertTrue(replicas.between(at + 0.2, at + 4).isEmpty(), () -> replicas.between(at + 0.2, at + 4).size() + " calls while it was closed");
        assertTrue(replicas.between(at + 4, at + 6).size() <= LIMIT / 2 + 1, "it comes back step by step");
        assertTrue(replicas.between(20, 29).size() >= 0.9 * LIMIT * 9 / (WINDOW + 0.07), () -> replicas.between(20, 29).size() + " calls at full speed");
    }

    @Test
    @Execution(CONCURRENT)
    void aKindOfWorkGetsItsShareAndNoMoreThanIsLeft() throws SQLException {
        // Given more orders and more catalogue changes than the limit takes, and a tenth kept for the catalogue
        Replicas replicas = new Replicas(ledger, 1, now -> Answer.well());
        replicas.shares = "[{\"priority\":3,\"slots\":10}]";
        replicas.allow("window", 100, WINDOW);
        replicas.orders(800);
        replicas.work(5, 800, 20);
        // When
        long catalogue = replicas.ledger.sql.number("select count(*) from delivery where priority = 3 and state = 'delivered'");
        long orders = replicas.ledger.sql.number("select count(*) from delivery where priority = 0 and state = 'delivered'");
        // Then
        assertTrue(Math.abs(catalogue - (catalogue + orders) * 0.1) <= 15, () -> catalogue + " catalogue changes beside " + orders + " orders");
    }

    @Test
    @Execution(CONCURRENT)
    void aNewOrderDoesNotWaitBehindTheCatalogue() throws SQLException {
        // Given 50,000 catalogue changes that wait, with a share of their own
        Replicas replicas = new Replicas(ledger, 1, now -> Answer.well());
        replicas.shares = "[{\"priority\":3,\"slots\":10}]";
        replicas.allow("window", LIMIT, WINDOW);
        WaitingRows.write(replicas.ledger, 50_000, 3);
        // When an order comes every half second
        List<Long> planned = IntStream.range(0, 30).mapToObj(order -> seconds(4 + order * 0.5)).toList();
        for (long when : planned) {
            replicas.clock.at(when, () -> replicas.plan(1, 0));
        }
        replicas.work(25);
        // Then
        List<Map<String, Object>> calls = replicas.ledger.sql.rows(
                "select c.called_at from delivery d join call_item i on i.delivery_id = d.id join call_log c on c.id = i.call_id where d.priority = 0 order by d.id");
        assertEquals(planned.size(), calls.size());
        List<Long> waits = IntStream.range(0, calls.size())
                .mapToObj(i -> ((Timestamp) calls.get(i).get("called_at")).getTime() - replicas.clock.timestamp(planned.get(i)).getTime()).sorted().toList();
        long p95 = waits.get(planned.size() * 95 / 100);
        assertTrue(waits.get(0) >= 0 && p95 < 2_000 * WINDOW, () -> "p95 of an order's wait is " + p95 + " ms, the least " + waits.get(0));
    }

    @Test
    @Execution(CONCURRENT)
    void onePoisonedOrderInAHundredCostsOneCallInAHundred() throws SQLException {
        // Given the same work with and without orders that the target refuses
        long without = delivered(false);
        long with = delivered(true);
        // Then
        assertTrue(with >= without * 0.98, () -> with + " delivered beside poisoned ones, " + without + " without");
    }

    private static long delivered(boolean poisoned) throws SQLException {
        int[] calls = {0};
        try (Ledger ledger = Ledger.fresh()) {
            Replicas replicas = new Replicas(ledger, 1, now -> poisoned && ++calls[0] % 100 == 0 ? new Answer("hold", null, 400, 0.07) : Answer.well());
            replicas.allow("window", LIMIT, WINDOW);
            replicas.orders(800);
            replicas.work(20);
            return ledger.sql.number("select count(*) from delivery where state = 'delivered'");
        }
    }

    @Test
    @Execution(CONCURRENT)
    void refusedCredentialsPauseTheConnectionAndTellOnce() throws SQLException {
        // Given
        Replicas replicas = new Replicas(ledger, 1, now -> now < seconds(8) ? Answer.well() : new Answer("pause", null, 401, 0.07));
        replicas.allow("window", LIMIT, WINDOW);
        replicas.orders(500);
        // When
        replicas.work(20);
        // Then
        assertEquals(1, replicas.alerts);
        double refused = replicas.between(8, 20).get(0).at() / 1e6;
        assertTrue(replicas.between(refused + 0.3, 20).isEmpty(), () -> replicas.between(refused + 0.3, 20).size() + " calls after the pause");
        assertEquals(0, replicas.ledger.sql.number("select count(*) from delivery where state = 'held' or attempts > 0"), "orders that were blamed");
    }

    @Test
    @Execution(CONCURRENT)
    void aRestoredLedgerTakesEveryPermitForOneWindow() throws SQLException {
        // Given a ledger at work
        Replicas replicas = new Replicas(ledger, 1, now -> Answer.well());
        replicas.allow("window", LIMIT, WINDOW);
        replicas.orders(500);
        replicas.work(6);
        long before = replicas.calls.size();
        // When it turns out to be a copy with another history
        replicas.ledger.sql.rows("update origin set timeline = '0000000A' returning timeline");
        replicas.from = 6;
        replicas.work(10);
        // Then nothing is claimed until the permits have been taken, and then for one window
        assertEquals(before, replicas.calls.size());
        assertEquals(1, replicas.ledger.run("throttle/after-restore.sql", Map.of("now", replicas.clock.timestamp(), "connections", Replicas.KNOWN)).size());
        replicas.from = 10;
        replicas.work(18);
        assertTrue(replicas.between(10, 10 + WINDOW - 0.1).isEmpty(), "calls of the window before may be unknown to the copy");
        assertTrue(replicas.between(13, 18).size() > LIMIT);
    }

    private static long seconds(double seconds) {
        return TurnedClock.micros(seconds);
    }

    /** A target that counts every window at its own end. */
    private static final class Strict implements LongFunction<Answer> {
        private final LongFunction<Integer> limit;
        private final List<Long> taken = new ArrayList<>();
        private int refused;

        Strict(LongFunction<Integer> limit) {
            this.limit = limit;
        }

        @Override
        public Answer apply(long now) {
            taken.removeIf(at -> at <= now - seconds(WINDOW));
            if (taken.size() >= limit.apply(now)) {
                refused++;
                return Answer.tooFast(null, null);
            }
            taken.add(now);
            return Answer.well();
        }
    }
}
