package io.orderweir.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.gate.GateClasses;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * Says of each line of an order how many of it somebody is to be asked to ship, and why nobody is.
 *
 * <p>Before anything of a line was asked for, that is what its shop still has open of it. Afterwards what was shipped since counts as asked for, too: our own
 * parcels, and what came back of them, take nothing away from a request.
 */
@ApplicationScoped
@Named("goods")
@RegisterForReflection
public class Goods {

    private static final String QUANTITY = "quantity";
    private static final String REQUIRES_SHIPPING = "requiresShipping";
    private static final String TO_SHIP = "toShip";
    private static final String NOT_SHIPPED = "notShipped";

    @Inject
    GateClasses gates;

    @Inject
    ObjectMapper json;

    /**
     * In: a canonical order as the body, variables captured and requested (rows of sql/ledger/requested.sql; null where nothing was read). Out: the body, of
     * whose lines toShip and notShipped say what was found.
     */
    public JsonNode write(Exchange exchange) {
        JsonNode order = exchange.getMessage().getBody(JsonNode.class);
        Captured captured = exchange.getVariable("captured", Captured.class);
        Map<String, JsonNode> sent = new HashMap<>();
        Set<String> planned = new HashSet<>();
        for (Object each : exchange.getVariable("requested", List.of(), List.class)) {
            Map<?, ?> row = (Map<?, ?>) each;
            if (captured.entity().equals(row.get("entity"))) {
                JsonNode line = line((String) row.get("line"));
                planned.add(line.path("id").asText());
                if (row.get("sent").equals(true) && toShip(line) > 0) {
                    sent.put(line.path("id").asText(), line);
                }
            }
        }
        for (JsonNode each : order.path("lineItems")) {
            // what is none is told by the schema
            if (each instanceof ObjectNode line) {
                String id = line.path("id").asText();
                write(line, why(captured.connection(), order, line), sent.get(id), planned.contains(id));
            }
        }
        return order;
    }

    /** How many of a line are to be asked for. */
    public static long toShip(JsonNode line) {
        return line.has(TO_SHIP) ? line.get(TO_SHIP).asLong() : line.path(QUANTITY).asLong();
    }

    /** Is somebody to ship it? */
    public static boolean isShipped(JsonNode line) {
        return toShip(line) > 0 && !line.has(NOT_SHIPPED) && line.path(REQUIRES_SHIPPING).asBoolean(true);
    }

    /** Is nobody to ship it, and was nobody asked to, nor is about to be? */
    static boolean isForNobody(JsonNode line) {
        return line.has(NOT_SHIPPED) && !line.path(TO_SHIP).isNumber();
    }

    private static void write(ObjectNode line, String why, JsonNode before, boolean planned) {
        // what was found of an earlier one, by a policy of then
        line.remove(List.of(TO_SHIP, NOT_SHIPPED));
        long quantity = line.path(QUANTITY).asLong();
        long open = line.path("openQuantity").asLong(quantity);
        long shipped = line.path("shippedQuantity").asLong();
        long toShip = why != null ? 0 : before == null ? open : Math.max(0, open + shipped - shippedByOthers(before));
        if (why == null && toShip == 0 && quantity > 0) {
            why = "shipped";
        }
        if (why != null) {
            line.put(NOT_SHIPPED, why);
        }
        // what nobody is asked for has nothing to take back
        if (toShip != quantity && (why == null || planned)) {
            line.put(TO_SHIP, toShip);
        }
    }

    /** What had been shipped of a line when it was asked for first. */
    private static long shippedByOthers(JsonNode before) {
        return before.path("openQuantity").asLong(before.path(QUANTITY).asLong()) + before.path("shippedQuantity").asLong() - toShip(before);
    }

    private String why(String shop, JsonNode order, JsonNode line) {
        if (line.path("giftCard").asBoolean()) {
            return "gift-card";
        }
        if (!line.path(REQUIRES_SHIPPING).asBoolean(true)) {
            return "digital";
        }
        if (order.hasNonNull("delivery")) {
            return order.get("delivery").asText();
        }
        if (!gates.isOurs(shop, line.path("fulfillmentService").textValue())) {
            return "other-service";
        }
        return order.path("confirmed").asBoolean(true) ? null : "unconfirmed";
    }

    private JsonNode line(String text) {
        try {
            return json.readTree(text);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the ledger keeps a line that is not JSON", unreadable);
        }
    }
}
