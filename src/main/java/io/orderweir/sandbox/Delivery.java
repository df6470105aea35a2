package io.orderweir.sandbox;

import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Something that is sent when it is due; of two that are due at the same instant, the older goes first. */
abstract class Delivery implements Delayed {
    private static final AtomicLong SEQUENCE = new AtomicLong();

    private final long sequence = SEQUENCE.incrementAndGet();
    private final long dueAt;
    int tries;

    /** In the nanoseconds of {@link System#nanoTime()}. */
    Delivery(long dueAt) {
        this.dueAt = dueAt;
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(dueAt - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        Delivery that = (Delivery) other;
        int byDue = Long.signum(dueAt - that.dueAt);
        return byDue != 0 ? byDue : Long.compare(sequence, that.sequence);
    }
}
