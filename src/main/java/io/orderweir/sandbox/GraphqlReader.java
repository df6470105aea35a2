package io.orderweir.sandbox;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the grammar of executable GraphQL documents (spec.graphql.org/October2021, section 2); a wrong one is refused with its place. */
final class GraphqlReader {
    private final GraphqlTokens tokens;

    GraphqlReader(GraphqlTokens tokens) {
        this.tokens = tokens;
    }

    static GraphqlDocument read(String text) {
        return new GraphqlReader(new GraphqlTokens(text)).document();
    }

    private GraphqlDocument document() {
        List<Operation> operations = new ArrayList<>();
        Map<String, Fragment> fragments = new LinkedHashMap<>();
        do {
            Place place = tokens.peek().place();
            if (tokens.isNext("{")) {
                operations.add(new Operation("query", "", List.of(), selections(), place));
            } else if (tokens.skip("fragment")) {
                String name = tokens.name();
                tokens.expect("on");
                fragments.put(name, new Fragment(name, tokens.name(), selections(), place));
            } else if (tokens.isNext("query") || tokens.isNext("mutation")) {
                String kind = tokens.name();
                String name = tokens.peek().kind() == GraphqlTokens.Kind.NAME ? tokens.name() : "";
                List<Variable> variables = variables();
                directives();
                operations.add(new Operation(kind, name, variables, selections(), place));
            } else {
                throw tokens.unexpected();
            }
        } while (tokens.peek().kind() != GraphqlTokens.Kind.END);
        return new GraphqlDocument(operations, fragments);
    }

    private List<Variable> variables() {
        List<Variable> variables = new ArrayList<>();
        if (tokens.skip("(")) {
            do {
                Place place = tokens.peek().place();
                tokens.expect("$");
                String name = tokens.name();
                tokens.expect(":");
                variables.add(new Variable(name, type(), tokens.skip("=") ? value() : null, place));
            } while (!tokens.skip(")"));
        }
        return variables;
    }

    private List<Selection> selections() {
        List<Selection> selections = new ArrayList<>();
        tokens.expect("{");
        do {
            selections.add(selection());
        } while (!tokens.skip("}"));
        return selections;
    }

    private Selection selection() {
        Place place = tokens.peek().place();
        if (tokens.skip("...")) {
            boolean named = tokens.peek().kind() == GraphqlTokens.Kind.NAME && !tokens.isNext("on");
            if (named) {
                return new Spread(tokens.name(), directives(), place);
            }
            return new Inline(tokens.skip("on") ? tokens.name() : null, directives(), selections(), place);
        }
        String key = tokens.name();
        String name = tokens.skip(":") ? tokens.name() : key;
        return new Field(key, name, arguments(), directives(), tokens.isNext("{") ? selections() : List.of(), place);
    }

    private List<Directive> directives() {
        List<Directive> directives = new ArrayList<>();
        while (tokens.isNext("@")) {
            Place place = tokens.take().place();
            directives.add(new Directive(tokens.name(), arguments(), place));
        }
        return directives;
    }

    private Map<String, Value> arguments() {
        Map<String, Value> arguments = new LinkedHashMap<>();
        if (tokens.skip("(")) {
            do {
                String name = tokens.name();
                tokens.expect(":");
                arguments.put(name, value());
            } while (!tokens.skip(")"));
        }
        return arguments;
    }

    TypeRef type() {
        TypeRef items = null;
        String name = null;
        if (tokens.skip("[")) {
            items = type();
            tokens.expect("]");
        } else {
            name = tokens.name();
        }
        return new TypeRef(name, items, tokens.skip("!"));
    }

    Value value() {
        GraphqlTokens.Token token = tokens.peek();
        Place place = token.place();
        if (tokens.skip("$")) {
            return word(Kind.VARIABLE, tokens.name(), place);
        }
        if (tokens.skip("[")) {
            List<Value> items = new ArrayList<>();
            while (!tokens.skip("]")) {
                items.add(value());
            }
            return new Value(Kind.LIST, null, items, Map.of(), place);
        }
        if (tokens.skip("{")) {
            Map<String, Value> entries = new LinkedHashMap<>();
            while (!tokens.skip("}")) {
                String name = tokens.name();
                tokens.expect(":");
                entries.put(name, value());
            }
            return new Value(Kind.OBJECT, null, List.of(), entries, place);
        }
        return switch (token.kind()) {
            case INT -> word(Kind.INT, tokens.take().text(), place);
            case FLOAT -> word(Kind.FLOAT, tokens.take().text(), place);
            case STRING -> word(Kind.STRING, tokens.take().text(), place);
            case NAME -> word(switch (token.text()) {
                case "true", "false" -> Kind.BOOLEAN;
                case "null" -> Kind.NULL;
                default -> Kind.ENUM;
            }, tokens.take().text(), place);
            default -> throw tokens.unexpected();
        };
    }

    private static Value word(Kind kind, String word, Place place) {
        return new Value(kind, word, List.of(), Map.of(), place);
    }
}
