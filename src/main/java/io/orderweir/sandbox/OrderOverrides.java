package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;

/** Lays what a test wants over a generated order: objects field by field, lines one by one, other lists as a whole. */
final class OrderOverrides {
    private final OrderGenerator generator;

    OrderOverrides(OrderGenerator generator) {
        this.generator = generator;
    }

    void lay(ObjectNode over, ObjectNode order) {
        ArrayNode wanted = over.path("line_items") instanceof ArrayNode lines ? lines : null;
        if (wanted != null) {
            ArrayNode lines = Json.array();
            for (int i = 0; i < wanted.size(); i++) {
                lines.add(line(wanted.get(i), order, i));
            }
            order.set("line_items", lines);
            Money.total(order);
        }
        over.fields().forEachRemaining(field -> {
            if (field.getValue() != wanted) {
                merge(order, field.getKey(), field.getValue());
            }
        });
    }

    private JsonNode line(JsonNode wanted, ObjectNode order, int index) {
        if (!wanted.isObject()) {
            return wanted;
        }
        JsonNode known = order.path("line_items").path(index);
        ObjectNode line = known.isObject() ? ((ObjectNode) known).deepCopy()
                : generator.line(order.path("id").asLong(), index, new Random(order.path("id").asLong() + index));
        wanted.fields().forEachRemaining(field -> merge(line, field.getKey(), field.getValue()));
        if (wanted.has("quantity") && !wanted.has("current_quantity")) {
            line.set("current_quantity", wanted.get("quantity"));
        }
        return line;
    }

    private static void merge(ObjectNode into, String field, JsonNode value) {
        if (value.isObject() && into.path(field).isObject()) {
            value.fields().forEachRemaining(inner -> merge((ObjectNode) into.get(field), inner.getKey(), inner.getValue()));
        } else {
            into.set(field, value.deepCopy());
        }
    }
}
