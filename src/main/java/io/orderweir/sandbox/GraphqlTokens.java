package io.orderweir.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a GraphQL text, one after the other, each with its place; spaces, commas and comments are none. */
final class GraphqlTokens {
    enum Kind {
        NAME, INT, FLOAT, STRING, MARK, END
    }

    record Token(Kind kind, String text, GraphqlDocument.Place place) {
    }

    private static final Pattern WORD = Pattern.compile("(?<skip>[\\s,\\uFEFF]++|#[^\\n\\r]*+)|(?<name>[_A-Za-z][_0-9A-Za-z]*+)"
            + "|(?<block>\"\"\".*?(?<!\\\\)\"\"\")|(?<string>\"(?:[^\"\\\\\\n\\r]++|\\\\.)*+\")"
            + "|(?<number>-?+\\d++(?:\\.\\d++)?+(?:[eE][+-]?+\\d++)?+)|(?<mark>\\.\\.\\.|[!$&():=@\\[\\]{}|])", Pattern.DOTALL);

    private final List<Token> tokens = new ArrayList<>();
    private int next;

    GraphqlTokens(String text) {
        Matcher word = WORD.matcher(text);
        int line = 1;
        int lineStart = 0;
        for (int at = 0; at < text.length(); at = word.end()) {
            GraphqlDocument.Place place = new GraphqlDocument.Place(line, at - lineStart + 1);
            if (!word.find(at) || word.start() != at) {
                throw new GraphqlRefusal(GraphqlRefusal.error("syntax error, unexpected invalid token (\"" + text.charAt(at) + "\") at ["
                        + place.line() + ", " + place.column() + "]", place, List.of()));
            }
            keep(word, place);
            for (int i = at; i < word.end(); i++) {
                if (text.charAt(i) == '\n') {
                    line++;
                    lineStart = i + 1;
                }
            }
        }
        tokens.add(new Token(Kind.END, "end of file", new GraphqlDocument.Place(line, text.length() - lineStart + 1)));
    }

    private void keep(Matcher word, GraphqlDocument.Place place) {
        String text = word.group();
        if (word.group("name") != null) {
            tokens.add(new Token(Kind.NAME, text, place));
        } else if (word.group("block") != null) {
            tokens.add(new Token(Kind.STRING, text.substring(3, text.length() - 3).strip().replace("\\\"\"\"", "\"\"\""), place));
        } else if (word.group("string") != null) {
            tokens.add(new Token(Kind.STRING, unescaped(text, place), place));
        } else if (word.group("number") != null) {
            tokens.add(new Token(text.matches("-?\\d+") ? Kind.INT : Kind.FLOAT, text, place));
        } else if (word.group("mark") != null) {
            tokens.add(new Token(Kind.MARK, text, place));
        }
    }

    /** GraphQL's escapes are those of JSON. */
    private static String unescaped(String text, GraphqlDocument.Place place) {
        try {
            return Json.readObject("{\"v\":" + text + "}").path("v").textValue();
        } catch (IllegalArgumentException notAnEscape) {
            throw new GraphqlRefusal(GraphqlRefusal.error("Bad escape sequence in " + text, place, List.of()));
        }
    }

    Token peek() {
        return tokens.get(next);
    }

    Token take() {
        Token token = tokens.get(next);
        next = Math.min(next + 1, tokens.size() - 1);
        return token;
    }

    boolean isNext(String text) {
        return (peek().kind() == Kind.MARK || peek().kind() == Kind.NAME) && peek().text().equals(text);
    }

    /** True when it was next; it is then behind us. */
    boolean skip(String text) {
        boolean there = isNext(text);
        if (there) {
            take();
        }
        return there;
    }

    void expect(String text) {
        if (!skip(text)) {
            throw unexpected();
        }
    }

    String name() {
        if (peek().kind() != Kind.NAME) {
            throw unexpected();
        }
        return take().text();
    }

    GraphqlRefusal unexpected() {
        Token token = peek();
        String what = token.kind() == Kind.END ? token.text() : "\"" + token.text() + "\"";
        return new GraphqlRefusal(GraphqlRefusal.error("syntax error, unexpected " + what + " at [" + token.place().line() + ", "
                + token.place().column() + "]", token.place(), List.of()));
    }
}
