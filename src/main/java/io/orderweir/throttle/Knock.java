package io.orderweir.throttle;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.apache.camel.Exchange;

/** Knocks at a target because a person wants to know whether it is there. No permit is used: no word is said. */
@RegisterForReflection
@ApplicationScoped
@Named("knock")
public class Knock {

    private static final double NANOS_IN_MILLI = 1e6;

    @Inject
    Door door;

    /** In: variable connection. Out: open, took (ms). */
    public void at(Exchange exchange) {
        long began = System.nanoTime();
        exchange.setVariable("open", door.opens(exchange.getVariable("connection", String.class)));
        exchange.setVariable("took", (System.nanoTime() - began) / NANOS_IN_MILLI);
    }
}
