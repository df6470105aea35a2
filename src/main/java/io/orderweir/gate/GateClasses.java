package io.orderweir.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says which lines of an order are built to order, and which gates each waits for, from {@code policy/gates.yaml}. */
@ApplicationScoped
@Named("gateClasses")
@RegisterForReflection
public class GateClasses {

    /** One row of the table; an absent condition is null. */
    public record GateClass(String name, String skuPrefix, String customField, List<String> gates) {

        boolean covers(JsonNode line) {
            if (skuPrefix != null && !line.path("sku").asText("").startsWith(skuPrefix)) {
                return false;
            }
            if (customField == null) {
                return skuPrefix != null;
            }
            for (JsonNode field : line.path("customFields")) {
                if (field.path("name").asText().equals(customField)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static final Set<String> COLUMNS = Set.of("class", "sku-prefix", "custom-field", "gates");

    private final List<GateClass> classes = new ArrayList<>();

    public GateClasses() {
        try (InputStream in = GateClasses.class.getResourceAsStream("/policy/gates.yaml")) {
            for (JsonNode row : new YAMLMapper().readTree(in).path("classes")) {
                classes.add(gateClass(row));
            }
        } catch (IOException e) {
            throw new IllegalStateException("policy/gates.yaml cannot be read: " + e.getMessage(), e);
        }
    }

    /** Does the order have a line that waits for a gate? */
    public boolean any(JsonNode order) {
        for (JsonNode line : order.path("lineItems")) {
            if (of(line).isPresent()) {
                return true;
            }
        }
        return false;
    }

    public Optional<GateClass> of(JsonNode line) {
        return classes.stream().filter(c -> c.covers(line)).findFirst();
    }

    private static GateClass gateClass(JsonNode row) {
        row.fieldNames().forEachRemaining(column -> {
            if (!COLUMNS.contains(column)) {
                throw new IllegalStateException("policy/gates.yaml: '" + column + "' is not a column; use " + COLUMNS + " in " + row);
            }
        });
        List<String> gates = new ArrayList<>();
        row.path("gates").forEach(gate -> gates.add(gate.textValue()));
        if (gates.isEmpty() || !row.hasNonNull("class") || !row.hasNonNull("sku-prefix") && !row.hasNonNull("custom-field")) {
            throw new IllegalStateException("policy/gates.yaml: a row needs class, gates, and sku-prefix or custom-field: " + row);
        }
        return new GateClass(row.get("class").textValue(), row.path("sku-prefix").textValue(), row.path("custom-field").textValue(), gates);
    }
}
