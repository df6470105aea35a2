package io.orderweir.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.connection.Connections;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.orderweir.writing.Direction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * Opens a message that was taken: every column of its row becomes a variable, the body becomes what the mappings of channels read:
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
        message.put("purpose", (String) claimed.get("purpose")).put("channel", (String) claimed.get("channel"));
        message.put("subject", Direction.sentence((String) claimed.get("subject"))).put("text", Direction.sentence((String) claimed.get("text")));
        message.put("to", (String) claimed.get("recipient"));
        JsonNode alerts = json.readTree((String) claimed.get("alerts"));
        alerts.forEach(alert -> ((ObjectNode) alert).put("sentence", Direction.sentence(alert.path("sentence").textValue())));
        message.set("alerts", alerts);
        ObjectNode settings = message.putObject("settings");
        connections.connection((String) claimed.get("connection")).settings().forEach(settings::put);
        return message;
    }
}
