package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graphql.GraphQLContext;
import graphql.language.AstPrinter;
import graphql.language.OperationDefinition;
import graphql.language.VariableDefinition;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.execution.TypeFromAST;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All that is wrong with the variables of a call, in the vendor's words (recorded, and graphql-ruby's): graphql-java would end at the first. */
final class ShopifyVariables {
    private final GraphQLSchema schema;

    ShopifyVariables(GraphQLSchema schema) {
        this.schema = schema;
    }

    /** Refuses the call when a variable does not have its type, with an entry per variable and the code INVALID_VARIABLE. */
    void check(OperationDefinition operation, JsonNode given) {
        ArrayNode errors = Json.array();
        for (VariableDefinition variable : operation.getVariableDefinitions()) {
            if (given.has(variable.getName()) || variable.getDefaultValue() == null) {
                JsonNode value = given.has(variable.getName()) ? given.get(variable.getName()) : NullNode.instance;
                ArrayNode problems = Json.array();
                check(TypeFromAST.getTypeFromAST(schema, variable.getType()), value, List.of(), problems);
                if (!problems.isEmpty()) {
                    errors.add(invalid(variable, value, problems));
                }
            }
        }
        if (!errors.isEmpty()) {
            throw new GraphqlRefusal(errors);
        }
    }

    private static ObjectNode invalid(VariableDefinition variable, JsonNode value, ArrayNode problems) {
        List<String> where = new ArrayList<>();
        for (JsonNode problem : problems) {
            if (!problem.path("path").isEmpty()) {
                List<String> steps = new ArrayList<>();
                problem.path("path").forEach(step -> steps.add(step.asText()));
                where.add(String.join(".", steps) + " (" + problem.path("explanation").asText() + ")");
            }
        }
        String message = "Variable $" + variable.getName() + " of type " + AstPrinter.printAst(variable.getType()) + " was provided invalid value"
                + (where.isEmpty() ? "" : " for " + String.join(", ", where));
        ObjectNode error = ShopifyErrors.entry(message, List.of(variable.getSourceLocation()), List.of());
        error.putObject("extensions").put("code", "INVALID_VARIABLE").<ObjectNode>set("value", value).set("problems", problems);
        return error;
    }

    private static void check(GraphQLType type, JsonNode value, List<Object> path, ArrayNode problems) {
        if (value.isNull()) {
            if (GraphQLTypeUtil.isNonNull(type)) {
                problem(problems, path, "Expected value to not be null");
            }
            return;
        }
        GraphQLType wanted = GraphQLTypeUtil.unwrapNonNull(type);
        if (GraphQLTypeUtil.isList(wanted)) {
            JsonNode items = value.isArray() ? value : Json.array().add(value);
            for (int i = 0; i < items.size(); i++) {
                check(GraphQLTypeUtil.unwrapOne(wanted), items.get(i), with(path, i), problems);
            }
        } else if (wanted instanceof GraphQLInputObjectType object) {
            keys(object, value, path, problems);
        } else if (wanted instanceof GraphQLEnumType choice) {
            if (!value.isTextual() || choice.getValue(value.textValue()) == null) {
                problem(problems, path, "Expected " + value + " to be one of: "
                        + choice.getValues().stream().map(GraphQLEnumValueDefinition::getName).collect(Collectors.joining(", ")));
            }
        } else if (wanted instanceof GraphQLScalarType scalar) {
            leaf(scalar, value, path, problems);
        }
    }

    private static void keys(GraphQLInputObjectType type, JsonNode value, List<Object> path, ArrayNode problems) {
        if (!value.isObject()) {
            problem(problems, path, "Expected " + value + " to be a key-value object.");
            return;
        }
        value.fieldNames().forEachRemaining(key -> {
            if (type.getField(key) == null) {
                problem(problems, with(path, key), "Field is not defined on " + type.getName());
            }
        });
        for (GraphQLInputObjectField key : type.getFields()) {
            if (value.has(key.getName()) || !key.hasSetDefaultValue()) {
                check(key.getType(), value.has(key.getName()) ? value.get(key.getName()) : NullNode.instance, with(path, key.getName()), problems);
            }
        }
    }

    private static void leaf(GraphQLScalarType scalar, JsonNode value, List<Object> path, ArrayNode problems) {
        try {
            scalar.getCoercing().parseValue(Json.plain(value), GraphQLContext.getDefault(), ShopifyErrors.LOCALE);
        } catch (CoercingParseValueException wrong) {
            if (scalar.getName().equals("ID")) {
                problem(problems, path, wrong.getMessage()).put("message", wrong.getMessage());
            } else {
                problem(problems, path, "Could not coerce value " + value + " to " + ((GraphQLNamedType) scalar).getName());
            }
        }
    }

    private static List<Object> with(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    private static ObjectNode problem(ArrayNode problems, List<Object> path, String explanation) {
        ObjectNode problem = problems.addObject();
        problem.set("path", Json.value(path));
        return problem.put("explanation", explanation);
    }
}
