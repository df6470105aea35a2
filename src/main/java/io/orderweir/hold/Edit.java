package io.orderweir.hold;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.ledger.Captured;
import io.orderweir.type.Type;
import io.orderweir.type.Types;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * Makes a person's edit of a held document, such as an order: of the document, and of every other of the same order on its way that carries a replaced value.
 * In: variables held (the row of sql/hold/find.sql) and request {document, changes [{path, value, replaced}], seen}; with replaced the change is
 * made only where that value stands (null: none), and pricing: whether the person may change what is paid. Out: variables captured, keys, seen,
 * delivery, changes (JSON text), document (the edited one, or none) and documents [{message, canonical}].
 */
@RegisterForReflection
@ApplicationScoped
@Named("edit")
public class Edit {

    /** They say which order it is and which version: with others it would be another one. */
    private static final List<String> IDENTITY = List.of("externalId", "updatedAt", "status");

    @Inject
    ObjectMapper json;

    @Inject
    Types types;

    public void apply(Exchange exchange) throws JsonProcessingException {
        Map<?, ?> held = exchange.getVariable("held", Map.class);
        JsonNode request = exchange.getVariable("request", JsonNode.class);
        Type type = about(held, exchange.getVariable("hold"), request);
        JsonNode present = held.get("canonical") == null ? null : json.readTree((String) held.get("canonical"));
        JsonNode edited = edited(present, request, type);
        if (edited != null && edited.equals(present)) {
            edited = null;
        }
        checkIdentity(present, edited, (String) held.get("path"), type);

        ArrayNode changes = edited == null || present == null ? JsonNodeFactory.instance.arrayNode() : Changes.between(present, edited);
        if (!Boolean.TRUE.equals(exchange.getVariable("pricing", Boolean.class))) {
            Pricing.refuse(changes);
            if (present == null && edited != null && Pricing.holds(edited)) {
                throw new Refused(403, "Nobody could read what the buyer pays, so this document says it: only an admin writes one by hand. Ask one, or send the order again from the shop.");
            }
        }
        exchange.setVariable("seen", held.get("seen"));
        exchange.setVariable("delivery", held.get("deliveryId"));
        exchange.setVariable("changes", changes.toString());
        exchange.setVariable("document", edited);
        exchange.setVariable("documents", edited == null ? List.of() : documents(held, edited, changes));
        Captured captured = captured(held);
        exchange.setVariable("captured", captured);
        exchange.setVariable("keys", JsonNodeFactory.instance.arrayNode().add(captured.names()).toString());
    }

    /** The type of what is held; refused where it is not open any more, or nobody could take it. */
    private Type about(Map<?, ?> held, Object hold, JsonNode request) {
        if (held == null) {
            throw new Refused(404, "There is no hold " + hold + ".");
        }
        if (held.get("closed") != null) {
            throw new Refused(409, (String) held.get("closed"));
        }
        Type type = types.find((String) held.get("type")).orElse(null);
        if (request.hasNonNull("seen") && !request.get("seen").asText().equals(held.get("seen"))) {
            throw new Refused(409, "The " + (type == null ? "event" : type.word()) + " has changed since you looked at it. Look at it again, then release it.");
        }
        if (type == null) {
            throw new Refused(422, "Nothing here reads events of this kind, so it cannot be released. Discard it.");
        }
        return type;
    }

    private static JsonNode edited(JsonNode present, JsonNode request, Type type) {
        JsonNode whole = request.path("document");
        if (!whole.isMissingNode() && !whole.isNull() && !whole.isObject()) {
            throw new Refused(400, "'document' is the whole " + type.word() + " as a JSON object.");
        }
        JsonNode start = whole.isObject() ? whole : present;
        JsonNode changes = request.path("changes");
        if (!changes.isMissingNode() && !changes.isNull() && !changes.isArray()) {
            throw new Refused(400, "'changes' is a list of {\"path\", \"value\"}.");
        }
        if (start == null && !changes.isEmpty()) {
            throw new Refused(422, "There is no canonical " + type.word() + " to change yet. Send the whole " + type.word() + " as 'document'.");
        }
        JsonNode edited = start == null ? null : start.deepCopy();
        for (JsonNode change : changes) {
            set(edited, change, type);
        }
        return edited;
    }

