package io.orderweir.alert;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Exchange;

/** Compares the clock of the database with ours: how far its answer lies outside the time between question and answer, so that a slow answer is no fault. */
@ApplicationScoped
@Named("skew")
@RegisterForReflection
public class Skew {

    private final Clock clock;

    @Inject
    public Skew() {
        this(Clock.systemUTC());
    }

    public Skew(Clock clock) {
        this.clock = clock;
    }

    /** Out: variable asked. */
    public void begin(Exchange exchange) {
        exchange.setVariable("asked", clock.instant());
    }

    /** In: variables asked and told (a time stamp). Out: variable skew (s; above 0 the database is ahead). */
    public void end(Exchange exchange) {
        Instant told = exchange.getVariable("told", Timestamp.class).toInstant();
        Instant asked = exchange.getVariable("asked", Instant.class);
        Instant now = clock.instant();
        Duration skew = told.isBefore(asked) ? Duration.between(asked, told) : told.isAfter(now) ? Duration.between(now, told) : Duration.ZERO;
        exchange.setVariable("skew", skew.toMillis() / 1000.0);
    }
}
