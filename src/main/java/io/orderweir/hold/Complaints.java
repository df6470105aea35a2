package io.orderweir.hold;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.orderweir.connector.Connectors;
import io.orderweir.type.Fields;
import io.orderweir.type.Types;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Reads what one target complains about, by the table {@code complaints.yaml} of its connector. Of a system without one nothing is read.
 * What is wrong in it refuses the start.
 */
public final class Complaints {

    /** A field of the order (or a word for a field that is none), and what the target said about it. */
    record Complaint(String canonicalPath, String word, String said) {
    }

    /** More than any real answer; beyond it only the beginning is shown. */
    private static final int LARGEST_ANSWER = 1_000_000;
    private static final String FILE = "/complaints.yaml";
    private static final List<String> KEYS = List.of("details", "path", "text", "fields", "settings", "line-id", "code", "answers", "lines", "line", "line-status", "line-text");
    private static final List<String> POINTERS = List.of("details", "code", "lines");
    private static final int REFUSED = 400;
    private static final Pattern LINE = Pattern.compile("\\[(\\d{1,9})]");

    private final ObjectMapper json = new ObjectMapper();
    private final JsonNode table;

    /** @throws IllegalStateException where the table has a key that is none, lacks one, or means a field that no order has; with file and line */
    public Complaints(Connectors connectors, String system) {
        byte[] text = connectors.bytes(system + FILE).orElse(null);
        table = text == null ? MissingNode.getInstance() : Table.parse(text);
        if (text != null) {
            refuseWrong(connectors.place(system + FILE), new String(text, StandardCharsets.UTF_8));
        }
    }

