package io.orderweir.hold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a cause of holds is called, whose problem it is and what usually helps: the table {@code schemas/hold.words.yaml}. */
public final class Causes {

    /** The bins, in the order people look into them. */
    public static final List<String> BINS = List.of("data", "target", "system");

    /**
     * A cause.
     *
     * @param bin data (what the order says), target (what another system did with it) or system (ours)
     * @param word a few words
     * @param fix what to do, in one or two sentences
     */
    public record Cause(String bin, String word, String fix) {
    }

    private static final Cause UNKNOWN = new Cause("system", "not understood", "Read the sentence and the answer. Release it, or discard it.");

    private final JsonNode rows = Table.read("/schemas/hold.words.yaml");

    /** Reason, beginning of the path (absent: any) and word of every row, in the order in which they count. */
    public ArrayNode words() {
        ArrayNode words = JsonNodeFactory.instance.arrayNode();
        rows.forEach(row -> words.add(((ObjectNode) row).deepCopy().retain("reason", "path", "word")));
        return words;
    }

    public boolean knows(String reason) {
        for (JsonNode row : rows) {
            if (row.path("reason").asText().equals(reason)) {
                return true;
            }
        }
        return false;
    }

    /** The first row whose reason it is and whose path it begins with; {@code path} is null where it is about no field. */
    public Cause of(String reason, String path) {
        for (JsonNode row : rows) {
            if (row.path("reason").asText().equals(reason) && (!row.has("path") || path != null && path.startsWith(row.path("path").asText()))) {
                return new Cause(row.path("bin").asText(), row.path("word").asText(), row.path("fix").asText());
            }
        }
        return UNKNOWN;
    }
}
