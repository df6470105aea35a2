package io.orderweir.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A page of the reference that says what schemas say: their keys, a table each. */
final class SchemaPage {

    private final StringBuilder text;
    private JsonNode root;
    private String told = "";

    SchemaPage(String head) {
        text = new StringBuilder(head);
    }

    SchemaPage head(String part) {
        text.append('\n').append(part);
        return this;
    }

    /** The keys of an object, or of the rows of a list. */
    SchemaPage table(JsonNode schema) {
        root = schema;
        text.append("\n| key | needed | meaning |\n|---|---|---|\n");
        keys("", schema.has("items") ? schema.path("items") : schema);
        return this;
    }

    /** Whether the page is the one that is kept; it is written with {@code -Dupdate-docs=true}. */
    void isAt(Path page) throws IOException {
        if (Boolean.getBoolean("update-docs")) {
            Files.writeString(page, text);
        }
        assertEquals(text.toString(), Files.readString(page), "write it again with -Dupdate-docs=true");
    }

    private void keys(String within, JsonNode schema) {
        Set<String> required = new TreeSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        schema.path("properties").fields().forEachRemaining(property -> {
            JsonNode value = property.getValue();
            String name = within + property.getKey();
            text.append("| `").append(name).append("` | ").append(required.contains(property.getKey()) ? "yes" : "").append(" | ").append(value.path("description").asText()).append(oneOf(value)).append(" |\n");
            keys(name + ".", !value.has("properties") && value.has("items") ? value.path("items") : value);
            JsonNode named = value.at("/additionalProperties/$ref");
            // those that two keys have are told once
            if (named.isTextual() && !named.asText().equals(told)) {
                told = named.asText();
                keys(name + ".<name>.", root.at(named.asText().substring(1)));
            }
        });
    }

    private static String oneOf(JsonNode value) {
        JsonNode values = value.has("enum") ? value.path("enum") : value.at("/items/enum");
        List<String> texts = new ArrayList<>();
        values.forEach(text -> {
            if (!texts.contains("`" + text.asText() + "`")) {
                texts.add("`" + text.asText() + "`");
            }
        });
        return texts.isEmpty() ? "" : (value.has("description") ? "; " : "") + "one of " + String.join(", ", texts);
    }
}
