package io.orderweir.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.orderweir.wire.ReceivedHeaders;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.apache.camel.Exchange;

/** Reads the id the target gave to a record; the one already known stays when the answer has none. */
@ApplicationScoped
@Named("remoteId")
@RegisterForReflection
public class RemoteId {

    @Inject
    ObjectMapper json;

    /** The last part of the Location header of the answer; {@code none} when a target accepted something it keeps no record of. */
    public String fromLocation(Exchange exchange) {
        String location = ReceivedHeaders.text(exchange, "Location");
        String known = exchange.getVariable("remoteId", "none", String.class);
        String path = location == null ? "" : location.replaceFirst("[?#].*", "");
        return path.isBlank() ? known : path.substring(path.lastIndexOf('/') + 1);
    }

    /** The member id of a JSON answer, or of the first of its list {@code list}; null for an empty list, and for an unreadable answer. */
    public String fromBody(Exchange exchange, String list) {
        JsonNode answer = answer(exchange);
        JsonNode record = answer.has(list) ? answer.path(list).path(0) : answer;
        if (record.hasNonNull("id")) {
            return record.get("id").asText();
        }
        return answer.has(list) ? null : exchange.getVariable("remoteId", String.class);
    }

    /** Does the list {@code list} of a JSON answer have more than one record? */
    public boolean isOneOfSeveral(Exchange exchange, String list) {
        return answer(exchange).path(list).size() > 1;
    }

    /** A text member of a JSON answer; null without it, and for an unreadable answer. */
    public String fromMember(Exchange exchange, String member) {
        return answer(exchange).path(member).textValue();
    }

    private JsonNode answer(Exchange exchange) {
        try {
            return json.readTree(exchange.getVariable("answer", "", String.class));
        } catch (JsonProcessingException unreadable) {
            return MissingNode.getInstance();
        }
    }
}
