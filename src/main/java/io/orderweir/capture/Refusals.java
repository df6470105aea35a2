package io.orderweir.capture;

import io.orderweir.connection.Connections;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;

/**
 * Counts what the doors turn away of a connection that is known, so that somebody is told before its sender gives up: when five came one after the other and none was taken
 * between them, however long that took, or thirty within ten minutes; again after ten minutes while it goes on. A name that nobody configured is not counted: anybody can
 * make one up.
 */
@ApplicationScoped
@Named("refusals")
@RegisterForReflection
public class Refusals {

    /** What is counted by itself. */
    @RegisterForReflection
    public record Cause(String connection, Refusal refusal) {
    }

    private final Map<Cause, Tally> tallies = new ConcurrentHashMap<>();
    private final Connections connections;
    private final Clock clock;

    /** For the client proxy only. */
    protected Refusals() {
        this(null, null);
    }

    @Inject
    public Refusals(Connections connections) {
        this(connections, Clock.systemUTC());
    }

    public Refusals(Connections connections, Clock clock) {
        this.connections = connections;
        this.clock = clock;
    }

    /** Counts what a door answered. In: variables source, status, and refusal (the name of a {@link Refusal}) where it is one. */
    public void answered(Exchange exchange) {
        String source = exchange.getVariable("source", String.class);
        String refusal = exchange.getVariable("refusal", String.class);
        if (refusal != null) {
            count(source, Refusal.valueOf(refusal));
        } else if ("202".equals(exchange.getVariable("status", String.class))) {
            for (Refusal each : Refusal.values()) {
                tallies.computeIfPresent(new Cause(source, each), (cause, tally) -> tally.taken());
            }
        }
    }

    /** Counts one that a door turned away. */
    public void count(String connection, Refusal refusal) {
        if (!connections.secrets(connection).isEmpty()) {
            tallies.merge(new Cause(connection, refusal), Tally.NONE.refused(clock.instant()), (tally, first) -> tally.refused(clock.instant()));
        }
    }

    /** What somebody should be told now. It is due until it was {@link #told}. */
    public List<Cause> due() {
        Instant now = clock.instant();
        return tallies.entrySet().stream().filter(each -> each.getValue().isDue(now)).map(Map.Entry::getKey).toList();
    }

    /** In: body a {@link Cause}. Out: the body, and variables source and type. */
    public void write(Exchange exchange) {
        Cause cause = exchange.getMessage().getBody(Cause.class);
        News.write(exchange, "door", "door|" + cause.connection() + '|' + cause.refusal(), cause.connection(),
                connections.label(cause.connection()) + ": " + tallies.get(cause).words() + " were refused: " + cause.refusal().words(cause.connection()) + '.');
    }

    public void told(Cause cause) {
        tallies.computeIfPresent(cause, (same, tally) -> tally.told(clock.instant()));
    }
}
