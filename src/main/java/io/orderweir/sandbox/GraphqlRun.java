package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.sandbox.GraphqlPlan.Asked;
import java.util.ArrayList;
import java.util.List;

/** Answers what a plan asks for, field by field. A field that fails is null, or what it stands in is, and its reason joins the errors. */
final class GraphqlRun {

    /** Where values come from: of an object field the whole object, of which only what is asked for is shown. Null or absent is null. */
    interface Source {
        JsonNode value(Asked asked, JsonNode parent);
    }

    /** A field without a value, in the sentence and with the code for the caller. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String code;
        private transient ObjectNode error;

        Failure(String code, String message) {
            super(message, null, false, false);
            this.code = code;
        }

        private ObjectNode error(Asked asked, List<Object> path) {
            if (error == null) {
                error = Json.object().put("message", getMessage());
                error.putArray("locations").addObject().put("line", asked.place().line()).put("column", asked.place().column());
                error.putObject("extensions").put("code", code);
                error.set("path", Json.value(path));
            }
            return error;
        }
    }

    private final Source source;
    private final ArrayNode errors = Json.array();

    GraphqlRun(Source source) {
        this.source = source;
    }

    /** The answer's data; root fields run one after the other. */
    ObjectNode data(List<Asked> asked) {
        return object(asked, Json.object(), List.of());
    }

    ArrayNode errors() {
        return errors;
    }

    private ObjectNode object(List<Asked> fields, JsonNode parent, List<Object> path) {
        ObjectNode object = Json.object();
        for (Asked asked : fields) {
            List<Object> here = new ArrayList<>(path);
            here.add(asked.key());
            try {
                object.set(asked.key(), value(asked, parent, here));
            } catch (Failure failure) {
                ObjectNode error = failure.error(asked, here);
                if (asked.known().type().required()) {
                    throw failure;
                }
                errors.add(error);
                object.set(asked.key(), NullNode.instance);
            }
        }
        return object;
    }

    private JsonNode value(Asked asked, JsonNode parent, List<Object> path) {
        if (asked.known() == null) {
            return Json.value(asked.parent().name());
        }
        JsonNode value = source.value(asked, parent);
        if (value == null || value.isNull() || value.isMissingNode()) {
            return NullNode.instance;
        }
        if (!asked.isObject()) {
            return value;
        }
        if (!asked.isList()) {
            return object(asked.children(), value, path);
        }
        ArrayNode items = Json.array();
        for (int i = 0; i < value.size(); i++) {
            List<Object> here = new ArrayList<>(path);
            here.add(i);
            items.add(value.get(i).isNull() ? NullNode.instance : object(asked.children(), value.get(i), here));
        }
        return items;
    }
}
