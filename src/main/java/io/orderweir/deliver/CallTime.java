package io.orderweir.deliver;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;

/**
 * Measures how long a call takes, so that its slot counts from its end and not from when the end is written down.
 * It begins before the ledger notes the call ({@code called_at}), so that {@code called_at} and this time are never before the true end:
 * the ledger's clock stood at called_at or earlier when this one began.
 */
@ApplicationScoped
@Named("callTime")
@RegisterForReflection
public class CallTime {

    /** Out: variable callBegan (ns, of this process). */
    public void begin(Exchange exchange) {
        exchange.setVariable("callBegan", System.nanoTime());
    }

    /** Out: variable took (s). */
    public void end(Exchange exchange) {
        exchange.setVariable("took", (System.nanoTime() - exchange.getVariable("callBegan", Long.class)) / 1e9);
    }
}
