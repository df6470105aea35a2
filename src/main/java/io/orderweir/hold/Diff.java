package io.orderweir.hold;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.type.Type;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Two documents field by field, for people: what is there, what is proposed. */
public final class Diff {

    /**
     * One field.
     *
     * @param before as it is, what cannot be seen made visible; null when there is none
     * @param after as it would be; null when there is none
     */
    @RegisterForReflection
    public record Row(String path, String word, String before, String after, boolean changed) {
    }

    private final Words words;

    /** Of orders. */
    public Diff() {
        words = new Words();
    }

    /** Of documents of this type. */
    public Diff(Type type) {
        words = new Words(type);
    }

    /** The fields that differ; with {@code all} the others too, in the order of the documents. */
    public List<Row> between(JsonNode before, JsonNode after, boolean all) {
        List<Row> rows = new ArrayList<>();
        compare(before, after, "", all, rows);
        return rows;
    }

    private void compare(JsonNode before, JsonNode after, String path, boolean all, List<Row> rows) {
        boolean same = before.equals(after);
        if (same && !all) {
            return;
        }
        if (inside(before) && (after.isMissingNode() || before.getNodeType() == after.getNodeType()) || before.isMissingNode() && inside(after)) {
            JsonNode longer = inside(before) ? before : after;
            if (longer.isArray()) {
                for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                    compare(before.path(i), after.path(i), path + "[" + i + "]", all, rows);
                }
            } else {
                List<String> fields = new ArrayList<>();
                before.fieldNames().forEachRemaining(fields::add);
                after.fieldNames().forEachRemaining(field -> {
                    if (!before.has(field)) {
                        fields.add(field);
                    }
                });
                fields.forEach(field -> compare(before.path(field), after.path(field), path.isEmpty() ? field : path + "." + field, all, rows));
            }
        } else {
            rows.add(new Row(path, words.of(path), text(before), text(after), !same));
        }
    }

    private static boolean inside(JsonNode node) {
        return node.isContainerNode() && !node.isEmpty();
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? null : visible(value.isTextual() ? value.textValue() : value.toString());
    }

    /** Blanks at the ends become a middle dot, a NUL its picture, and every other character that leaves no mark its code, such as U+200F. */
    public static String visible(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && text.charAt(begin) == ' ') {
            begin++;
        }
        while (end > begin && text.charAt(end - 1) == ' ') {
            end--;
        }
        return "·".repeat(begin) + text.substring(begin, end).codePoints().mapToObj(Diff::mark).collect(Collectors.joining()) + "·".repeat(text.length() - end);
    }

    private static String mark(int character) {
        if (character == 0) {
            return "␀";
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE, Character.LINE_SEPARATOR,
                 Character.PARAGRAPH_SEPARATOR -> String.format("U+%04X", character);
            case Character.SPACE_SEPARATOR -> character == ' ' ? " " : String.format("U+%04X", character);
            default -> Character.toString(character);
        };
    }
}
