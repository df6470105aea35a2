package io.orderweir.sandbox;

import io.orderweir.sandbox.GraphqlDocument.TypeRef;
import io.orderweir.sandbox.GraphqlDocument.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The types of a GraphQL interface, read from its schema language: {@code type}, {@code input} and {@code enum}. */
final class GraphqlSchema {
    private static final Set<String> SCALARS = Set.of("ID", "String", "Int", "Boolean", "DateTime");

    /** Of a field, or a key of an input object. Its default is null when it has none. */
    record Argument(String name, TypeRef type, Value otherwise) {
        boolean isRequired() {
            return type.required() && otherwise == null;
        }
    }

    record Field(String name, Map<String, Argument> arguments, TypeRef type) {
    }

    /** Its kind is type, input, enum or scalar; what does not belong to the kind is empty. */
    record Type(String kind, String name, Map<String, Field> fields, Map<String, Argument> keys, List<String> values) {
        boolean isObject() {
            return kind.equals("type");
        }

        boolean isInput() {
            return !kind.equals("type");
        }
    }

    private final Map<String, Type> types = new LinkedHashMap<>();

    GraphqlSchema(String text) {
        for (String scalar : SCALARS) {
            types.put(scalar, new Type("scalar", scalar, Map.of(), Map.of(), List.of()));
        }
        GraphqlTokens tokens = new GraphqlTokens(text);
        while (tokens.peek().kind() != GraphqlTokens.Kind.END) {
            Type type = type(tokens, new GraphqlReader(tokens));
            types.put(type.name(), type);
        }
    }

    private static Type type(GraphqlTokens tokens, GraphqlReader reader) {
        String kind = tokens.name();
        String name = tokens.name();
        Map<String, Field> fields = new LinkedHashMap<>();
        Map<String, Argument> keys = new LinkedHashMap<>();
        List<String> values = new ArrayList<>();
        tokens.expect("{");
        while (!tokens.skip("}")) {
            switch (kind) {
                case "type" -> {
                    Field field = field(tokens, reader);
                    fields.put(field.name(), field);
                }
                case "input" -> {
                    Argument key = argument(tokens, reader);
                    keys.put(key.name(), key);
                }
                case "enum" -> values.add(tokens.name());
                default -> throw tokens.unexpected();
            }
        }
        return new Type(kind, name, fields, keys, values);
    }

    private static Field field(GraphqlTokens tokens, GraphqlReader reader) {
        String name = tokens.name();
        Map<String, Argument> arguments = new LinkedHashMap<>();
        if (tokens.skip("(")) {
            while (!tokens.skip(")")) {
                Argument argument = argument(tokens, reader);
                arguments.put(argument.name(), argument);
            }
        }
        tokens.expect(":");
        return new Field(name, arguments, reader.type());
    }

    private static Argument argument(GraphqlTokens tokens, GraphqlReader reader) {
        String name = tokens.name();
        tokens.expect(":");
        return new Argument(name, reader.type(), tokens.skip("=") ? reader.value() : null);
    }

    /** Null when there is none of that name. */
    Type type(String name) {
        return types.get(name);
    }

    Type type(TypeRef type) {
        return types.get(type.named());
    }

    Type root(String kind) {
        return types.get(kind.equals("mutation") ? "Mutation" : "QueryRoot");
    }
}
