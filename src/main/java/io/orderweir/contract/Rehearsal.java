package io.orderweir.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings;
import io.orderweir.connector.Connectors;
import io.orderweir.hold.DryRun;
import io.orderweir.hold.FailedStep;
import io.orderweir.hold.FieldLimits;
import io.orderweir.hold.Violation;
import io.orderweir.ledger.Captured;
import io.orderweir.liveness.ErrorsAsFailures;
import io.orderweir.mapping.Budget;
import io.orderweir.mounted.Mounts;
import io.orderweir.policy.Policies;
import io.orderweir.privacy.Masking;
import io.orderweir.privacy.SentRequest;
import io.orderweir.type.Type;
import io.orderweir.type.Types;
import io.orderweir.wire.ReceivedHeaders;
import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;

/**
 * What some connectors make of what came and of what is to be sent, by their own routes in those of the engine. Every request is shown and none is made: whatever stands behind
 * a call, the ledger and the broker are on paper.
 */
public final class Rehearsal implements AutoCloseable {

    /** Those of the engine that a request goes through until it would leave. */
    private static final List<String> ENGINE = List.of("4-call", "4-call-usual", "4-session", "4-reference");
    private static final String HOLD = "7-hold";
    private static final Set<String> SHOWN = Set.of("hold.dry-run.request", "hold.dry-run.show");
    private static final String FETCH = "fetch";

    /** What became of one thing: a document, or in words why there is none. */
    public record Made(JsonNode document, String failure) {
    }

    private final HeardLog quiet = new HeardLog();
    private final DefaultCamelContext camel;
    private final ProducerTemplate template;
    private final Connections connections;
    private final Types types;
    private final Map<String, List<Map<String, Object>>> reference;
    private final ObjectMapper json = new ObjectMapper();
    private final Budget budget;
    private final DryRun dryRun;
    private final FieldLimits limits;

    /**
     * The routes of some systems, and the accounts that {@code config} says.
     *
     * @param policies whose limits hold a delivery before it is sent
     * @param reference what is known of the reference data of a connection: rows of sql/try/reference.sql
     */
    public Rehearsal(Connectors connectors, Collection<String> systems, Types types, Policies policies, SmallRyeConfig config, Map<String, List<Map<String, Object>>> reference) throws Exception {
        this.types = types;
        this.reference = reference;
        Settings settings = config.getConfigMapping(Settings.class);
        connections = Connections.looked(settings, connectors, config, new ArrayList<>());
        Assembly beans = new Assembly().with(config).with(settings).with(connectors).with(json).with(new PaperLedger().source()).with(connections).with(policies).with(types)
                .with(new Mounts(Optional.empty(), Optional.empty()));
        camel = new DefaultCamelContext(new DefaultRegistry(List.of(new NamedBeans.Made(beans))));
        template = camel.createProducerTemplate();
        beans.with(camel).with(template);
        camel.setStreamCaching(false);
        camel.setSourceLocationEnabled(true);
        camel.addComponent("sql", new PaperComponent(this::read));
        for (String outside : List.of("http", "https", "kafka")) {
            camel.addComponent(outside, new PaperComponent(call -> {
                throw new IllegalStateException("nothing is called while connectors are tried");
            }));
        }
        camel.getComponent("direct", DirectComponent.class).setBlock(false);
        camel.getPropertiesComponent().addPropertiesFunction(new EngineRoutes.EveryRole());
        new ReceivedHeaders().configure(camel);
        new ErrorsAsFailures().configure(camel);
        new FailedStep().configure(camel);
        budget = beans.get(Budget.class);
        budget.configure(camel);
        dryRun = beans.get(DryRun.class);
        limits = beans.get(FieldLimits.class);
        try {
            load(connectors, systems);
            camel.start();
            template.start();
        } catch (Exception broken) {
            close();
            throw broken;
        }
    }

