package io.orderweir.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.connection.Connections;
import io.orderweir.hold.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;

/** The commands of people, each given to one door of the engine; the same for API and pages. */
@ApplicationScoped
public class Commands {

    @Inject
    Tell tell;

    @Inject
    Connections connections;

    public Map<String, Object> release(long hold, JsonNode request, String person) {
        return tell.tell("direct:hold.release", Map.of("hold", hold, "by", person, "request", request));
    }

    public Map<String, Object> discard(long hold, String reason, String person) {
        if (reason == null || reason.isBlank()) {
            throw new Refused(400, "Say why it is discarded: the reason stays with the order.");
        }
        return tell.tell("direct:hold.discard", Map.of("hold", hold, "by", person, "reason", text(reason)));
    }

    public Map<String, Object> openGate(JsonNode request, String person) {
        JsonNode evidence = request.path("evidence");
        if (!request.hasNonNull("gate") || !request.path("delivery").canConvertToLong() && !(request.hasNonNull("order") && request.hasNonNull("line"))) {
            throw new Refused(400, "Name the gate, and the line it belongs to: 'gate' with 'delivery', or 'gate' with 'order' and 'line'.");
        }
        if (evidence.isMissingNode() || evidence.isNull() || evidence.isContainerNode() && evidence.isEmpty()
                || evidence.isTextual() && evidence.asText().isBlank()) {
            throw new Refused(400, "A gate opens with evidence only: say what shows that it may be opened, as 'evidence'.");
        }
        Map<String, Object> variables = new HashMap<>();
        variables.put("delivery", request.path("delivery").canConvertToLong() ? request.get("delivery").longValue() : null);
        variables.put("order", request.hasNonNull("order") ? text(request.get("order").asText()) : null);
        variables.put("line", request.hasNonNull("line") ? text(request.get("line").asText()) : null);
        variables.put("gate", text(request.get("gate").asText()));
        variables.put("evidence", text(evidence.toString()));
        variables.put("by", person);
        return tell.tell("direct:gate.open", variables);
    }

    public Map<String, Object> pause(String connection, String reason, String person) {
        known(connection);
        if (reason == null || reason.isBlank()) {
            throw new Refused(400, "Say why it is paused: whoever finds it standing must know.");
        }
        return tell.tell("direct:deliver.pause", Map.of("connection", connection, "by", person, "reason", text(reason)));
    }

    public Map<String, Object> resume(String connection, String person) {
        known(connection);
        return tell.tell("direct:deliver.resume", Map.of("connection", connection, "by", person));
    }

    private void known(String connection) {
        if (!connections.names().contains(connection)) {
            throw new Refused(404, "There is no connection " + connection + ". There are " + String.join(", ", connections.names()) + ".");
        }
    }

    /** The database keeps no NUL and no half of a surrogate pair. */
    private static String text(String typed) {
        return typed.replaceAll("\\\\u0000|[\\x00\\p{Cs}]", "\uFFFD");
    }
}
