package io.orderweir.sandbox;

import java.util.Collection;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends what is due over a number of connections, and again until there is nothing more to do for it. */
final class Courier<D extends Delivery> {
    /** One try. The same delivery for a later one, or null when this was the last. */
    interface Attempt<D> {
        D of(D delivery) throws InterruptedException;
    }

    private final Attempt<D> attempt;
    private final DelayQueue<D> queue = new DelayQueue<>();
    private final AtomicInteger left = new AtomicInteger();
    private volatile boolean stopped;

    Courier(Attempt<D> attempt) {
        this.attempt = attempt;
    }

    void take(Collection<D> deliveries) {
        left.addAndGet(deliveries.size());
        queue.addAll(deliveries);
    }

    /** A courier that goes home when all is done is not given more afterwards. */
    void start(String name, int connections, boolean untilDone) {
        for (int i = 0; i < connections; i++) {
            Thread connection = new Thread(() -> work(untilDone), name + "-" + i);
            connection.setDaemon(true);
            connection.start();
        }
    }

    private void work(boolean untilDone) {
        try {
            while (!stopped && !(untilDone && left.get() == 0)) {
                D delivery = queue.poll(200, TimeUnit.MILLISECONDS);
                if (delivery == null) {
                    continue;
                }
                D again = attempt.of(delivery);
                if (again == null) {
                    left.decrementAndGet();
                } else {
                    queue.add(again);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many deliveries are still to be taken by their receiver. */
    int left() {
        return left.get();
    }

    /** What is being sent at this moment still arrives; nothing else does. */
    void stop() {
        stopped = true;
    }
}
