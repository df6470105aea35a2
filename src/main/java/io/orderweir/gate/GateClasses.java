package io.orderweir.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.orderweir.ledger.Captured;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.configuration.DurationConverter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/** Says which lines of an order are built to order, and which gates each waits for, from {@code policy/gates.yaml}. */
@ApplicationScoped
@Named("gateClasses")
@RegisterForReflection
public class GateClasses {

    /**
     * A stage gate; {@code people} is null where anyone may open it, {@code due} where it may take any time, {@code paymentStatus} where the
     * shop does not open it.
     */
    public record Gate(String name, boolean lasting, List<String> people, int persons, Duration due, boolean heldWhenLate, List<String> paymentStatus) {
    }

    /** One row of the table; an absent condition is null. */
    public record GateClass(String name, String connection, String tag, String skuPrefix, String customField, List<Gate> gates) {

        boolean covers(String source, JsonNode order, JsonNode line) {
            return (connection == null || connection.equals(source))
                    && (tag == null || has(order.path("tags"), "", tag))
                    && (skuPrefix == null || line.path("sku").asText("").startsWith(skuPrefix))
                    && (customField == null || has(line.path("customFields"), "/name", customField));
        }

        private static boolean has(JsonNode list, String member, String wanted) {
            for (JsonNode each : list) {
                if (each.at(member).asText().equals(wanted)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static final Set<String> GATE_COLUMNS = Set.of("gate", "for", "by", "persons", "due", "when-late", "payment-status");
    private static final Set<String> CLASS_COLUMNS = Set.of("class", "connection", "tag", "sku-prefix", "custom-field", "gates");

    private final Map<String, Gate> gates = new LinkedHashMap<>();
    private final List<GateClass> classes = new ArrayList<>();

    public GateClasses() {
        this(policy());
    }

    GateClasses(JsonNode policy) {
        policy.path("gates").forEach(row -> gates.put(row.path("gate").asText(), gate(row)));
        policy.path("classes").forEach(row -> classes.add(gateClass(row)));
    }

    /** Does the order have a line that waits for a gate? In: variables canonical, captured. */
    public boolean any(Exchange exchange) {
        JsonNode order = exchange.getVariable("canonical", JsonNode.class);
        String source = exchange.getVariable("captured", Captured.class).connection();
        for (JsonNode line : order.path("lineItems")) {
            if (of(source, order, line).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** The class of a line of an order that came from the connection {@code source}. */
    public Optional<GateClass> of(String source, JsonNode order, JsonNode line) {
        return classes.stream().filter(c -> c.covers(source, order, line)).findFirst();
    }

    private static JsonNode policy() {
        try (InputStream in = GateClasses.class.getResourceAsStream("/policy/gates.yaml")) {
            return new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException("policy/gates.yaml cannot be read: " + e.getMessage(), e);
        }
    }

    private static Gate gate(JsonNode row) {
        known(row, GATE_COLUMNS);
        String due = row.path("due").asText("never");
        try {
            return new Gate(required(row, "gate"), oneOf(row, "for", "line", "order").equals("order"),
                    row.path("by").isArray() ? names(row.path("by")) : anyone(row),
                    Integer.parseInt(oneOf(row, "persons", "1", "2")), due.equals("never") ? null : DurationConverter.parseDuration(due),
                    oneOf(row, "when-late", "tell", "hold").equals("hold"), row.has("payment-status") ? names(row.path("payment-status")) : null);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalStateException("policy/gates.yaml: due is a time such as 14d, 36h, 30m, or never, and not '" + due + "' in " + row, wrong);
        }
    }

    private GateClass gateClass(JsonNode row) {
        known(row, CLASS_COLUMNS);
        List<Gate> waits = names(row.path("gates")).stream().map(name -> {
            if (!gates.containsKey(name)) {
                throw new IllegalStateException("policy/gates.yaml: there is no gate '" + name + "'; there are " + gates.keySet() + " in " + row);
            }
            return gates.get(name);
        }).toList();
        if (waits.isEmpty() || Set.of("connection", "tag", "sku-prefix", "custom-field").stream().noneMatch(row::hasNonNull)) {
            throw new IllegalStateException("policy/gates.yaml: a class needs gates, and connection, tag, sku-prefix or custom-field: " + row);
        }
        return new GateClass(required(row, "class"), row.path("connection").textValue(), row.path("tag").textValue(),
                row.path("sku-prefix").textValue(), row.path("custom-field").textValue(), waits);
    }

    private static void known(JsonNode row, Set<String> columns) {
        row.fieldNames().forEachRemaining(column -> {
            if (!columns.contains(column)) {
                throw new IllegalStateException("policy/gates.yaml: '" + column + "' is not a column; use " + columns + " in " + row);
            }
        });
    }

    private static String required(JsonNode row, String column) {
        if (!row.path(column).isTextual()) {
            throw new IllegalStateException("policy/gates.yaml: a row needs " + column + ": " + row);
        }
        return row.get(column).textValue();
    }

    /** The first is what stands there when nothing does. */
    private static String oneOf(JsonNode row, String column, String... values) {
        String value = row.path(column).asText(values[0]);
        if (!List.of(values).contains(value)) {
            throw new IllegalStateException("policy/gates.yaml: " + column + " is " + String.join(" or ", values) + ", and not '" + value + "' in " + row);
        }
        return value;
    }

    private static List<String> anyone(JsonNode row) {
        if (!row.path("by").asText("anyone").equals("anyone")) {
            throw new IllegalStateException("policy/gates.yaml: by is anyone, or a list of names such as [Ann, Bob], and not '" + row.path("by").asText() + "' in " + row);
        }
        return null;
    }

    private static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.forEach(name -> names.add(name.asText()));
        return names;
    }
}
