package io.orderweir.console;

import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings;
import io.orderweir.connection.Settings.Connection;
import io.orderweir.connector.End;
import io.orderweir.hold.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.camel.CamelContext;

/** Who is slow, paused, away or at the limit, and when its queue will be clear. */
@ApplicationScoped
public class ConnectionQuestions {

    @Inject
    Ask ask;

    @Inject
    Connections connections;

    @Inject
    Settings settings;

    @Inject
    CamelContext engine;

    /** Every connection that is configured, by name; colour is its place among them, messenger whether it takes messages about alerts. */
    public List<Map<String, Object>> all() {
        Map<Object, Map<String, Object>> known = new LinkedHashMap<>();
        ask.rows("connections").forEach(row -> known.put(row.get("connection"), row));
        List<Map<String, Object>> all = new ArrayList<>();
        for (String name : new TreeSet<>(connections.names())) {
            Map<String, Object> row = row(name, known.getOrDefault(name, Map.of()));
            row.put("colour", all.size());
            all.add(row);
        }
        return all;
    }

    /** Those that orders come from or go to: without the messengers of alerts. */
    public List<Map<String, Object>> ofOrders() {
        return all().stream().filter(one -> !isMessenger(one)).toList();
    }

    /** Does it take messages about alerts, and nothing of an order? */
    static boolean isMessenger(Map<String, Object> connection) {
        return Boolean.TRUE.equals(connection.get("messenger"));
    }

    public Map<String, Object> one(String name) {
        return all().stream().filter(row -> name.equals(row.get("connection"))).findFirst()
                .orElseThrow(() -> new Refused(404, "There is no connection " + name + ". There are " + String.join(", ", new TreeSet<>(connections.names())) + "."));
    }

    private Map<String, Object> row(String name, Map<String, Object> inBooks) {
        Connection configured = connections.connection(name);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("connection", name);
        row.put("system", configured.system());
        row.put("label", connections.label(name));
        row.put("receives", configured.secrets().isPresent() || configured.secretsFile().isPresent());
        row.put("messenger", engine.getRoute(connections.serving(name) + ".message.send") != null);
        row.put("state", state(configured, connections.inMaintenance(name), inBooks));
        for (String column : List.of("pausedAt", "pausedReason", "resumedAt", "resumedBy", "succeededAt", "failedAt", "lastReason", "awaySince", "closed",
                "probeAt", "opensAt", "perMinute", "calledAt", "callMs", "clearsAt")) {
            row.put(column, inBooks.get(column));
        }
        for (String count : List.of("due", "blocked", "gated", "sending", "unsure", "held", "madePerMinute")) {
            row.put(count, inBooks.getOrDefault(count, 0L));
        }
        row.put("nextEnd", connections.ends(name).stream().findFirst().map(this::nextEnd).orElse(null));
        row.put("limits", inBooks.getOrDefault("limits", List.of()));
        return row;
    }

    private Map<String, Object> nextEnd(End end) {
        return Map.of("what", end.what(), "on", end.on().toString(), "ended", end.hasEnded(LocalDate.now(settings.alerts().zone())), "todo", end.todo());
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
