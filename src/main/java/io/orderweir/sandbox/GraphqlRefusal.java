package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Why a GraphQL document is not run at all: the entries of the answer's {@code errors}. */
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
}
