package io.orderweir.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.hold.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Reads what programs and people send. */
@ApplicationScoped
public class Asked {

    private static final int MOST_IN_A_PAGE = 200;

    @Inject
    ObjectMapper json;

    /** A JSON object; nothing is an empty one. */
    public JsonNode object(String body) {
        try {
            JsonNode read = body == null || body.isBlank() ? json.createObjectNode() : json.readTree(body);
            if (read.isObject()) {
                return read;
            }
        } catch (JsonProcessingException e) {
            throw new Refused(400, "The body is not JSON: " + e.getOriginalMessage());
        }
        throw new Refused(400, "The body is a JSON object.");
    }

    /** A number that names something in the ledger. */
    public static long number(String text, String what) {
        if (text == null || !text.matches("\\d{1,18}")) {
            throw new Refused(404, "There is no " + what + " " + text + ".");
        }
        return Long.parseLong(text);
    }

    /** A number that names the place after which a page begins; null when it is the first page. */
    public static Long place(String text, String what) {
        return text == null ? null : (Long) number(text, what);
    }

    public static int page(int asked) {
        return Math.max(1, Math.min(asked, MOST_IN_A_PAGE));
    }

    /** The database keeps no NUL and no half of a surrogate pair. */
    public static String text(String typed) {
        return typed.replaceAll("\\\\u0000|[\\x00\\p{Cs}]", "\uFFFD");
    }
}
