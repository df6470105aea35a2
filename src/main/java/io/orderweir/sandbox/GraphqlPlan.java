package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.sandbox.GraphqlDocument.Directive;
import io.orderweir.sandbox.GraphqlDocument.Field;
import io.orderweir.sandbox.GraphqlDocument.Inline;
import io.orderweir.sandbox.GraphqlDocument.Operation;
import io.orderweir.sandbox.GraphqlDocument.Place;
import io.orderweir.sandbox.GraphqlDocument.Selection;
import io.orderweir.sandbox.GraphqlDocument.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a checked document asks for: one tree of fields, with fragments laid in and arguments filled out. */
final class GraphqlPlan {

    /** A field under the key the answer has it. Its known field is null for {@code __typename}. */
    record Asked(String key, String name, GraphqlSchema.Type parent, GraphqlSchema.Field known, GraphqlSchema.Type result, ObjectNode arguments,
            List<Asked> children, Place place) {
        boolean isObject() {
            return result != null && result.isObject();
        }

        boolean isConnection() {
            return isObject() && result.name().endsWith("Connection");
        }

        boolean isList() {
            return known != null && known.type().items() != null;
        }

        /** The child of that name, whatever its key; null when it was not asked for. */
        Asked child(String wanted) {
            return children.stream().filter(child -> child.name().equals(wanted)).findFirst().orElse(null);
        }
    }

    private final GraphqlSchema schema;
    private final GraphqlDocument document;
    private final GraphqlInput input;
    private final ObjectNode variables;

    private GraphqlPlan(GraphqlSchema schema, GraphqlDocument document, ObjectNode variables) {
        this.schema = schema;
        this.document = document;
        this.input = new GraphqlInput(schema);
        this.variables = variables;
    }

    static List<Asked> plan(GraphqlSchema schema, GraphqlDocument document, Operation operation, ObjectNode variables) {
        return new GraphqlPlan(schema, document, variables).asked(operation.selections(), schema.root(operation.kind()));
    }

    private List<Asked> asked(List<Selection> selections, GraphqlSchema.Type type) {
        Map<String, List<Field>> byKey = new LinkedHashMap<>();
        collect(selections, byKey);
        return byKey.entrySet().stream().map(entry -> asked(entry.getKey(), entry.getValue(), type)).toList();
    }

    private Asked asked(String key, List<Field> fields, GraphqlSchema.Type type) {
        Field first = fields.get(0);
        GraphqlSchema.Field known = type.fields().get(first.name());
        if (known == null) {
            return new Asked(key, first.name(), type, null, null, Json.object(), List.of(), first.place());
        }
        GraphqlSchema.Type result = schema.type(known.type());
        List<Selection> selections = new ArrayList<>();
        fields.forEach(field -> selections.addAll(field.selections()));
        return new Asked(key, first.name(), type, known, result, input.arguments(known.arguments(), first.arguments(), variables),
                result.isObject() ? asked(selections, result) : List.of(), first.place());
    }

    private void collect(List<Selection> selections, Map<String, List<Field>> byKey) {
        for (Selection selection : selections) {
            if (!isWanted(selection.directives())) {
                continue;
            }
            if (selection instanceof Field field) {
                byKey.computeIfAbsent(field.key(), none -> new ArrayList<>()).add(field);
            } else if (selection instanceof Inline inline) {
                collect(inline.selections(), byKey);
            } else if (selection instanceof Spread spread) {
                collect(document.fragments().get(spread.fragment()).selections(), byKey);
            }
        }
    }

    private boolean isWanted(List<Directive> directives) {
        return directives.stream().allMatch(directive -> input.literal(directive.arguments().get("if"),
                new GraphqlDocument.TypeRef("Boolean", null, true), variables).booleanValue() == directive.name().equals("include"));
    }
}
