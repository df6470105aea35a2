package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the pretend Shopify refuses when a fulfilment order is to be held or released, and the payloads it answers.
 *
 * <p>Field, message and code of a duplicate handle or line, the limit of ten, a quantity of 0 and a part that cannot be split are recorded
 * (API 2026-04), and so is that the input is judged before the state. Not recorded, and without a code where the vendor's list has none: a handle
 * over 64 characters, a line that is not of the part, more than remains of it, a closed part, a part that is not held, an unknown hold.
 */
final class FulfilmentHolds {
    private static final int LONGEST_HANDLE = 64;

    private final FulfilmentOrders orders;

    FulfilmentHolds(FulfilmentOrders orders) {
        this.orders = orders;
    }

    /** The payload of fulfillmentOrderHold; its fulfilment orders are as {@link FulfilmentOrder#shown} says. */
    ObjectNode hold(ObjectNode arguments, long now) {
        ObjectNode input = (ObjectNode) arguments.path("fulfillmentHold");
        ArrayNode errors = Json.array();
        FulfilmentOrder part = orders.find(arguments.path("id").asText(), now);
        if (part == null) {
            error(errors, List.of("id"), "Fulfillment order does not exist.", "FULFILLMENT_ORDER_NOT_FOUND");
            return refused("fulfillmentHold", errors);
        }
        JsonNode lines = input.path("fulfillmentOrderLineItems");
        checkInput(errors, lines, input.path("handle").asText(""));
        if (errors.isEmpty()) {
            checkState(errors, part, !lines.isEmpty(), input.path("handle").asText(""));
        }
        Map<FulfilmentOrder.Item, Integer> asked = new LinkedHashMap<>();
        for (int i = 0; i < lines.size() && errors.isEmpty(); i++) {
            FulfilmentOrder.Item item = part.item(lines.get(i).path("id").asText());
            int quantity = lines.get(i).path("quantity").intValue();
            if (item == null || quantity > item.remaining) {
                error(errors, line(i, item == null ? "id" : "quantity"), item == null ? "Fulfillment order line item does not exist."
                        : "Invalid fulfillment order line item quantity requested.", "INVALID_LINE_ITEM_QUANTITY");
            }
            asked.put(item, quantity);
        }
        if (!errors.isEmpty()) {
            return refused("fulfillmentHold", errors);
        }
        FulfilmentOrder rest = orders.hold(part, asked, input, "", now);
        ObjectNode payload = Json.object();
        payload.set("fulfillmentHold", part.holds().get(part.holds().size() - 1).shown());
        payload.set("fulfillmentOrder", part.shown());
        payload.set("remainingFulfillmentOrder", rest == null ? null : rest.shown());
        payload.set("userErrors", errors);
        return payload;
    }

    private static void checkInput(ArrayNode errors, JsonNode lines, String handle) {
        Set<String> ids = new HashSet<>();
        boolean twice = false;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).path("quantity").intValue() <= 0) {
                error(errors, line(i, "quantity"), "You must select at least one item to place on partial hold.", "GREATER_THAN_ZERO");
            }
            twice |= !ids.add(lines.get(i).path("id").asText());
        }
        if (twice) {
            error(errors, List.of("fulfillmentHold", "fulfillmentOrderLineItems"), "must contain unique line item ids", "DUPLICATED_FULFILLMENT_ORDER_LINE_ITEMS");
        }
        if (errors.isEmpty() && handle.length() > LONGEST_HANDLE) {
            error(errors, List.of("fulfillmentHold", "handle"), "Handle is too long (maximum is " + LONGEST_HANDLE + " characters)", null);
        }
    }

    private static void checkState(ArrayNode errors, FulfilmentOrder part, boolean partial, String handle) {
        if (part.status().equals("CLOSED")) {
            error(errors, List.of("id"), "The fulfillment order is closed and can't be put on hold.", null);
        } else if (partial && part.status().equals("ON_HOLD")) {
            error(errors, List.of("fulfillmentHold", "fulfillmentOrderLineItems"), "The fulfillment order is not in a splittable state.",
                    "FULFILLMENT_ORDER_NOT_SPLITTABLE");
        } else if (ours(part).anyMatch(hold -> hold.handle.equals(handle))) {
            error(errors, List.of("fulfillmentHold", "handle"), "The handle provided for the fulfillment hold is already in use by this app for another hold"
                    + " on this fulfillment order.", "DUPLICATE_FULFILLMENT_HOLD_HANDLE");
        } else if (ours(part).count() >= FulfilmentOrder.MOST_HOLDS) {
            error(errors, List.of("id"), "The maximum number of fulfillment holds for this fulfillment order has been reached for this app. An app can only"
                    + " have up to " + FulfilmentOrder.MOST_HOLDS + " holds on a single fulfillment order at any one time.", "FULFILLMENT_ORDER_HOLD_LIMIT_REACHED");
        }
    }

    private static Stream<FulfilmentHold> ours(FulfilmentOrder part) {
        return part.holds().stream().filter(hold -> hold.app.isEmpty());
    }

    /** The payload of fulfillmentOrderReleaseHold. Without hold ids all holds are released. */
    ObjectNode release(ObjectNode arguments, long now) {
        ArrayNode errors = Json.array();
        FulfilmentOrder part = orders.find(arguments.path("id").asText(), now);
        List<FulfilmentHold> ended = new ArrayList<>();
        if (part == null) {
            error(errors, List.of("id"), "Fulfillment order does not exist.", "FULFILLMENT_ORDER_NOT_FOUND");
        } else if (part.holds().isEmpty()) {
            error(errors, List.of("id"), "The fulfillment order is not on hold.", null);
        } else if (arguments.path("holdIds").isEmpty()) {
            ended.addAll(part.holds());
        } else {
            for (JsonNode id : arguments.path("holdIds")) {
                part.holds().stream().filter(hold -> hold.id().equals(id.asText())).findFirst().ifPresentOrElse(ended::add,
                        () -> error(errors, List.of("holdIds"), "Fulfillment hold does not exist.", null));
            }
        }
        if (!errors.isEmpty()) {
            return refused("fulfillmentOrder", errors);
        }
        ObjectNode payload = Json.object();
        payload.set("fulfillmentOrder", orders.release(part, ended, "app", now).shown());
        payload.set("userErrors", errors);
        return payload;
    }

    private static ObjectNode refused(String first, ArrayNode errors) {
        return Json.object().putNull(first).set("userErrors", errors);
    }

    private static List<String> line(int index, String name) {
        return List.of("fulfillmentHold", "fulfillmentOrderLineItems", "" + index, name);
    }

    private static void error(ArrayNode errors, List<String> field, String message, String code) {
        ObjectNode error = errors.addObject();
        error.set("field", Json.value(field));
        error.put("message", message).put("code", code);
    }
}
