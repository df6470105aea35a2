package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;

/** What the pretend factory refuses in a work order: the first field that is wrong. */
final class FactoryRules {
    /** What a work order keeps for good; only its configuration and its drawing change. */
    static final List<String> FIXED = List.of("reference", "order", "line", "sku", "quantity", "productLine");
    private static final List<String> TEXTS = List.of("reference", "order", "line", "sku", "productLine");
    private static final Set<String> FIELDS = Set.of("reference", "order", "line", "sku", "quantity", "day", "productLine", "version", "configuration", "drawing");

    private final Catalogue catalogue;
    private final Settings settings;

    FactoryRules(Catalogue catalogue, Settings settings) {
        this.catalogue = catalogue;
        this.settings = settings;
    }

    /** Null when the factory would take it. A new work order may say its day; without one it gets the first that has a slot. */
    FieldProblem problem(ObjectNode request, boolean isNew) {
        return FieldProblem.first(FieldProblem.unknown(request, FIELDS, ""), FieldProblem.texts(request, TEXTS, ""), sku(request),
                quantity(request.path("quantity")), isNew ? day(request.path("day")) : noDay(request), FieldProblem.version(request),
                FieldProblem.configuration(request), drawing(request));
    }

    private FieldProblem sku(ObjectNode request) {
        String sku = request.path("sku").asText();
        return catalogue.knows(sku, settings.texts("extraItems")) ? null : new FieldProblem("sku", "the factory does not build " + sku);
    }

    private static FieldProblem quantity(JsonNode quantity) {
        return quantity.isIntegralNumber() && quantity.bigIntegerValue().signum() > 0 ? null
                : new FieldProblem("quantity", "is required and must be a whole number above 0");
    }

    private static FieldProblem day(JsonNode day) {
        if (day.isMissingNode()) {
            return null;
        }
        try {
            LocalDate.parse(day.asText());
            return day.isTextual() ? null : new FieldProblem("day", "must be a text");
        } catch (DateTimeParseException notADay) {
            return new FieldProblem("day", "must be a day such as 2026-11-21, or absent");
        }
    }

    private static FieldProblem noDay(ObjectNode request) {
        return request.has("day") ? new FieldProblem("day", "cannot be changed; cancel and request anew") : null;
    }

    private static FieldProblem drawing(ObjectNode request) {
        JsonNode drawing = request.path("drawing");
        if (drawing.isMissingNode()) {
            return null;
        }
        if (!drawing.isObject()) {
            return new FieldProblem("drawing", "must be an object, or absent");
        }
        FieldProblem found = FieldProblem.first(FieldProblem.unknown(drawing, List.of("file", "revision", "sha256", "url"), "drawing."),
                FieldProblem.texts(drawing, List.of("file", "revision", "sha256"), "drawing."));
        if (found != null) {
            return found;
        }
        return drawing.path("sha256").textValue().matches("[0-9a-f]{64}") ? DrawingFetch.problem(drawing)
                : new FieldProblem("drawing.sha256", "must be 64 hexadecimal digits");
    }
}
