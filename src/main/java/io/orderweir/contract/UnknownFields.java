package io.orderweir.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Fields that nobody knows, as a vendor adds them from one day to the next: one in each object of a document, with an id and a text in it that are about something else. */
final class UnknownFields {

    static final String NAME = "sinceYesterday";

    private UnknownFields() {
    }

    /** The same document with a field more in each of its objects. */
    static JsonNode into(JsonNode document) {
        JsonNode more = document.deepCopy();
        add(more);
        return more;
    }

    /** Without them again, wherever they were passed on. */
    static JsonNode outOf(JsonNode document) {
        JsonNode less = document.deepCopy();
        less.findParents(NAME).forEach(parent -> ((ObjectNode) parent).remove(NAME));
        return less;
    }

    private static void add(JsonNode node) {
        node.forEach(UnknownFields::add);
        if (node instanceof ObjectNode object) {
            object.set(NAME, JsonNodeFactory.instance.objectNode().put("id", "not-what-was-asked-for").put("text", "of no use to anybody").putNull("until"));
        }
    }
}
