package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graphql.GraphQLError;
import graphql.language.Argument;
import graphql.language.AstPrinter;
import graphql.language.Definition;
import graphql.language.Document;
import graphql.language.FragmentDefinition;
import graphql.language.Node;
import graphql.language.OperationDefinition;
import graphql.language.SourceLocation;
import graphql.parser.InvalidSyntaxException;
import graphql.validation.ValidationError;
import graphql.validation.ValidationErrorType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The entries of an answer's {@code errors}, in the vendor's shape: message, locations, path, and extensions with a code.
 *
 * <p>The codes and words of what is wrong with a document stand in {@code i18n/Validation_en_US_shopify.properties}; graphql-java reads them for
 * {@link #LOCALE} and fills in the names.
 */
final class ShopifyErrors {
    static final Locale LOCALE = new Locale.Builder().setLanguage("en").setRegion("US").setVariant("shopify").build();
    private static final Comparator<SourceLocation> PLACE = Comparator.comparing(SourceLocation::getLine).thenComparing(SourceLocation::getColumn);

    private ShopifyErrors() {
    }

    /** A text that is no document: the word at which it ended to be one, and its place. */
    static ObjectNode syntax(String text, InvalidSyntaxException wrong) {
        SourceLocation place = wrong.getLocation() == null ? SourceLocation.EMPTY : wrong.getLocation();
        String word = wrong.getOffendingToken();
        String what = word == null ? "invalid token (\"" + sign(text, place) + "\")" : word.equals("<EOF>") ? "end of file" : "\"" + word + "\"";
        return entry("syntax error, unexpected " + what + " at [" + place.getLine() + ", " + place.getColumn() + "]", List.of(place), List.of());
    }

    private static String sign(String text, SourceLocation place) {
        return text.lines().skip(Math.max(0, place.getLine() - 1L)).findFirst().filter(line -> place.getColumn() > 0 && line.length() >= place.getColumn())
                .map(line -> line.substring(place.getColumn() - 1, place.getColumn())).orElse("");
    }

    /** All that is wrong with a document, each once, in the order it was found. */
    static ArrayNode validation(Document document, List<ValidationError> found) {
        Set<ObjectNode> entries = new LinkedHashSet<>();
        // a null that may not be is told of by the argument's type already
        found.stream().filter(error -> error.getValidationErrorType() != ValidationErrorType.NullValueForNonNullArgument)
                .forEach(error -> entries.add(validation(document, error)));
        return Json.array().addAll(entries);
    }

    private static ObjectNode validation(Document document, ValidationError error) {
        SourceLocation place = error.getLocations().get(0);
        List<String> fields = error.getQueryPath() == null ? List.of() : error.getQueryPath();
        Argument argument = last(nodes(document).filter(Argument.class::isInstance).map(Argument.class::cast), place);
        String words = error.getMessage().replace("@field", fields.isEmpty() ? "" : fields.get(fields.size() - 1)).replace("@in", name(document, place));
        if (argument != null) {
            words = words.replace("@argument", argument.getName()).replace("@value", AstPrinter.printAstCompact(argument.getValue()));
        }
        Map<String, Object> coerced = new LinkedHashMap<>(error.getExtensions());
        int gap = words.indexOf("\n\n");
        List<String> path = new ArrayList<>(List.of(title(document, place)));
        path.addAll(fields);
        ObjectNode entry = entry((String) coerced.getOrDefault("message", words.substring(gap + 2)), error.getLocations(), path);
        ObjectNode extensions = entry.putObject("extensions");
        words.substring(0, gap).lines().forEach(line -> extensions.put(line.contains("=") ? line.substring(0, line.indexOf('=')) : "code",
                line.substring(line.indexOf('=') + 1)));
        coerced.remove("message");
        return entry.set("extensions", extensions.setAll((ObjectNode) Json.value(coerced)));
    }

    /** What went wrong while a document ran. */
    static ObjectNode running(GraphQLError error) {
        ObjectNode entry = entry(error.getMessage(), error.getLocations(), error.getPath());
        entry.set("extensions", Json.value(error.getExtensions()));
        return entry;
    }

    static ObjectNode entry(String message, List<SourceLocation> places, List<?> path) {
        ObjectNode entry = Json.object().put("message", message);
        ArrayNode locations = entry.putArray("locations");
        places.forEach(place -> locations.addObject().put("line", place.getLine()).put("column", place.getColumn()));
        if (!path.isEmpty()) {
            entry.set("path", Json.value(path));
        }
        return entry;
    }

    private static String title(Document document, SourceLocation place) {
        Definition<?> within = within(document, place);
        String kind = within instanceof OperationDefinition operation ? operation.getOperation().name().toLowerCase(Locale.ROOT) : "fragment";
        return named(within) == null ? kind : kind + " " + named(within);
    }

    private static String name(Document document, SourceLocation place) {
        Definition<?> within = within(document, place);
        return named(within) == null ? "anonymous " + title(document, place) : named(within);
    }

    private static String named(Definition<?> definition) {
        return definition instanceof OperationDefinition operation ? operation.getName() : definition instanceof FragmentDefinition fragment ? fragment.getName() : null;
    }

    @SuppressWarnings("rawtypes")
    private static Definition<?> within(Document document, SourceLocation place) {
        Stream<Definition> definitions = document.getDefinitions().stream();
        return last(definitions, place);
    }

    /** The last of them that begins at the place or before it; null when none does. */
    private static <N extends Node<?>> N last(Stream<N> nodes, SourceLocation place) {
        return nodes.filter(node -> PLACE.compare(node.getSourceLocation(), place) <= 0).max(Comparator.comparing(Node::getSourceLocation, PLACE)).orElse(null);
    }

    private static Stream<Node<?>> nodes(Node<?> top) {
        return Stream.concat(Stream.of(top), top.getChildren().stream().flatMap(child -> nodes((Node<?>) child)));
    }
}
