package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Why a GraphQL document is not run at all, or one of its root fields has no answer: entries for the answer's {@code errors}. */
final class GraphqlRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient ArrayNode errors;

    GraphqlRefusal(ArrayNode errors) {
        super(errors.path(0).path("message").asText(), null, false, false);
        this.errors = errors;
    }

    GraphqlRefusal(ObjectNode error) {
        this(Json.array().add(error));
    }

    ArrayNode errors() {
        return errors;
    }

    /** An entry without extensions; the path is left out when it is empty. */
    static ObjectNode error(String message, GraphqlDocument.Place place, List<?> path) {
        ObjectNode error = Json.object().put("message", message);
        error.putArray("locations").addObject().put("line", place.line()).put("column", place.column());
        if (!path.isEmpty()) {
            error.set("path", Json.value(path));
        }
        return error;
    }
}
