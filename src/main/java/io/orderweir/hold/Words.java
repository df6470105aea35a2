package io.orderweir.hold;

import com.fasterxml.jackson.databind.JsonNode;

/** The words people use for the fields of an order, and values made fit to be shown to them. */
public final class Words {

    private static final int LONGEST_VALUE = 60;

    private final JsonNode words = Table.read("/schemas/order.words.yaml");

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
