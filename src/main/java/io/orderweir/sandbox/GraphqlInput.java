package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.sandbox.GraphqlDocument.Kind;
import io.orderweir.sandbox.GraphqlDocument.Operation;
import io.orderweir.sandbox.GraphqlDocument.TypeRef;
import io.orderweir.sandbox.GraphqlDocument.Value;
import io.orderweir.sandbox.GraphqlDocument.Variable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a caller passes in, in the types of the schema: variables are checked here, literals have been checked by {@link GraphqlCheck}. */
final class GraphqlInput {
    /** Of any list, whatever it holds: shopify.dev/docs/api/usage/limits. */
    static final int LONGEST_LIST = 250;

    private final GraphqlSchema schema;

    GraphqlInput(GraphqlSchema schema) {
        this.schema = schema;
    }

    /** The variables of an operation with their defaults; a wrong one refuses the whole document, with the code INVALID_VARIABLE. */
    ObjectNode variables(Operation operation, JsonNode given) {
        ObjectNode variables = Json.object();
        ArrayNode errors = Json.array();
        for (Variable variable : operation.variables()) {
            JsonNode value = given.get(variable.name());
            if (value == null && variable.otherwise() != null) {
                variables.set(variable.name(), literal(variable.otherwise(), variable.type(), variables));
            } else if (value != null || variable.type().required()) {
                ArrayNode problems = Json.array();
                variables.set(variable.name(), coerced(variable.type(), value == null ? NullNode.instance : value, List.of(), problems));
                if (!problems.isEmpty()) {
                    errors.add(invalid(variable, value == null ? NullNode.instance : value, problems));
                }
            }
        }
        if (!errors.isEmpty()) {
            throw new GraphqlRefusal(errors);
        }
        return variables;
    }

    private static ObjectNode invalid(Variable variable, JsonNode value, ArrayNode problems) {
        List<String> where = new ArrayList<>();
        problems.forEach(problem -> {
            if (!problem.path("path").isEmpty()) {
                List<String> steps = new ArrayList<>();
                problem.path("path").forEach(step -> steps.add(step.asText()));
                where.add(String.join(".", steps) + " (" + problem.path("explanation").asText() + ")");
            }
        });
        String message = "Variable $" + variable.name() + " of type " + variable.type().text() + " was provided invalid value"
                + (where.isEmpty() ? "" : " for " + String.join(", ", where));
        ObjectNode error = GraphqlRefusal.error(message, variable.place(), List.of());
        error.putObject("extensions").put("code", "INVALID_VARIABLE").<ObjectNode>set("value", value).set("problems", problems);
        return error;
    }

    private JsonNode coerced(TypeRef type, JsonNode value, List<Object> path, ArrayNode problems) {
        if (value.isNull()) {
            if (type.required()) {
                problem(problems, path, "Expected value to not be null");
            }
            return value;
        }
        if (type.items() != null) {
            ArrayNode items = Json.array();
            List<JsonNode> given = new ArrayList<>();
            if (value.isArray()) {
                value.forEach(given::add);
            } else {
                given.add(value);
            }
            if (given.size() > LONGEST_LIST) {
                throw new GraphqlRefusal(tooLong(given.size()));
            }
            for (int i = 0; i < given.size(); i++) {
                items.add(coerced(type.items(), given.get(i), GraphqlFaults.with(path, i), problems));
            }
            return items;
        }
        GraphqlSchema.Type named = schema.type(type.name());
        if (named.kind().equals("input")) {
            return object(named, value, path, problems);
        }
        String wrong = wrongScalar(named, value);
        if (wrong != null) {
            problem(problems, path, wrong);
        }
        return value;
    }

