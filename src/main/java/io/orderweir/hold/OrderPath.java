package io.orderweir.hold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.regex.Pattern;

/** Finds the value at a path such as lineItems[2].sku. */
public final class OrderPath {

    private static final Pattern INDEX = Pattern.compile("\\d{1,9}");

    private OrderPath() {
    }

    public static JsonNode find(JsonNode order, String path) {
        JsonNode here = order == null ? MissingNode.getInstance() : order;
        for (String step : path.replace("[", ".[").split("\\.")) {
            here = step.startsWith("[") ? here.path(index(step)) : here.path(step);
        }
        return here;
    }

    /** The text people know a value by, null when there is none. */
    public static String text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        String text = value.isContainerNode() ? value.toString() : value.asText();
        return text.isBlank() ? null : text;
    }

    private static int index(String step) {
        String digits = step.substring(1, step.length() - 1);
        return INDEX.matcher(digits).matches() ? Integer.parseInt(digits) : -1;
    }
}
