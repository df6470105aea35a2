package io.orderweir.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.orderweir.privacy.Masking;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is personal in one message or order, so that it is hidden wherever a mapping has put it, and in whatever it said when it failed. */
final class PersonalValues {

    /** What is shorter stands in too many other words. */
    private static final int LEAST = 3;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"?");
    /** A mapping's own failure: behind it stand jq's words, or those of what was thrown. */
    private static final String FAILED = " failed with '";

    private final Set<String> values = new TreeSet<>(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));
    private final Set<String> keys = new HashSet<>();
    private final Pattern any;

    /** Of text that is JSON; of other text nothing is known. */
    PersonalValues(String text) {
        JsonNode document = read(text);
        keep(document, Masking.document(document));
        List<String> quoted = values.stream().map(Pattern::quote).toList();
        any = quoted.isEmpty() ? null : Pattern.compile(String.join("|", quoted), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** A text without them. */
    String hidden(String text) {
        return any == null ? text : any.matcher(text).replaceAll(Matcher.quoteReplacement(Masking.MASK));
    }

    /** What a failure says, without them and without values that it quotes; the names of fields stay. */
    String hiddenIn(String failure) {
        int words = failure.indexOf(FAILED);
        if (words < 0) {
            return hidden(Masking.sentence(failure, null));
        }
        String said = QUOTED.matcher(failure.substring(words)).replaceAll(quote -> Matcher.quoteReplacement(keys.contains(quote.group(1)) ? quote.group() : "\"" + Masking.MASK + "\""));
        return hidden(failure.substring(0, words) + said);
    }

    private void keep(JsonNode node, JsonNode masked) {
        if (node.isObject()) {
            node.fields().forEachRemaining(field -> {
                keys.add(field.getKey());
                keep(field.getValue(), masked.path(field.getKey()));
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                keep(node.get(i), masked.path(i));
            }
        } else if (!node.equals(masked) && node.asText().strip().length() >= LEAST) {
            values.add(node.asText().strip());
        }
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }
}
