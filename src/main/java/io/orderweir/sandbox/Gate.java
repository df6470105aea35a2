package io.orderweir.sandbox;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;

/** Tells a vendor's route whether the vendor has gone down since the call arrived. */
@ApplicationScoped
@Named("sandboxGate")
@RegisterForReflection
public class Gate {
    public boolean isDown(Exchange exchange) {
        Call call = exchange.getProperty("call", Call.class);
        return call.vendor.outages.at(call.vendor.watch.now()) != null;
    }
}
