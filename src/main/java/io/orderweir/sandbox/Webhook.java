package io.orderweir.sandbox;

import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** One delivery of one version of an order; a retry is the same webhook again, byte for byte. */
final class Webhook implements Delayed {
    private static final AtomicLong SEQUENCE = new AtomicLong();

    final ShopOrder order;
    final ShopOrder.Version version;
    final String id;
    final String eventId;
    final String triggeredAt;
    final boolean newHeaderFamily;
    private final long sequence = SEQUENCE.incrementAndGet();
    private final long dueAt;
    int tries;

    Webhook(ShopOrder order, ShopOrder.Version version, String id, String eventId, String triggeredAt, boolean newHeaderFamily, long dueAt) {
        this.order = order;
        this.version = version;
        this.id = id;
        this.eventId = eventId;
        this.triggeredAt = triggeredAt;
        this.newHeaderFamily = newHeaderFamily;
        this.dueAt = dueAt;
    }

    Webhook again(long dueAt) {
        Webhook again = new Webhook(order, version, id, eventId, triggeredAt, newHeaderFamily, dueAt);
        again.tries = tries;
        return again;
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(dueAt - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        Webhook that = (Webhook) other;
        int byDue = Long.signum(dueAt - that.dueAt);
        return byDue != 0 ? byDue : Long.compare(sequence, that.sequence);
    }
}
