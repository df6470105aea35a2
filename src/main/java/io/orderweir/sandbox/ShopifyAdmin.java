package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.apache.camel.Exchange;

/** The pretend Shopify's Admin interface: who calls, for what; and the levers behind it. */
@ApplicationScoped
@Named("sandboxShopifyAdmin")
@RegisterForReflection
public class ShopifyAdmin {
    private static final Set<String> LEVER = Set.of("order", "handle");

    private final Settings settings;
    private final ShopifyStore store;
    private final ShopifyTokens tokens;

    ShopifyAdmin(Vendors vendors, Shop shop) {
        this.settings = vendors.get("shopify").settings;
        this.store = new ShopifyStore(shop, settings, InstantSource.system());
        this.tokens = new ShopifyTokens(settings, InstantSource.system());
    }

    /** The variable known is true when the token is the shop's and lives; asksForToken when the call asks for one, which needs none. */
    public void check(Exchange exchange) {
        exchange.setVariable("asksForToken", ShopifyTokens.PATH.equals(exchange.getMessage().getHeader(Exchange.HTTP_PATH, String.class))
                && "POST".equals(exchange.getMessage().getHeader(Exchange.HTTP_METHOD, String.class)));
        exchange.setVariable("known", tokens.lets(exchange.getMessage().getHeader("X-Shopify-Access-Token", "", String.class)));
    }

    /** A token for the client's credentials in the body; status 400 for others. */
    public void token(Exchange exchange) {
        ObjectNode answer = tokens.answer(exchange.getMessage().getBody(String.class));
        if (answer.has("error")) {
            exchange.setVariable("outcome", "auth");
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 400);
        }
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getMessage().setBody(Json.write(answer));
    }

    /**
     * Sets the variable was: {@code missing} for anything but a POST to {@code /admin/api/<version>/graphql.json}, {@code malformed} for a body
     * without a query, {@code answered} else. Then the variable record is the answer's body, and outcome what became of the call.
     */
    public void answer(Exchange exchange) {
        String path = exchange.getMessage().getHeader(Exchange.HTTP_PATH, String.class);
        boolean there = path.matches("/admin/api/(\\d{4}-\\d{2}|unstable)/graphql\\.json")
                && exchange.getMessage().getHeader(Exchange.HTTP_METHOD, String.class).equals("POST");
        ObjectNode body = RestCall.body(exchange);
        boolean isQuery = body != null && body.path("query").isTextual() && !body.path("query").textValue().isBlank();
        exchange.setVariable("was", !there ? "missing" : !isQuery ? "malformed" : "answered");
        if (there && isQuery) {
            Outcome outcome = store.answer(body);
            exchange.setVariable("record", Json.write(outcome.record()));
            exchange.setVariable("outcome", outcome.was());
        }
    }

    /** Every hold ever made, oldest first, one entry per line; parameter order: of that order alone. */
    public String holds(Exchange exchange) {
        return Json.write(store.history(RestCall.parameter(exchange, "order")));
    }

    /** A lever: {@code {"order":"5324830114101","handle":"…"}} ends holds as the merchant would; without a handle all of the order. */
    public String release(String body) {
        ObjectNode lever = Json.readObject(body);
        lever.fieldNames().forEachRemaining(key -> {
            if (!LEVER.contains(key)) {
                throw new IllegalArgumentException("The merchant's release has no field " + key + "; use order and handle.");
            }
        });
        if (lever.path("order").asText("").isEmpty()) {
            throw new IllegalArgumentException("The merchant's release needs the order (its number, such as 5324830114101).");
        }
        return Json.write(Json.object().put("released", store.releaseAsMerchant(lever.path("order").asText(), lever.path("handle").asText(""))));
    }

    /** A lever: {@code {"order":"…","app":"Fraud Filter","reason":"HIGH_RISK_OF_FRAUD"}} holds what is open as another app would, {@code {"order":"…","until":"2026-12-24T00:00:00Z"}} schedules it. */
    public String keep(String body) {
        ObjectNode lever = Json.readObject(body);
        String order = lever.path("order").asText("");
        if (order.isEmpty() || lever.has("app") == lever.has("until")) {
            throw new IllegalArgumentException("Another app's hold needs the order (its number, such as 5324830114101), and either its app and reason, or until when it schedules it.");
        }
        int kept = lever.has("until") ? store.schedule(order, Instant.parse(lever.get("until").asText()))
                : store.holdAs(lever.get("app").asText(), order, lever.path("reason").asText("OTHER"));
        return Json.write(Json.object().put("kept", kept));
    }

    ShopifyStore store() {
        return store;
    }
}
