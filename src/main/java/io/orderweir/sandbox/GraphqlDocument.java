package io.orderweir.sandbox;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A GraphQL document as its caller wrote it: operations and fragments, each thing with the place where it stands. */
record GraphqlDocument(List<Operation> operations, Map<String, Fragment> fragments) {

    /** Line and column, both from 1. */
    record Place(int line, int column) {
    }

    /** A type as it is written: a name, or a list of items; required with a {@code !} behind it. */
    record TypeRef(String name, TypeRef items, boolean required) {
        String named() {
            return items == null ? name : items.named();
        }

        String text() {
            return (items == null ? name : "[" + items.text() + "]") + (required ? "!" : "");
        }

        TypeRef optional() {
            return new TypeRef(name, items, false);
        }
    }

    enum Kind {
        VARIABLE, NULL, BOOLEAN, INT, FLOAT, STRING, ENUM, LIST, OBJECT
    }

    /** A value in the text: of lists and objects the parts, of all others the word; of a string what it says. */
    record Value(Kind kind, String word, List<Value> items, Map<String, Value> entries, Place place) {
        String text() {
            return switch (kind) {
                case VARIABLE -> "$" + word;
                case STRING -> Json.write(Json.value(word));
                case LIST -> items.stream().map(Value::text).collect(Collectors.joining(", ", "[", "]"));
                case OBJECT -> entries.entrySet().stream().map(entry -> entry.getKey() + ": " + entry.getValue().text()).collect(Collectors.joining(", ", "{", "}"));
                default -> word;
            };
        }
    }

    record Directive(String name, Map<String, Value> arguments, Place place) {
    }

    sealed interface Selection permits Field, Spread, Inline {
        List<Directive> directives();

        Place place();
    }

    record Field(String key, String name, Map<String, Value> arguments, List<Directive> directives, List<Selection> selections, Place place) implements Selection {
    }

    record Spread(String fragment, List<Directive> directives, Place place) implements Selection {
    }

    /** Its type is null when it has no condition. */
    record Inline(String type, List<Directive> directives, List<Selection> selections, Place place) implements Selection {
    }

    record Fragment(String name, String type, List<Selection> selections, Place place) {
    }

    /** Its default is null when it has none. */
    record Variable(String name, TypeRef type, Value otherwise, Place place) {
    }

    /** Its kind is query or mutation; its name is empty when it has none. */
    record Operation(String kind, String name, List<Variable> variables, List<Selection> selections, Place place) {
        String title() {
            return name.isEmpty() ? kind : kind + " " + name;
        }

        Variable variable(String wanted) {
            return variables.stream().filter(variable -> variable.name().equals(wanted)).findFirst().orElse(null);
        }
    }
}
