package io.orderweir.chaos;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;

/** One kill -9 as it happened: what the engine was in the middle of, and what it left behind. */
record Kill(int number, Phase phase, boolean everything, long callsInFlight, String seen, String left) {
    private static final int FUEL = 100;

    private record Sight(String seen, long callsInFlight) {
    }

    /** Fails when the engine was not seen in the phase, with calls in flight. */
    static Kill strikes(BlackFriday day, int number, Phase phase, boolean everything, boolean finish) {
        if (day.backlog() < FUEL / 2) {
            day.store.sends(FUEL).with(Store.everythingThatHappens(), Store.newsOfThemFor(10));
            await("work for the vendors").atMost(Duration.ofMinutes(5)).until(() -> day.backlog() >= FUEL / 2);
        }
        // a wide spread: while the first calls settle, others are still open
        day.vendorsTake(200, 1_300);
        try (Trap trap = phase.trap(day)) {
            day.store.sends(FUEL / 5).with(Store.everythingThatHappens(), Store.newsOfThemFor(10));
            Sight sight = await("kill " + number + ": the engine in " + phase + " with calls in flight").atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(20)).until(() -> look(day, trap), Optional::isPresent).orElseThrow();
            day.kill(everything);
            String left;
            if (everything) {
                trap.close();
                day.services().start();
                left = "engine, broker and database started again";
            } else {
                left = trap.release(finish);
            }
            return new Kill(number, phase, everything, sight.callsInFlight, sight.seen, left);
        } finally {
            day.vendorsTake(20, 120);
        }
    }

    private static Optional<Sight> look(BlackFriday day, Trap trap) {
        Optional<String> seen = trap.caught();
        long inFlight = seen.isPresent() ? day.callsInFlight() : 0;
        return inFlight > 0 ? seen.map(what -> new Sight(what, inFlight)) : Optional.empty();
    }

    @Override
    public String toString() {
        return String.format("kill %2d in %-7s of %-19s %2d calls in flight; %s; %s", number, phase, everything ? "everything" : "the engine",
                callsInFlight, seen, left);
    }
}
