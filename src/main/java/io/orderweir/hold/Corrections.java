package io.orderweir.hold;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.ledger.Captured;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * Makes an operator's corrections again in newer versions of the same order that still carry the value he replaced.
 * In: the canonical document as the body, variables captured and corrections (rows entity, path, replaced, value). Out: the body.
 */
@ApplicationScoped
@Named("corrections")
@RegisterForReflection
public class Corrections {

    @Inject
    ObjectMapper json;

    public JsonNode apply(Exchange exchange) throws JsonProcessingException {
        JsonNode document = exchange.getMessage().getBody(JsonNode.class);
        String entity = exchange.getVariable("captured", Captured.class).entity();
        for (Object row : exchange.getVariable("corrections", List.of(), List.class)) {
            Map<?, ?> correction = (Map<?, ?>) row;
            if (correction.get("entity").equals(entity)) {
                correct(document, json.readTree((String) correction.get("path")), node((String) correction.get("replaced")),
                        node((String) correction.get("value")));
            }
        }
        return document;
    }

    private JsonNode node(String text) throws JsonProcessingException {
        return text == null ? null : json.readTree(text);
    }

    /** Changes the value at the path if it is the one that was replaced before; says whether it was. */
    static boolean correct(JsonNode document, JsonNode path, JsonNode replaced, JsonNode value) {
        JsonNode parent = document;
        for (int i = 0; i < path.size() - 1; i++) {
            parent = step(parent, path.get(i).asText());
        }
        String last = path.get(path.size() - 1).asText();
        JsonNode found = step(parent, last);
        if (found.isMissingNode() ? replaced != null : !found.equals(replaced)) {
            return false;
        }
        if (parent instanceof ObjectNode object) {
            if (value == null) {
                object.remove(last);
            } else {
                object.set(last, value);
            }
        } else if (parent instanceof ArrayNode array && value != null) {
            array.set(Integer.parseInt(last), value);
        } else {
            return false;
        }
        return true;
    }

    private static JsonNode step(JsonNode parent, String key) {
        return parent.isArray() && key.matches("\\d{1,9}") ? parent.path(Integer.parseInt(key)) : parent.path(key);
    }
}
