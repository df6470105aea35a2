package io.orderweir.hold;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.connector.Connectors;
import io.orderweir.privacy.SentRequest;
import io.orderweir.type.Type;
import io.orderweir.type.Types;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/**
 * Shows what a release would send, by the very routes and mappings that send it; they end before the call.
 * The answer: {@code {changes [{path, replaced, value}], document, requests [{connection, part, verb, method, path, query, body, after, waits, fault}]}}.
 * A delivery that looks before it acts has a request for each of its calls; what the look would find out stands in the later one as its connector supposes it.
 */
@RegisterForReflection
@ApplicationScoped
@Named("dryRun")
public class DryRun {

    /** The variable that asks for the headers of a request, too; secrets are in them. */
    public static final String WITH_HEADERS = "withHeaders";

    @Inject
    ProducerTemplate engine;

    @Inject
    ObjectMapper json;

    @Inject
    Sentence sentence;

    @Inject
    Connectors connectors;

    /** In: variables changes, delivery, document, canonical and deliveries as the check left them. Out: the body, the answer as JSON text. */
    public void answer(Exchange exchange) throws JsonProcessingException {
        ObjectNode answer = json.createObjectNode();
        answer.set("changes", json.readTree(exchange.getVariable("changes", String.class)));
        JsonNode document = exchange.getVariable(exchange.getVariable("document") == null ? "canonical" : "document", JsonNode.class);
        answer.set("document", document);
        ArrayNode requests = answer.putArray("requests");
        JsonNode planned = exchange.getVariable("deliveries", JsonNode.class);
        if (exchange.getVariable("delivery") != null) {
            requests.addAll(requests(variables(exchange, Map.of("delivery", exchange.getVariable("delivery")))));
        } else if (planned != null) {
            for (JsonNode one : planned) {
                requests.addAll(requests(variables(exchange, row(one, exchange.getVariable("canonical", JsonNode.class), exchange.getVariable("held", Map.class).get("connection")))));
            }
        }
        exchange.getMessage().setBody(answer.toString());
    }

    private static Map<String, Object> variables(Exchange exchange, Map<String, Object> more) {
        Map<String, Object> variables = new HashMap<>(more);
        variables.put("document", exchange.getVariable("document"));
        return variables;
    }

    /** A planned delivery as a claim would bring it. */
    private Map<String, Object> row(JsonNode planned, JsonNode canonical, Object shop) {
        Map<String, Object> row = new HashMap<>();
        for (String column : List.of("connection", "port", "part")) {
            row.put(column, planned.path(column).asText());
        }
        row.put("shop", shop);
        row.put("externalId", planned.path("external_id").asText());
        row.put("verb", planned.path("cancel").asBoolean() ? "cancel" : "create");
        row.put("orderName", canonical.path("name").asText());
        row.put("lineIds", planned.path("line_ids").toString());
        row.put("canonical", canonical.toString());
        row.put("correlationId", "dry-run");
        if (!planned.path("gates").isEmpty()) {
            row.put("waits", planned.path("gates").findValuesAsText("name"));
        }
        return Map.of("row", row);
    }

    /** Every call of one delivery: the first, and when that is a look, the one that follows from what it finds. In: delivery, its number; or row, what a claim of it would bring. */
    public List<ObjectNode> requests(Map<String, Object> variables) {
        Exchange first = tried(variables);
        String suppose = connectors.serving(first.getVariable("system", String.class)) + "." + first.getVariable("port") + ".suppose";
        if (first.getVariable("shown") == null || !"find".equals(first.getVariable("verb")) || "find".equals(first.getVariable("asked")) || engine.getCamelContext().getRoute(suppose) == null) {
            return List.of(request(first));
        }
        Exchange supposed = engine.request("direct:" + suppose, exchange -> exchange.setVariable("verb", first.getVariable("asked")));
        Map<String, Object> then = new HashMap<>(variables);
        then.put("supposed", supposed.getVariable("found"));
        ObjectNode second = request(tried(then));
        second.put("after", "Follows from what the call before it finds; that stands here in brackets.");
        return List.of(request(first), second);
    }

    private Exchange tried(Map<String, Object> variables) {
        return engine.request("direct:hold.dry-run.request", exchange -> variables.forEach(exchange::setVariable));
    }

    private ObjectNode request(Exchange tried) {
        ObjectNode request = json.createObjectNode();
        for (String name : List.of("connection", "label", "part", "verb")) {
            request.put(name, tried.getVariable(name, String.class));
        }
        if (tried.getVariable("waits") != null) {
            request.set("waits", json.valueToTree(tried.getVariable("waits")));
        }
        if (tried.getVariable("shown") != null) {
            request.setAll((ObjectNode) tried.getVariable("shown"));
        } else if (tried.getException() instanceof Refused refused) {
            request.put("fault", refused.getMessage());
        } else if (tried.getException() != null) {
            request.put("fault", fault(Types.packaged().order(), tried.getVariable("orderName", String.class), tried.getVariable("system", String.class), tried));
        }
        return request;
    }

    /** What a hold would say of an exchange that failed while a connector of this system was at work. */
    public String fault(Type type, String name, String system, Exchange failed) {
        return sentence.forError(type, name, failed.getException(), () -> Fault.of(failed, system, failed.getException())).sentence();
    }

    /** Takes the row of the delivery, with the edited document instead of the held one. In: body, or variable row. Out: the body. */
    public Map<String, Object> take(Exchange exchange) {
        Map<?, ?> found = exchange.getVariable("row") == null ? exchange.getMessage().getBody(Map.class) : exchange.getVariable("row", Map.class);
        Map<String, Object> row = new HashMap<>();
        found.forEach((column, value) -> row.put(column.toString(), value));
        if (exchange.getVariable("document") != null) {
            row.put("canonical", exchange.getVariable("document").toString());
        }
        if (exchange.getVariable("supposed") != null) {
            row.put("found", exchange.getVariable("supposed"));
        }
        exchange.setVariable("asked", row.get("verb"));
        exchange.setVariable("connection", row.get("connection"));
        return row;
    }

    /** The request as it stands before the call. In: variable withHeaders, or null. Out: variable shown {method, path, query, body}, and headers where they are asked for. */
    public void show(Exchange exchange) {
        String body = exchange.getMessage().getBody(String.class);
        ObjectNode shown = json.createObjectNode().put("method", exchange.getVariable("method", String.class))
                .put("path", exchange.getVariable("path", String.class)).put("query", exchange.getVariable("query", String.class)).put("body", body);
        if (exchange.getVariable(WITH_HEADERS) != null) {
            shown.set("headers", json.valueToTree(SentRequest.headers(exchange.getMessage().getHeaders())));
        }
        exchange.setVariable("shown", shown);
    }
}
