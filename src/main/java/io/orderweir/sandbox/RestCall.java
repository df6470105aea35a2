package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Map;
import org.apache.camel.Exchange;

/** Reads a call to a vendor's REST interface: what it is about, its parameters, its body. */
@ApplicationScoped
@Named("sandboxRestCall")
@RegisterForReflection
public class RestCall {
    /** Per vendor: method and path, with a star where the id stands. */
    private static final Map<String, Map<String, String>> VERBS = Map.of(
            "wms", Map.of("POST sessions", "login", "GET fulfilments", "list", "POST fulfilments", "create", "GET fulfilments/*", "find",
                    "PUT fulfilments/*", "change", "POST fulfilments/*/cancel", "cancel"),
            "factory", Map.of("GET capacity", "capacity", "GET work-orders", "list", "POST work-orders", "create",
                    "PUT work-orders/*", "change", "POST work-orders/*/cancel", "cancel"),
            "design", Map.of("GET requests", "list", "POST requests", "create", "PUT requests/*", "change", "POST requests/*/cancel", "cancel"));

    /** Sets the variables verb ({@code other} for what the vendor does not have) and id (empty when the path has none). */
    public void name(Exchange exchange) {
        String[] path = exchange.getMessage().getHeader(Exchange.HTTP_PATH, String.class).replaceFirst("^/", "").split("/");
        exchange.setVariable("id", path.length > 1 ? path[1] : "");
        if (path.length > 1) {
            path[1] = "*";
        }
        String call = exchange.getMessage().getHeader(Exchange.HTTP_METHOD, String.class) + " " + String.join("/", path);
        exchange.setVariable("verb", VERBS.get(exchange.getProperty("call", Call.class).vendor.name).getOrDefault(call, "other"));
    }

    /** A parameter of the query, decoded; empty when the call has none of that name. */
    static String parameter(Exchange exchange, String name) {
        String query = exchange.getMessage().getHeader(Exchange.HTTP_QUERY, String.class);
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            if (parameter.startsWith(name + "=")) {
                return OAuthSignature.decode(parameter.substring(name.length() + 1));
            }
        }
        return "";
    }

    /** Null when the body is not a JSON object. */
    static ObjectNode body(Exchange exchange) {
        try {
            return Json.readObject(exchange.getMessage().getBody(String.class));
        } catch (IllegalArgumentException notJson) {
            return null;
        }
    }
}
