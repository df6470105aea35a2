package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The requests the design desk has, one alive per reference, and every revision it has drawn. */
final class DesignStore {
    private final Map<String, ObjectNode> byId = new LinkedHashMap<>();
    /** The one of each reference that is not cancelled. */
    private final Map<String, ObjectNode> alive = new LinkedHashMap<>();
    /** By reference, oldest first; a reference that was cancelled and asked for again goes on counting. */
    private final Map<String, List<Drawing>> drawings = new HashMap<>();

    /** {@code created} or {@code duplicate-reference}. */
    synchronized Outcome create(ObjectNode request, long drawnAt) {
        String reference = request.path("reference").textValue();
        if (alive.containsKey(reference)) {
            return new Outcome("duplicate-reference", alive.get(reference).deepCopy());
        }
        ObjectNode record = Json.object().put("id", String.format(Locale.ROOT, "DR-%06d", byId.size() + 1));
        record.setAll(request.deepCopy());
        record.put("status", "open").put("drawnAt", drawnAt).put("revision", "");
        byId.put(record.path("id").textValue(), record);
        alive.put(reference, record);
        return new Outcome("created", record.deepCopy());
    }

    /** {@code changed} when a new revision will be drawn, {@code same} when nothing is new, {@code cancelled} or {@code none}. */
    synchronized Outcome change(String id, ObjectNode request, long drawnAt) {
        ObjectNode record = byId.get(id);
        if (record == null) {
            return Outcome.without("none");
        }
        if (record.path("status").textValue().equals("cancelled")) {
            return new Outcome("cancelled", record.deepCopy());
        }
        if (record.path("configuration").equals(request.path("configuration")) && record.path("version").equals(request.path("version"))) {
            return new Outcome("same", record.deepCopy());
        }
        record.set("configuration", request.path("configuration").deepCopy());
        record.set("version", request.get("version"));
        record.put("status", "open").put("drawnAt", drawnAt);
        return new Outcome("changed", record.deepCopy());
    }

    /** {@code ended}, {@code cancelled} when it was already, or {@code none}. What is drawn stays drawn. */
    synchronized Outcome cancel(String id) {
        ObjectNode record = byId.get(id);
        if (record == null) {
            return Outcome.without("none");
        }
        String was = record.path("status").textValue().equals("cancelled") ? "cancelled" : "ended";
        if (was.equals("ended")) {
            record.put("status", "cancelled");
            alive.remove(record.path("reference").textValue());
        }
        return new Outcome(was, record.deepCopy());
    }

    /** Draws what is due. */
    synchronized List<Drawing> draw(long now) {
        List<Drawing> drawn = new ArrayList<>();
        for (ObjectNode record : alive.values()) {
            if (record.path("status").textValue().equals("open") && record.path("drawnAt").longValue() <= now) {
                drawn.add(next(record.path("reference").textValue(), now));
            }
        }
        return drawn;
    }

    /** The next revision, whether or not there is a request for it. */
    synchronized Drawing next(String reference, long now) {
        List<Drawing> before = drawings.computeIfAbsent(reference, none -> new ArrayList<>());
        ObjectNode record = alive.get(reference);
        Drawing drawing = Drawing.of(reference, before.size() + 1, record, Instant.ofEpochMilli(now));
        before.add(drawing);
        if (record != null) {
            record.put("status", "drawn").put("revision", drawing.revision());
        }
        return drawing;
    }

    /** One that was drawn before; an empty revision is the newest. */
    synchronized Drawing drawn(String reference, String revision) {
        List<Drawing> all = drawings.getOrDefault(reference, List.of());
        return all.stream().filter(one -> revision.isEmpty() || one.revision().equals(revision)).reduce((older, newer) -> newer)
                .orElseThrow(() -> new IllegalArgumentException("There is no drawing " + (reference + " " + revision).strip() + "."));
    }

    /** Null when there is none. */
    synchronized ObjectNode find(String id) {
        return byId.containsKey(id) ? byId.get(id).deepCopy() : null;
    }

    /** The one of this reference that is not cancelled, else the last one; null when there is none. */
    synchronized ObjectNode findReference(String reference) {
        ObjectNode found = alive.get(reference);
        for (ObjectNode record : byId.values()) {
            found = !alive.containsKey(reference) && record.path("reference").textValue().equals(reference) ? record : found;
        }
        return found == null ? null : found.deepCopy();
    }

    synchronized List<ObjectNode> all() {
        return byId.values().stream().map(ObjectNode::deepCopy).toList();
    }

    /** How many requests of each status, and how many revisions were drawn. */
    synchronized ObjectNode report() {
        ObjectNode report = Json.object().put("distinct", byId.size());
        for (String status : new String[] {"open", "drawn", "cancelled"}) {
            report.put(status, byId.values().stream().filter(record -> record.path("status").textValue().equals(status)).count());
        }
        return report.put("revisions", drawings.values().stream().mapToInt(List::size).sum());
    }

    synchronized void reset() {
        byId.clear();
        alive.clear();
        drawings.clear();
    }

    /** What callers see of a request. */
    static ObjectNode brief(ObjectNode record) {
        ObjectNode brief = Json.object().put("id", record.path("id").textValue()).put("reference", record.path("reference").textValue())
                .put("status", record.path("status").textValue());
        return record.path("revision").asText().isEmpty() ? brief : brief.put("revision", record.path("revision").textValue());
    }
}
