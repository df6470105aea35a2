package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Random;

/** Makes the next version of an order, as the shop would after an edit, a payment or a cancellation. */
final class OrderEdit {
    private OrderEdit() {
    }

    /** Changes a quantity, takes a line out, or corrects the address. At least one line stays. */
    static ObjectNode edited(ObjectNode order, Instant at, Random random) {
        ObjectNode next = order.deepCopy();
        ArrayNode lines = (ArrayNode) next.path("line_items");
        ObjectNode line = (ObjectNode) lines.get(random.nextInt(lines.size()));
        int quantity = line.path("current_quantity").asInt();
        long left = 0;
        for (var one : lines) {
            left += one == line ? 0 : one.path("current_quantity").asInt();
        }
        int kind = random.nextInt(3);
        if (kind == 0 && left > 0 && quantity > 0) {
            line.put("current_quantity", 0).put("fulfillable_quantity", 0);
        } else if (kind == 1) {
            ObjectNode address = (ObjectNode) next.path("shipping_address");
            address.put("address1", address.path("address1").asText() + "b").put("address2", "2nd floor");
        } else if (quantity > 1) {
            line.put("current_quantity", quantity - 1).put("fulfillable_quantity", quantity - 1);
        } else {
            line.put("quantity", quantity + 1).put("current_quantity", quantity + 1).put("fulfillable_quantity", quantity + 1);
        }
        Money.total(next);
        return next.put("updated_at", OrderGenerator.time(at));
    }

    /** Every second shop refunds at once, which takes the lines to 0; the others leave them as they were. */
    static ObjectNode cancelled(ObjectNode order, Instant at) {
        ObjectNode next = order.deepCopy();
        if (order.path("id").asLong() % 2 == 0) {
            next.path("line_items").forEach(line -> ((ObjectNode) line).put("current_quantity", 0).put("fulfillable_quantity", 0));
            Money.total(next);
        }
        return next.put("cancelled_at", OrderGenerator.time(at)).put("cancel_reason", "customer")
                .put("updated_at", OrderGenerator.time(at)).put("financial_status", "voided");
    }

    static ObjectNode paid(ObjectNode order, Instant at) {
        ObjectNode next = order.deepCopy();
        return next.put("financial_status", "paid").put("updated_at", OrderGenerator.time(at));
    }
}