    /** The document of a captured message, as its type wants it. */
    public Made map(Captured captured, String name) {
        String system = connections.system(captured.connection());
        String mapping = connections.serving(captured.connection()) + "." + captured.type() + ".map";
        if (camel.getRoutes().stream().noneMatch(route -> route.getEndpoint().getEndpointUri().endsWith("/" + mapping))) {
            return new Made(null, "no route is called " + mapping);
        }
        Type type = types.find(captured.type()).orElse(null);
        Exchange exchange = new DefaultExchange(camel);
        exchange.setVariable("captured", captured);
        exchange.getMessage().setBody(captured.raw());
        budget.begin(exchange);
        template.send("direct:" + mapping, exchange);
        JsonNode document = exchange.getException() == null ? document(exchange) : null;
        if (exchange.getException() == null && type != null) {
            template.send("json-validator:type:" + captured.type() + "/schema.json", exchange);
        }
        quiet.take();
        return exchange.getException() == null ? new Made(document, null) : new Made(null, dryRun.fault(type, name, system, exchange));
    }

    /**
     * The request of a delivery, {@code {method, path, query, headers, body}}, with {@code look} where it follows from a look. Of headers that let somebody in only the names are there.
     *
     * @param row what a claim of it would bring: a row of sql/try/deliveries.sql
     */
    public Made request(Map<String, Object> row) {
        String refused = refused(row);
        if (refused != null) {
            return new Made(null, refused);
        }
        List<ObjectNode> requests = dryRun.requests(Map.of("row", row, DryRun.WITH_HEADERS, true));
        quiet.take();
        for (ObjectNode each : requests) {
            if (each.hasNonNull("fault")) {
                return new Made(null, each.path("fault").asText());
            }
            if (each.path("verb").asText().equals(FETCH)) {
                return new Made(null, "it would ask for its reference data first, and the ledger keeps none of it");
            }
        }
        ObjectNode shown = shown(requests.get(requests.size() - 1));
        if (requests.size() > 1) {
            shown.set("look", shown(requests.get(0)));
        }
        return new Made(shown, null);
    }

    @Override
    public void close() {
        template.stop();
        camel.stop();
        quiet.close();
    }

    private void load(Connectors connectors, Collection<String> systems) throws Exception {
        PluginHelper.getRoutesLoader(camel).loadRoutes(EngineRoutes.file("0-errors"));
        for (String file : ENGINE) {
            EngineRoutes.load(camel, EngineRoutes.file(file), route -> true);
        }
        EngineRoutes.load(camel, EngineRoutes.file(HOLD), route -> SHOWN.contains(route.getRouteId()));
        for (String system : systems) {
            for (String file : connectors.routeFiles(system).toList()) {
                EngineRoutes.load(camel, EngineRoutes.of(connectors, file), route -> true);
            }
        }
    }

    private void read(Exchange statement) {
        boolean known = String.valueOf(statement.getProperty(Exchange.TO_ENDPOINT)).contains("reference-read");
        statement.getMessage().setBody(known ? reference.getOrDefault(statement.getVariable("connection", String.class), List.of()) : List.of());
    }

    /** Why it would be held before it is sent; null where nothing refuses it. */
    private String refused(Map<String, Object> row) {
        String connection = row.get("connection").toString();
        return row.get("verb").equals("cancel") ? null : limits.check(parsed(row.get("canonical").toString()), connections.system(connection), row.get("port").toString(), connections.called(connection))
                .stream().findFirst().map(Violation::sentence).orElse(null);
    }

    private static ObjectNode headers(JsonNode sent) {
        ObjectNode headers = JsonNodeFactory.instance.objectNode();
        sent.fields().forEachRemaining(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), SentRequest.isSecret(header.getKey()) ? Masking.MASK : header.getValue().asText()));
        return headers;
    }

    private ObjectNode shown(ObjectNode request) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        for (String part : List.of("method", "path", "query")) {
            if (request.hasNonNull(part)) {
                shown.set(part, request.get(part));
            }
        }
        if (!request.path("headers").isEmpty()) {
            shown.set("headers", headers(request.path("headers")));
        }
        String body = request.path("body").asText("");
        if (!body.isBlank() && !body.equals("null")) {
            shown.set("body", parsed(body));
        }
        return shown;
    }

    private JsonNode parsed(String body) {
        try {
            JsonNode read = json.readTree(body);
            return read.isContainerNode() ? read : JsonNodeFactory.instance.textNode(body);
        } catch (IOException notJson) {
            return JsonNodeFactory.instance.textNode(body);
        }
    }

    private JsonNode document(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        return body instanceof JsonNode made ? made : parsed(String.valueOf(exchange.getMessage().getBody(String.class)));
    }
}
