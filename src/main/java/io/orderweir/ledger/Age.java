package io.orderweir.ledger;

import io.orderweir.connection.Connections;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

/** Says whether it can be asked of which version an event is that could not be understood. */
@ApplicationScoped
@Named("age")
@RegisterForReflection
public class Age {

    @Inject
    CamelContext camel;

    @Inject
    Connections connections;

    /** Only capture's own bytes say anything, and only a connector with such a route reads them. In: variables captured, and canonical, of which the version is known. */
    public boolean canBeAsked(Exchange exchange) {
        Captured captured = exchange.getVariable("captured", Captured.class);
        return captured.sealed() && exchange.getVariable("canonical") == null && connections.names().contains(captured.connection())
                && camel.getRoute(connections.serving(captured.connection()) + "." + captured.type() + ".version") != null;
    }
}
