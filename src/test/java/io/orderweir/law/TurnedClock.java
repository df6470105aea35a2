package io.orderweir.law;

import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.PriorityQueue;

/** Time as a list of things that happen, each at its microsecond; nothing waits for anything. */
final class TurnedClock {

    interface Step {
        void run() throws SQLException;
    }

    private record Event(long at, long order, Step step) {
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>((a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.order, b.order));
    private final Instant epoch = Instant.now().plusSeconds(3600);
    private long now;
    private long scheduled;

    static long micros(double seconds) {
        return Math.round(seconds * 1e6);
    }

    void at(long when, Step step) {
        events.add(new Event(when, scheduled++, step));
    }

    /** Until nothing is left to happen. */
    void turn() throws SQLException {
        while (!events.isEmpty()) {
            Event next = events.poll();
            now = next.at;
            next.step.run();
        }
    }

    long now() {
        return now;
    }

    Timestamp timestamp() {
        return timestamp(now);
    }

    Timestamp timestamp(long micros) {
        return Timestamp.from(epoch.plusNanos(micros * 1000));
    }
}
