package io.orderweir.console.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.console.Asked;
import io.orderweir.console.Tell;
import io.orderweir.hold.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What people decide at gates; the same for API and pages. */
@ApplicationScoped
public class GateCommands {

    @Inject
    Tell tell;

    /** Opens a gate, or proposes to where it takes two; {@code builds} instead of one build opens that gate of each, one by one. */
    public Map<String, Object> open(JsonNode request, String person) {
        JsonNode evidence = request.path("evidence");
        if (evidence.isMissingNode() || evidence.isNull() || evidence.isContainerNode() && evidence.isEmpty()
                || evidence.isTextual() && evidence.asText().isBlank()) {
            throw new Refused(400, "A gate opens with evidence only: say what shows that it may be opened, as 'evidence'.");
        }
        if (!request.path("builds").isArray()) {
            return tell.tell("direct:gate.open", gate(request, person));
        }
        List<Map<String, Object>> answers = new ArrayList<>();
        for (JsonNode build : request.path("builds")) {
            try {
                answers.add(tell.tell("direct:gate.open", gate(((ObjectNode) request.deepCopy()).set("build", build), person)));
            } catch (Refused refused) {
                answers.add(Map.of("build", build.asLong(), "status", refused.status(), "answer", refused.getMessage()));
            }
        }
        return Map.of("gates", answers);
    }

    public Map<String, Object> close(JsonNode request, String person) {
        return tell.tell("direct:gate.close", gate(request, person));
    }

    public Map<String, Object> refuse(JsonNode request, String person) {
        return tell.tell("direct:gate.refuse", gate(request, person));
    }

    public Map<String, Object> extend(JsonNode request, String person) {
        Map<String, Object> variables = gate(request, person);
        try {
            variables.put("due", Instant.parse(request.path("due").asText()).toString());
        } catch (DateTimeParseException e) {
            throw new Refused(400, "Say until when, as 'due': an instant such as 2026-12-24T12:00:00Z, and not '" + request.path("due").asText() + "'.");
        }
        return tell.tell("direct:gate.extend", variables);
    }

    private static Map<String, Object> gate(JsonNode request, String person) {
        if (!request.hasNonNull("gate") || !request.path("build").canConvertToLong() && !(request.hasNonNull("order") && request.hasNonNull("line"))) {
            throw new Refused(400, "Name the gate, and the line it belongs to: 'gate' with 'build', or 'gate' with 'order' and 'line'.");
        }
        Map<String, Object> variables = new HashMap<>();
        variables.put("build", request.path("build").canConvertToLong() ? request.get("build").longValue() : null);
        for (String name : List.of("order", "line", "gate", "reason")) {
            variables.put(name, request.hasNonNull(name) ? Asked.text(request.get(name).asText()) : null);
        }
        variables.put("evidence", request.hasNonNull("evidence") ? Asked.text(request.get("evidence").toString()) : null);
        variables.put("by", person);
        return variables;
    }
}
