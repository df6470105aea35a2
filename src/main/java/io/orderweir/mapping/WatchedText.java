package io.orderweir.mapping;

import java.util.Set;

/**
 * The text of a mapping in which every part, a stage of a pipe or the value of a key, is an argument of a function that is told its line: {@code .a | f} becomes
 * {@code at(1; .a) | at(1; f)}. What it computes is the same.
 */
final class WatchedText {

    private static final Set<String> THEN = Set.of("then");
    private static final Set<String> BRANCH = Set.of("elif", "else", "end");

    private final String function;
    private final String text;
    private int at;
    private int line = 1;

    private WatchedText(String function, String text) {
        this.function = function;
        this.text = text;
    }

    /** Throws {@link IllegalArgumentException} for what it cannot follow. */
    static String of(String function, String mapping) {
        WatchedText reader = new WatchedText(function, mapping);
        try {
            String watched = reader.pipe("", Set.of());
            if (reader.at < mapping.length()) {
                throw new IllegalArgumentException("a bracket too many");
            }
            return watched;
        } catch (StringIndexOutOfBoundsException torn) {
            throw new IllegalArgumentException(torn);
        }
    }

    /** One stage of a pipe: where it begins, and whether it can be an argument. */
    private final class Stage {
        private final StringBuilder said = new StringBuilder();
        private int begins;
        private boolean binds;

        /** Before what comes next is read, which may be of several lines. */
        void reach() {
            if (said.isEmpty()) {
                begins = line;
            }
        }

        void add(String more) {
            said.append(more);
        }

        String watched() {
            return binds || said.isEmpty() ? said.toString() : " " + function + "(" + begins + "; " + said + ")";
        }
    }

    /** As far as one of these characters or words, which it leaves. */
    private String pipe(String ends, Set<String> words) {
        StringBuilder all = new StringBuilder();
        Stage stage = new Stage();
        boolean slice = false;
        int folds = 0;
        for (gap(); at < text.length() && ends.indexOf(text.charAt(at)) < 0; gap()) {
            stage.reach();
            char next = text.charAt(at);
            if (Character.isDigit(next)) {
                stage.add(" " + number() + " ");
            } else if (letter(next)) {
                String word = word();
                if (words.contains(word)) {
                    at -= word.length();
                    break;
                }
                switch (word) {
                    case "import", "include" -> throw new IllegalArgumentException("a module");
                    case "def" -> all.append(definition());
                    case "if" -> stage.add(condition());
                    case "label" -> {
                        stage.binds = true;
                        stage.add(" label ");
                    }
                    case "reduce", "foreach" -> {
                        folds++;
                        stage.add(" " + word + " ");
                    }
                    case "as" -> {
                        stage.binds |= folds == 0;
                        folds = Math.max(0, folds - 1);
                        stage.add(" as " + pattern());
                    }
                    default -> stage.add(" " + word + " ");
                }
            } else if (next == '|' && !text.startsWith("|=", at)) {
                at++;
                all.append(stage.watched()).append(" |");
                stage = new Stage();
            } else if (next == '.' || next == '$' || next == '@') {
                stage.add(" ".repeat(at > 0 && Character.isWhitespace(text.charAt(at - 1)) ? 1 : 0) + name());
            } else {
                slice |= next == ':';
                stage.add(switch (next) {
                    case '(' -> arguments();
                    case '[' -> list();
                    case '{' -> object();
                    case '"' -> string();
                    default -> String.valueOf(text.charAt(at++));
                });
            }
        }
        // the bounds of a slice are no argument
        stage.binds |= slice;
        return all + stage.watched();
    }

    private String condition() {
        StringBuilder said = new StringBuilder(" if ").append(pipe("", THEN));
        for (String word = "if"; !word.equals("end");) {
            word = word();
            said.append(' ').append(word).append(' ').append(word.equals("end") ? "" : pipe("", word.equals("elif") ? THEN : BRANCH));
        }
        return said.toString();
    }

    private String definition() {
        int begins = at;
        while (text.charAt(at) != ':') {
            count(text.charAt(at++));
        }
        String head = text.substring(begins, ++at);
        String body = pipe(";", Set.of());
        at++;
        return " def" + head + body + "; ";
    }

    private String arguments() {
        StringBuilder said = new StringBuilder();
        do {
            said.append(text.charAt(at++)).append(pipe(";)", Set.of()));
        } while (text.charAt(at) == ';');
        return said.append(text.charAt(at++)).toString();
    }

    private String list() {
        at++;
        String inside = pipe("]", Set.of());
        at++;
        return "[" + inside + "]";
    }

    private String object() {
        StringBuilder said = new StringBuilder();
        do {
            said.append(text.charAt(at++));
            gap();
            while (":,}".indexOf(text.charAt(at)) < 0) {
                char next = text.charAt(at);
                said.append(next == '(' ? arguments() : next == '"' ? string() : String.valueOf(next));
                at += next == '(' || next == '"' ? 0 : 1;
                gap();
            }
            if (text.charAt(at) == ':') {
                at++;
                said.append(':').append(pipe(",}", Set.of()));
            }
        } while (text.charAt(at) == ',');
        return said.append(text.charAt(at++)).toString();
    }

    /** What is named by as: up to the pipe, or the bracket of a fold. */
    private String pattern() {
        StringBuilder said = new StringBuilder();
        int deep = 0;
        for (gap(); deep > 0 || text.charAt(at) != '|' && text.charAt(at) != '('; gap()) {
            char next = text.charAt(at++);
            deep += "[{(".indexOf(next) >= 0 ? 1 : "]})".indexOf(next) >= 0 ? -1 : 0;
            said.append(next);
        }
        return said.append(' ').toString();
    }

    private String string() {
        int begins = at++;
        while (text.charAt(at) != '"') {
            if (text.startsWith("\\(", at)) {
                at++;
                arguments();
            } else {
                count(text.charAt(at));
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
        }
        return text.substring(begins, ++at);
    }

    /** A key, a variable or a format: its words are none of the language. */
    private String name() {
        int begins = at++;
        while (at < text.length() && letter(text.charAt(at))) {
            at++;
        }
        return text.substring(begins, at);
    }

    private String number() {
        int begins = at++;
        while (at < text.length() && (letter(text.charAt(at)) || text.charAt(at) == '.' || "+-".indexOf(text.charAt(at)) >= 0 && "eE".indexOf(text.charAt(at - 1)) >= 0)) {
            at++;
        }
        return text.substring(begins, at);
    }

    private String word() {
        int begins = at;
        while (at < text.length() && letter(text.charAt(at))) {
            at++;
        }
        return text.substring(begins, at);
    }

    /** Over blanks and comments. */
    private void gap() {
        while (at < text.length() && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '#')) {
            if (text.charAt(at) == '#') {
                while (at < text.length() && text.charAt(at) != '\n') {
                    at++;
                }
            } else {
                count(text.charAt(at++));
            }
        }
    }

    private void count(char passed) {
        line += passed == '\n' ? 1 : 0;
    }

    private static boolean letter(char next) {
        return next == '_' || Character.isLetterOrDigit(next);
    }
}
