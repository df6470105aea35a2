package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The sales orders and customers Business Central has. Nothing but the id makes an order one of its own: two creates of one external document number are two orders. A line is one of its sequence. */
final class BusinessCentralStore {
    private static final int BETWEEN = 10_000;

    /** What has an etag: each write of it gives it another. */
    private final class Row {
        final ObjectNode fields = Json.object();
        String etag;

        private Row(String id) {
            fields.put("id", id);
            touch();
        }

        private void touch() {
            etag = "W/\"" + Base64.getEncoder().encodeToString(("19;" + ++writes).getBytes(StandardCharsets.US_ASCII)) + "\"";
        }

        private ObjectNode json() {
            ObjectNode json = Json.object().put("@odata.etag", etag);
            json.setAll(fields.deepCopy());
            return json;
        }
    }

    private final class Order {
        final Row header = new Row(id());
        final Map<Integer, Row> lines = new TreeMap<>();
        int changes;
    }

    private final Map<String, Order> orders = new LinkedHashMap<>();
    private final Map<String, ObjectNode> customers = new LinkedHashMap<>();
    private long writes;
    private long ids;

    /** Its id. Of its lines only so many are made; nothing of it where two have one sequence. */
    synchronized String create(ObjectNode body, int most) {
        Order order = new Order();
        write(order.header, body);
        order.header.fields.put("number", "S-ORD" + (101_000 + orders.size())).put("status", "Draft");
        int made = 0;
        for (JsonNode line : body.path("salesOrderLines")) {
            if (made++ < most && add(order, (ObjectNode) line) == null) {
                return null;
            }
        }
        orders.put(order.header.fields.path("id").asText(), order);
        return order.header.fields.path("id").asText();
    }

    /** The order with its lines; null when there is none. */
    synchronized ObjectNode order(String id) {
        return orders.containsKey(id) ? json(orders.get(id)) : null;
    }

    synchronized List<ObjectNode> all() {
        return orders.values().stream().map(BusinessCentralStore::json).toList();
    }

    /** The newest with this external document number, in whatever letters; null when there is none. */
    synchronized ObjectNode find(String reference) {
        return all().stream().filter(order -> order.path("externalDocumentNumber").asText().equals(reference.toUpperCase(Locale.ROOT))).reduce((older, newer) -> newer).orElse(null);
    }

    /** Whether what is there has this etag. {@code line} is a line's id, or null for the header. */
    synchronized boolean isAsRead(String order, String line, String etag) {
        Row row = row(order, line);
        return row != null && row.etag.equals(etag);
    }

    synchronized boolean has(String order, String line) {
        return row(order, line) != null;
    }

    synchronized void change(String order, String line, ObjectNode body) {
        Row row = row(order, line);
        // a discount is kept in percent where nobody says it anew
        if (line != null && body.has("quantity") && !body.has("discountAmount") && row.fields.path("quantity").decimalValue().signum() != 0) {
            row.fields.put("discountAmount", BusinessCentralTotals.decimal(row.fields, "discountAmount").multiply(body.get("quantity").decimalValue())
                    .divide(row.fields.get("quantity").decimalValue(), 2, RoundingMode.HALF_UP));
        }
        write(row, body);
        orders.get(order).header.touch();
        orders.get(order).changes++;
    }

    /** The new line; null where another one has its sequence. */
    synchronized ObjectNode add(String order, ObjectNode line) {
        Row added = add(orders.get(order), line);
        if (added != null) {
            orders.get(order).header.touch();
            orders.get(order).changes++;
        }
        return added == null ? null : added.json();
    }

    synchronized void delete(String order, String line) {
        if (line == null) {
            orders.remove(order);
        } else {
            orders.get(order).lines.values().removeIf(row -> row.fields.path("id").asText().equals(line));
            orders.get(order).header.touch();
            orders.get(order).changes++;
        }
    }

    synchronized boolean knowsCustomer(String number) {
        return customers.containsKey(number.toUpperCase(Locale.ROOT));
    }

    /** Null where another one has its number. */
    synchronized ObjectNode customer(ObjectNode body) {
        String number = body.path("number").asText("C" + (20_000 + customers.size())).toUpperCase(Locale.ROOT);
        ObjectNode customer = body.deepCopy().put("number", number).put("id", id());
        return customers.putIfAbsent(number, customer) == null ? customer : null;
    }

    synchronized List<ObjectNode> customers() {
        return List.copyOf(customers.values());
    }

    synchronized void reset() {
        orders.clear();
        customers.clear();
    }

    private Row add(Order order, ObjectNode line) {
        int sequence = line.path("sequence").asInt(order.lines.keySet().stream().mapToInt(Integer::intValue).max().orElse(0) + BETWEEN);
        if (order.lines.containsKey(sequence)) {
            return null;
        }
        Row row = new Row(id());
        row.fields.put("documentId", order.header.fields.path("id").asText()).put("sequence", sequence).put("lineType", "Comment").put("lineObjectNumber", "").put("description", "")
                .put("quantity", 0).put("unitPrice", 0).put("discountAmount", 0).put("shippedQuantity", 0).put("invoicedQuantity", 0);
        write(row, line);
        order.lines.put(sequence, row);
        return row;
    }

    private void write(Row row, ObjectNode body) {
        body.fields().forEachRemaining(field -> {
            if (!field.getKey().equals("salesOrderLines")) {
                row.fields.set(field.getKey(), field.getKey().matches("externalDocumentNumber|lineObjectNumber") ? Json.value(field.getValue().asText().toUpperCase(Locale.ROOT)) : field.getValue());
            }
        });
        row.touch();
    }

    private Row row(String order, String line) {
        Order known = orders.get(order);
        return known == null ? null : line == null ? known.header : known.lines.values().stream().filter(row -> row.fields.path("id").asText().equals(line)).findFirst().orElse(null);
    }

    private static ObjectNode json(Order order) {
        ObjectNode json = order.header.json();
        ArrayNode lines = json.putArray("salesOrderLines");
        order.lines.values().forEach(line -> lines.add(line.json()));
        json.setAll(BusinessCentralTotals.reckon(json));
        return json.put("changes", order.changes);
    }

    private String id() {
        return new UUID(0x5f8e0a6c00004000L, 0x8000000000000000L | ++ids).toString();
    }
}
