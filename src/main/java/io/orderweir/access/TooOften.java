package io.orderweir.access;

import java.time.Duration;

/** Too many guess at once, or an address has guessed wrong too often; nothing was looked at. */
public class TooOften extends RuntimeException {

    private final Duration wait;

    TooOften(Duration wait) {
        super("try again in " + wait.toSeconds() + " s", null, false, false);
        this.wait = wait;
    }

    /** When to try again. */
    public Duration patience() {
        return wait;
    }
}
