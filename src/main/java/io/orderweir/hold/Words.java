package io.orderweir.hold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.orderweir.type.Type;
import io.orderweir.type.Types;

/** The words people use for the fields of a document, and values made fit to be shown to them. */
public final class Words {

    private static final int LONGEST_VALUE = 60;

    private static final Words NONE = new Words(MissingNode.getInstance());

    private final JsonNode words;

    /** Those of an order: what a target is sent is about one. */
    public Words() {
        this(Types.packaged().order());
    }

    public Words(Type type) {
        this(type.words());
    }

    private Words(JsonNode words) {
        this.words = words;
    }

    /** Those of a type that may be null: then there are none. */
    static Words of(Type type) {
        return type == null ? NONE : new Words(type);
    }

    public String of(String canonicalPath) {
        JsonNode word = row(canonicalPath).path("word");
        return word.isMissingNode() ? "field " + canonicalPath : word.textValue();
    }

    boolean knows(String canonicalPath) {
        return row(canonicalPath).has("word");
    }

    /** What the field must look like, null when every text will do. */
    String expected(String canonicalPath) {
        return row(canonicalPath).path("expects").textValue();
    }

    private JsonNode row(String canonicalPath) {
        return words.path(canonicalPath.replaceAll("\\[\\d+]", "[]"));
    }

    static String quoted(String value) {
        return "'" + first(LONGEST_VALUE, value) + "'";
    }

    /** The beginning of a text, on one line and without what neither a page nor the database can hold. */
    static String first(int limit, String text) {
        String line = text.replaceAll("[\\x00\\p{Cs}]", "\uFFFD").replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        int length = line.codePointCount(0, line.length());
        return length <= limit ? line : line.substring(0, line.offsetByCodePoints(0, limit)) + "...";
    }
}
