package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/** What the pretend WMS refuses in a fulfilment request, as paths and messages. */
final class WmsRules {
    private static final Set<String> FIELDS = Set.of("reference", "orderName", "shipTo", "lines", "note", "customFields", "shippingMethod");
    private static final Set<String> LINE_FIELDS = Set.of("lineId", "sku", "quantity", "name", "note", "customFields", "properties");
    private static final Map<String, Integer> SHIP_TO = Map.of("address1", 150, "city", 50, "country", 56);
    private static final int ANY_ADDRESS_FIELD = 255;

    private final Catalogue catalogue;
    private final Settings settings;

    WmsRules(Catalogue catalogue, Settings settings) {
        this.catalogue = catalogue;
        this.settings = settings;
    }

    ArrayNode problems(ObjectNode request) {
        ArrayNode problems = Json.array();
        names(problems, request, FIELDS, "");
        text(problems, request, "reference", "", 64, true);
        text(problems, request, "orderName", "", 45, true);
        text(problems, request, "note", "", 5_000, false);
        JsonNode shipTo = request.path("shipTo");
        if (!shipTo.isObject()) {
            add(problems, "shipTo", "is required and must be an object");
        } else {
            SHIP_TO.forEach((field, most) -> text(problems, shipTo, field, "shipTo.", most, true));
            for (String field : (Iterable<String>) shipTo::fieldNames) {
                if (!SHIP_TO.containsKey(field)) {
                    text(problems, shipTo, field, "shipTo.", field.startsWith("zip") ? 36 : ANY_ADDRESS_FIELD, false);
                }
            }
        }
        JsonNode lines = request.path("lines");
        if (!lines.isArray() || lines.isEmpty()) {
            add(problems, "lines", "at least one line is required");
        }
        for (int i = 0; i < lines.size(); i++) {
            line(problems, lines.get(i), "lines[" + i + "].");
        }
        return problems;
    }

    private void line(ArrayNode problems, JsonNode line, String path) {
        names(problems, line, LINE_FIELDS, path);
        text(problems, line, "lineId", path, 64, true);
        text(problems, line, "sku", path, 64, true);
        if (line.path("sku").isTextual() && !catalogue.knows(line.path("sku").textValue(), settings.texts("extraItems"))) {
            add(problems, path + "sku", "unknown sku " + line.path("sku").textValue());
        }
        JsonNode quantity = line.path("quantity");
        if (!quantity.isIntegralNumber() || quantity.bigIntegerValue().signum() <= 0) {
            add(problems, path + "quantity", "must be a whole number above 0");
        }
    }

    private static void names(ArrayNode problems, JsonNode node, Set<String> known, String path) {
        for (String name : (Iterable<String>) node::fieldNames) {
            if (!known.contains(name)) {
                add(problems, path + name, "unknown field");
            }
        }
    }

    private static void text(ArrayNode problems, JsonNode node, String field, String path, int most, boolean required) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            if (required) {
                add(problems, path + field, "is required");
            }
        } else if (!value.isTextual()) {
            add(problems, path + field, "must be a string");
        } else if (required && value.textValue().isBlank()) {
            add(problems, path + field, "is required");
        } else if (value.textValue().codePointCount(0, value.textValue().length()) > most) {
            add(problems, path + field, "is longer than " + most + " characters");
        }
    }

    private static void add(ArrayNode problems, String path, String message) {
        problems.addObject().put("path", path).put("message", message);
    }
}