    private JsonNode object(GraphqlSchema.Type type, JsonNode value, List<Object> path, ArrayNode problems) {
        if (!value.isObject()) {
            problem(problems, path, "Expected " + value + " to be a key-value object.");
            return value;
        }
        ObjectNode object = Json.object();
        value.fieldNames().forEachRemaining(key -> {
            if (!type.keys().containsKey(key)) {
                problem(problems, GraphqlFaults.with(path, key), "Field is not defined on " + type.name());
            }
        });
        for (GraphqlSchema.Argument key : type.keys().values()) {
            JsonNode part = value.get(key.name());
            if (part != null) {
                object.set(key.name(), coerced(key.type(), part, GraphqlFaults.with(path, key.name()), problems));
            } else if (key.otherwise() != null) {
                object.set(key.name(), literal(key.otherwise(), key.type(), Json.object()));
            } else if (key.type().required()) {
                problem(problems, GraphqlFaults.with(path, key.name()), "Expected value to not be null");
            }
        }
        return object;
    }

    /** Null when the value is one of the scalar or enum. */
    private static String wrongScalar(GraphqlSchema.Type type, JsonNode value) {
        boolean right = switch (type.name()) {
            case "ID" -> value.isTextual() && isGlobalId(value.textValue());
            case "Int" -> value.isIntegralNumber() && value.canConvertToInt();
            case "Boolean" -> value.isBoolean();
            case "String", "DateTime" -> value.isTextual();
            default -> value.isTextual() && type.values().contains(value.textValue());
        };
        if (right) {
            return null;
        }
        if (type.name().equals("ID")) {
            return "Invalid global id '" + value.asText() + "'";
        }
        return type.kind().equals("enum") ? "Expected " + value + " to be one of: " + String.join(", ", type.values())
                : "Could not coerce value " + value + " to " + type.name();
    }

    static boolean isGlobalId(String text) {
        return text.matches("gid://[A-Za-z-]+/[A-Za-z]+/[^/]+");
    }

    private static void problem(ArrayNode problems, List<Object> path, String explanation) {
        ObjectNode problem = problems.addObject();
        problem.set("path", Json.value(path));
        problem.put("explanation", explanation);
        if (explanation.startsWith("Invalid global id")) {
            problem.put("message", explanation);
        }
    }

    static ObjectNode tooLong(int size) {
        ObjectNode error = Json.object().put("message", "The input array size of " + size + " is greater than the maximum allowed of " + LONGEST_LIST + ".");
        error.putObject("extensions").put("code", "MAX_INPUT_SIZE_EXCEEDED");
        return error;
    }

    /** The arguments of a field with their defaults; what is neither given nor has a default is absent. */
    ObjectNode arguments(Map<String, GraphqlSchema.Argument> known, Map<String, Value> given, ObjectNode variables) {
        ObjectNode arguments = Json.object();
        for (GraphqlSchema.Argument argument : known.values()) {
            Value value = given.get(argument.name());
            boolean absent = value == null || value.kind() == Kind.VARIABLE && !variables.has(value.word());
            if (!absent) {
                arguments.set(argument.name(), literal(value, argument.type(), variables));
            } else if (argument.otherwise() != null) {
                arguments.set(argument.name(), literal(argument.otherwise(), argument.type(), variables));
            }
        }
        return arguments;
    }

    JsonNode literal(Value value, TypeRef type, ObjectNode variables) {
        if (value.kind() != Kind.LIST && value.kind() != Kind.VARIABLE && value.kind() != Kind.NULL && type.items() != null) {
            return Json.array().add(literal(value, type.items(), variables));
        }
        return switch (value.kind()) {
            case VARIABLE -> variables.has(value.word()) ? variables.get(value.word()) : NullNode.instance;
            case NULL -> NullNode.instance;
            case BOOLEAN -> Json.value(Boolean.valueOf(value.word()));
            case INT -> Json.value(new BigInteger(value.word()).intValueExact());
            case FLOAT, STRING, ENUM -> Json.value(value.word());
            case LIST -> Json.value(value.items().stream().map(item -> literal(item, type.items(), variables)).collect(Collectors.toList()));
            case OBJECT -> arguments(schema.type(type.name()).keys(), value.entries(), variables);
        };
    }
}
