package io.orderweir.type;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The fields that a canonical document can have, by its schema: {@code lineItems[].sku} is the SKU of any line. */
public final class Fields {

    private static final String EACH = "[]";

    private final JsonNode schema;

    Fields(JsonNode schema) {
        this.schema = schema;
    }

    /** Empty when a document can have a field at the path; else the names there are at the step that is none. */
    public List<String> insteadOf(String path) {
        JsonNode here = schema;
        for (String step : path.split("\\.", -1)) {
            String name = step.endsWith(EACH) ? step.substring(0, step.length() - EACH.length()) : step;
            JsonNode fields = here.path("properties");
            here = meant(fields.path(name));
            boolean list = here.has("items");
            if (here.isMissingNode() || step.endsWith(EACH) && !list) {
                List<String> names = new ArrayList<>();
                fields.fieldNames().forEachRemaining(names::add);
                return names;
            }
            here = step.endsWith(EACH) ? meant(here.path("items")) : here;
        }
        return List.of();
    }

    /** What stands at the top level of a document by this name; missing where nothing may. */
    JsonNode top(String name) {
        return meant(schema.path("properties").path(name));
    }

    private JsonNode meant(JsonNode said) {
        return said.has("$ref") ? schema.at(said.get("$ref").asText().substring(1)) : said;
    }
}
