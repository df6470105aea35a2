package io.orderweir.capture;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;

/** Keeps the promise to answer within 3 s when more senders wait than there are threads. */
@ApplicationScoped
@Named("patience")
public class Patience {

    /** Leaves the producer its 2.2 s (maxBlockMs and deliveryTimeoutMs of the capture route). */
    private static final long LONGEST_QUEUE_MILLIS = 700;

    public boolean isOver(Exchange exchange) {
        return exchange.getClock().elapsed() > LONGEST_QUEUE_MILLIS;
    }
}