    private void refuseWrong(String file, String text) {
        table.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw refusal(file, text, key, "'" + key + "' is not a key; there are " + KEYS);
            }
        });
        for (String key : POINTERS) {
            if (table.has(key) && !table.get(key).asText().startsWith("/")) {
                throw refusal(file, text, key, key + " is where it stands in the answer, such as /errors, and not '" + table.get(key).asText() + "'");
            }
        }
        if (table.has("details") && !(table.path("path").isTextual() && table.path("text").isTextual() && table.path("fields").isObject())) {
            throw refusal(file, text, "details", "with details it needs path and text, what a complaint calls the field and says of it, and fields, which these mean: {} where none is one of the order");
        }
        if (table.path("answers").size() > 0 && !table.has("code")) {
            throw refusal(file, text, "answers", "with answers it needs code, where the answer says which it is, such as /error");
        }
        if (table.has("lines") != (table.has("line") && table.has("line-status") && table.has("line-text"))) {
            throw refusal(file, text, table.has("lines") ? "lines" : "line", "lines, where an answer says of each line what became of it, needs line, line-status and line-text: what such an entry calls the line's id, its status and the words");
        }
        Fields fields = Types.packaged().order().fields();
        table.path("fields").fields().forEachRemaining(row -> {
            List<String> instead = fields.insteadOf(row.getValue().asText());
            if (!instead.isEmpty()) {
                throw refusal(file, text, row.getKey(), "'" + row.getValue().asText() + "' is no field of the canonical order; there " + instead + " can stand");
            }
        });
    }

    private static IllegalStateException refusal(String file, String text, String key, String what) {
        int before = Pattern.compile("(?m)^[^\\n#]*?(?<![\\w.-])" + Pattern.quote(key) + "[\"']?\\s*:").matcher(text).results().findFirst().map(MatchResult::start).orElse(0);
        return new IllegalStateException("Orderweir does not start: " + file + ": line " + (text.substring(0, before).lines().count() + 1) + ": " + what);
    }

    JsonNode parse(byte[] answer) {
        if (answer == null || answer.length == 0 || answer.length > LARGEST_ANSWER) {
            return MissingNode.getInstance();
        }
        try {
            return json.readTree(answer);
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        } catch (IOException notText) {
            throw new UncheckedIOException(notText);
        }
    }

    /** The rest of the sentence for an answer that is about no field, null for any other. */
    String knownAnswer(JsonNode answer) {
        String code = code(answer);
        return code == null ? null : table.path("answers").path(code).textValue();
    }

    /** The code of an answer; null where it has none, or where none is known of. */
    String code(JsonNode answer) {
        return table.has("code") ? answer.at(table.path("code").asText()).asText(null) : null;
    }

    /** Does an answer say of each line what became of it? */
    boolean isByLine(JsonNode answer) {
        return table.has("lines") && !answer.at(table.path("lines").asText()).isEmpty();
    }

    /** The lines of such an answer that were not taken, and what was said of each. */
    List<Complaint> refusedLines(JsonNode answer, JsonNode envelope) {
        List<Complaint> refused = new ArrayList<>();
        for (JsonNode line : answer.at(table.path("lines").asText())) {
            if (line.path(table.path("line-status").asText()).asInt(REFUSED) >= REFUSED) {
                refused.add(new Complaint(null, name(line.path(table.path("line").asText()).asText(), envelope), line.path(table.path("line-text").asText()).asText()));
            }
        }
        return refused;
    }

    private static String name(String id, JsonNode envelope) {
        for (JsonNode line : envelope.path("order").path("lineItems")) {
            if (line.path("id").asText().equals(id)) {
                return line.path("name").asText(line.path("sku").asText(id));
            }
        }
        return id;
    }

    /** @param sent the body that they are about, missing where nobody knows it */
    List<Complaint> find(JsonNode answer, JsonNode envelope, JsonNode sent) {
        List<Complaint> found = new ArrayList<>();
        if (!table.has("details")) {
            return found;
        }
        JsonNode details = answer.at(table.path("details").asText());
        for (JsonNode detail : details.isObject() ? List.of(details) : details) {
            String path = detail.path(table.path("path").asText()).asText();
            found.add(new Complaint(canonical(path, envelope, sent), table.path("settings").path(path.split("\\.")[0]).textValue(),
                detail.path(table.path("text").asText()).asText()));
        }
        return found;
    }

    /** The longest known beginning of the target's path, with the line it means in the order. */
    private String canonical(String targetPath, JsonNode envelope, JsonNode sent) {
        String general = targetPath.replaceAll("\\[\\d+]", "[]");
        while (!table.path("fields").has(general)) {
            int end = general.lastIndexOf('.');
            if (end < 0) {
                return null;
            }
            general = general.substring(0, end);
        }
        String canonical = table.path("fields").path(general).asText();
        Matcher line = LINE.matcher(targetPath);
        if (!canonical.contains("[]") || !line.find()) {
            return canonical;
        }
        int place = table.has("line-id") && sent.isObject() ? lineOf(sent.at("/" + targetPath.substring(0, line.start()).replace('.', '/')).path(Integer.parseInt(line.group(1))), envelope)
            : lineInOrder(Integer.parseInt(line.group(1)), envelope);
        return place < 0 ? null : canonical.replaceFirst("\\[]", "[" + place + "]").replaceFirst("\\.customFields.*", ".customFields");
    }

    /** A line that was sent says whose it is; one that does not, such as a tax, is no line of the order. */
    private int lineOf(JsonNode sent, JsonNode envelope) {
        JsonNode lines = envelope.path("order").path("lineItems");
        String id = sent.path(table.path("line-id").asText()).asText("");
        return IntStream.range(0, lines.size()).filter(i -> !id.isEmpty() && lines.get(i).path("id").asText().equals(id)).findFirst().orElse(-1);
    }

    /** Targets count the lines we sent, and lines removed by an edit are not sent. */
    private static int lineInOrder(int sent, JsonNode envelope) {
        List<String> ids = new ArrayList<>();
        envelope.path("lines").forEach(line -> {
            if (line.path("quantity").asInt() > 0) {
                ids.add(line.path("id").asText());
            }
        });
        JsonNode lines = envelope.path("order").path("lineItems");
        for (int i = 0; sent < ids.size() && i < lines.size(); i++) {
            if (lines.get(i).path("id").asText().equals(ids.get(sent))) {
                return i;
            }
        }
        return sent;
    }
}
