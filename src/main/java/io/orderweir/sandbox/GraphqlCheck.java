package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.sandbox.GraphqlDocument.Directive;
import io.orderweir.sandbox.GraphqlDocument.Field;
import io.orderweir.sandbox.GraphqlDocument.Fragment;
import io.orderweir.sandbox.GraphqlDocument.Inline;
import io.orderweir.sandbox.GraphqlDocument.Kind;
import io.orderweir.sandbox.GraphqlDocument.Operation;
import io.orderweir.sandbox.GraphqlDocument.Place;
import io.orderweir.sandbox.GraphqlDocument.Selection;
import io.orderweir.sandbox.GraphqlDocument.Spread;
import io.orderweir.sandbox.GraphqlDocument.TypeRef;
import io.orderweir.sandbox.GraphqlDocument.Value;
import io.orderweir.sandbox.GraphqlDocument.Variable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is wrong with a document before anything runs, in the messages and codes of graphql-ruby, which the vendor uses
 * (its lib/graphql/static_validation; undefinedField, missingRequiredArguments and argumentLiteralsIncompatible are also in recorded answers).
 */
final class GraphqlCheck {
    private static final Map<String, GraphqlSchema.Argument> IF = Map.of("if", new GraphqlSchema.Argument("if", new TypeRef("Boolean", null, true), null));

    private final GraphqlSchema schema;
    private final GraphqlDocument document;
    private final ArrayNode errors = Json.array();
    private final Set<String> spread = new LinkedHashSet<>();
    private Operation operation;
    private final Set<String> used = new LinkedHashSet<>();

    private GraphqlCheck(GraphqlSchema schema, GraphqlDocument document) {
        this.schema = schema;
        this.document = document;
    }

    /** Refuses the document when anything in it is wrong, with all that is. */
    static void check(GraphqlSchema schema, GraphqlDocument document) {
        GraphqlCheck check = new GraphqlCheck(schema, document);
        document.operations().forEach(check::operation);
        for (Fragment fragment : document.fragments().values()) {
            if (!check.spread.contains(fragment.name())) {
                check.error("useAndDefineFragment", "Fragment " + fragment.name() + " was defined, but not used", fragment.place(),
                        List.of("fragment " + fragment.name())).put("fragmentName", fragment.name());
            }
        }
        if (!check.errors.isEmpty()) {
            // a fragment that is used twice has its mistakes once
            Set<JsonNode> distinct = new LinkedHashSet<>();
            check.errors.forEach(distinct::add);
            throw new GraphqlRefusal(Json.array().addAll(distinct));
        }
    }

    private void operation(Operation checked) {
        operation = checked;
        used.clear();
        List<Object> path = List.of(checked.title());
        for (Variable variable : checked.variables()) {
            GraphqlSchema.Type type = schema.type(variable.type());
            if (type == null || !type.isInput()) {
                error("variableRequiresValidType", (type == null ? variable.type().named() + " isn't a defined input type" : variable.type().named()
                        + " isn't a valid input type") + " (on $" + variable.name() + ")", variable.place(), path).put("variableName", variable.name());
                return;
            }
            if (variable.otherwise() != null) {
                value(variable.otherwise(), variable.type(), "Variable", checked.title(), variable.name(), path);
            }
        }
        selections(checked.selections(), schema.root(checked.kind()), path, Set.of());
        for (Variable variable : checked.variables()) {
            if (!used.contains(variable.name())) {
                error("variableNotUsed", "Variable $" + variable.name() + " is declared by " + named() + " but not used", variable.place(), path)
                        .put("variableName", variable.name());
            }
        }
    }

    private String named() {
        return operation.name().isEmpty() ? "anonymous " + operation.kind() : operation.name();
    }

