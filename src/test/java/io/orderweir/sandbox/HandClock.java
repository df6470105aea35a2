package io.orderweir.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test turns. */
final class HandClock implements InstantSource {
    private volatile Instant now;

    HandClock(String now) {
        this.now = Instant.parse(now);
    }

    void turn(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
