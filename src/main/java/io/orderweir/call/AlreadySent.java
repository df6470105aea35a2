package io.orderweir.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.orderweir.ledger.Fingerprint;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * Leaves out an update that says nothing new: its request is the one that the target took last. Compared is what the target gets, so that whatever a mapping does not read makes no call:
 * path, query and body. Headers are of the call (a nonce, a key), and the method is not compared: what a POST to a collection made is what a PUT to the record would say again.
 */
@ApplicationScoped
@Named("alreadySent")
@RegisterForReflection
public class AlreadySent {

    private static final List<String> SAYING = List.of("create", "update");
    private static final List<String> WRITING = List.of("POST", "PUT", "PATCH");

    @Inject
    ObjectMapper json;

    /**
     * In: variables verb, method, path, query, remoteId, found (by an earlier call of this delivery), sentBefore (what the target took last; null where nobody knows), and the body as text.
     * Out: variable sentDocument, which names the request, or null where another one is needed whatever this one says. Throws {@link NothingNew}. What an earlier call found out
     * asks for the next one: the request may be the same, and the target another since. Only a look that has seen a request that says the same, {@code found.there}, needs none.
     */
    public void leaveOut(Exchange exchange) {
        String document = document(exchange);
        exchange.setVariable("sentDocument", document);
        String found = exchange.getVariable("found", String.class);
        if (document != null && "update".equals(exchange.getVariable("verb"))
                && (found == null ? document.equals(exchange.getVariable("sentBefore")) : stands(exchange.getMessage().getBody(String.class), found))) {
            throw new NothingNew(exchange);
        }
    }

    /** Is what a look has seen of the record the same as a body? */
    private boolean stands(String body, String found) {
        try {
            JsonNode there = json.readTree(found).path("there");
            return there.isObject() && there.equals(json.readTree(body));
        } catch (JsonProcessingException notJson) {
            return false;
        }
    }

    private static String document(Exchange exchange) {
        String body = exchange.getMessage().getBody(String.class);
        if (body == null || body.isBlank() || !SAYING.contains(exchange.getVariable("verb", "", String.class)) || !WRITING.contains(exchange.getVariable("method", "", String.class))) {
            return null;
        }
        String path = exchange.getVariable("path", "", String.class);
        String record = "/" + exchange.getVariable("remoteId", "", String.class);
        String place = record.length() > 1 && path.endsWith(record) ? path.substring(0, path.length() - record.length()) : path;
        return Fingerprint.of(JsonNodeFactory.instance.arrayNode().add(place).add(exchange.getVariable("query", String.class)).add(body));
    }
}
