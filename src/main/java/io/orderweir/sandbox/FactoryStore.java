package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The work orders the factory has: one alive per reference, each in a slot of its day. One lock: no two calls take the same slot. */
final class FactoryStore {
    /** How far ahead, today included, the factory plans. */
    static final int DAYS = 60;

    private record Answered(ObjectNode request, ObjectNode answer) {
    }

    private final Map<String, ObjectNode> byId = new LinkedHashMap<>();
    /** The one of each reference that is not cancelled. */
    private final Map<String, ObjectNode> alive = new HashMap<>();
    private final Map<String, Answered> byKey = new HashMap<>();
    private final FactorySlots slots = new FactorySlots();

    /** {@code repeated} with the first answer, {@code key-reused}, or {@code new} when this key has made no work order. */
    synchronized Outcome recall(String key, ObjectNode request) {
        Answered before = byKey.get(key);
        if (before == null) {
            return Outcome.without("new");
        }
        return before.request.equals(request) ? new Outcome("repeated", before.answer.deepCopy()) : Outcome.without("key-reused");
    }

    /** {@code created}, {@code duplicate-reference}, {@code no-capacity}, or what {@link #recall} says. Only what was created is remembered for the key. */
    synchronized Outcome create(String key, ObjectNode request, int slotsADay, LocalDate today, long now) {
        Outcome before = recall(key, request);
        if (!before.was().equals("new")) {
            return before;
        }
        String reference = request.path("reference").textValue();
        if (alive.containsKey(reference)) {
            return new Outcome("duplicate-reference", alive.get(reference).deepCopy());
        }
        LocalDate day = book(request, slotsADay, today);
        if (day == null) {
            return new Outcome("no-capacity", request);
        }
        ObjectNode order = Json.object().put("id", String.format(Locale.ROOT, "WO-%06d", byId.size() + 1));
        order.setAll(request.deepCopy());
        order.put("day", day.toString()).put("status", "scheduled").put("requestedAt", now).put("changes", 0);
        byId.put(order.path("id").textValue(), order);
        alive.put(reference, order);
        byKey.put(key, new Answered(request.deepCopy(), brief(order)));
        return new Outcome("created", order.deepCopy());
    }

    /** The day it asks for, else the first, that has a slot; null when there is none. */
    private LocalDate book(ObjectNode request, int slotsADay, LocalDate today) {
        boolean any = !request.has("day");
        LocalDate day = any ? today : LocalDate.parse(request.path("day").textValue());
        LocalDate last = any ? today.plusDays(DAYS - 1) : day;
        for (; !day.isAfter(last); day = day.plusDays(1)) {
            if (!day.isBefore(today) && day.isBefore(today.plusDays(DAYS)) && slots.take(request.path("productLine").textValue(), day.toString(), slotsADay)) {
                return day;
            }
        }
        return null;
    }

    /** {@code changed}, {@code in-production} from the morning of its day on, {@code cancelled} or {@code none}. */
    synchronized Outcome change(String id, ObjectNode request, LocalDate today) {
        ObjectNode order = byId.get(id);
        if (order == null) {
            return Outcome.without("none");
        }
        if (order.path("status").textValue().equals("cancelled")) {
            return new Outcome("cancelled", order.deepCopy());
        }
        if (!day(order).isAfter(today)) {
            return new Outcome("in-production", order.deepCopy());
        }
        order.set("configuration", request.path("configuration").deepCopy());
        order.set("version", request.get("version"));
        order.remove("drawing");
        if (request.has("drawing")) {
            order.set("drawing", request.path("drawing").deepCopy());
        }
        order.put("changes", order.path("changes").intValue() + 1);
        return new Outcome("changed", order.deepCopy());
    }

    /** {@code ended} for one that was scheduled, {@code cancelled} when it was already, {@code built} or {@code none}. */
    synchronized Outcome cancel(String id, LocalDate today, long now) {
        ObjectNode order = byId.get(id);
        String status = order == null ? "none" : order.path("status").textValue();
        if (!status.equals("scheduled")) {
            return new Outcome(status, order == null ? null : order.deepCopy());
        }
        if (day(order).isBefore(today)) {
            return new Outcome("built", order.deepCopy());
        }
        order.put("status", "cancelled").put("cancelledAt", now);
        alive.remove(order.path("reference").textValue());
        slots.giveBack(order.path("productLine").textValue(), order.path("day").textValue());
        return new Outcome("ended", order.deepCopy());
    }

    /** Builds what was scheduled for the days that are over, and answers it, oldest first. */
    synchronized List<ObjectNode> build(LocalDate today, long now) {
        List<ObjectNode> built = new ArrayList<>();
        for (ObjectNode order : byId.values()) {
            if (order.path("status").textValue().equals("scheduled") && day(order).isBefore(today)) {
                order.put("status", "built").put("builtAt", now);
                built.add(order.deepCopy());
            }
        }
        return built;
    }

    /** The free slots of the next 60 days. */
    synchronized ObjectNode capacity(String productLine, int slotsADay, LocalDate today) {
        ObjectNode capacity = Json.object().put("today", today.toString());
        ArrayNode days = capacity.putArray("days");
        for (int i = 0; i < DAYS; i++) {
            String day = today.plusDays(i).toString();
            days.addObject().put("day", day).put("free", slots.free(productLine, day, slotsADay));
        }
        return capacity;
    }

    /** Null when there is none. */
    synchronized ObjectNode find(String id) {
        return byId.containsKey(id) ? byId.get(id).deepCopy() : null;
    }

    /** The one of this reference that is not cancelled, else the last one; null when there is none. */
    synchronized ObjectNode findReference(String reference) {
        ObjectNode found = alive.get(reference);
        for (ObjectNode order : byId.values()) {
            found = !alive.containsKey(reference) && order.path("reference").textValue().equals(reference) ? order : found;
        }
        return found == null ? null : found.deepCopy();
    }

    synchronized List<ObjectNode> all() {
        return byId.values().stream().map(ObjectNode::deepCopy).toList();
    }

    /** Counts; {@code mostOnAnyDay} is the fullest a day of one product line has ever been. */
    synchronized ObjectNode report() {
        ObjectNode report = Json.object().put("distinct", byId.size());
        for (String status : new String[] {"scheduled", "built", "cancelled"}) {
            report.put(status, byId.values().stream().filter(order -> order.path("status").textValue().equals(status)).count());
        }
        long living = byId.values().stream().filter(order -> !order.path("status").textValue().equals("cancelled")).count();
        report.put("secondPerReference", living - alive.size());
        return report.put("mostOnAnyDay", slots.most()).put("slotsReturned", slots.returned());
    }

    synchronized void reset() {
        byId.clear();
        alive.clear();
        byKey.clear();
        slots.reset();
    }

    /** What callers see of a work order. */
    static ObjectNode brief(ObjectNode order) {
        return Json.object().put("id", order.path("id").textValue()).put("reference", order.path("reference").textValue())
                .put("day", order.path("day").textValue()).put("status", order.path("status").textValue());
    }

    private static LocalDate day(ObjectNode order) {
        return LocalDate.parse(order.path("day").textValue());
    }
}
