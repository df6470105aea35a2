package io.orderweir.sandbox;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;

/** Counts what became of a call, under the name its route gives. */
@ApplicationScoped
@Named("sandboxCount")
@RegisterForReflection
public class Count {
    public void add(Exchange exchange) {
        exchange.getProperty("call", Call.class).vendor.count(exchange.getVariable("outcome", String.class));
    }
}
