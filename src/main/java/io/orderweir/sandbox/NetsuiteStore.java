package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sales orders NetSuite has, and their customers. An upsert without {@code replace=item} appends its lines to those already there. */
final class NetsuiteStore {
    private final Map<String, Order> orders = new LinkedHashMap<>();
    private final Map<String, ObjectNode> deposits = new LinkedHashMap<>();
    private final NetsuiteCustomers customers = new NetsuiteCustomers();
    private long lastId = 4_710;

    private final NetsuiteTotals totals;

    NetsuiteStore(NetsuiteTotals totals) {
        this.totals = totals;
    }

    static final class Order {
        private final NetsuiteTotals totals;
        final String id;
        final String externalId;
        final long createdAt;
        long changedAt;
        int creates;
        int changes;
        final ObjectNode fields = Json.object();
        List<ObjectNode> lines = new ArrayList<>();

        private Order(String id, String externalId, long createdAt, NetsuiteTotals totals) {
            this.totals = totals;
            this.id = id;
            this.externalId = externalId;
            this.createdAt = createdAt;
        }

        boolean closed() {
            return !lines.isEmpty() && lines.stream().allMatch(line -> line.path("isClosed").asBoolean());
        }

        ObjectNode json() {
            ObjectNode json = Json.object().put("id", id).put("externalId", externalId);
            json.setAll(fields.deepCopy());
            boolean pending = fields.path("orderStatus").path("id").asText().equals("A");
            json.putObject("status").put("id", closed() ? "H" : pending ? "A" : "B").put("refName", closed() ? "Closed" : pending ? "Pending Approval" : "Pending Fulfillment");
            json.put("closed", closed()).put("creates", creates).put("changes", changes);
            json.put("createdAt", createdAt).put("changedAt", changedAt);
            ArrayNode items = json.putObject("item").putArray("items");
            lines.forEach(line -> items.add(line.deepCopy()));
            json.setAll(totals.reckon(json));
            return json;
        }
    }

    synchronized Order upsert(String externalId, ObjectNode body, boolean replaceItems, long now) {
        Order order = orders.get(externalId);
        if (order == null) {
            order = new Order(String.valueOf(++lastId), externalId, now, totals);
            order.creates++;
            orders.put(externalId, order);
        } else {
            order.changes++;
        }
        // a script of the account says it anew each time that somebody writes the whole order
        order.fields.remove("handlingCost");
        write(order, body, replaceItems, now);
        return order;
    }

    /** Null when there is no such order. */
    synchronized Order change(String externalId, ObjectNode body, boolean replaceItems, long now) {
        Order order = orders.get(externalId);
        if (order != null) {
            order.changes++;
            write(order, body, replaceItems, now);
        }
        return order;
    }

    private static void write(Order order, ObjectNode body, boolean replaceItems, long now) {
        body.fields().forEachRemaining(field -> {
            if (!field.getKey().equals("item")) {
                order.fields.set(field.getKey(), field.getValue().deepCopy());
            }
        });
        if (body.has("item")) {
            if (replaceItems) {
                order.lines = new ArrayList<>();
            }
            body.path("item").path("items").forEach(line -> order.lines.add(((ObjectNode) line).deepCopy()));
            for (int i = 0; i < order.lines.size(); i++) {
                order.lines.get(i).put("line", i + 1);
            }
        }
        order.changedAt = now;
    }

    /** Null when there is no such order. */
    synchronized ObjectNode find(String externalId) {
        Order order = orders.get(externalId);
        return order == null ? null : order.json();
    }

    synchronized List<ObjectNode> all() {
        return orders.values().stream().map(Order::json).toList();
    }

    /** Null when there is no order with this internal id. */
    synchronized ObjectNode withId(String id) {
        return orders.values().stream().filter(order -> order.id.equals(id)).findFirst().map(Order::json).orElse(null);
    }

    /** Null when there is no such deposit. */
    synchronized ObjectNode deposit(String externalId) {
        return deposits.get(externalId);
    }

    /** The order, with what of it is unpaid, or the deposit of this external id; null when there is none. */
    synchronized ObjectNode record(String externalId) {
        ObjectNode order = find(externalId);
        return order == null ? deposit(externalId) : order.put("unpaid", unpaid(order.path("id").asText()));
    }

    /** Its internal id. */
    synchronized String deposit(String externalId, ObjectNode body) {
        ObjectNode deposit = deposits.computeIfAbsent(externalId, made -> Json.object().put("id", String.valueOf(++lastId)).put("externalId", made));
        deposit.setAll(body);
        return deposit.path("id").asText();
    }

    /** What of an order nobody has paid yet, by its own total and the deposits of it. */
    synchronized BigDecimal unpaid(String id) {
        return deposits.values().stream().filter(deposit -> deposit.path("salesOrder").path("id").asText().equals(id)).map(deposit -> deposit.path("payment").decimalValue())
                .reduce(withId(id).path("total").decimalValue(), BigDecimal::subtract);
    }

    NetsuiteCustomers customers() {
        return customers;
    }

    synchronized void reset() {
        customers.reset();
        deposits.clear();
        orders.clear();
    }
}
