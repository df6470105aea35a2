package io.orderweir.connector;

import com.fasterxml.jackson.annotation.JsonCreator;

/**
 * Where a value stands in an answer: {@code header:<name>}, or {@code body:<JSON pointer>} such as {@code body:/extensions/cost/left}. The one form of
 * reference that a descriptor has.
 */
public record Reference(boolean header, String name) {

    private static final String HEADER = "header:";
    private static final String BODY = "body:/";

    /** Reads the text of a descriptor. */
    @JsonCreator
    public static Reference of(String text) {
        if (text.startsWith(HEADER) && text.substring(HEADER.length()).matches("[A-Za-z0-9-]+")) {
            return new Reference(true, text.substring(HEADER.length()));
        }
        if (text.startsWith(BODY)) {
            return new Reference(false, text.substring(BODY.length() - 1));
        }
        throw new IllegalArgumentException("'" + text + "' is no reference; write header:<name> or body:/<member>/<member>");
    }
}
