package io.orderweir.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.type.Type;
import io.orderweir.type.Types;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * Writes what became of one captured record as the ledger takes it in.
 * In: variables captured, and canonical with deliveries, or note, or hold; version, where the connector told it of what it could not map. Out: the body, see the type {@code event} in {@code V001__ledger.sql} for its shape; raw is the bytes themselves.
 */
@ApplicationScoped
@Named("entry")
@RegisterForReflection
public class Entry {

    private final Types types;

    /** For the client proxy only. */
    protected Entry() {
        this(null);
    }

    @Inject
    public Entry(Types types) {
        this.types = types;
    }

    public ObjectNode write(Exchange exchange) {
        Captured captured = exchange.getVariable("captured", Captured.class);
        JsonNode canonical = exchange.getVariable("canonical", JsonNode.class);
        JsonNode hold = exchange.getVariable("hold", JsonNode.class);
        // what could not be understood stops nothing where something newer is known
        String version = hold == null ? null
                : ToldTime.of(exchange.getVariable("version", canonical == null ? "" : canonical.path("updatedAt").asText(), String.class), Instant.parse(captured.capturedAt()));
        if (hold == null && canonical != null) {
            hold = contradiction(captured, types.find(captured.type()), canonical);
            version = hold == null ? canonical.path("updatedAt").textValue() : null;
        }
        ObjectNode entry = entry(captured);
        if (canonical != null && canonical.isObject() && storable(canonical)) {
            entry.set("canonical", canonical);
            entry.put("hash", Fingerprint.of(canonical));
            entry.put("version", version);
            entry.set("name", canonical.path("name").isTextual() ? canonical.get("name") : null);
        } else if (version != null) {
            entry.put("version", version);
        }
        entry.set("hold", hold);
        entry.put("note", exchange.getVariable("note", String.class));
        JsonNode deliveries = exchange.getVariable("deliveries", JsonNode.class);
        entry.set("deliveries", deliveries == null || hold != null ? JsonNodeFactory.instance.arrayNode() : deliveries);
        return entry;
    }

    /** What no schema sees: a body that names two things (a key twice), or text the database cannot keep. */
    private static JsonNode contradiction(Captured captured, Optional<Type> type, JsonNode canonical) {
        ObjectNode hold = JsonNodeFactory.instance.objectNode();
        String entity = captured.connection() + "/" + canonical.path("externalId").asText();
        if (type.isPresent() && type.get().kind().isNamedById() && !captured.entity().equals(entity)) {
            return hold.put("reason", "invalid-document").put("sentence", "This event was captured as " + captured.entity()
                    + ", but its body says " + entity
                    + ". If it has two ids, discard it. If all events of this connection are held so, its connector names them by another field"
                    + " than the mapping's externalId: an integrator makes both the same.");
        }
        return storable(canonical) ? null : hold.put("reason", "not-storable").put("sentence",
                thing(type, canonical) + " holds a character no system can store. Correct it where it came from, or discard it.");
    }

    private static String thing(Optional<Type> type, JsonNode canonical) {
        return type.map(known -> known.kind().isNamedById() ? known.capital() + " " + canonical.path("name").asText(canonical.path("externalId").asText())
                : "A " + known.word()).orElse("This event");
    }

    /** jsonb keeps neither NUL nor half a character; such a document is held, and its bytes tell the rest. */
    private static boolean storable(JsonNode canonical) {
        if (canonical.isTextual()) {
            return storable(canonical.textValue());
        }
        for (JsonNode member : canonical) {
            if (!storable(member)) {
                return false;
            }
        }
        return true;
    }

    private static boolean storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c) && (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(++i)))) {
                return false;
            }
        }
        return true;
    }

    /** The same record when the database refuses it: the names that are sure to fit, the bytes, and why. */
    static ObjectNode held(ObjectNode refused, String reason, String sentence) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        refused.fields().forEachRemaining(field -> {
            if (field.getValue().isNumber() || field.getKey().equals("raw")) {
                entry.set(field.getKey(), field.getValue());
            } else if (field.getValue().isTextual() && !field.getKey().equals("hash") && !field.getKey().equals("version")) {
                entry.put(field.getKey(), field.getValue().textValue().replace('\0', '\uFFFD').replaceAll("[\\ud800-\\udfff]", "\uFFFD"));
            }
        });
        entry.remove("note");
        entry.putObject("hold").put("reason", reason).put("sentence", sentence);
        entry.putArray("deliveries");
        return entry;
    }

    private static ObjectNode entry(Captured captured) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode()
                .put("topic", captured.topic())
                .put("partition", captured.partition())
                .put("offset", captured.offset())
                .put("ce_id", captured.delivery())
                .put("connection", captured.connection())
                .put("type", captured.type())
                .put("entity_key", captured.entity())
                .put("correlation_id", captured.correlation())
                .put("captured_at", captured.capturedAt())
                .put("raw", captured.raw());
        return captured.triggeredAt() == null ? entry : entry.put("triggered_at", captured.triggeredAt());
    }
}
