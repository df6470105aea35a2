package io.orderweir.sandbox;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Threads that do a vendor's work at its time and never keep the process alive. */
final class Timers {
    private Timers() {
    }

    static ScheduledExecutorService named(String name, int threads) {
        return Executors.newScheduledThreadPool(threads, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
