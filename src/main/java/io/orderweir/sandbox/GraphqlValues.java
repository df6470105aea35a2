package io.orderweir.sandbox;

import io.orderweir.sandbox.GraphqlDocument.Kind;
import io.orderweir.sandbox.GraphqlDocument.Operation;
import io.orderweir.sandbox.GraphqlDocument.Place;
import io.orderweir.sandbox.GraphqlDocument.TypeRef;
import io.orderweir.sandbox.GraphqlDocument.Value;
import io.orderweir.sandbox.GraphqlDocument.Variable;
import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is wrong with the arguments of one operation, as they are written: literals by their type, variables by the type they are declared with. */
final class GraphqlValues {
    private final GraphqlSchema schema;
    private final Operation operation;
    private final GraphqlFaults faults;
    private final Set<String> used = new LinkedHashSet<>();

    GraphqlValues(GraphqlSchema schema, Operation operation, GraphqlFaults faults) {
        this.schema = schema;
        this.operation = operation;
        this.faults = faults;
    }

    /** The variables that were met. */
    Set<String> used() {
        return used;
    }

    String named() {
        return operation.name().isEmpty() ? "anonymous " + operation.kind() : operation.name();
    }

    void arguments(Map<String, Value> given, Map<String, GraphqlSchema.Argument> known, String owner, String name, Place place, List<Object> path) {
        given.forEach((argument, value) -> {
            GraphqlSchema.Argument wanted = known.get(argument);
            if (wanted == null) {
                faults.add("argumentNotAccepted", owner + " '" + name + "' doesn't accept argument '" + argument + "'", value.place(), GraphqlFaults.with(path, argument))
                        .put("name", name).put("typeName", owner).put("argumentName", argument);
            } else {
                value(value, wanted.type(), owner, name, argument, GraphqlFaults.with(path, argument));
            }
        });
        List<String> missing = known.values().stream().filter(argument -> argument.isRequired() && !given.containsKey(argument.name()))
                .map(GraphqlSchema.Argument::name).sorted().toList();
        if (!missing.isEmpty()) {
            faults.add("missingRequiredArguments", owner + " '" + name + "' is missing required arguments: " + String.join(", ", missing), place, path)
                    .put("className", owner).put("name", name).put("arguments", String.join(", ", missing));
        }
    }

    void value(Value value, TypeRef type, String owner, String name, String argument, List<Object> path) {
        if (value.kind() == Kind.VARIABLE) {
            reference(value, type, argument, path);
            return;
        }
        if (value.kind() == Kind.NULL && !type.required()) {
            return;
        }
        if (type.items() != null && value.kind() != Kind.NULL) {
            List<Value> items = value.kind() == Kind.LIST ? value.items() : List.of(value);
            if (items.size() > GraphqlInput.LONGEST_LIST) {
                faults.add(GraphqlInput.tooLong(items.size()));
                return;
            }
            for (int i = 0; i < items.size(); i++) {
                value(items.get(i), type.items(), owner, name, argument, GraphqlFaults.with(path, i));
            }
            return;
        }
        GraphqlSchema.Type wanted = schema.type(type);
        if (wanted.kind().equals("input") && value.kind() == Kind.OBJECT) {
            keys(value, wanted, path);
        } else if (wanted.name().equals("ID") && value.kind() == Kind.STRING && !GraphqlInput.isGlobalId(value.word())) {
            faults.add("argumentLiteralsIncompatible", "Invalid global id '" + value.word() + "'", value.place(), path).put("typeName", "CoercionError");
        } else if (!fits(value, wanted)) {
            faults.add("argumentLiteralsIncompatible", "Argument '" + argument + "' on " + owner + " '" + name + "' has an invalid value (" + value.text()
                    + "). Expected type '" + type.text() + "'.", value.place(), path).put("typeName", owner).put("argumentName", argument);
        }
    }

    private void keys(Value value, GraphqlSchema.Type type, List<Object> path) {
        value.entries().forEach((key, part) -> {
            GraphqlSchema.Argument known = type.keys().get(key);
            if (known == null) {
                faults.add("argumentNotAccepted", "InputObject '" + type.name() + "' doesn't accept argument '" + key + "'", part.place(), GraphqlFaults.with(path, key))
                        .put("name", type.name()).put("typeName", "InputObject").put("argumentName", key);
            } else {
                value(part, known.type(), "InputObject", type.name(), key, GraphqlFaults.with(path, key));
            }
        });
        for (GraphqlSchema.Argument key : type.keys().values()) {
            if (key.isRequired() && !value.entries().containsKey(key.name())) {
                faults.add("missingRequiredInputObjectAttribute", "Argument '" + key.name() + "' on InputObject '" + type.name() + "' is required. Expected type "
                        + key.type().text(), value.place(), GraphqlFaults.with(path, key.name())).put("argumentName", key.name()).put("argumentType", key.type().text())
                        .put("inputObjectType", type.name());
            }
        }
    }

    private static boolean fits(Value value, GraphqlSchema.Type wanted) {
        return switch (wanted.name()) {
            case "ID", "String", "DateTime" -> value.kind() == Kind.STRING;
            case "Int" -> value.kind() == Kind.INT && new BigInteger(value.word()).bitLength() < Integer.SIZE;
            case "Boolean" -> value.kind() == Kind.BOOLEAN;
            default -> value.kind() == Kind.ENUM && wanted.values().contains(value.word());
        };
    }

    private void reference(Value value, TypeRef wanted, String argument, List<Object> path) {
        used.add(value.word());
        Variable variable = operation.variable(value.word());
        if (variable == null) {
            faults.add("variableNotDefined", "Variable $" + value.word() + " is used by " + named() + " but not declared", value.place(), path).put("variableName", value.word());
            return;
        }
        TypeRef has = variable.type();
        boolean given = variable.otherwise() != null && variable.otherwise().kind() != Kind.NULL;
        if (!accepts(given ? wanted.optional() : wanted, has)) {
            faults.add("variableMismatch", "Type mismatch on variable $" + variable.name() + " and argument " + argument + " (" + has.text() + " / " + wanted.text() + ")",
                    value.place(), path).put("variableName", variable.name()).put("typeName", has.text()).put("argumentName", argument).put("errorMessage", "Type mismatch");
        }
    }

    private static boolean accepts(TypeRef wanted, TypeRef has) {
        if (wanted.required() && !has.required()) {
            return false;
        }
        return wanted.items() == null || has.items() == null ? wanted.items() == null && has.items() == null && wanted.name().equals(has.name())
                : accepts(wanted.items(), has.items());
    }
}
