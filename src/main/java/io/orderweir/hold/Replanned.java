package io.orderweir.hold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.ledger.Captured;
import io.orderweir.ledger.Fingerprint;
import io.orderweir.type.Kind;
import io.orderweir.type.Type;
import io.orderweir.type.Types;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * Writes a checked and planned order, or a checked record or signal, as the ledger takes a release: {message, entity_key, version, hash, name, canonical, deliveries}.
 * In: variables held, captured, canonical, deliveries, and message for one of several documents. Out: the body.
 */
@RegisterForReflection
@ApplicationScoped
@Named("replanned")
public class Replanned {

    @Inject
    Types types;

    public ObjectNode write(Exchange exchange) {
        Map<?, ?> held = exchange.getVariable("held", Map.class);
        JsonNode canonical = exchange.getVariable("canonical", JsonNode.class);
        JsonNode deliveries = exchange.getVariable("deliveries", JsonNode.class);
        String key = checkedKey(exchange.getVariable("captured", Captured.class), canonical);
        for (JsonNode delivery : deliveries == null ? JsonNodeFactory.instance.arrayNode() : deliveries) {
            // what comes after it was held with it for the same field
            if (delivery.hasNonNull("hold") && (isOf(held, delivery) || isOf(held, delivery.path("after")) && delivery.at("/hold/path").asText().equals(held.get("path")))) {
                throw new Refused(422, delivery.path("hold").path("sentence").asText());
            }
        }
        ObjectNode document = JsonNodeFactory.instance.objectNode()
                .put("message", exchange.getVariable("message", Long.class))
                .put("entity_key", key)
                .put("version", canonical.path("updatedAt").textValue())
                .put("hash", Fingerprint.of(canonical))
                .put("name", canonical.path("name").textValue());
        document.set("canonical", canonical);
        document.set("deliveries", deliveries == null ? JsonNodeFactory.instance.arrayNode() : deliveries);
        return document;
    }

    private static boolean isOf(Map<?, ?> held, JsonNode named) {
        return named.path("connection").asText().equals(held.get("target")) && named.path("port").asText().equals(held.get("port")) && named.path("part").asText().equals(held.get("part"));
    }

    /** An event whose bytes told no id is named by its delivery until a person says which order it is. */
    private String checkedKey(Captured captured, JsonNode canonical) {
        if (types.find(captured.type()).map(Type::kind).filter(Kind::isNamedById).isEmpty()) {
            return captured.entity();
        }
        String key = captured.connection() + "/" + canonical.path("externalId").asText();
        if (!key.equals(captured.entity()) && !captured.delivery().equals(captured.entity())) {
            throw new Refused(422, "This event is about " + captured.entity() + ", and the document has the id "
                    + canonical.path("externalId").asText() + ". Correct the id, or discard it.");
        }
        return key;
    }
}
