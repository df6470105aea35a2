package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A hold on a fulfilment order, from when on and until when. What was held is kept as it was at the time: line of the order to units. */
final class FulfilmentHold {
    private static final Map<String, String> SHOWN = Map.of("AWAITING_RETURN_ITEMS", "Exchange items awaiting return delivery",
            "ONLINE_STORE_POST_PURCHASE_CROSS_SELL", "Upsell offer");

    private static final String OURS = "Orderweir";

    final long number;
    final String handle;
    final String app;
    private final String reason;
    private final String notes;
    private final long since;
    private final Map<String, Integer> units = new LinkedHashMap<>();
    private long until;
    private String endedBy = "";

    /** The input is a FulfillmentOrderHoldInput; of our own app where {@code app} is empty, else of the app of that title. */
    FulfilmentHold(long number, ObjectNode input, String app, FulfilmentOrder held, long now) {
        this.app = app;
        this.number = number;
        this.handle = input.path("handle").asText("");
        this.reason = input.path("reason").asText();
        this.notes = input.path("reasonNotes").textValue();
        this.since = now;
        held.items().stream().filter(item -> item.remaining > 0).forEach(item -> units.merge(item.line, item.remaining, Integer::sum));
    }

    void end(String by, long now) {
        until = now;
        endedBy = by;
    }

    boolean isActive() {
        return endedBy.isEmpty();
    }

    String id() {
        return "gid://shopify/FulfillmentHold/" + number;
    }

    /** As the vendor shows it. */
    ObjectNode shown() {
        String display = SHOWN.getOrDefault(reason, reason.charAt(0) + reason.substring(1).toLowerCase(Locale.ROOT).replace('_', ' '));
        ObjectNode shown = Json.object().put("id", id()).put("handle", handle).put("reason", reason).put("reasonNotes", notes).put("displayReason", display)
                .put("heldByRequestingApp", app.isEmpty());
        shown.putObject("heldByApp").put("title", app.isEmpty() ? OURS : app);
        return shown;
    }

    /** One entry per line that was held. Times in milliseconds since 1970; until is null while it is active. */
    Map<String, ObjectNode> history() {
        Map<String, ObjectNode> history = new LinkedHashMap<>();
        units.forEach((line, quantity) -> {
            ObjectNode entry = Json.object().put("id", id()).put("line", line).put("handle", handle).put("reason", reason).put("notes", notes);
            entry.put("quantity", quantity).put("active", isActive()).put("since", since).put("until", isActive() ? null : Long.valueOf(until));
            history.put(line, entry.put("endedBy", isActive() ? null : endedBy));
        });
        return history;
    }
}
