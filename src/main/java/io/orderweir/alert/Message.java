package io.orderweir.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.connection.Connections;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * Opens a claimed message: every column of the claim becomes a variable, the body becomes what the mappings of channels read:
 * {@code {id, purpose, channel, to, subject, text, alerts: [{id, state, kind, subject, sentence, count, since}], settings}}.
 */
@ApplicationScoped
@Named("alertMessage")
@RegisterForReflection
public class Message {

    @Inject
    ObjectMapper json;

    @Inject
    Connections connections;

    public JsonNode open(Exchange exchange) throws JsonProcessingException {
        Map<?, ?> claimed = exchange.getMessage().getBody(Map.class);
        claimed.forEach((column, value) -> exchange.setVariable(column.toString(), value));
        ObjectNode message = json.createObjectNode();
        message.put("id", claimed.get("id").toString());
        for (String column : new String[] {"purpose", "channel", "subject", "text"}) {
            message.put(column, (String) claimed.get(column));
        }
        message.put("to", (String) claimed.get("recipient"));
        message.set("alerts", json.readTree((String) claimed.get("alerts")));
        ObjectNode settings = message.putObject("settings");
        connections.connection((String) claimed.get("connection")).settings().forEach(settings::put);
        return message;
    }
}
