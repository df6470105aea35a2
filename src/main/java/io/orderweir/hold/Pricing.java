package io.orderweir.hold;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.type.Types;
import java.util.Set;
import java.util.TreeSet;

/** What is paid for an order, and for how many of what: the fields that the order's schema calls money, quantity or currency. Whoever corrects addresses does not change them. */
public final class Pricing {

    private static final Set<String> KINDS = Set.of("#/$defs/money", "#/$defs/quantity");
    private static final Set<String> FIELDS = fields();

    private Pricing() {
    }

    /**
     * Refuses a person's changes when one of them changes what is paid.
     *
     * @param changes array of {path (steps, or as lineItems[0].sku), value, replaced}
     * @throws Refused 403
     */
    public static void refuse(JsonNode changes) {
        for (JsonNode change : changes) {
            String path = change.path("path").isArray() ? String.join(".", Edit.steps(change.path("path"))) : change.path("path").asText();
            if (isOf(path.replaceFirst(".*[.]", "")) || holds(change.path("value")) || holds(change.path("replaced"))) {
                throw new Refused(403, "'" + path + "' is what the buyer pays, or for how many: only an admin corrects it here. Ask one, or change it in the shop: its next event takes the place of this one.");
            }
        }
    }

    /** Whether a document, or a part of one, says anything of it. */
    static boolean holds(JsonNode part) {
        if (part.isObject() && part.properties().stream().anyMatch(field -> isOf(field.getKey()))) {
            return true;
        }
        for (JsonNode inner : part) {
            if (holds(inner)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOf(String field) {
        return FIELDS.contains(field);
    }

    private static Set<String> fields() {
        Set<String> fields = new TreeSet<>(Set.of("currency"));
        collect(Types.packaged().order().schema(), fields);
        return fields;
    }

    private static void collect(JsonNode schema, Set<String> fields) {
        schema.properties().forEach(property -> {
            if (KINDS.contains(property.getValue().path("$ref").asText())) {
                fields.add(property.getKey());
            }
        });
        schema.forEach(inner -> collect(inner, fields));
    }
}
