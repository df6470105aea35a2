package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;

/** The points a caller has left: settings maximumAvailable and restoreRate (points per second). */
final class ShopifyPoints {
    private final Settings settings;
    private final InstantSource clock;
    private double available;
    private double least;
    private long lastAt;

    ShopifyPoints(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        reset();
    }

    /** False, and nothing is taken, when they do not fit. */
    synchronized boolean take(int points) {
        restore();
        if (points > available) {
            return false;
        }
        available -= points;
        least = Math.min(least, available);
        return true;
    }

    synchronized void giveBack(int points) {
        restore();
        available = Math.min(settings.number("maximumAvailable"), available + points);
    }

    private void restore() {
        long now = clock.millis();
        available = Math.min(settings.number("maximumAvailable"), available + Math.max(0, now - lastAt) * settings.number("restoreRate") / 1_000.0);
        lastAt = now;
    }

    synchronized ObjectNode status() {
        restore();
        return Json.object().put("maximumAvailable", settings.number("maximumAvailable")).put("currentlyAvailable", (int) available)
                .put("restoreRate", settings.number("restoreRate"));
    }

    /** The fewest that were ever left, requested cost taken; all of them when nobody has called. */
    synchronized int least() {
        return (int) Math.min(least, settings.number("maximumAvailable"));
    }

    synchronized void reset() {
        available = settings.number("maximumAvailable");
        least = available;
        lastAt = clock.millis();
    }
}