    private void selections(List<Selection> selections, GraphqlSchema.Type type, List<Object> path, Set<String> within) {
        Map<String, Field> byKey = new HashMap<>();
        for (Selection selection : selections) {
            selection.directives().forEach(directive -> directive(directive, path));
            if (selection instanceof Field field) {
                Field before = byKey.putIfAbsent(field.key(), field);
                if (before != null && !sameArguments(before, field)) {
                    error("fieldConflict", "Field '" + field.key() + "' has a field conflict: " + before.name() + " or " + field.name() + "?", field.place(), List.of())
                            .put("fieldName", field.key()).put("conflicts", before.name() + " or " + field.name());
                }
                field(field, type, with(path, field.key()), within);
            } else if (selection instanceof Inline inline) {
                condition(inline.type(), inline.selections(), type, inline.place(), with(path, "..." + (inline.type() == null ? "" : " on " + inline.type())), within);
            } else if (selection instanceof Spread named) {
                spread(named, type, path, within);
            }
        }
    }

    private static boolean sameArguments(Field one, Field other) {
        return one.name().equals(other.name()) && texts(one).equals(texts(other));
    }

    private static Map<String, String> texts(Field field) {
        Map<String, String> texts = new HashMap<>();
        field.arguments().forEach((name, value) -> texts.put(name, value.text()));
        return texts;
    }

    private void spread(Spread named, GraphqlSchema.Type type, List<Object> path, Set<String> within) {
        Fragment fragment = document.fragments().get(named.fragment());
        spread.add(named.fragment());
        if (fragment == null) {
            error("useAndDefineFragment", "Fragment " + named.fragment() + " was used, but not defined", named.place(), with(path, "... " + named.fragment()))
                    .put("fragmentName", named.fragment());
        } else if (within.contains(fragment.name())) {
            error("infiniteLoop", "Fragment " + fragment.name() + " contains an infinite loop", named.place(), with(path, "... " + fragment.name()))
                    .put("fragmentName", fragment.name());
        } else {
            Set<String> deeper = new LinkedHashSet<>(within);
            deeper.add(fragment.name());
            condition(fragment.type(), fragment.selections(), type, named.place(), List.of("fragment " + fragment.name()), deeper);
        }
    }

    private void condition(String on, List<Selection> selections, GraphqlSchema.Type type, Place place, List<Object> path, Set<String> within) {
        GraphqlSchema.Type wanted = on == null ? type : schema.type(on);
        if (wanted == null || !wanted.isObject()) {
            error("undefinedType", "No such type " + on + ", so it can't be a fragment condition", place, path).put("typeName", on);
        } else if (!wanted.name().equals(type.name())) {
            error("cannotSpreadFragment", "Fragment on " + on + " can't be spread inside " + type.name(), place, path).put("typeName", on).put("parentName", type.name());
        } else {
            selections(selections, wanted, path, within);
        }
    }

    private void field(Field field, GraphqlSchema.Type type, List<Object> path, Set<String> within) {
        if (field.name().equals("__typename")) {
            return;
        }
        GraphqlSchema.Field known = type.fields().get(field.name());
        if (known == null) {
            error("undefinedField", "Field '" + field.name() + "' doesn't exist on type '" + type.name() + "'", field.place(), path)
                    .put("typeName", type.name()).put("fieldName", field.name());
            return;
        }
        arguments(field.arguments(), known.arguments(), "Field", field.name(), field.place(), path);
        GraphqlSchema.Type result = schema.type(known.type());
        if (!result.isObject() && !field.selections().isEmpty()) {
            error("selectionMismatch", "Selections can't be made on " + result.kind() + "s (field '" + field.name() + "' returns " + result.name()
                    + " but has selections)", field.place(), path).put("nodeName", "field '" + field.name() + "'").put("typeName", result.name());
        } else if (result.isObject() && field.selections().isEmpty()) {
            error("selectionMismatch", "Field must have selections (field '" + field.name() + "' returns " + result.name() + " but has no selections. Did you mean '"
                    + field.name() + " { ... }'?)", field.place(), path).put("nodeName", "field '" + field.name() + "'").put("typeName", result.name());
        } else if (result.isObject()) {
            selections(field.selections(), result, path, within);
        }
    }

