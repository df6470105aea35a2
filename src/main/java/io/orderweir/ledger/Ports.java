package io.orderweir.ledger;

import io.orderweir.connection.Connections;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;

/** Says which accounts can be told what: one that is called, by a connector that has the port. */
@ApplicationScoped
@RegisterForReflection
class Ports {

    @Inject
    CamelContext camel;

    @Inject
    Connections connections;

    boolean take(String connection, String port) {
        return connections.connection(connection).url().isPresent()
                && camel.getRoute(connections.serving(connection) + "." + port + ".create") != null;
    }
}
