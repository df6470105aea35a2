package io.orderweir.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** What jq calls {@code .[]}: the values of a list or an object, in their order. */
final class Values {

    private static final JsonQuery EACH = compiled();

    private Values() {
    }

    /** Throws what jackson-jq throws where there are none to go over. */
    static Iterable<JsonNode> of(JsonNode in) throws JsonQueryException {
        if (!in.isContainerNode()) {
            EACH.apply(Scope.newEmptyScope(), in, never -> { });
        }
        return in;
    }

    private static JsonQuery compiled() {
        try {
            return JsonQuery.compile(".[]", Versions.JQ_1_7);
        } catch (JsonQueryException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
