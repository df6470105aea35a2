package io.orderweir.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.access.Role;
import io.orderweir.access.Visitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** Takes personal data out of what a viewer is shown of a hold; from operator on everything is shown. */
@ApplicationScoped
public class HoldMask {

    private static final String HIDDEN = "•••";
    private static final List<String> PERSONAL = List.of("customer", "shippingAddress", "billingAddress");

    @Inject
    Visitor visitor;

    @Inject
    ObjectMapper json;

    /** Rows of holds or groups: the value a sentence quotes of a person's data. */
    public List<Map<String, Object>> all(List<Map<String, Object>> rows) {
        rows.forEach(this::of);
        return rows;
    }

    /** One hold: its sentence, its canonical document; the original bytes and the answer are not shown at all. */
    public Map<String, Object> of(Map<String, Object> hold) {
        if (visitor.may(Role.OPERATOR)) {
            return hold;
        }
        String path = (String) hold.get("path");
        if (hold.get("sentence") instanceof String sentence && (path == null || PERSONAL.stream().anyMatch(path::startsWith))) {
            hold.put("sentence", sentence.replaceAll("'[^']*'", "'" + HIDDEN + "'"));
        }
        if (hold.get("canonical") != null) {
            JsonNode document = json.valueToTree(hold.get("canonical"));
            PERSONAL.forEach(field -> hide(document.path(field)));
            ((ObjectNode) document).remove("orderNote");
            hold.put("canonical", json.convertValue(document, Object.class));
        }
        for (String unmasked : List.of("raw", "rawText", "answer")) {
            hold.computeIfPresent(unmasked, (name, value) -> HIDDEN);
        }
        return hold;
    }

    private static void hide(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(field -> object.put(field, HIDDEN));
        }
    }
}
