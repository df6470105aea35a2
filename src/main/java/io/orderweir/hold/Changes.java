package io.orderweir.hold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Lists what differs between two documents, value by value: {@code [{path, replaced, value}]}; what is missing on a side is left out. */
final class Changes {

    private Changes() {
    }

    static ArrayNode between(JsonNode before, JsonNode after) {
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        compare(before, after, new ArrayList<>(), changes);
        return changes;
    }

    private static void compare(JsonNode before, JsonNode after, List<String> path, ArrayNode changes) {
        if (before.equals(after)) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            Set<String> fields = new TreeSet<>();
            before.fieldNames().forEachRemaining(fields::add);
            after.fieldNames().forEachRemaining(fields::add);
            fields.forEach(field -> inside(before.path(field), after.path(field), field, path, changes));
        } else if (before.isArray() && after.isArray() && before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                inside(before.get(i), after.get(i), Integer.toString(i), path, changes);
            }
        } else {
            ObjectNode change = changes.addObject();
            path.forEach(change.withArray("path")::add);
            if (!before.isMissingNode()) {
                change.set("replaced", before);
            }
            if (!after.isMissingNode()) {
                change.set("value", after);
            }
        }
    }

    private static void inside(JsonNode before, JsonNode after, String step, List<String> path, ArrayNode changes) {
        path.add(step);
        compare(before, after, path, changes);
        path.remove(path.size() - 1);
    }
}
