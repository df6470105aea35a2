package io.orderweir.deliver;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * Carries what a call asked and was answered past the circuit breaker: a failed call ends there with an exception,
 * and what its copy of the exchange had learned would end with it.
 */
@ApplicationScoped
@Named("evidence")
@RegisterForReflection
public class Evidence {
    private static final List<String> LEARNED = List.of("request", "status", "answer");

    /** Before the breaker: opens the place that both copies of the exchange share. */
    public void begin(Exchange exchange) {
        exchange.setVariable("evidence", new HashMap<String, Object>());
    }

    /** Behind the call. */
    public void keep(Exchange exchange) {
        Map<String, Object> evidence = shared(exchange);
        LEARNED.forEach(name -> evidence.put(name, exchange.getVariable(name)));
    }

    /** Where the failure is caught. */
    public void recall(Exchange exchange) {
        shared(exchange).forEach(exchange::setVariable);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> shared(Exchange exchange) {
        return exchange.getVariable("evidence", Map.class);
    }
}
