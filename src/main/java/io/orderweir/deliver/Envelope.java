package io.orderweir.deliver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.call.Aside;
import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings.Connection;
import io.orderweir.money.Worth;
import io.orderweir.mounted.Mounts;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * Opens a delivery that was taken: every column of its row becomes a variable, repeatable the verbs of its port that may be sent again without a look first
 * (with blanks between), finds whether it can be looked up, reads what is read back of what it writes, aside what is asked before its own call, and the body becomes what outgoing mappings read:
 * {@code {order, called, shop, part, lines, externalId, remoteId, money, settings, found}}, where {@code called} is what sentences call the order, {@code shop} the connection that it came from, {@code money} is what {@link Worth#document} says of the whole order, {@code found} is what an earlier call of this delivery found out; {@code known} where
 * the system's descriptor lists reference data, of which the variable asksFor says what is missing, or is null; for what is built to order also {@code basis}, the beginning of the fingerprint of the line, and {@code gates}, the evidence of those that are open; for what is booked of a payment {@code payment}: {@code {id, amount, currency, at, gateway, record}}, where {@code record} is what the target calls the order it is of;
 * and for what the shop is told of the waiting {@code waitsAt}, the names of those that are closed.
 */
@ApplicationScoped
@Named("envelope")
@RegisterForReflection
public class Envelope {

    @Inject
    ObjectMapper json;

    @Inject
    Connections connections;

    @Inject
    ReferenceData referenceData;

    @Inject
    Mounts mounts;

    public JsonNode open(Exchange exchange) throws JsonProcessingException {
        Map<?, ?> claimed = exchange.getMessage().getBody(Map.class);
        claimed.forEach((column, value) -> exchange.setVariable(column.toString(), value));

        String name = exchange.getVariable("connection", String.class);
        Connection connection = connections.connection(name);
        exchange.setVariable("revision", mounts.running().number());
        exchange.setVariable("repeatable", connections.repeatable(name, exchange.getVariable("port", String.class)));
        exchange.setVariable("reads", connections.reads(name, exchange.getVariable("port", String.class)));
        exchange.setVariable("finds", connections.finds(name, exchange.getVariable("port", String.class)));
        exchange.setVariable("asksFor", referenceData.missing(name, connections.system(name)));
        Set<String> ids = new HashSet<>();
        json.readTree((String) claimed.get("lineIds")).forEach(id -> ids.add(id.asText()));
        ObjectNode envelope = json.createObjectNode();
        JsonNode order = json.readTree((String) claimed.get("canonical"));
        envelope.set("order", order);
        envelope.put("called", (String) claimed.get("orderName"));
        envelope.put("shop", (String) claimed.get("shop"));
        envelope.put("part", (String) claimed.get("part"));
        order.path("lineItems").forEach(line -> {
            if (ids.contains(line.path("id").asText())) {
                envelope.withArray("lines").add(line);
            }
        });
        envelope.put("externalId", (String) claimed.get("externalId"));
        envelope.put("remoteId", (String) claimed.get("remoteId"));
        envelope.set("money", Worth.of(order).document());
        ObjectNode found = Aside.open(exchange, claimed.get("found") == null ? null : json.readTree((String) claimed.get("found")));
        exchange.setVariable("found", found == null ? null : found.toString());
        if (found != null) {
            envelope.set("found", found);
        }
        put(envelope, "payment", claimed);
        if (claimed.get("gates") != null) {
            envelope.put("basis", (String) claimed.get("basis"));
            put(envelope, "gates", claimed);
            put(envelope, "waitsAt", claimed);
        }
        ObjectNode settings = envelope.putObject("settings");
        connection.settings().forEach(settings::put);
        settings.put("zone", connection.zone().getId());
        JsonNode known = referenceData.of(name, connections.system(name));
        if (known != null) {
            envelope.set("known", known);
        }
        exchange.setVariable("envelope", envelope);
        return envelope;
    }

    private void put(ObjectNode envelope, String member, Map<?, ?> claimed) throws JsonProcessingException {
        if (claimed.get(member) != null) {
            envelope.set(member, json.readTree((String) claimed.get(member)));
        }
    }
}
