package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fulfilments the WMS has: one per reference, unchangeable once picked. */
final class WmsStore {
    private final Map<String, ObjectNode> byId = new LinkedHashMap<>();
    private final Map<String, ObjectNode> byReference = new LinkedHashMap<>();

    /** Null when the reference is taken. */
    synchronized ObjectNode create(ObjectNode request, long now) {
        String reference = request.path("reference").textValue();
        if (byReference.containsKey(reference)) {
            return null;
        }
        ObjectNode fulfilment = Json.object().put("id", "F-" + (byId.size() + 1)).put("reference", reference).put("status", "new");
        fulfilment.put("requestedAt", now).put("changes", 0);
        write(fulfilment, request, now);
        byId.put(fulfilment.path("id").textValue(), fulfilment);
        byReference.put(reference, fulfilment);
        return fulfilment.deepCopy();
    }

    /** What the fulfilment is when it can still be changed: the change is then made. */
    synchronized String change(String id, ObjectNode request, long now) {
        ObjectNode fulfilment = byId.get(id);
        String status = status(fulfilment);
        if (status.equals("new") && !fulfilment.path("reference").equals(request.path("reference"))) {
            return "other";
        }
        if (status.equals("new")) {
            fulfilment.put("changes", fulfilment.path("changes").intValue() + 1);
            write(fulfilment, request, now);
        }
        return status;
    }

    /** What the fulfilment was; one that is new is then cancelled. */
    synchronized String cancel(String id, long now) {
        ObjectNode fulfilment = byId.get(id);
        String status = status(fulfilment);
        if (status.equals("new")) {
            fulfilment.put("status", "cancelled").put("cancelledAt", now);
        }
        return status;
    }

    /** False when there is nothing to pick under that reference. */
    synchronized boolean pick(String reference, long now) {
        ObjectNode fulfilment = byReference.get(reference);
        if (!status(fulfilment).equals("new")) {
            return false;
        }
        fulfilment.put("status", "picked").put("pickedAt", now);
        return true;
    }

    /** Null when there is none. */
    synchronized ObjectNode find(String id) {
        return byId.containsKey(id) ? byId.get(id).deepCopy() : null;
    }

    /** Null when there is none. */
    synchronized ObjectNode findReference(String reference) {
        return byReference.containsKey(reference) ? byReference.get(reference).deepCopy() : null;
    }

    synchronized List<ObjectNode> all() {
        return byId.values().stream().map(ObjectNode::deepCopy).toList();
    }

    synchronized void reset() {
        byId.clear();
        byReference.clear();
    }

    private static String status(ObjectNode fulfilment) {
        return fulfilment == null ? "none" : fulfilment.path("status").textValue();
    }

    private static void write(ObjectNode fulfilment, ObjectNode request, long now) {
        fulfilment.setAll(request.deepCopy());
        fulfilment.put("changedAt", now);
    }
}
