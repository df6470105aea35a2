package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;

/** The first thing that is wrong with a request, and the checks that find it; each answers null when there is nothing. */
record FieldProblem(String field, String message) {
    static final FieldProblem NOT_JSON = new FieldProblem("", "The body must be a JSON object.");

    /** The body of a 422. */
    ObjectNode json() {
        ObjectNode refused = Json.object().put("code", "invalid");
        refused.putArray("fields").addObject().put("path", field).put("message", message);
        return refused;
    }

    /** Fields nobody knows. */
    static FieldProblem unknown(JsonNode node, Collection<String> known, String path) {
        for (String name : (Iterable<String>) node::fieldNames) {
            if (!known.contains(name)) {
                return new FieldProblem(path + name, "is not a field of this request");
            }
        }
        return null;
    }

    /** Texts that must be there, not blank and not longer than 255 characters. */
    static FieldProblem texts(JsonNode node, List<String> fields, String path) {
        for (String field : fields) {
            JsonNode value = node.path(field);
            if (!value.isTextual() || value.textValue().isBlank()) {
                return new FieldProblem(path + field, "is required and must be a text");
            }
            if (value.textValue().codePointCount(0, value.textValue().length()) > 255) {
                return new FieldProblem(path + field, "is longer than 255 characters");
            }
        }
        return null;
    }

    /** What the caller calls this configuration: hexadecimal digits, or nothing. */
    static FieldProblem version(JsonNode request) {
        JsonNode version = request.path("version");
        return version.isMissingNode() || version.isTextual() && version.textValue().matches("[0-9a-f]{1,64}") ? null
                : new FieldProblem("version", "must be up to 64 hexadecimal digits, or absent");
    }

    /** A list, which may be empty, of a name and a text each. */
    static FieldProblem configuration(JsonNode request) {
        JsonNode list = request.path("configuration");
        if (!list.isArray()) {
            return new FieldProblem("configuration", "is required and must be a list");
        }
        for (int i = 0; i < list.size(); i++) {
            String path = "configuration[" + i + "].";
            FieldProblem found = first(unknown(list.get(i), List.of("name", "value"), path), texts(list.get(i), List.of("name"), path));
            if (found != null) {
                return found;
            }
            if (!list.get(i).path("value").isTextual()) {
                return new FieldProblem(path + "value", "is required and must be a text");
            }
        }
        return null;
    }

    /** What a record keeps for good. */
    static FieldProblem changed(ObjectNode record, ObjectNode request, List<String> fixed) {
        for (String field : fixed) {
            if (!record.path(field).equals(request.path(field))) {
                return new FieldProblem(field, "cannot be changed");
            }
        }
        return null;
    }

    static FieldProblem first(FieldProblem... found) {
        for (FieldProblem one : found) {
            if (one != null) {
                return one;
            }
        }
        return null;
    }
}
