package io.orderweir.sandbox;

/** Turns stamps, which never jump, into the wall clock's milliseconds. */
final class Stopwatch {
    private final long startedAt = System.nanoTime();
    private final long epochMs = System.currentTimeMillis();

    long now() {
        return System.nanoTime();
    }

    long epochMs(long stamp) {
        return epochMs + Math.floorDiv(stamp - startedAt, 1_000_000L);
    }

    long stamp(long epochMs) {
        return startedAt + (epochMs - this.epochMs) * 1_000_000L;
    }
}
