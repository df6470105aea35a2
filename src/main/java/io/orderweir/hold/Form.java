package io.orderweir.hold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.type.Type;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The fields of a document that a person may correct, by the schema of its type and the words people use for them. */
public final class Form {

    /**
     * One field.
     *
     * @param kind text, integer or boolean
     * @param expects what it must look like, null when every text will do
     */
    @RegisterForReflection
    public record Field(String path, String word, String value, String kind, String expects) {
    }

    /** Fields that stand together, such as the delivery address, or one line. */
    public record Section(String title, List<Field> fields) {
    }

    /** They say which one it is, which version, or come from elsewhere. */
    private static final List<String> FIXED = List.of("schemaVersion", "externalId", "createdAt", "updatedAt", "status", "id");

    private final Type about;
    private final JsonNode schema;
    private final Words words;

    public Form(Type about) {
        this.about = about;
        schema = about.schema();
        words = new Words(about);
    }

    public List<Section> of(JsonNode document) {
        List<Section> sections = new ArrayList<>();
        List<Field> own = new ArrayList<>();
        schema.path("properties").fields().forEachRemaining(property -> {
            String name = property.getKey();
            JsonNode type = resolved(property.getValue());
            JsonNode value = document.path(name);
            if (holds(type, "object") && value.isObject()) {
                add(sections, capital(words.of(name)), type, value, name);
            } else if (type.path("type").asText().equals("array") && holds(resolved(type.path("items")), "object")) {
                for (int i = 0; i < value.size(); i++) {
                    add(sections, capital(words.of(name)) + " " + (i + 1) + ": " + value.get(i).path("name").asText(value.get(i).path("id").asText()),
                            resolved(type.path("items")), value.get(i), name + "[" + i + "]");
                }
            } else {
                field(name, name, type, value, own);
            }
        });
        sections.add(0, new Section(about.capital(), own));
        return sections.stream().filter(section -> !section.fields().isEmpty()).toList();
    }

    /** The fields that were typed over: array of {path, value}; an emptied one has no value. {@code typed} is by path. */
    public ArrayNode changes(JsonNode document, Map<String, String> typed) {
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        of(document).stream().flatMap(section -> section.fields().stream()).forEach(field -> {
            String text = typed.get(field.path());
            if (text != null && !text.equals(field.value())) {
                ObjectNode change = changes.addObject().put("path", field.path());
                put(change, field.kind(), text);
            }
        });
        return changes;
    }

    /** A change of one field: {path, value}; what is no such value as the schema wants stays text, and the check says so. */
    public ObjectNode change(String path, String text) {
        ObjectNode change = JsonNodeFactory.instance.objectNode().put("path", path);
        put(change, kind(path), text);
        return change;
    }

    private static void put(ObjectNode change, String kind, String text) {
        if (text.isEmpty()) {
            change.putNull("value");
        } else if (kind.equals("integer") && text.strip().matches("-?\\d{1,18}")) {
            change.put("value", Long.parseLong(text.strip()));
        } else if (kind.equals("boolean") && text.matches("true|false")) {
            change.put("value", Boolean.parseBoolean(text));
        } else {
            change.put("value", text);
        }
    }

    /** What the schema wants at a path such as lineItems[0].quantity: text, integer or boolean. */
    private String kind(String path) {
        JsonNode type = schema;
        for (String step : path.replaceAll("\\[\\d+]", ".[]").split("\\.")) {
            type = resolved(step.equals("[]") ? type.path("items") : type.path("properties").path(step));
        }
        return kind(type);
    }

    private void add(List<Section> sections, String title, JsonNode type, JsonNode value, String path) {
        List<Field> fields = new ArrayList<>();
        type.path("properties").fields().forEachRemaining(property ->
                field(property.getKey(), path + "." + property.getKey(), resolved(property.getValue()), value.path(property.getKey()), fields));
        sections.add(new Section(title, fields));
    }

    private void field(String name, String path, JsonNode type, JsonNode value, List<Field> fields) {
        if (!FIXED.contains(name) && words.knows(path) && !holds(type, "object") && !holds(type, "array")) {
            fields.add(new Field(path, words.of(path), value.isMissingNode() || value.isNull() ? "" : value.asText(), kind(type), words.expected(path)));
        }
    }

    private static String kind(JsonNode type) {
        return holds(type, "integer") ? "integer" : holds(type, "boolean") ? "boolean" : "text";
    }

    private static boolean holds(JsonNode type, String name) {
        JsonNode said = type.path("type");
        return said.asText().equals(name) || said.isArray() && said.get(0).asText().equals(name);
    }

    private JsonNode resolved(JsonNode type) {
        return type.has("$ref") ? schema.at(type.path("$ref").asText().substring(1)) : type;
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
