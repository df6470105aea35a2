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
    private static final String QUOTED = "'[^']*'";
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
        hold.computeIfPresent("request", (name, value) -> HIDDEN);
        String path = (String) hold.get("path");
        if (hold.get("sentence") instanceof String sentence && (path == null || PERSONAL.stream().anyMatch(path::startsWith))) {
            hold.put("sentence", sentence.replaceAll(QUOTED, "'" + HIDDEN + "'"));
        }
        if (hold.get("canonical") != null) {
            JsonNode document = json.valueToTree(hold.get("canonical"));
            PERSONAL.forEach(field -> hide(document.path(field)));
            ((ObjectNode) document).remove("orderNote");
            hold.put("canonical", json.convertValue(document, Object.class));
        }
        for (String list : List.of("earlier", "works", "failures")) {
            if (hold.get(list) instanceof List<?> rows) {
                rows.forEach(HoldMask::told);
            }
        }
        for (String unmasked : List.of("raw", "rawText", "answer")) {
            hold.computeIfPresent(unmasked, (name, value) -> HIDDEN);
        }
        return hold;
    }

    /** What was said of others of them, and what was asked for them. */
    @SuppressWarnings("unchecked")
    private static void told(Object row) {
        Map<String, Object> one = (Map<String, Object>) row;
        one.computeIfPresent("sentence", (name, value) -> value.toString().replaceAll(QUOTED, "'" + HIDDEN + "'"));
        one.computeIfPresent("answer", (name, value) -> value.toString().replaceAll(QUOTED, "'" + HIDDEN + "'"));
        one.computeIfPresent("request", (name, value) -> HIDDEN);
    }

    private static void hide(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(field -> object.put(field, HIDDEN));
        }
    }
}
