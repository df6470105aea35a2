package io.orderweir.sandbox;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;

/** Looks again, before the work is done, whether the vendor has gone down since the call arrived. */
@ApplicationScoped
@Named("sandboxGate")
@RegisterForReflection
public class Gate {
    public void look(Exchange exchange) {
        Call call = exchange.getProperty("call", Call.class);
        exchange.setVariable("down", call.vendor.outages.at(call.vendor.watch.now()) != null);
    }
}
