package io.orderweir.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is sent where, from {@code policy/sync.yaml}. */
@ApplicationScoped
public class Targets {

    /** Stands for the shop that the order came from. */
    private static final String SOURCE = "source";

    /** One row of the table; {@code after} is the target it waits for, {@code tells} whether the shop is told of closed or of open gates, or null. */
    public record Target(String name, String connection, String port, int priority, boolean goodsMoving, String after, String tells, List<String> sends) {

        /** The account that an order from the connection {@code source} goes to. */
        String connection(String source) {
            return connection.equals(SOURCE) ? source : connection;
        }
    }

    private final Map<String, Target> targets = new LinkedHashMap<>();

    public Targets() {
        try (InputStream in = Targets.class.getResourceAsStream("/policy/sync.yaml")) {
            for (JsonNode row : new YAMLMapper().readTree(in).path("targets")) {
                Target target = target(row);
                targets.put(target.name(), target);
            }
        } catch (IOException e) {
            throw new IllegalStateException("policy/sync.yaml cannot be read: " + e.getMessage(), e);
        }
        targets.values().forEach(target -> {
            if (target.after() != null) {
                target(target.after());
            }
        });
    }

    public Target target(String name) {
        Target target = targets.get(name);
        if (target == null) {
            throw new IllegalArgumentException("policy/sync.yaml has no target '" + name + "'; it has " + targets.keySet());
        }
        return target;
    }

    private static Target target(JsonNode row) {
        List<String> sends = new ArrayList<>();
        row.path("sends").forEach(field -> sends.add(field.textValue()));
        String after = row.path("after").asText("none");
        if (!row.hasNonNull("target") || !row.hasNonNull("connection") || !row.hasNonNull("port") || sends.isEmpty()
                || !after.equals("none") && !row.path("until").asText().equals("delivered")) {
            throw new IllegalStateException(
                    "policy/sync.yaml: a row needs target, connection, port and sends, and with 'after' also 'until: delivered': " + row);
        }
        String tells = row.path("tells").asText(null);
        if (tells != null && !Set.of("closed", "open").contains(tells) || (tells != null) != row.get("connection").textValue().equals(SOURCE)) {
            throw new IllegalStateException("policy/sync.yaml: what goes to the connection 'source', and nothing else, says of which gates it"
                    + " 'tells', closed or open: " + row);
        }
        return new Target(row.get("target").textValue(), row.get("connection").textValue(), row.get("port").textValue(),
                row.path("priority").asInt(0), row.path("goods-moving").asBoolean(false), after.equals("none") ? null : after, tells, sends);
    }
}
