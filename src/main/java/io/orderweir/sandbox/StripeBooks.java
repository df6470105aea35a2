package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the pretend Stripe knows: charges, what was refunded of them, their disputes, and every event it made of that.
 *
 * <p>Amounts are minor units. What Stripe would refuse is refused with a sentence.
 */
final class StripeBooks {
    private static final long MOST = 99_999_999;

    private final Settings settings;
    private final Map<String, ObjectNode> charges = new LinkedHashMap<>();
    /** By charge; a closed one stays. */
    private final Map<String, ObjectNode> disputes = new LinkedHashMap<>();
    private final Map<String, ObjectNode> events = new LinkedHashMap<>();

    StripeBooks(Settings settings) {
        this.settings = settings;
    }

    /** The event {@code payment_intent.succeeded}. */
    synchronized ObjectNode pay(long amount, String currency, ObjectNode metadata, long seconds) {
        if (amount < 1 || amount > MOST) {
            throw new IllegalArgumentException("A payment is a whole number of minor units from 1 to " + MOST + ", not " + amount + ".");
        }
        if (!currency.matches("[a-zA-Z]{3}")) {
            throw new IllegalArgumentException("A currency has three letters, unlike '" + currency + "'.");
        }
        ObjectNode charge = StripeObjects.charge(amount, currency.toLowerCase(Locale.ROOT), metadata, seconds);
        charges.put(charge.path("id").textValue(), charge);
        return keep(StripeObjects.event("payment_intent.succeeded", StripeObjects.paymentIntent(charge), settings.flag("livemode"), seconds));
    }

    /** The event {@code charge.refunded}; its amount_refunded counts all refunds of the charge. Null is all that is left. */
    synchronized ObjectNode refund(ObjectNode charge, Long amount, long seconds) {
        String id = charge.path("id").textValue();
        long before = charge.path("amount_refunded").longValue();
        long left = charge.path("amount").longValue() - before;
        long refunded = amount == null ? left : amount;
        if (disputes.containsKey(id) && !disputes.get(id).path("status").asText().equals("won")) {
            throw new IllegalArgumentException("Charge " + id + " has been charged back; cannot issue a refund.");
        }
        if (refunded < 1 || refunded > left) {
            throw new IllegalArgumentException("Refund amount " + refunded + " is not between 1 and the unrefunded amount on charge " + id + ", " + left + ".");
        }
        charge.put("amount_refunded", before + refunded).put("refunded", refunded == left);
        ObjectNode event = StripeObjects.event("charge.refunded", charge, settings.flag("livemode"), seconds);
        ((ObjectNode) event.path("data")).putObject("previous_attributes").put("amount_refunded", before).put("refunded", false);
        return keep(event);
    }

    /** The event {@code charge.dispute.created}; as a rule a dispute has no metadata and names its charge only. Null is the whole charge. */
    synchronized ObjectNode dispute(ObjectNode charge, Long amount, String reason, ObjectNode metadata, boolean expandCharge, long seconds) {
        String id = charge.path("id").textValue();
        if (disputes.containsKey(id)) {
            throw new IllegalArgumentException("Charge " + id + " already has a dispute.");
        }
        long all = charge.path("amount").longValue();
        long disputed = amount == null ? all : amount;
        if (disputed < 1 || disputed > all) {
            throw new IllegalArgumentException("A dispute of charge " + id + " is about 1 to " + all + ", not " + disputed + ".");
        }
        charge.put("disputed", true);
        ObjectNode dispute = StripeObjects.dispute(charge, disputed, reason, metadata, seconds);
        disputes.put(id, dispute);
        return about(dispute, expandCharge ? charge : null, "charge.dispute.created", seconds);
    }

    /** The event {@code charge.dispute.closed}, with the status won or lost. */
    synchronized ObjectNode close(ObjectNode charge, boolean won, boolean expandCharge, long seconds) {
        String id = charge.path("id").textValue();
        ObjectNode dispute = disputes.get(id);
        if (dispute == null || !dispute.path("status").asText().equals("needs_response")) {
            throw new IllegalArgumentException("Charge " + id + " has no open dispute.");
        }
        dispute.put("status", won ? "won" : "lost");
        return about(dispute, expandCharge ? charge : null, "charge.dispute.closed", seconds);
    }

    private ObjectNode about(ObjectNode dispute, ObjectNode expanded, String type, long seconds) {
        ObjectNode carried = dispute.deepCopy();
        if (expanded != null) {
            carried.set("charge", expanded.deepCopy());
        }
        return keep(StripeObjects.event(type, carried, settings.flag("livemode"), seconds));
    }

    /** Any other event, about whatever the caller says. */
    synchronized ObjectNode other(String type, ObjectNode object, long seconds) {
        return keep(StripeObjects.event(type, object, settings.flag("livemode"), seconds));
    }

    /** By the charge's id, or by the order when it has one charge only. */
    synchronized ObjectNode charge(String name) {
        List<ObjectNode> found = charges.containsKey(name) ? List.of(charges.get(name))
                : charges.values().stream().filter(charge -> charge.path("metadata").path("order").asText("").equals(name)).toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException("There " + (found.isEmpty() ? "is no charge" : "is more than one charge") + " under '" + name + "'.");
        }
        return found.get(0);
    }

    synchronized ObjectNode event(String id) {
        if (!events.containsKey(id)) {
            throw new IllegalArgumentException("There is no event '" + id + "'.");
        }
        return events.get(id).deepCopy();
    }

    /** Null when there is no such charge, or more than one of that order. */
    synchronized ObjectNode record(String name) {
        try {
            return with(charge(name));
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    /** How much of everything; in full, every charge with its dispute. */
    synchronized ObjectNode report(boolean full) {
        ObjectNode report = Json.object().put("charges", charges.size()).put("disputes", disputes.size());
        report.put("refunded", charges.values().stream().filter(charge -> charge.path("amount_refunded").longValue() > 0).count());
        Map<String, Long> types = new TreeMap<>();
        events.values().forEach(event -> types.merge(event.path("type").asText(), 1L, Long::sum));
        report.set("events", Json.value(types));
        if (full) {
            ArrayNode list = report.putArray("records");
            charges.values().forEach(charge -> list.add(with(charge)));
        }
        return report;
    }

    private ObjectNode with(ObjectNode charge) {
        JsonNode dispute = disputes.get(charge.path("id").textValue());
        ObjectNode record = charge.deepCopy();
        record.set("dispute", dispute == null ? null : dispute.deepCopy());
        return record;
    }

    synchronized void reset() {
        charges.clear();
        disputes.clear();
        events.clear();
    }

    private ObjectNode keep(ObjectNode event) {
        events.put(event.path("id").textValue(), event);
        return event.deepCopy();
    }
}
