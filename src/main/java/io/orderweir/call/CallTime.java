package io.orderweir.call;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * Measures when a call may begin and how long it takes, by this process's own clock: its slot counts from its end and not from when the end is written down.
 * It begins before the ledger notes the call ({@code called_at}), so that {@code called_at} and this time are never before the true end:
 * the ledger's clock stood at called_at or earlier when this one began.
 */
@ApplicationScoped
@Named("callTime")
@RegisterForReflection
public class CallTime {

    private static final long NANOS_IN_MILLI = 1_000_000;

    /** Notes when each call that was just taken may begin. In and out: the body, a row or rows with waitMillis; in each then permitAt (ns, of this process). */
    public void take(Exchange exchange) {
        long now = System.nanoTime();
        Object body = exchange.getMessage().getBody();
        for (Object row : body instanceof List<?> rows ? rows : List.of(body)) {
            @SuppressWarnings("unchecked")
            Map<String, Object> taken = (Map<String, Object>) row;
            taken.put("permitAt", now + ((Number) taken.get("waitMillis")).longValue() * NANOS_IN_MILLI);
        }
    }

    /** Milliseconds until the permits of this call are free. In: variable permitAt, or none. */
    public long untilPermit(Exchange exchange) {
        Long at = exchange.getVariable("permitAt", Long.class);
        return at == null ? 0 : Math.max(0, (at - System.nanoTime() + NANOS_IN_MILLI - 1) / NANOS_IN_MILLI);
    }

    /** Out: variable callBegan (ns, of this process). */
    void begin(Exchange exchange) {
        exchange.setVariable("callBegan", System.nanoTime());
    }

    /** Out: variable took (s). */
    public void end(Exchange exchange) {
        exchange.setVariable("took", (System.nanoTime() - exchange.getVariable("callBegan", Long.class)) / 1e9);
    }
}
