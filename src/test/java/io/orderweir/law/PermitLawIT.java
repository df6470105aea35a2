package io.orderweir.law;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** L4: never more than N calls in any window and never more than C at once, counted at the target, whatever becomes of the calls. */
class PermitLawIT {

    private static final int ORDERS = Ledger.LENGTH == 1 ? 150 : 250;
    private static final int LIMIT = 12;
    private static final double WINDOW = 1.0;
    private static final int AT_ONCE = 5;
    private static final double TIMEOUT = 0.5;
    private static final double GRACE = 0.2;
    private static final double SETTLES = 1.5;
    /** Microseconds until an answer is written down, at most: the machine has other things to do. */
    private static final int SLOW_TO_SETTLE = 100_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @Execution(CONCURRENT)
    void noWindowHoldsOneMoreThanTheLimit(long seed) throws SQLException {
        // Given calls that are answered, lost, or die with their process before and after they are made
        Simulation simulation = new Simulation(seed, LIMIT, new Faults(0.06, 0.04, 0.03));
        // When time passes, turned by hand
        simulation.run(ORDERS, 60);
        // Then
        assertTrue(simulation.target.size() > ORDERS / 2, "only " + simulation.target.size() + " calls were made");
        assertTrue(simulation.target.mostInAnyWindow(TurnedClock.micros(WINDOW)) <= LIMIT,
                () -> simulation.target.mostInAnyWindow(TurnedClock.micros(WINDOW)) + " calls in one window of " + WINDOW + " s");
        assertTrue(simulation.target.mostAtOnce() <= AT_ONCE, () -> simulation.target.mostAtOnce() + " calls at once");
    }

