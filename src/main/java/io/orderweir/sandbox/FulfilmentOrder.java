package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** A part of an order that is shipped from one place: its items, and what holds it. OPEN, ON_HOLD, SCHEDULED or CLOSED. */
final class FulfilmentOrder {
    /** So many units of a line of the order. Nothing is ever shipped here, so that its total is what remains. */
    static final class Item {
        final long number;
        final String line;
        int remaining;

        Item(long number, String line, int remaining) {
            this.number = number;
            this.line = line;
            this.remaining = remaining;
        }

        String id() {
            return "gid://shopify/FulfillmentOrderLineItem/" + number;
        }
    }

    /** That an app may have on it at a time. */
    static final int MOST_HOLDS = 10;

    final long number;
    final String order;
    private final List<Item> items = new ArrayList<>();
    private final List<FulfilmentHold> holds = new ArrayList<>();
    private boolean closed;
    private Instant fulfillAt;
    private long updatedAt;

    FulfilmentOrder(long number, String order, long now) {
        this.number = number;
        this.order = order;
        this.updatedAt = now;
    }

    String id() {
        return "gid://shopify/FulfillmentOrder/" + number;
    }

    String status() {
        return closed ? "CLOSED" : !holds.isEmpty() ? "ON_HOLD" : fulfillAt != null ? "SCHEDULED" : "OPEN";
    }

    List<Item> items() {
        return items;
    }

    /** The active ones, oldest first. */
    List<FulfilmentHold> holds() {
        return holds;
    }

    /** Null when it is none of this one's. */
    Item item(String id) {
        return items.stream().filter(item -> item.id().equals(id)).findFirst().orElse(null);
    }

    /** Null when it has no units of that line. */
    Item itemOf(String line) {
        return items.stream().filter(item -> item.line.equals(line)).findFirst().orElse(null);
    }

    /** More units of a line: its item has them, or a new one of that number. */
    void add(String line, int units, LongSupplier number) {
        if (itemOf(line) == null) {
            items.add(new Item(number.getAsLong(), line, units));
        } else {
            itemOf(line).remaining += units;
        }
    }

    /** Takes all units of another; an item it has not keeps its number. */
    void join(FulfilmentOrder other) {
        other.items.forEach(item -> {
            add(item.line, item.remaining, () -> item.number);
            item.remaining = 0;
        });
    }

    int remaining() {
        return items.stream().mapToInt(item -> item.remaining).sum();
    }

    void touch(long now) {
        updatedAt = now;
    }

    /** It is to be shipped from then on, and no sooner; null: now. */
    void schedule(Instant at, long now) {
        fulfillAt = at;
        touch(now);
    }

    /** What was scheduled is open when its time has come. */
    void turn(long now) {
        if (fulfillAt != null && fulfillAt.toEpochMilli() <= now) {
            schedule(null, now);
        }
    }

    /** Its holds end with it. */
    void close(String by, long now) {
        closed = true;
        holds.forEach(hold -> hold.end(by, now));
        holds.clear();
        touch(now);
    }

    void release(FulfilmentHold hold, String by, long now) {
        hold.end(by, now);
        holds.remove(hold);
        touch(now);
    }

    /** As the vendor shows it, but for what belongs to the order: each item has the line's id under {@code line}, and all have {@code orderId}. */
    ObjectNode shown() {
        ObjectNode shown = Json.object().put("id", id()).put("status", status()).put("requestStatus", "UNSUBMITTED")
                .put("updatedAt", Instant.ofEpochMilli(updatedAt).truncatedTo(ChronoUnit.SECONDS).toString()).put("orderId", order)
                .put("fulfillAt", fulfillAt == null ? null : fulfillAt.toString());
        ArrayNode actions = shown.putArray("supportedActions");
        List<String> possible = switch (status()) {
            case "OPEN" -> List.of("CREATE_FULFILLMENT", "REPORT_PROGRESS", "MOVE", "HOLD", "SPLIT");
            case "ON_HOLD" -> holds.size() < MOST_HOLDS ? List.of("RELEASE_HOLD", "HOLD", "MOVE") : List.of("RELEASE_HOLD", "MOVE");
            case "SCHEDULED" -> List.of("MARK_AS_OPEN", "MOVE");
            default -> List.of();
        };
        possible.forEach(action -> actions.addObject().put("action", action));
        ArrayNode shownHolds = shown.putArray("fulfillmentHolds");
        holds.forEach(hold -> shownHolds.add(hold.shown()));
        ArrayNode shownItems = shown.putArray("lineItems");
        items.forEach(item -> shownItems.addObject().put("id", item.id()).put("totalQuantity", item.remaining)
                .put("remainingQuantity", item.remaining).put("line", item.line).put("orderId", order));
        return shown;
    }
}
