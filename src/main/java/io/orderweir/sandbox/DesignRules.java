package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** What the pretend design desk refuses in a request: the first field that is wrong. */
final class DesignRules {
    /** What a request keeps for good. */
    static final List<String> FIXED = List.of("reference", "order", "line", "sku");
    private static final Set<String> FIELDS = Set.of("reference", "order", "line", "sku", "version", "configuration");

    private final Catalogue catalogue;
    private final Settings settings;

    DesignRules(Catalogue catalogue, Settings settings) {
        this.catalogue = catalogue;
        this.settings = settings;
    }

    /** Null when the desk would take it. */
    FieldProblem problem(ObjectNode request) {
        return FieldProblem.first(FieldProblem.unknown(request, FIELDS, ""), FieldProblem.texts(request, FIXED, ""),
                isFileName(request.path("reference").asText()) ? null : new FieldProblem("reference", "begins the name of a file: letters, digits, dots and dashes only"),
                catalogue.knows(request.path("sku").asText(), settings.texts("extraItems")) ? null : new FieldProblem("sku", "the desk does not know it"),
                FieldProblem.version(request), FieldProblem.configuration(request));
    }

    /** No path can be made of it. */
    static boolean isFileName(String text) {
        return text.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,99}");
    }
}
