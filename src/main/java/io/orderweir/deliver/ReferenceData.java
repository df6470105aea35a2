package io.orderweir.deliver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.connector.Connector;
import io.orderweir.connector.Connectors;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;

/**
 * What targets were asked for once and many of their calls read, such as their countries or tax codes: what the descriptor of a connector lists under {@code knows}.
 * The ledger keeps it for all processes, this one what it read last.
 */
@ApplicationScoped
@Named("referenceData")
@RegisterForReflection
public class ReferenceData {

    private record Kept(JsonNode content, Instant until) {
    }

    private final Map<String, Map<String, Kept>> known = new ConcurrentHashMap<>();
    private final Set<List<String>> asking = ConcurrentHashMap.newKeySet();

    Clock clock = Clock.systemUTC();

    @Inject
    Connectors connectors;

    @Inject
    ObjectMapper json;

    /** Whether the ledger is asked what it keeps. In: variables connection, system. */
    public boolean isOld(Exchange exchange) {
        return missing(connection(exchange), exchange.getVariable("system", String.class)) != null;
    }

    /** Takes over what the ledger keeps. In: variable connection; variable kept, rows of sql/deliver/reference-read.sql. */
    public void read(Exchange exchange) throws JsonProcessingException {
        Map<String, Kept> read = new ConcurrentHashMap<>();
        for (Object row : exchange.getVariable("kept", List.class)) {
            Map<?, ?> columns = (Map<?, ?>) row;
            read.put((String) columns.get("name"), new Kept(json.readTree((String) columns.get("content")), ((Timestamp) columns.get("keptUntil")).toInstant()));
        }
        known.put(connection(exchange), read);
        exchange.removeVariable("kept");
    }

    /** The first that the descriptor of the system lists and that is not there, or old; null where all is there. */
    public String missing(String connection, String system) {
        return listed(system).keySet().stream().sorted().filter(name -> !isThere(connection, name)).findFirst().orElse(null);
    }

    /** All that is known of what the system lists, old or not; null where it lists nothing. */
    public JsonNode of(String connection, String system) {
        if (listed(system).isEmpty()) {
            return null;
        }
        ObjectNode all = json.createObjectNode();
        known.getOrDefault(connection, Map.of()).forEach((name, kept) -> all.set(name, kept.content()));
        return all;
    }

    /** Whether this call asks; false while another one does, or just has. In: variables connection, asksFor. */
    public boolean begin(Exchange exchange) {
        if (!asking.add(asked(exchange))) {
            return false;
        }
        // asked with the turn in hand: whoever had it before has kept what it got
        if (isThere(connection(exchange), exchange.getVariable("asksFor", String.class))) {
            end(exchange);
            return false;
        }
        return true;
    }

    /** Whoever asked has its answer, or none. */
    public void end(Exchange exchange) {
        asking.remove(asked(exchange));
    }

    /** Keeps what the connector made of an answer. In: variables connection, system, asksFor, known (JSON). Out: variables known (JSON text) and keptFor (s). */
    public void keep(Exchange exchange) throws JsonProcessingException {
        JsonNode content = json.readTree(exchange.getVariable("known", String.class));
        String name = exchange.getVariable("asksFor", String.class);
        Connector.Known terms = listed(exchange.getVariable("system", String.class)).get(name);
        known.computeIfAbsent(connection(exchange), first -> new ConcurrentHashMap<>()).put(name, new Kept(content, clock.instant().plus(terms.keptFor())));
        exchange.setVariable("known", content.toString());
        exchange.setVariable("keptFor", terms.keptFor().toMillis() / 1000.0);
    }

    private boolean isThere(String connection, String name) {
        Kept kept = known.getOrDefault(connection, Map.of()).get(name);
        return kept != null && kept.until().isAfter(clock.instant());
    }

    private Map<String, Connector.Known> listed(String system) {
        return connectors.find(system).map(Connector::knows).orElse(Map.of());
    }

    private static List<String> asked(Exchange exchange) {
        return List.of(connection(exchange), exchange.getVariable("asksFor", String.class));
    }

    private static String connection(Exchange exchange) {
        return exchange.getVariable("connection", String.class);
    }
}
