package io.orderweir.gate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.gate.GateClasses.Gate;
import io.orderweir.policy.Policies.Policy;
import io.orderweir.policy.Row;
import io.quarkus.runtime.configuration.DurationConverter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The stage gates, a row of the table {@code gates} each: who may open it, until when, and what opens it besides. */
final class StageGates {

    private static final Set<String> COLUMNS = Set.of("gate", "for", "by", "proposed-by", "persons", "due", "when-late", "payment-status", "paid", "paid-by", "opened-by",
            "closed-by", "calendar", "after", "tell-ending");

    /** How long before an authorised payment ends a person is told, in seconds. */
    static final String TELLS_ENDING = "tellsEnding";

    private final Calendars calendars;
    private final Map<String, Gate> gates = new LinkedHashMap<>();

    StageGates(Policy policy) {
        calendars = new Calendars(policy);
        Row.of(policy, GateClasses.TABLES, "gates", COLUMNS).forEach(row -> gates.put(row.required("gate"), gate(row)));
    }

    /** In the order of the table. */
    List<Gate> all() {
        return List.copyOf(gates.values());
    }

    /** Those of {@code known} that a column names, in its order. */
    static List<Gate> named(Row row, String column, Iterable<Gate> known) {
        Map<String, Gate> all = new LinkedHashMap<>();
        known.forEach(gate -> all.put(gate.name(), gate));
        return row.names(column).stream().map(name -> {
            if (!all.containsKey(name)) {
                throw row.wrong("there is no gate '" + name + "' here; there are " + all.keySet());
            }
            return all.get(name);
        }).toList();
    }

    private Gate gate(Row row) {
        if (row.required("gate").equals(GateClasses.TOGETHER.name())) {
            throw row.wrong("a gate cannot be called together: that is the one at which an order waits for all its lines (table shipping)");
        }
        if (row.required("gate").equals(GateClasses.SHOP)) {
            throw row.wrong("a gate cannot be called shop: that is the one at which goods wait that somebody holds or schedules at the shop");
        }
        String due = row.has("due") ? row.columns().get("due").asText() : "never";
        Duration time = due.equals("never") ? null : time(row, "due", "14d, 36h, 30m, or never");
        if (row.has("proposed-by") && !row.oneOf("persons", "1", "2").equals("2")) {
            throw row.wrong("proposed-by is for gates of 2 persons");
        }
        return new Gate(row.required("gate"), row.oneOf("for", "line", "order").equals("order"), people(row),
                row.has("proposed-by") ? row.names("proposed-by") : null, Integer.parseInt(row.oneOf("persons", "1", "2")), time, row.oneOf("when-late", "tell", "hold").equals("hold"),
                row.has("payment-status") ? row.names("payment-status") : null, rule(row));
    }

    private static Duration time(Row row, String column, String such) {
        String said = row.columns().get(column).asText();
        try {
            return DurationConverter.parseDuration(said);
        } catch (IllegalArgumentException wrong) {
            throw row.wrong(column + " is a time such as " + such + ", and not '" + said + "'");
        }
    }

    /** Null: anyone. */
    private static List<String> people(Row row) {
        if (row.columns().path("by").isArray()) {
            return row.names("by");
        }
        String by = row.has("by") ? row.columns().get("by").asText() : "anyone";
        if (!Set.of("anyone", "nobody").contains(by)) {
            throw row.wrong("by is anyone, or nobody, or a list of names such as [Ann, Bob], and not '" + by + "'");
        }
        return by.equals("nobody") ? List.of() : null;
    }

    private ObjectNode rule(Row row) {
        if (List.of("paid", "opened-by", "calendar").stream().filter(row::has).count() > 1 || row.has("closed-by") && !row.has("opened-by")
                || row.has("payment-status") && row.has("after")) {
            throw row.wrong("a gate is opened by paid, or by opened-by (with closed-by), or by a calendar, and what the payment-status opens comes after no other");
        }
        ObjectNode rule = JsonNodeFactory.instance.objectNode();
        if (row.has("paid-by") && (!row.has("paid") || row.names("paid-by").isEmpty())) {
            throw row.wrong("paid-by lists the connections whose payments count, such as [payments-us], for a gate with paid");
        }
        if (row.has("paid")) {
            rule.put("paid", share(row));
        }
        if (row.has("paid-by")) {
            row.names("paid-by").forEach(rule.putArray("payers")::add);
        }
        if (row.has("opened-by")) {
            row.names("opened-by").forEach(rule.putArray("opens")::add);
            row.names("closed-by").forEach(rule.putArray("closes")::add);
        }
        if (row.has("calendar")) {
            if (!calendars.names().contains(row.required("calendar"))) {
                throw row.wrong("there is no calendar '" + row.text("calendar") + "'; there are " + calendars.names());
            }
            rule.put("calendar", row.text("calendar"));
        }
        if (row.has("tell-ending")) {
            if (!row.has("paid") && !row.has("payment-status")) {
                throw row.wrong("tell-ending is for a gate that waits for money: with paid or payment-status");
            }
            rule.put(TELLS_ENDING, time(row, "tell-ending", "24h, 2d").toSeconds());
        }
        if (row.has("after")) {
            // only gates that stand before it in the table: none waits for itself
            named(row, "after", gates.values()).forEach(gate -> rule.withArray("after").add(gate.name()));
        }
        return rule;
    }

    private static BigDecimal share(Row row) {
        String share = row.columns().get("paid").asText();
        if (!share.matches("(100|[1-9][0-9]?)%")) {
            throw row.wrong("paid is a share of the order's total from 1% to 100%, and not '" + share + "'");
        }
        return new BigDecimal(share.substring(0, share.length() - 1)).movePointLeft(2);
    }
}
