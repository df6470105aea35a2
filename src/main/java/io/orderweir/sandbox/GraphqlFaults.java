package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.sandbox.GraphqlDocument.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was found wrong with a document, in the order it was found; a fragment that is used twice has its mistakes once. */
final class GraphqlFaults {
    private final List<ObjectNode> found = new ArrayList<>();

    /** The new entry's extensions, with the code, for what else the code brings with it. */
    ObjectNode add(String code, String message, Place place, List<?> path) {
        ObjectNode error = GraphqlRefusal.error(message, place, path);
        found.add(error);
        return error.putObject("extensions").put("code", code);
    }

    void add(ObjectNode error) {
        found.add(error);
    }

    /** Refuses the document when anything was found. */
    void refuse() {
        Set<JsonNode> distinct = new LinkedHashSet<>(found);
        if (!distinct.isEmpty()) {
            throw new GraphqlRefusal(Json.array().addAll(distinct));
        }
    }

    static List<Object> with(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }
}