    private static void set(JsonNode document, JsonNode change, Type type) {
        List<String> path = steps(change.path("path"));
        JsonNode parent = document;
        for (String step : path.subList(0, path.size() - 1)) {
            parent = parent.isArray() && step.matches("\\d{1,9}") ? parent.path(Integer.parseInt(step)) : parent.path(step);
        }
        String last = path.get(path.size() - 1);
        JsonNode value = change.get("value");
        JsonNode found = parent.isArray() && last.matches("\\d{1,9}") ? parent.path(Integer.parseInt(last)) : parent.path(last);
        boolean none = change.path("replaced").isNull() && (found.isMissingNode() || found.isNull());
        if (change.has("replaced") && !none && !found.equals(change.get("replaced"))) {
            throw new Refused(422, "It has " + Words.quoted(found.asText()) + " as " + String.join(".", path) + ", and not "
                    + Words.quoted(change.get("replaced").asText()) + ", so it was left as it is.");
        }
        if (parent instanceof ObjectNode object) {
            if (value == null || value.isNull()) {
                object.remove(last);
            } else {
                object.set(last, value);
            }
        } else if (parent instanceof ArrayNode array && last.matches("\\d{1,9}") && Integer.parseInt(last) < array.size() && value != null) {
            array.set(Integer.parseInt(last), value);
        } else {
            throw new Refused(422, "The " + type.word() + " has no place " + String.join(".", path) + " to put a value. Edit the whole " + type.word() + " instead.");
        }
    }

    /** Steps as a list, or as they stand in a hold: lineItems[0].sku. */
    static List<String> steps(JsonNode path) {
        List<String> steps = new ArrayList<>();
        if (path.isArray()) {
            path.forEach(step -> steps.add(step.asText()));
        } else if (path.isTextual() && !path.asText().isBlank()) {
            steps.addAll(List.of(path.asText().replace("[", ".").replace("]", "").split("\\.")));
        }
        if (steps.isEmpty()) {
            throw new Refused(400, "A change needs a 'path' such as shippingAddress.zipCodeOrPostalCode.");
        }
        return steps;
    }

    private static void checkIdentity(JsonNode present, JsonNode edited, String atFault, Type type) {
        if (present == null || edited == null) {
            return;
        }
        for (String field : IDENTITY) {
            if (present.hasNonNull(field) && !present.get(field).equals(edited.get(field)) && !field.equals(atFault)) {
                throw new Refused(422, "The " + new Words(type).of(field) + " cannot be edited: it says which " + type.word() + " this is, and which version of it. "
                        + "Change it in the shop: its next event takes the place of this one.");
            }
        }
    }

    private List<Map<String, Object>> documents(Map<?, ?> held, JsonNode edited, ArrayNode changes) throws JsonProcessingException {
        List<Map<String, Object>> documents = new ArrayList<>();
        documents.add(Map.of("message", ((Number) held.get("messageId")).longValue(), "canonical", edited));
        for (JsonNode other : json.readTree((String) held.get("others"))) {
            JsonNode canonical = other.get("canonical");
            boolean corrected = false;
            for (JsonNode change : changes) {
                corrected |= Corrections.correct(canonical, change.get("path"), change.get("replaced"), change.get("value"));
            }
            if (corrected) {
                documents.add(Map.of("message", other.get("message").longValue(), "canonical", canonical));
            }
        }
        return documents;
    }

    static Captured captured(Map<?, ?> held) {
        return new Captured((String) held.get("topic"), ((Number) held.get("partition")).intValue(), ((Number) held.get("offset")).longValue(),
                (String) held.get("ceId"), (String) held.get("connection"), (String) held.get("type"), (String) held.get("entityKey"),
                (String) held.get("correlationId"), (String) held.get("capturedAt"), (byte[]) held.get("raw"));
    }
}
