package io.orderweir.type;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;

/**
 * What one type of events is, as its folder says it.
 *
 * @param type              its name, which is that of the folder, of its topic and of what connectors map it by
 * @param kind              what the engine does with it
 * @param word              what a sentence calls one of them
 * @param promisedWithin    how long one may wait for its target before somebody is told, where the configuration says nothing of any type; or null
 * @param tellsProductTypes whether its productType decides which gates the lines of orders pass that name it
 * @param schema            what its canonical document looks like: JSON Schema 2020-12
 * @param words             what people call its fields: by path, {word, expects}; empty where nobody said
 */
public record Type(String type, Kind kind, String word, Duration promisedWithin, boolean tellsProductTypes, JsonNode schema, JsonNode words) {

    /** With its article: an order. */
    public String one() {
        return (word.matches("(?i)[aeiou].*") ? "an " : "a ") + word;
    }

    /** As a sentence begins. */
    public String capital() {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** The fields that its documents may have. */
    public Fields fields() {
        return new Fields(schema);
    }
}
