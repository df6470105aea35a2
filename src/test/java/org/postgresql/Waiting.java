package org.postgresql;

import java.util.concurrent.CountDownLatch;

/** Stands in the driver's place: whoever is here waits for the database. */
public final class Waiting {

    private Waiting() {
    }

    public static void until(CountDownLatch asked, CountDownLatch answered) {
        asked.countDown();
        try {
            answered.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
