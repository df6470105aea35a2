package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fulfilment orders of the shop's orders: one of all that ships at first, more when a hold splits it.
 *
 * <p>An order is there from the first version that was sent; its fulfilment orders come fulfillmentOrdersAfterMs later. Versions count in the order
 * in which they were sent, and one that is older than what is known changes nothing. What an edit takes away goes from open parts first; what it adds
 * joins an open part, or becomes a new one. A part with nothing left is closed. A cancelled order's parts are closed as they are, with their units
 * (recorded: status CLOSED, remainingQuantity unchanged), and their holds end. Not safe for many at once: {@link ShopifyStore} has the lock.
 */
final class FulfilmentOrders {
    /** A line of the order: units as ordered, and as they are now. */
    record Line(String title, int quantity, int current) {
    }

    private static final class Known {
        final ShopOrder order;
        final Set<ShopOrder.Version> seen = new HashSet<>();
        final List<FulfilmentOrder> parts = new ArrayList<>();
        Map<String, Line> lines = Map.of();
        String updatedAt = "";
        boolean cancelled;

        Known(ShopOrder order) {
            this.order = order;
        }
    }

    private final Shop shop;
    private final Settings settings;
    private final Map<String, Known> known = new LinkedHashMap<>();
    private final Map<String, FulfilmentOrder> parts = new LinkedHashMap<>();
    private final Map<FulfilmentHold, FulfilmentOrder> holds = new LinkedHashMap<>();
    private long nextNumber = 9_600_000_000_001L;

    FulfilmentOrders(Shop shop, Settings settings) {
        this.shop = shop;
        this.settings = settings;
    }

    /** The newest that was sent, brought up to date; null when the shop has sent nothing of it. */
    ShopOrder order(String id, long now) {
        Known order = known(id, now);
        return order == null ? null : order.order;
    }

    /** Those of an order, oldest first; none when there is no such order. */
    List<FulfilmentOrder> of(String order, long now) {
        Known found = known(order, now);
        return found == null ? List.of() : List.copyOf(found.parts);
    }

    /** The line as the newest version of the order has it; null when it has none of that id. */
    Line line(String order, String id) {
        return known.get(order).lines.get(id);
    }

    /** Null when there is none. */
    FulfilmentOrder find(String id, long now) {
        FulfilmentOrder part = parts.get(id);
        if (part != null) {
            known(part.order, now);
        }
        return part;
    }

    private Known known(String id, long now) {
        ShopOrder order = shop.findById(id);
        if (order == null || order.firstSentAt() == 0) {
            return null;
        }
        Known here = known.computeIfAbsent(id, none -> new Known(order));
        here.parts.forEach(part -> part.turn(now));
        if (now >= order.firstSentAt() + settings.number("fulfillmentOrdersAfterMs")) {
            order.sentVersions().stream().filter(here.seen::add).forEach(version -> take(here, version));
        }
        return here;
    }

    private void take(Known here, ShopOrder.Version version) {
        if (here.cancelled || version.updatedAt.compareTo(here.updatedAt) < 0) {
            return;
        }
        here.updatedAt = version.updatedAt;
        Map<String, Line> lines = new LinkedHashMap<>(here.lines);
        Map<String, Integer> wanted = new LinkedHashMap<>();
        for (String line : lines.keySet()) {
            wanted.put(line, 0);
        }
        for (JsonNode line : Json.readObject(new String(version.body, StandardCharsets.UTF_8)).path("line_items")) {
            int quantity = line.path("quantity").asInt();
            int current = line.path("current_quantity").asInt(quantity);
            lines.put(line.path("id").asText(), new Line(line.path("title").asText(), quantity, current));
            wanted.put(line.path("id").asText(), line.path("requires_shipping").asBoolean(true) ? current : 0);
        }
        here.lines = lines;
        if (version.cancelled) {
            if (here.parts.isEmpty()) {
                wanted.forEach((line, units) -> add(here, line, units, version.sentAt));
            }
            here.cancelled = true;
            open(here).forEach(part -> part.close("cancelled", version.sentAt));
            return;
        }
        wanted.forEach((line, units) -> {
            int missing = units - open(here).stream().mapToInt(part -> part.itemOf(line) == null ? 0 : part.itemOf(line).remaining).sum();
            if (missing > 0) {
                add(here, line, missing, version.sentAt);
            } else {
                takeAway(here, line, -missing, version.sentAt);
            }
        });
        open(here).stream().filter(part -> part.remaining() == 0).forEach(part -> part.close("edited", version.sentAt));
    }