    @Test
    @Execution(CONCURRENT)
    void aBacklogUsesNearlyTheWholeAllowance() throws SQLException {
        // Given a target that answers everything
        Simulation simulation = new Simulation(7, LIMIT, new Faults(0, 0, 0));
        // When
        simulation.run(ORDERS, 60);
        // Then at least 97 % of N·t/(W+L), from the second window to the last but one
        long from = simulation.firstCall + TurnedClock.micros(WINDOW);
        long to = simulation.lastCall - TurnedClock.micros(WINDOW);
        double meanAnswer = simulation.answerSum / (double) simulation.target.size() / 1e6;
        double allowed = LIMIT * (to - from) / 1e6 / (WINDOW + meanAnswer);
        double used = simulation.target.between(from, to) / allowed;
        assertTrue(used >= 0.97, "used " + used);
        assertEquals(LIMIT, simulation.target.mostInAnyWindow(TurnedClock.micros(WINDOW)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @Execution(CONCURRENT)
    void whatADeadProcessHeldIsFreeBeforeItsLeaseEnds(long seed) throws SQLException {
        // Given a process that holds a session and dies with all it has under way, every 20 calls or so, and leases of a minute
        Simulation simulation = new Simulation(seed, LIMIT, new Faults(0.03, 0.03, 0.02));
        simulation.lease = 60;
        simulation.begins();
        // When
        simulation.run(250, 60);
        // Then
        assertTrue(simulation.deaths >= 5, () -> simulation.deaths + " deaths");
        assertEquals(0, simulation.open);
        assertTrue(simulation.target.mostInAnyWindow(TurnedClock.micros(WINDOW)) <= LIMIT,
                () -> simulation.target.mostInAnyWindow(TurnedClock.micros(WINDOW)) + " calls in one window of " + WINDOW + " s");
        assertTrue(simulation.target.mostAtOnce() <= AT_ONCE, () -> simulation.target.mostAtOnce() + " calls at once");
    }

    @Test
    @Execution(CONCURRENT)
    void theOracleSeesOneSlotTooMany() throws SQLException {
        // Given a ledger with one slot more than the target allows
        Simulation simulation = new Simulation(7, LIMIT + 1, new Faults(0, 0, 0));
        // When
        simulation.run(150, 30);
        // Then
        assertTrue(simulation.target.mostInAnyWindow(TurnedClock.micros(WINDOW)) > LIMIT);
    }

    private record Faults(double lost, double diesCalling, double diesBefore) {
    }

    /** One ledger, one target and a clock turned by hand. */
    private static final class Simulation {

        private final TurnedClock clock = new TurnedClock();
        private final Random random;
        private final Faults faults;
        private final Ledger ledger = Ledger.fresh();
        final WindowOracle target = new WindowOracle();
        private long end;
        private Ledger process;
        private Integer replica;
        private Integer watcher;
        double lease = TIMEOUT + GRACE + 0.3;
        int deaths;
        int open;
        long firstCall = -1;
        long lastCall;
        long answerSum;

        Simulation(long seed, int slots, Faults faults) throws SQLException {
            this.random = new Random(seed);
            this.faults = faults;
            ledger.allow("erp", "window", slots, WINDOW, clock.timestamp());
            ledger.allow("erp", "at-once", AT_ONCE, 0, clock.timestamp());
        }

        void run(int orders, double seconds) throws SQLException {
            JsonNode[] batch = new JsonNode[orders];
            for (int i = 0; i < orders; i++) {
                ObjectNode event = Ledger.event(i, "o" + i, 1);
                Ledger.delivery(event, "erp", "order", false);
                batch[i] = event;
            }
            ledger.append(batch);
            open = orders;
            end = TurnedClock.micros(seconds);
            clock.at(0, this::claim);
            clock.at(0, this::expire);
            clock.turn();
            ledger.close();
        }

        /** From now on there is one process after the other, each with a session of its own, and somebody who watches. */
        void begins() throws SQLException {
            watcher = enter(ledger);
            process = ledger.another();
            replica = enter(process);
        }

        private static Integer enter(Ledger session) throws SQLException {
            return (Integer) session.run("call/enter.sql", Map.of()).get(0).get("number");
        }

        private void dies() throws SQLException {
            if (process != null) {
                deaths++;
                process.close();
                await().until(() -> ledger.sql.number("select count(*) from orderweir.replica where number = ?", replica) == 0);
                process = ledger.another();
                replica = enter(process);
            }
        }

        private void claim() throws SQLException {
            if (clock.now() < end && open > 0) {
                clock.at(clock.now() + TurnedClock.micros(0.02 + random.nextDouble() * 0.02), this::claim);
            }
            Map<String, Object> parameters = new HashMap<>(Map.of("connection", "erp", "most", 2, "ahead", 0.1,
                    "lease", lease, "settles", SETTLES, "now", clock.timestamp()));
            parameters.put("replica", replica);
            Integer claimer = replica;
            for (Map<String, Object> claimed : ledger.run("deliver/take.sql", parameters)) {
                if (random.nextDouble() < faults.diesBefore) {
                    dies();
                } else {
                    clock.at(clock.now() + ((Number) claimed.get("waitMillis")).longValue() * 1000, () -> call(claimed, claimer));
                }
            }
        }

        private void call(Map<String, Object> claimed, Integer claimer) throws SQLException {
            if (!Objects.equals(claimer, replica)) {
                return;
            }
            if (!ledger.start(claimed, TIMEOUT + GRACE, clock.timestamp())) {
                return;
            }
            long started = clock.now();
            firstCall = firstCall < 0 ? clock.now() : firstCall;
            lastCall = clock.now();
            double fate = random.nextDouble();
            if (fate < faults.diesCalling) {
                // the process dies; its request may arrive, and the target may work on it, for as long as is stated
                target.saw(started + TurnedClock.micros(random.nextDouble() * GRACE), started + TurnedClock.micros(SETTLES));
                dies();
            } else if (fate < faults.diesCalling + faults.lost) {
                long gaveUp = started + TurnedClock.micros(TIMEOUT);
                target.saw(started + TurnedClock.micros(random.nextDouble() * (TIMEOUT + GRACE)), gaveUp + TurnedClock.micros(SETTLES));
                clock.at(gaveUp + random.nextInt(SLOW_TO_SETTLE), () -> settle(claimed, claimer, "unsure", gaveUp - started));
            } else {
                long answered = started + TurnedClock.micros(0.01 + random.nextDouble() * 0.2);
                long arrival = started + random.nextInt(5_000);
                target.saw(arrival, answered);
                answerSum += answered - arrival;
                // written down when the machine gets to it: the slot counts from the answer all the same
                clock.at(answered + random.nextInt(SLOW_TO_SETTLE), () -> settle(claimed, claimer, "done", answered - started));
            }
        }

        private void settle(Map<String, Object> claimed, Integer claimer, String outcome, long took) throws SQLException {
            if (!Objects.equals(claimer, replica)) {
                return;
            }
            Map<String, Object> parameters = new HashMap<>(claimed);
            parameters.putAll(Map.of("outcome", outcome, "patience", 8, "breaks", 1000, "settles", SETTLES, "grace", GRACE,
                    "now", clock.timestamp(), "wait", 0.0));
            parameters.put("took", took / 1e6);
            parameters.put("remoteId", outcome.equals("done") ? "r" + claimed.get("id") : null);
            if (!ledger.end(parameters).isEmpty() && outcome.equals("done")) {
                open--;
            }
        }

        private void expire() throws SQLException {
            if (clock.now() < end) {
                clock.at(clock.now() + TurnedClock.micros(0.25), this::expire);
            }
            Map<String, Object> parameters = new HashMap<>(Map.of("now", clock.timestamp(),
                    "connections", "[{\"connection\":\"erp\",\"reaches\":" + (TIMEOUT + GRACE) + ",\"settles\":" + SETTLES + "}]"));
            parameters.put("replica", watcher);
            ledger.run("call/expire.sql", parameters);
        }
    }
}
