package io.orderweir.console;

import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings.Connection;
import io.orderweir.hold.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What people ask about, each answer put together from the ledger's statements; the same for API and pages. */
@ApplicationScoped
public class Ledger {

    private static final int MOST_IN_A_PAGE = 200;

    @Inject
    Ask ask;

    @Inject
    Connections connections;

    public Map<String, Object> counts() {
        return ask.one("counts").orElseThrow();
    }

    public List<Map<String, Object>> holds(String group, Long before, int most) {
        return ask.rows("holds", group, group, before, before, Math.max(1, Math.min(most, MOST_IN_A_PAGE)));
    }

    public List<Map<String, Object>> holdGroups() {
        return ask.rows("hold-groups");
    }

    public Map<String, Object> hold(long id) {
        Map<String, Object> hold = ask.one("hold", id).orElseThrow(() -> new Refused(404, "There is no hold " + id + "."));
        hold.put("waiting", ask.rows("hold-waiting", id));
        hold.put("earlier", ask.rows("hold-earlier", id));
        return hold;
    }

    /** A page of closed gates; {@code after} is how many came before it. */
    public List<Map<String, Object>> gates(String gate, long after, int most) {
        return ask.rows("gates", gate, gate, Math.max(1, Math.min(most, MOST_IN_A_PAGE)), after);
    }

    public List<Map<String, Object>> gateHistory(long build) {
        return ask.rows("gate-history", build);
    }

    /** What partners said of orders that have not come yet. */
    public List<Map<String, Object>> signals(long after, int most) {
        return ask.rows("signals", Math.max(1, Math.min(most, MOST_IN_A_PAGE)), after);
    }

    public List<Map<String, Object>> calendars(int most) {
        return ask.rows("calendars", Math.max(1, Math.min(most, MOST_IN_A_PAGE)));
    }

    /** All orders a person may mean by what she typed: a name, with or without its sign, a key, or the shop's id. */
    public List<Map<String, Object>> orders(String typed) {
        String[] keys = connections.names().stream().map(name -> name + "/" + typed).toArray(String[]::new);
        return ask.rows("orders", typed, typed, typed, keys);
    }

    public Map<String, Object> timeline(String typed) {
        List<Map<String, Object>> found = orders(typed);
        if (found.isEmpty()) {
            throw new Refused(404, "There is no order " + typed + ". Look for its number, the shop's id, or <connection>/<id>.");
        }
        if (found.size() > 1) {
            throw new Refused(409, "Several orders are called " + typed + ". Use one of their keys: "
                    + found.stream().map(order -> order.get("key").toString()).collect(Collectors.joining(", ")) + ".");
        }
        Map<String, Object> order = found.get(0);
        Object id = order.remove("id");
        List<Map<String, Object>> happened = ask.rows("timeline", id, id, id, id, id, id, id);
        happened.forEach(one -> one.put("tookMs", one.get("endedAt") == null ? null
                : Duration.between(Instant.parse((String) one.get("at")), Instant.parse((String) one.get("endedAt"))).toMillis()));
        order.put("deliveries", ask.rows("order-deliveries", id));
        order.put("timeline", happened);
        return order;
    }

    /** Every connection that is configured or in the books. */
    public List<Map<String, Object>> connections() {
        Map<Object, Map<String, Object>> known = new LinkedHashMap<>();
        ask.rows("connections").forEach(row -> known.put(row.get("connection"), row));
        List<Map<String, Object>> all = new ArrayList<>();
        for (String name : new TreeSet<>(connections.names())) {
            Connection configured = connections.connection(name);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("connection", name);
            row.put("system", configured.system());
            row.put("label", configured.label().orElse(name));
            Map<String, Object> inBooks = known.getOrDefault(name, Map.of());
            row.put("state", state(configured, connections.inMaintenance(name), inBooks));
            for (String column : List.of("pausedAt", "pausedReason", "resumedAt", "resumedBy", "succeededAt", "failedAt", "lastReason", "awaySince", "closed",
                    "probeAt", "opensAt", "perMinute", "clearsAt")) {
                row.put(column, inBooks.get(column));
            }
            for (String count : List.of("due", "blocked", "gated", "sending", "unsure", "held")) {
                row.put(count, inBooks.getOrDefault(count, 0L));
            }
            row.put("limits", inBooks.getOrDefault("limits", List.of()));
            all.add(row);
        }
        return all;
    }

    private static String state(Connection configured, boolean inMaintenance, Map<String, Object> row) {
        if (configured.url().isEmpty()) {
            return "receives";
        }
        if (row.get("pausedAt") != null) {
            return "paused";
        }
        if (inMaintenance) {
            return "maintenance";
        }
        if (Boolean.TRUE.equals(row.get("away"))) {
            return "away";
        }
        boolean working = ((Number) row.getOrDefault("due", 0)).longValue() + ((Number) row.getOrDefault("sending", 0)).longValue() > 0;
        return working ? "flowing" : "idle";
    }
}