    private static List<FulfilmentOrder> open(Known here) {
        return here.parts.stream().filter(part -> !part.status().equals("CLOSED")).toList();
    }

    private void add(Known here, String line, int units, long at) {
        if (units == 0) {
            return;
        }
        List<FulfilmentOrder> free = here.parts.stream().filter(part -> part.status().equals("OPEN")).toList();
        FulfilmentOrder part = free.stream().filter(one -> one.itemOf(line) != null).findFirst().orElse(free.isEmpty() ? part(here, at) : free.get(0));
        part.add(line, units, () -> nextNumber++);
        part.touch(at);
    }

    private FulfilmentOrder part(Known here, long at) {
        FulfilmentOrder part = new FulfilmentOrder(nextNumber++, here.order.id, at);
        here.parts.add(part);
        parts.put(part.id(), part);
        return part;
    }

    private static void takeAway(Known here, String line, int units, long at) {
        int left = units;
        List<FulfilmentOrder> openFirst = open(here).stream().sorted(Comparator.comparing(part -> part.status().equals("ON_HOLD"))).toList();
        for (FulfilmentOrder part : openFirst) {
            FulfilmentOrder.Item item = part.itemOf(line);
            int taken = item == null ? 0 : Math.min(left, item.remaining);
            if (taken > 0) {
                item.remaining -= taken;
                left -= taken;
                part.touch(at);
            }
        }
    }

    /**
     * Holds a part, or those items of it (item to units, all of which it has), for our own app or the one of that title; the input is a FulfillmentOrderHoldInput.
     * What is not asked for of a part becomes a part of its own, with items of its own: it is returned, or null when all was held.
     */
    FulfilmentOrder hold(FulfilmentOrder part, Map<FulfilmentOrder.Item, Integer> asked, ObjectNode input, String app, long now) {
        boolean whole = asked.isEmpty() || asked.values().stream().mapToInt(Integer::intValue).sum() == part.remaining();
        FulfilmentOrder rest = whole ? null : split(part, asked, now);
        FulfilmentHold hold = new FulfilmentHold(nextNumber++, input, app, part, now);
        part.holds().add(hold);
        part.touch(now);
        holds.put(hold, part);
        return rest;
    }

    private FulfilmentOrder split(FulfilmentOrder part, Map<FulfilmentOrder.Item, Integer> asked, long now) {
        FulfilmentOrder rest = part(known.get(part.order), now);
        for (FulfilmentOrder.Item item : List.copyOf(part.items())) {
            int kept = asked.getOrDefault(item, 0);
            if (item.remaining > kept) {
                rest.items().add(new FulfilmentOrder.Item(nextNumber++, item.line, item.remaining - kept));
            }
            if (kept > 0) {
                item.remaining = kept;
            } else if (item.remaining > 0) {
                part.items().remove(item);
            }
        }
        return rest;
    }

    /** Ends those holds; answers the part, or, with the setting mergeReleased, the older open one it has joined. */
    FulfilmentOrder release(FulfilmentOrder part, List<FulfilmentHold> ended, String by, long now) {
        ended.forEach(hold -> part.release(hold, by, now));
        List<FulfilmentOrder> free = known.get(part.order).parts.stream().filter(one -> one.status().equals("OPEN")).toList();
        if (!settings.flag("mergeReleased") || !part.status().equals("OPEN") || free.size() < 2) {
            return part;
        }
        FulfilmentOrder joined = free.get(0) == part ? part : free.get(0);
        FulfilmentOrder gone = joined == part ? free.get(1) : part;
        joined.join(gone);
        gone.close("merged", now);
        joined.touch(now);
        return joined;
    }

    /** Every hold ever made, oldest first, one entry per line; of one order, or of all when it is empty. */
    ArrayNode history(String order, long now) {
        refresh(now);
        ArrayNode history = Json.array();
        holds.forEach((hold, part) -> {
            if (order.isEmpty() || part.order.equals(order)) {
                hold.history().values().forEach(entry -> history.add(entry.put("order", part.order).put("fulfillmentOrder", part.id())));
            }
        });
        return history;
    }

    /** An order of which nobody has asked has no holds. */
    private void refresh(long now) {
        List.copyOf(known.keySet()).forEach(order -> known(order, now));
    }

    /** Of orders of which somebody has asked. */
    ObjectNode report(long now) {
        refresh(now);
        long active = holds.keySet().stream().filter(FulfilmentHold::isActive).count();
        return Json.object().put("fulfillmentOrders", parts.size())
                .put("holds", holds.size()).put("holdsActive", active);
    }

    void reset() {
        known.clear();
        parts.clear();
        holds.clear();
    }
}
