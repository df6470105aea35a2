package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The shop's metafields: one value per owner, namespace and key. Namespaces that begin with {@code $app} are the calling app's own.
 *
 * <p>Lengths, reserved namespaces and the sentences for a wrong value are recorded (API 2025-01 and 2026-04); types of the vendor that are not
 * listed here are refused. Not safe for many at once: {@link ShopifyStore} has the lock.
 */
final class Metafields {
    /** Of one call of metafieldsSet. */
    static final int MOST = 25;
    private static final String APP = "app--580111";
    private static final Set<String> RESERVED = Set.of("shopify_standard", "protected", "shopify-l10n-fields");

    private record Name(String owner, String namespace, String key) {
    }

    private final Map<Name, ObjectNode> fields = new LinkedHashMap<>();
    private long nextNumber = 43_000_000_000_001L;

    /** All or nothing. The payload of metafieldsSet: what was set, or why nothing was. */
    ObjectNode set(JsonNode inputs, Predicate<String> isOwner) {
        ArrayNode errors = Json.array();
        if (inputs.size() > MOST) {
            error(errors, List.of("metafields"), "Exceeded the maximum metafields input limit of " + MOST + ".", "LESS_THAN_OR_EQUAL_TO");
        } else {
            for (int i = 0; i < inputs.size(); i++) {
                check(errors, i, inputs.get(i), isOwner);
            }
        }
        ObjectNode payload = Json.object();
        ArrayNode set = payload.putArray("metafields");
        payload.set("userErrors", errors);
        if (errors.isEmpty()) {
            inputs.forEach(input -> set.add(put(input)));
        }
        return payload;
    }

    private static void check(ArrayNode errors, int index, JsonNode input, Predicate<String> isOwner) {
        String namespace = canonical(input.path("namespace").asText("$app"));
        String key = input.path("key").asText();
        String type = input.path("type").asText("");
        if (!isOwner.test(input.path("ownerId").asText())) {
            error(errors, field(index, "ownerId"), "Owner does not exist.", "INVALID");
        } else if (namespace.length() < 3 || key.length() < 2) {
            boolean ofNamespace = namespace.length() < 3;
            error(errors, field(index, ofNamespace ? "namespace" : "key"),
                    ofNamespace ? "Namespace is too short (minimum is 3 characters)" : "Key is too short (minimum is 2 characters)", "TOO_SHORT");
        } else if (namespace.length() > 255 || key.length() > 64) {
            boolean ofNamespace = namespace.length() > 255;
            error(errors, field(index, ofNamespace ? "namespace" : "key"),
                    ofNamespace ? "Namespace is too long (maximum is 255 characters)" : "Key is too long (maximum is 64 characters)", "TOO_LONG");
        } else if (RESERVED.contains(namespace)) {
            error(errors, field(index, "namespace"), "Namespace " + namespace + " is a reserved namespace", null);
        } else if (type.isBlank()) {
            error(errors, field(index, "type"), "Type can't be blank", "BLANK");
        } else {
            String value = input.path("value").asText();
            String wrong = wrong(type, value);
            if (wrong != null) {
                boolean ofType = wrong.startsWith("Type");
                error(errors, field(index, ofType ? "type" : "value"), wrong, ofType ? "INVALID_TYPE" : "INVALID_VALUE");
            }
        }
    }

    /** Null when the value is one of the type. */
    private static String wrong(String type, String value) {
        return switch (type) {
            case "date" -> isTime(value, LocalDate::parse) && value.length() == 10 ? null : "Value must be in YYYY-MM-DD format.";
            case "date_time" -> isTime(value, LocalDateTime::parse) || isTime(value, OffsetDateTime::parse) ? null
                    : "Value must be in “YYYY-MM-DDTHH:MM:SS” format. For example: 2022-06-01T15:30:00";
            case "number_integer" -> value.matches("-?\\d{1,16}") ? null : "Value must be an integer.";
            case "boolean" -> value.matches("true|false") ? null : "Value must be true or false.";
            case "single_line_text_field" -> value.isBlank() ? "Value can't be blank."
                    : value.contains("\n") || value.contains("\r") ? "Value must be a single line text string." : null;
            case "multi_line_text_field" -> value.isBlank() ? "Value can't be blank." : null;
            case "json" -> isJson(value) ? null : "Value is invalid JSON.";
            default -> "Type '" + type + "' is not a valid type.";
        };
    }

    private interface Parsing {
        Object parse(String text);
    }

    private static boolean isTime(String text, Parsing parsing) {
        try {
            return parsing.parse(text) != null;
        } catch (DateTimeParseException notATime) {
            return false;
        }
    }

    private static boolean isJson(String text) {
        try {
            return !text.isBlank() && Json.readObject("{\"v\":" + text + "}").size() == 1;
        } catch (IllegalArgumentException notJson) {
            return false;
        }
    }

    private ObjectNode put(JsonNode input) {
        String namespace = canonical(input.path("namespace").asText("$app"));
        ObjectNode field = fields.computeIfAbsent(new Name(input.path("ownerId").asText(), namespace, input.path("key").asText()),
                name -> Json.object().put("id", "gid://shopify/Metafield/" + nextNumber++).put("namespace", namespace).put("key", name.key()));
        return field.put("type", input.path("type").asText()).put("value", input.path("value").asText());
    }

    /** The payload of metafieldsDelete: null for what was not there. */
    ObjectNode delete(JsonNode inputs, Predicate<String> isOwner) {
        ObjectNode payload = Json.object();
        ArrayNode errors = payload.putArray("userErrors");
        for (int i = 0; i < inputs.size(); i++) {
            if (!isOwner.test(inputs.get(i).path("ownerId").asText())) {
                error(errors, field(i, "ownerId"), "Owner does not exist.", null);
            }
        }
        if (!errors.isEmpty()) {
            return payload;
        }
        ArrayNode deleted = payload.putArray("deletedMetafields");
        for (JsonNode input : inputs) {
            Name name = new Name(input.path("ownerId").asText(), canonical(input.path("namespace").asText()), input.path("key").asText());
            boolean was = fields.remove(name) != null;
            if (was) {
                deleted.addObject().put("ownerId", name.owner()).put("namespace", name.namespace()).put("key", name.key());
            } else {
                deleted.addNull();
            }
        }
        return payload;
    }

    /** Null when there is none. */
    ObjectNode find(String owner, String namespace, String key) {
        return fields.get(new Name(owner, canonical(namespace), key));
    }

    ArrayNode of(String owner) {
        ArrayNode of = Json.array();
        fields.forEach((name, field) -> {
            if (name.owner().equals(owner)) {
                of.add(field.deepCopy());
            }
        });
        return of;
    }

    int size() {
        return fields.size();
    }

    void reset() {
        fields.clear();
    }

    private static String canonical(String namespace) {
        return namespace.equals("$app") ? APP : namespace.startsWith("$app:") ? APP + "--" + namespace.substring(5) : namespace;
    }

    private static List<String> field(int index, String name) {
        return List.of("metafields", "" + index, name);
    }

    private static void error(ArrayNode errors, List<String> field, String message, String code) {
        ObjectNode error = errors.addObject();
        error.set("field", Json.value(field));
        error.put("message", message).put("code", code).putNull("elementIndex");
    }
}
