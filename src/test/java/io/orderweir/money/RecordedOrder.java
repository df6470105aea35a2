package io.orderweir.money;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Orders in recordings of Shopify's two APIs. One of GraphQL's is written as the webhooks write it, whose mapping it then goes through: money of the shop out of its
 * pair ({@code totalPriceSet.shopMoney.amount} is {@code total_price}), the digits of ids, {@code nodes} or {@code edges} as a list. What a recording did not ask for is left
 * out; only times, the lines' ids and the address, which every webhook has, are made up.
 */
final class RecordedOrder {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> TOTALS = Map.of("total_price", "totalPriceSet", "current_total_price", "currentTotalPriceSet", "subtotal_price", "subtotalPriceSet",
        "current_subtotal_price", "currentSubtotalPriceSet", "total_tax", "totalTaxSet", "current_total_tax", "currentTotalTaxSet", "total_discounts", "totalDiscountsSet", "current_total_discounts", "currentTotalDiscountsSet");

    private RecordedOrder() {
    }

    /** All orders in a document that have lines with prices, as webhooks write them. */
    static List<ObjectNode> in(JsonNode recording) {
        List<ObjectNode> orders = new ArrayList<>();
        collect(recording, orders);
        return orders;
    }

    private static void collect(JsonNode node, List<ObjectNode> orders) {
        if (node.has("line_items") && node.has("financial_status")) {
            orders.add((ObjectNode) node);
        } else if (node.path("id").asText().startsWith("gid://shopify/Order/") && !list(node, "lineItems").isEmpty() && list(node, "lineItems").get(0).has("originalUnitPriceSet")) {
            ObjectNode order = order(node);
            // the next page of an order's lines
            if (node.at("/lineItems/pageInfo/hasPreviousPage").asBoolean()) {
                ((ArrayNode) orders.get(orders.size() - 1).get("line_items")).addAll((ArrayNode) order.get("line_items"));
            } else {
                orders.add(order);
            }
        } else {
            node.forEach(child -> collect(child, orders));
        }
    }

    private static ObjectNode order(JsonNode said) {
        ObjectNode order = JSON.createObjectNode().put("id", digits(said)).put("name", said.path("name").asText("#" + digits(said))).put("created_at", said.path("createdAt").asText("2026-01-01T00:00:00Z"))
            .put("updated_at", said.path("updatedAt").asText("2026-01-01T00:00:00Z")).put("financial_status", said.path("displayFinancialStatus").asText("PAID").toLowerCase())
            .put("currency", said.path("currencyCode").asText(said.findPath("shopMoney").path("currencyCode").asText()));
        order.putObject("shipping_address").put("last_name", "Example").put("address1", "1 Example Street").put("city", "Example").put("zip", "10115").put("country_code", "DE");
        TOTALS.forEach((field, set) -> money(order, field, said.path(set)));
        if (said.has("taxesIncluded")) {
            order.put("taxes_included", said.get("taxesIncluded").asBoolean());
        }
        ArrayNode lines = order.putArray("line_items");
        for (JsonNode each : list(said, "lineItems")) {
            ObjectNode line = lines.addObject().put("id", each.has("id") ? digits(each) : String.valueOf(lines.size())).put("name", each.path("title").asText("A line")).put("quantity", each.path("quantity").asInt(1));
            line.set("sku", each.path("sku").isTextual() ? each.get("sku") : null);
            if (each.has("currentQuantity")) {
                line.set("current_quantity", each.get("currentQuantity"));
            }
            money(line, "price", each.path("originalUnitPriceSet"));
            parts(line, each);
        }
        ArrayNode shipping = order.putArray("shipping_lines");
        for (JsonNode each : list(said, "shippingLines")) {
            ObjectNode line = shipping.addObject().put("title", each.path("title").asText("Shipping"));
            money(line, "price", each.path("originalPriceSet"));
            parts(line, each);
        }
        ArrayNode refunds = order.putArray("refunds");
        said.path("refunds").forEach(each -> {
            ArrayNode back = refunds.addObject().put("id", digits(each)).putArray("refund_line_items");
            for (JsonNode one : list(each, "refundLineItems")) {
                ObjectNode line = back.addObject().put("line_item_id", digits(one.path("lineItem"))).put("quantity", one.path("quantity").asInt()).put("restock_type", one.path("restockType").asText().toLowerCase());
                money(line, "subtotal", one.path("subtotalSet"));
                money(line, "total_tax", one.path("totalTaxSet"));
            }
        });
        return order;
    }

    private static void parts(ObjectNode line, JsonNode said) {
        ArrayNode off = line.putArray("discount_allocations");
        list(said, "discountAllocations").forEach(each -> money(off.addObject(), "amount", each.path("allocatedAmountSet")));
        ArrayNode taxes = line.putArray("tax_lines");
        list(said, "taxLines").forEach(each -> money(taxes.addObject().put("title", each.path("title").asText("Tax")), "price", each.path("priceSet")));
    }

    private static void money(ObjectNode to, String field, JsonNode set) {
        if (set.at("/shopMoney/amount").isTextual()) {
            to.set(field, set.at("/shopMoney/amount"));
        }
    }

    private static List<JsonNode> list(JsonNode of, String name) {
        JsonNode list = of.path(name);
        List<JsonNode> all = new ArrayList<>();
        (list.isArray() ? list : list.path("nodes")).forEach(all::add);
        list.path("edges").forEach(edge -> all.add(edge.path("node")));
        return all;
    }

    private static String digits(JsonNode of) {
        return of.path("id").asText().replaceAll("[^0-9]", "");
    }
}
