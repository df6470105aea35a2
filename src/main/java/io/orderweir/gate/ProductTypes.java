package io.orderweir.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.ledger.Captured;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/**
 * Writes the product type into the lines of an order: the one the line was planned with, else the one its shop said last. A line whose product
 * is not known gets none; a line that has one, because a person wrote it, keeps it.
 */
@ApplicationScoped
@Named("productTypes")
@RegisterForReflection
public class ProductTypes {

    private static final Pattern ID = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]{1,200}");

    /** How a line was understood before; null where it was not said. */
    private record Before(String product, String variant, String type) {

        static final Before NOTHING = new Before(null, null, null);

        Before and(Before other) {
            return new Before(product == null ? other.product : product, variant == null ? other.variant : variant, type == null ? other.type : type);
        }
    }

    /** What a connector said an order names. In: a JSON array of ids as the body, or anything else for none, and variable captured. Out: {connection, products [id]}. */
    public ObjectNode named(Exchange exchange) {
        ObjectNode named = JsonNodeFactory.instance.objectNode().put("connection", exchange.getVariable("captured", Captured.class).connection());
        ArrayNode products = named.putArray("products");
        if (exchange.getMessage().getBody() instanceof ArrayNode ids) {
            ids.forEach(id -> add(id, products));
        }
        return named;
    }

    /** What all orders of a batch name, as JSON text. */
    public String all(List<ObjectNode> named) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        // the connection of one that names something is configured, so the statement takes its name
        named.stream().filter(each -> !each.path("products").isEmpty()).forEach(all::add);
        return all.toString();
    }

    /** The same of one order that a person releases. In: what its bytes name as the body, variables document (one, or none) and documents [{canonical}]. */
    public String released(Exchange exchange) {
        ObjectNode named = exchange.getMessage().getBody(ObjectNode.class);
        ArrayNode products = named.withArray("products");
        addProducts(exchange.getVariable("document", JsonNode.class), products);
        for (Object other : exchange.getVariable("documents", List.of(), List.class)) {
            addProducts((JsonNode) ((Map<?, ?>) other).get("canonical"), products);
        }
        return all(List.of(named));
    }

    private static void addProducts(JsonNode order, ArrayNode products) {
        if (order != null) {
            order.path("lineItems").forEach(line -> add(line.path("productId"), products));
        }
    }

    /** What cannot be an id is none. */
    private static void add(JsonNode id, ArrayNode products) {
        if (id.isTextual() && ID.matcher(id.textValue()).matches()) {
            products.add(id.textValue());
        }
    }

    /**
     * In: a canonical order as the body, variables captured and products (rows of sql/gate/products.sql; none where nothing asks for product types).
     * Out: the body; products gets the lines as they are now, because a newer version may stand in the same batch.
     */
    public JsonNode write(Exchange exchange) {
        JsonNode order = exchange.getMessage().getBody(JsonNode.class);
        @SuppressWarnings("unchecked")
        List<Map<String, Object>> products = exchange.getVariable("products", List.class);
        if (products == null) {
            return order;
        }
        Captured captured = exchange.getVariable("captured", Captured.class);
        Map<String, Before> before = new HashMap<>();
        Map<String, String> types = new HashMap<>();
        for (Map<String, Object> row : products) {
            if (captured.entity().equals(row.get("entity"))) {
                before.merge((String) row.get("line"), new Before((String) row.get("product"), (String) row.get("variant"), (String) row.get("type")), Before::and);
            } else if (row.get("entity") == null && captured.connection().equals(row.get("connection"))) {
                types.put((String) row.get("product"), (String) row.get("type"));
            }
        }
        for (JsonNode each : order.path("lineItems")) {
            if (each instanceof ObjectNode line) {
                write(line, before.getOrDefault(line.path("id").asText(), Before.NOTHING), types);
                products.add(row(captured, line));
            }
        }
        return order;
    }

    private static void write(ObjectNode line, Before before, Map<String, String> types) {
        // a line whose product was deleted looks like one that never had one: it stays what it was
        if (!line.has("productId") && before.product() != null) {
            line.put("productId", before.product());
            if (!line.has("variantId") && before.variant() != null) {
                line.put("variantId", before.variant());
            }
        }
        String type = before.type() != null ? before.type() : types.get(line.path("productId").asText());
        if (!line.has("productType") && type != null) {
            line.put("productType", type);
        }
    }

    private static Map<String, Object> row(Captured captured, JsonNode line) {
        Map<String, Object> row = new HashMap<>();
        row.put("entity", captured.entity());
        row.put("line", line.path("id").asText());
        row.put("product", line.path("productId").textValue());
        row.put("variant", line.path("variantId").textValue());
        row.put("type", line.path("productType").textValue());
        return row;
    }
}
