package io.orderweir.ledger;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** A time that somebody says and nobody has checked. */
final class ToldTime {

    /** Clocks of senders differ by minutes. */
    private static final Duration AHEAD = Duration.ofMinutes(10);

    private ToldTime() {
    }

    /** In UTC, such as 2026-11-27T05:00:00Z; null for what is none since 1970, or was still to come when it was captured. Said with its offset, or in seconds since 1970. */
    static String of(String said, Instant captured) {
        try {
            Instant time = said.indexOf('T') > 0 ? OffsetDateTime.parse(said).toInstant() : Instant.ofEpochSecond(Long.parseLong(said));
            return time.isBefore(Instant.EPOCH) || time.isAfter(captured.plus(AHEAD)) ? null : time.toString();
        } catch (DateTimeException | NumberFormatException none) {
            return null;
        }
    }
}
