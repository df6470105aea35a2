package io.orderweir.hold;

import io.orderweir.connection.Connections;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

/** Whether a target can be asked for what is held: only by a connector that has the port {@code <system>.<port>.find}. */
@ApplicationScoped
@Named("look")
@RegisterForReflection
public class Look {

    @Inject
    Connections connections;

    /** Refuses a look that nobody can make, before anything changes. In: variable held, the row of sql/hold/find.sql, or null. */
    public void refuse(Exchange exchange) {
        Map<?, ?> held = exchange.getVariable("held", Map.class);
        if (held == null || held.get("target") == null || !connections.names().contains(held.get("target").toString())) {
            return;
        }
        String cannot = reason(exchange.getContext(), held.get("target").toString(), String.valueOf(held.get("port")));
        if (cannot != null) {
            throw new Refused(422, cannot + " Nothing has changed.");
        }
    }

    /** Why the target of a claimed delivery cannot be asked; null when it can. In: variables connection and port. */
    public String cannot(Exchange exchange) {
        return reason(exchange.getContext(), exchange.getVariable("connection", String.class), exchange.getVariable("port", String.class));
    }

    private String reason(CamelContext camel, String connection, String port) {
        String system = connections.system(connection);
        String find = system + "." + port + ".find";
        return camel.getRoute(connections.serving(connection) + "." + port + ".find") != null ? null : "Orderweir cannot look at " + connections.label(connection) + ": the connector "
                + system + " has no port " + find + ". Look there yourself, then release it, or discard it if it is there.";
    }
}
