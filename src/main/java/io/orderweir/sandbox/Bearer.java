package io.orderweir.sandbox;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;

/** Checks the bearer token of a call against its vendor's. */
@ApplicationScoped
@Named("sandboxBearer")
@RegisterForReflection
public class Bearer {
    /** The variable known is true when the token is the vendor's. */
    public void check(Exchange exchange) {
        String expected = "Bearer " + exchange.getProperty("call", Call.class).vendor.settings.text("token");
        exchange.setVariable("known", Signature.same(expected, exchange.getMessage().getHeader("Authorization", "", String.class)));
    }
}
