package io.orderweir.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.connection.Connections;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.apache.camel.Exchange;

/**
 * What the next call of a delivery asks before it goes on with its own: {@code test}, whether the account is let in at all; {@code look}, whether the target has it already.
 * {@code tested} says that the account is. It is kept with what the delivery's calls found, and ends with the next answer that is another one than later.
 */
@ApplicationScoped
@Named("aside")
@RegisterForReflection
public class Aside {

    /** The variable. */
    public static final String ASIDE = "aside";
    /** No connector's own. */
    private static final String KEPT = "orderweir.aside";

    @Inject
    Connections connections;

    /** Can the account itself be asked whether it is let in? Not by the call that asks just that, and only where the connector has such a read. In: variables verb, lookUp and connection. */
    public boolean asks(Exchange exchange) {
        return exchange.getVariable("lookUp") != null && !"test".equals(exchange.getVariable("verb"))
                && exchange.getContext().getRoute(connections.serving(exchange.getVariable("connection", String.class)) + ".test") != null;
    }

    /** Takes it out of what earlier calls found, which may be null: out variable aside. Returns what a connector may read. */
    public static ObjectNode open(Exchange exchange, JsonNode found) {
        if (!(found instanceof ObjectNode own)) {
            return null;
        }
        JsonNode aside = own.remove(KEPT);
        exchange.setVariable(ASIDE, aside == null ? null : aside.textValue());
        return aside != null && own.isEmpty() ? null : own;
    }

    /** Puts it to what was found, which may be null, where the call is to be made later. */
    static JsonNode keep(Exchange exchange, String outcome, JsonNode found) {
        String aside = exchange.getVariable(ASIDE, String.class);
        if (aside == null || !outcome.equals("later") || found != null && !found.isObject()) {
            return found;
        }
        return (found == null ? JsonNodeFactory.instance.objectNode() : (ObjectNode) found).put(KEPT, aside);
    }
}
