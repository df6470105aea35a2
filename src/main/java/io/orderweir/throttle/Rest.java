package io.orderweir.throttle;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;

/**
 * Lets a connection rest after a claim that found nothing, so that an idle engine costs the database next to nothing.
 * Nothing is lost by it: a permit that is free soon is claimed ahead of its time, and nothing depends on this memory.
 */
@RegisterForReflection
@ApplicationScoped
@Named("rest")
public class Rest {

    /** As long as a claim looks ahead for permits: an empty claim is about 20 buffers, ten a second are nothing. */
    private static final long NANOS = 100_000_000;

    private final Map<String, Long> until = new ConcurrentHashMap<>();

    public boolean over(String connection) {
        Long end = until.get(connection);
        return end == null || System.nanoTime() - end >= 0;
    }

    public void begin(Exchange exchange) {
        until.put(exchange.getVariable("connection", String.class), System.nanoTime() + NANOS);
    }
}
