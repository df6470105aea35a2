package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The lines of the customer payment journals of the pretend Business Central, and the entries of the ledger that come of those that are posted. Nothing but the id makes a line one of its own: two of one
 * document number are two payments. Which are posted stands in the setting posted, by external document number; they leave their journal.
 */
final class BusinessCentralPayments {
    private static final int BETWEEN = 10_000;

    private final Settings settings;
    private final Map<String, ObjectNode> lines = new LinkedHashMap<>();
    private long writes;

    BusinessCentralPayments(Settings settings) {
        this.settings = settings;
    }

    /** The new line, as it is answered. */
    synchronized ObjectNode add(String journal, ObjectNode body) {
        int nth = lines.size() + 1;
        ObjectNode line = Json.object().put("id", new UUID(0x5f8e0a6c00004000L, 0x9000000000000000L | nth).toString()).put("journalId", journal).put("lineNumber", BETWEEN * nth);
        lines.put(line.path("id").asText(), line);
        return write(line, body);
    }

    synchronized ObjectNode change(String id, ObjectNode body) {
        return write(lines.get(id), body);
    }

    /** The line of this id that is not posted; null when there is none. */
    synchronized ObjectNode line(String id) {
        return lines.values().stream().filter(line -> line.path("id").asText().equals(id) && !isPosted(line)).findFirst().map(ObjectNode::deepCopy).orElse(null);
    }

    synchronized List<ObjectNode> lines(String journal) {
        return all(line -> line.path("journalId").asText().equals(journal) && !isPosted(line));
    }

    /** All of this external document number, posted or not, with what they are worth together; null when there is none. */
    synchronized ObjectNode record(String reference) {
        List<ObjectNode> known = all(line -> line.path("externalDocumentNumber").asText().equals(reference.toUpperCase(Locale.ROOT)));
        if (known.isEmpty()) {
            return null;
        }
        ArrayNode list = Json.array();
        known.forEach(list::add);
        return Json.object().put("paid", known.stream().map(line -> line.path("amount").decimalValue().negate()).reduce(BigDecimal.ZERO, BigDecimal::add)).set("lines", list);
    }

    /** What is posted: of each payment what it takes from the account of its customer, as a credit. */
    synchronized List<ObjectNode> entries() {
        return all(this::isPosted).stream().map(line -> Json.object().put("id", new UUID(0x5f8e0a6c00004000L, 0xa000000000000000L | line.path("lineNumber").asLong()).toString()).put("documentType", "Payment")
                .put("documentNumber", line.path("documentNumber").asText()).put("creditAmount", line.path("amount").decimalValue().negate()).put("debitAmount", 0)).toList();
    }

    synchronized void reset() {
        lines.clear();
    }

    private List<ObjectNode> all(Predicate<ObjectNode> which) {
        return lines.values().stream().filter(which).map(ObjectNode::deepCopy).toList();
    }

    private boolean isPosted(ObjectNode line) {
        return settings.texts("posted").contains(line.path("externalDocumentNumber").asText().toLowerCase(Locale.ROOT));
    }

    private ObjectNode write(ObjectNode line, ObjectNode body) {
        body.fields().forEachRemaining(field -> line.set(field.getKey(), field.getKey().matches("documentNumber|externalDocumentNumber") ? Json.value(field.getValue().asText().toUpperCase(Locale.ROOT)) : field.getValue()));
        return line.put("@odata.etag", "W/\"" + ++writes + "\"").deepCopy();
    }
}
