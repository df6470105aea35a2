package io.orderweir.sandbox;

import io.orderweir.sandbox.GraphqlDocument.Directive;
import io.orderweir.sandbox.GraphqlDocument.Field;
import io.orderweir.sandbox.GraphqlDocument.Fragment;
import io.orderweir.sandbox.GraphqlDocument.Inline;
import io.orderweir.sandbox.GraphqlDocument.Operation;
import io.orderweir.sandbox.GraphqlDocument.Place;
import io.orderweir.sandbox.GraphqlDocument.Selection;
import io.orderweir.sandbox.GraphqlDocument.Spread;
import io.orderweir.sandbox.GraphqlDocument.TypeRef;
import io.orderweir.sandbox.GraphqlDocument.Value;
import io.orderweir.sandbox.GraphqlDocument.Variable;
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
    private final GraphqlFaults faults = new GraphqlFaults();
    private final Set<String> spread = new LinkedHashSet<>();
    private GraphqlValues values;

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
                check.faults.add("useAndDefineFragment", "Fragment " + fragment.name() + " was defined, but not used", fragment.place(),
                        List.of("fragment " + fragment.name())).put("fragmentName", fragment.name());
            }
        }
        check.faults.refuse();
    }

    private void operation(Operation checked) {
        values = new GraphqlValues(schema, checked, faults);
        List<Object> path = List.of(checked.title());
        for (Variable variable : checked.variables()) {
            GraphqlSchema.Type type = schema.type(variable.type());
            if (type == null || !type.isInput()) {
                faults.add("variableRequiresValidType", (type == null ? variable.type().named() + " isn't a defined input type" : variable.type().named()
                        + " isn't a valid input type") + " (on $" + variable.name() + ")", variable.place(), path).put("variableName", variable.name());
                return;
            }
            if (variable.otherwise() != null) {
                values.value(variable.otherwise(), variable.type(), "Variable", checked.title(), variable.name(), path);
            }
        }
        selections(checked.selections(), schema.root(checked.kind()), path, Set.of());
        for (Variable variable : checked.variables()) {
            if (!values.used().contains(variable.name())) {
                faults.add("variableNotUsed", "Variable $" + variable.name() + " is declared by " + values.named() + " but not used", variable.place(), path)
                        .put("variableName", variable.name());
            }
        }
    }

    private void selections(List<Selection> selections, GraphqlSchema.Type type, List<Object> path, Set<String> within) {
        Map<String, Field> byKey = new HashMap<>();
        for (Selection selection : selections) {
            selection.directives().forEach(directive -> directive(directive, path));
            if (selection instanceof Field field) {
                Field before = byKey.putIfAbsent(field.key(), field);
                if (before != null && !sameArguments(before, field)) {
                    faults.add("fieldConflict", "Field '" + field.key() + "' has a field conflict: " + before.name() + " or " + field.name() + "?", field.place(), List.of())
                            .put("fieldName", field.key()).put("conflicts", before.name() + " or " + field.name());
                }
                field(field, type, GraphqlFaults.with(path, field.key()), within);
            } else if (selection instanceof Inline inline) {
                condition(inline.type(), inline.selections(), type, inline.place(), GraphqlFaults.with(path, "..." + (inline.type() == null ? "" : " on " + inline.type())), within);
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
            faults.add("useAndDefineFragment", "Fragment " + named.fragment() + " was used, but not defined", named.place(), GraphqlFaults.with(path, "... " + named.fragment()))
                    .put("fragmentName", named.fragment());
        } else if (within.contains(fragment.name())) {
            faults.add("infiniteLoop", "Fragment " + fragment.name() + " contains an infinite loop", named.place(), GraphqlFaults.with(path, "... " + fragment.name()))
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
            faults.add("undefinedType", "No such type " + on + ", so it can't be a fragment condition", place, path).put("typeName", on);
        } else if (!wanted.name().equals(type.name())) {
            faults.add("cannotSpreadFragment", "Fragment on " + on + " can't be spread inside " + type.name(), place, path).put("typeName", on).put("parentName", type.name());
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
            faults.add("undefinedField", "Field '" + field.name() + "' doesn't exist on type '" + type.name() + "'", field.place(), path)
                    .put("typeName", type.name()).put("fieldName", field.name());
            return;
        }
        values.arguments(field.arguments(), known.arguments(), "Field", field.name(), field.place(), path);
        GraphqlSchema.Type result = schema.type(known.type());
        if (!result.isObject() && !field.selections().isEmpty()) {
            faults.add("selectionMismatch", "Selections can't be made on " + result.kind() + "s (field '" + field.name() + "' returns " + result.name()
                    + " but has selections)", field.place(), path).put("nodeName", "field '" + field.name() + "'").put("typeName", result.name());
        } else if (result.isObject() && field.selections().isEmpty()) {
            faults.add("selectionMismatch", "Field must have selections (field '" + field.name() + "' returns " + result.name() + " but has no selections. Did you mean '"
                    + field.name() + " { ... }'?)", field.place(), path).put("nodeName", "field '" + field.name() + "'").put("typeName", result.name());
        } else if (result.isObject()) {
            selections(field.selections(), result, path, within);
        }
    }

    private void directive(Directive directive, List<Object> path) {
        if (!directive.name().equals("include") && !directive.name().equals("skip")) {
            faults.add("undefinedDirective", "Directive @" + directive.name() + " is not defined", directive.place(), path).put("directiveName", directive.name());
        } else {
            values.arguments(directive.arguments(), IF, "Directive", directive.name(), directive.place(), path);
        }
    }
}