    private void directive(Directive directive, List<Object> path) {
        if (!directive.name().equals("include") && !directive.name().equals("skip")) {
            error("undefinedDirective", "Directive @" + directive.name() + " is not defined", directive.place(), path).put("directiveName", directive.name());
        } else {
            arguments(directive.arguments(), IF, "Directive", directive.name(), directive.place(), path);
        }
    }

    private void arguments(Map<String, Value> given, Map<String, GraphqlSchema.Argument> known, String owner, String name, Place place, List<Object> path) {
        given.forEach((argument, value) -> {
            GraphqlSchema.Argument wanted = known.get(argument);
            if (wanted == null) {
                error("argumentNotAccepted", owner + " '" + name + "' doesn't accept argument '" + argument + "'", value.place(), with(path, argument))
                        .put("name", name).put("typeName", owner).put("argumentName", argument);
            } else {
                value(value, wanted.type(), owner, name, argument, with(path, argument));
            }
        });
        List<String> missing = known.values().stream().filter(argument -> argument.isRequired() && !given.containsKey(argument.name()))
                .map(GraphqlSchema.Argument::name).sorted().toList();
        if (!missing.isEmpty()) {
            error("missingRequiredArguments", owner + " '" + name + "' is missing required arguments: " + String.join(", ", missing), place, path)
                    .put("className", owner).put("name", name).put("arguments", String.join(", ", missing));
        }
    }

    private void value(Value value, TypeRef type, String owner, String name, String argument, List<Object> path) {
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
                errors.add(GraphqlInput.tooLong(items.size()));
                return;
            }
            for (int i = 0; i < items.size(); i++) {
                value(items.get(i), type.items(), owner, name, argument, with(path, i));
            }
            return;
        }
        GraphqlSchema.Type wanted = schema.type(type);
        if (wanted.kind().equals("input") && value.kind() == Kind.OBJECT) {
            keys(value, wanted, path);
        } else if (wanted.name().equals("ID") && value.kind() == Kind.STRING && !GraphqlInput.isGlobalId(value.word())) {
            error("argumentLiteralsIncompatible", "Invalid global id '" + value.word() + "'", value.place(), path).put("typeName", "CoercionError");
        } else if (!fits(value, wanted)) {
            error("argumentLiteralsIncompatible", "Argument '" + argument + "' on " + owner + " '" + name + "' has an invalid value (" + value.text()
                    + "). Expected type '" + type.text() + "'.", value.place(), path).put("typeName", owner).put("argumentName", argument);
        }
    }

    private void keys(Value value, GraphqlSchema.Type type, List<Object> path) {
        value.entries().forEach((key, part) -> {
            GraphqlSchema.Argument known = type.keys().get(key);
            if (known == null) {
                error("argumentNotAccepted", "InputObject '" + type.name() + "' doesn't accept argument '" + key + "'", part.place(), with(path, key))
                        .put("name", type.name()).put("typeName", "InputObject").put("argumentName", key);
            } else {
                value(part, known.type(), "InputObject", type.name(), key, with(path, key));
            }
        });
        for (GraphqlSchema.Argument key : type.keys().values()) {
            if (key.isRequired() && !value.entries().containsKey(key.name())) {
                error("missingRequiredInputObjectAttribute", "Argument '" + key.name() + "' on InputObject '" + type.name() + "' is required. Expected type "
                        + key.type().text(), value.place(), with(path, key.name())).put("argumentName", key.name()).put("argumentType", key.type().text())
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
            error("variableNotDefined", "Variable $" + value.word() + " is used by " + named() + " but not declared", value.place(), path).put("variableName", value.word());
            return;
        }
        TypeRef has = variable.type();
        boolean given = variable.otherwise() != null && variable.otherwise().kind() != Kind.NULL;
        if (!accepts(given ? wanted.optional() : wanted, has)) {
            error("variableMismatch", "Type mismatch on variable $" + variable.name() + " and argument " + argument + " (" + has.text() + " / " + wanted.text() + ")",
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

    private ObjectNode error(String code, String message, Place place, List<?> path) {
        ObjectNode error = GraphqlRefusal.error(message, place, path);
        errors.add(error);
        return error.putObject("extensions").put("code", code);
    }

    private static List<Object> with(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }
}
