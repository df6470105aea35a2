package io.orderweir.capture;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;

/** Keeps the promise to answer within 3 s when more senders wait than there are threads. */
@RegisterForReflection
@ApplicationScoped
@Named("patience")
public class Patience {

    /** With the producer's 1.8 s (maxBlockMs and deliveryTimeoutMs of the capture route) a busy machine has 0.7 s left. */
    private static final long LONGEST_QUEUE_MILLIS = 500;

    /** Where no sender waits for an answer (variable unhurried) patience has no end. */
    public boolean isOver(Exchange exchange) {
        return exchange.getClock().elapsed() > LONGEST_QUEUE_MILLIS && exchange.getVariable("unhurried") == null;
    }
}
