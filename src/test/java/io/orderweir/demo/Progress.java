package io.orderweir.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Looks every second, prints a line every other second: plain lines, so that a log reads as well as a terminal. */
final class Progress {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Http sandbox;
    private final Ledger ledger;
    private final Tempo tempo;
    private Ledger.Sight sight = new Ledger.Sight(0, 0, 0, 0, 0, 0);
    private JsonNode traffic = Http.JSON.createObjectNode();
    private long start;
    private long awayUntil;
    private int looks;
    private int quiet;

    Progress(Http sandbox, Ledger ledger, Tempo tempo) {
        this.sandbox = sandbox;
        this.ledger = ledger;
        this.tempo = tempo;
    }

    /** The first webhook leaves now. */
    void begin() {
        start = System.nanoTime();
    }

    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    /** The sandbox's answer to a planned outage. */
    void outage(JsonNode planned) {
        planned.path("outages").forEach(outage -> awayUntil = outage.path("to").asLong());
    }

    long booked() {
        return sight.booked();
    }

    /** The shop is done, all it sent is taken in, and two looks in a row find nothing ready, sending or unsure. */
    boolean isDrained() {
        boolean still = traffic.path("done").asBoolean() && sight.waiting() == 0
                && ledger.takenIn() >= traffic.path("webhooks").path("acknowledged").asLong();
        quiet = still ? quiet + 1 : 0;
        return quiet >= 2;
    }

    void until(Duration patience, BooleanSupplier reached) {
        try {
            Awaitility.await().atMost(tempo.stretched(patience)).pollDelay(Duration.ZERO).pollInterval(LOOK).pollInSameThread().until(() -> {
                look();
                return reached.getAsBoolean();
            });
        } catch (ConditionTimeoutException late) {
            System.out.println("This takes too long; what has not arrived breaks its promise.");
        }
    }

    private void look() {
        sight = ledger.sight(tempo);
        traffic = sandbox.get("/sandbox/shopify/traffic");
        if (looks++ % (tempo.isRealTime() ? 10 : 2) == 0) {
            System.out.printf(Locale.ROOT, "%4.0f s  captured %,5d | ERP has %,5d | warehouse has %,5d | waiting %,5d | gated %,4d | held %d | ERP %s, %d calls in the last %d s%n",
                    seconds(), traffic.path("ordersAcknowledged").asLong(), sight.booked(), sight.requested(),
                    sight.waiting(), sight.gated(), sight.held(), isAway() ? "DOWN" : "up", sight.calls(), tempo.window().toSeconds());
        }
    }

    private boolean isAway() {
        return System.currentTimeMillis() < awayUntil;
    }
}
