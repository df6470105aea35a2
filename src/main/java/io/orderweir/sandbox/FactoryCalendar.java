package io.orderweir.sandbox;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The factory's own calendar: it begins with the real date, in UTC, and a day lasts as long as the setting {@code dayMs} says. */
final class FactoryCalendar {
    private final InstantSource clock;
    private final Settings settings;
    private LocalDate today;
    private long begunAt;
    private int dayMs;

    FactoryCalendar(InstantSource clock, Settings settings) {
        this.clock = clock;
        this.settings = settings;
        reset();
    }

    /** It never goes back: when the length of a day changes, the present day begins anew with it. A length of 0 stands still. */
    synchronized LocalDate today() {
        long now = clock.millis();
        if (dayMs > 0) {
            long days = (now - begunAt) / dayMs;
            today = today.plusDays(days);
            begunAt += days * dayMs;
        }
        if (dayMs != settings.number("dayMs")) {
            dayMs = settings.number("dayMs");
            begunAt = now;
        }
        return today;
    }

    /** So many days end at once. */
    synchronized void pass(int days) {
        today = today().plusDays(days);
        begunAt = clock.millis();
    }

    synchronized void reset() {
        begunAt = clock.millis();
        today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        dayMs = settings.number("dayMs");
    }
}
