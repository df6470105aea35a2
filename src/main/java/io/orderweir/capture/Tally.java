package io.orderweir.capture;

import java.time.Duration;
import java.time.Instant;

/**
 * How often one connection was turned away for one reason.
 *
 * @param since the first of those within one window
 * @param recent how many since then
 * @param inARow how many since one of the connection was taken
 * @param untold how many since somebody was told
 * @param toldAt null when nobody was
 */
record Tally(Instant since, int recent, int inARow, int untold, Instant toldAt) {

    /** Shopify gives a subscription up after eight tries in four hours (shopify.dev, "Troubleshoot webhooks"). */
    private static final int TOO_MANY_IN_A_ROW = 5;
    private static final int TOO_OFTEN = 30;
    private static final Duration WINDOW = Duration.ofMinutes(10);

    static final Tally NONE = new Tally(Instant.MIN, 0, 0, 0, null);

    Tally refused(Instant now) {
        boolean same = since.isAfter(now.minus(WINDOW));
        return new Tally(same ? since : now, same ? recent + 1 : 1, inARow + 1, untold + 1, toldAt);
    }

    Tally taken() {
        return new Tally(since, recent, 0, untold, toldAt);
    }

    Tally told(Instant now) {
        return new Tally(since, recent, inARow, 0, now);
    }

    boolean isDue(Instant now) {
        return untold > 0 && (inARow >= TOO_MANY_IN_A_ROW || recent >= TOO_OFTEN) && (toldAt == null || !toldAt.isAfter(now.minus(WINDOW)));
    }

    String words() {
        return inARow >= TOO_MANY_IN_A_ROW ? inARow + " webhooks one after the other" : recent + " webhooks within ten minutes";
    }
}
