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

/** What is sent where, from {@code policy/sync.yaml}. */
@ApplicationScoped
public class Targets {

    /** One row of the table; {@code after} is the target it waits for, or null. */
    public record Target(String name, String connection, String port, int priority, boolean goodsMoving, String after, List<String> sends) {
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
        return new Target(row.get("target").textValue(), row.get("connection").textValue(), row.get("port").textValue(),
                row.path("priority").asInt(0), row.path("goods-moving").asBoolean(false), after.equals("none") ? null : after, sends);
    }
}
