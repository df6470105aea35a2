package io.orderweir.throttle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings.Connection;
import io.orderweir.connection.Settings.Limit;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;

/**
 * Lists the configured limits as the permit table takes them: connection, limitName, slots, window (s; 0 = calls at once),
 * leak (s; 0 = no bucket), spared (slots), cost (points of a slot) and shares (JSON array of {priority, slots}).
 */
@RegisterForReflection
@ApplicationScoped
@Named("limits")
public class Limits {

    @Inject
    Connections connections;

    public List<Map<String, Object>> list() {
        return connections.names().stream().flatMap(name -> connections.connection(name).limits().entrySet().stream()
                .map(limit -> row(name, limit.getKey(), limit.getValue()))).toList();
    }

    /** Calls that are ours: what is reserved for other applications is left to them, one at least is ours. */
    public static int slots(Limit limit) {
        return Math.max(1, (int) (limit.calls() * (100L - limit.reserved()) / 100));
    }

    private Map<String, Object> row(String name, String limitName, Limit limit) {
        double window = limit.window().toMillis() / 1000.0;
        return Map.of("connection", name, "limitName", limitName, "slots", slots(limit), "window", window,
                "leak", limit.bucket() ? window / slots(limit) : 0.0, "spared", limit.calls() - slots(limit), "cost", limit.cost(),
                "shares", shares(connections.connection(name), limit).toString());
    }

    /** A share is of the calls per window; of the calls at once it would keep slots idle that nobody of its kind waits for. */
    private static ArrayNode shares(Connection connection, Limit limit) {
        ArrayNode shares = JsonNodeFactory.instance.arrayNode();
        if (!limit.window().isZero()) {
            connection.shares().forEach((kind, percent) -> shares.addObject().put("priority", kind.ordinal())
                    .put("slots", slots(limit) * percent / 100));
        }
        return shares;
    }
}
