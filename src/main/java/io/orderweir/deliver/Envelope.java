package io.orderweir.deliver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings.Connection;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * Opens a claimed delivery: every column of the claim becomes a variable, the body becomes what outgoing mappings read:
 * {@code {order, part, lines, externalId, remoteId, settings}}, and for what is built to order {@code basis}, the beginning of the fingerprint of the
 * line, and {@code gates}, the evidence of those that are open.
 */
@ApplicationScoped
@Named("envelope")
@RegisterForReflection
public class Envelope {

    @Inject
    ObjectMapper json;

    @Inject
    Connections connections;

    public JsonNode open(Exchange exchange) throws JsonProcessingException {
        Map<?, ?> claimed = exchange.getMessage().getBody(Map.class);
        claimed.forEach((column, value) -> exchange.setVariable(column.toString(), value));

        Connection connection = connections.connection(exchange.getVariable("connection", String.class));
        Set<String> ids = new HashSet<>();
        json.readTree((String) claimed.get("lineIds")).forEach(id -> ids.add(id.asText()));
        ObjectNode envelope = json.createObjectNode();
        JsonNode order = json.readTree((String) claimed.get("canonical"));
        envelope.set("order", order);
        envelope.put("part", (String) claimed.get("part"));
        order.path("lineItems").forEach(line -> {
            if (ids.contains(line.path("id").asText())) {
                envelope.withArray("lines").add(line);
            }
        });
        envelope.put("externalId", (String) claimed.get("externalId"));
        envelope.put("remoteId", (String) claimed.get("remoteId"));
        if (claimed.get("gates") != null) {
            envelope.put("basis", (String) claimed.get("basis"));
            envelope.set("gates", json.readTree((String) claimed.get("gates")));
        }
        ObjectNode settings = envelope.putObject("settings");
        connection.settings().forEach(settings::put);
        settings.put("zone", connection.zone().getId());
        exchange.setVariable("envelope", envelope);
        return envelope;
    }
}
