package io.orderweir.contract;

import java.util.Optional;
import io.orderweir.mounted.Mounts;
import io.orderweir.type.Types;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.call.Answers;
import io.orderweir.call.CallTerms;
import io.orderweir.call.CallTime;
import io.orderweir.capture.Topics;
import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings;
import io.orderweir.connector.Connector;
import io.orderweir.connector.Connectors;
import io.orderweir.hold.FailedStep;
import io.orderweir.liveness.ErrorsAsFailures;
import io.orderweir.mapping.Budget;
import io.orderweir.policy.Policies;
import io.orderweir.wire.ReceivedHeaders;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.inject.Vetoed;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.util.StringHelper;

/**
 * One connector in the engine's own routes of capture, calls and messages, with the engine's own beans. Statements of the ledger and the broker are on paper; nothing is read
 * from a timer or a queue, so that nothing happens but what is asked for.
 */
final class Bench implements AutoCloseable {

    /** Those of the engine that a call or a webhook goes through. */
    private static final List<String> ENGINE = List.of("1-capture", "4-call", "4-call-usual", "4-deliver-port", "4-session", "4-reference", "9-alert");
    private static final String DIRECT = "direct:";
    private static final String DOOR = "platform-http:";
    private static final int SUCH_A_NAME = 40;

    /** What the broker was given of one webhook. */
    record Captured(String topic, String entity, byte[] body) {
    }

    private final Connector connector;
    private final Assembly beans = new Assembly();
    private final DefaultCamelContext camel;
    private final PaperLedger ledger = new PaperLedger();
    private final List<Captured> captured = new ArrayList<>();
    private final List<String> doors = new ArrayList<>();
    private final ProducerTemplate template;
    private long calls;

    /** {@code keys} configure the one account; the policy's directory may be null. */
    Bench(Connectors connectors, Connector connector, Types types, Map<String, String> keys) throws Exception {
        this.connector = connector;
        SmallRyeConfig config = new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(Settings.class).withValidateUnknown(false)
                .withSources(new PropertiesConfigSource(keys, "the suite", 100)).build();
        Settings settings = config.getConfigMapping(Settings.class);
        beans.with(config).with(settings).with(connectors).with(new ObjectMapper()).with(ledger.source()).with(new Connections(settings, connectors, config)).with(new Policies(settings))
                .with(new TopicsThatAreThere(settings, types)).with(types).with(new PaperTokens()).with(new Mounts(Optional.empty(), Optional.empty()));
        camel = new DefaultCamelContext(new DefaultRegistry(List.of(new NamedBeans.Made(beans))));
        beans.with(camel);
        camel.setStreamCaching(false);
        camel.addComponent("sql", new PaperComponent(new PaperReference()::answer));
        camel.addComponent("kafka", new PaperComponent(this::keep));
        configured("http");
        camel.getPropertiesComponent().addPropertiesFunction(new EngineRoutes.EveryRole());
        new ReceivedHeaders().configure(camel);
        new ErrorsAsFailures().configure(camel);
        new FailedStep().configure(camel);
        beans.get(Budget.class).configure(camel);
        beans.get(Answers.class).configure(camel);
        PluginHelper.getRoutesLoader(camel).loadRoutes(EngineRoutes.file("0-errors"));
        for (String file : ENGINE) {
            EngineRoutes.load(camel, EngineRoutes.file(file), route -> true);
        }
        for (String location : connectors.routeFiles().filter(each -> each.contains("/" + connector.system() + "/")).toList()) {
            EngineRoutes.load(camel, EngineRoutes.of(connectors, connector.system() + location.substring(location.lastIndexOf('/'))), this::opens);
        }
        camel.start();
        template = camel.createProducerTemplate();
    }

    /** The name of the account. */
    static String account(Connector connector) {
        return connector.system().matches("[a-z][a-z0-9-]*") && connector.system().length() <= SUCH_A_NAME ? connector.system() : "account";
    }

    <T> T bean(Class<T> type) {
        return beans.get(type);
    }

    DefaultCamelContext camel() {
        return camel;
    }

    /** Whether a webhook can come in. */
    boolean hasDoor() {
        return !doors.isEmpty();
    }

    /** Makes the call of a delivery, as a worker would, and says what the ledger is told of it. */
    PaperLedger.Ended deliver(Map<String, Object> row) {
        return ended(call(row, "direct:deliver.port", "direct:call.end"));
    }

    /** The same of a message that people are told. */
    PaperLedger.Ended tell(Map<String, Object> row) {
        return ended(call(row, "direct:alert.send", "direct:alert.end"));
    }

    private Exchange call(Map<String, Object> row, String... routes) {
        Map<String, Object> taken = new HashMap<>(row);
        taken.put("call", ++calls);
        taken.put("waitMillis", 0L);
        taken.put("connection", account(connector));
        Exchange exchange = new DefaultExchange(camel);
        exchange.setVariable("connection", account(connector));
        beans.get(CallTerms.class).state(exchange);
        exchange.getMessage().setBody(taken);
        beans.get(CallTime.class).take(exchange);
        for (String route : routes) {
            template.send(route, exchange);
            if (exchange.getException() != null) {
                throw new Broken("the engine's own " + route.substring(DIRECT.length()) + " failed: " + exchange.getException().getMessage());
            }
        }
        return exchange;
    }

    private PaperLedger.Ended ended(Exchange exchange) {
        PaperLedger.Ended ended = ledger.take();
        if (ended == null) {
            throw new Broken("a call ended and nothing was written down of it (outcome " + exchange.getVariable("outcome") + ")");
        }
        return ended;
    }

    /** A webhook at the connector's door: its status and, of one that was taken, what the broker has. */
    int knock(Map<String, String> headers, byte[] body) {
        captured.clear();
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(body);
        exchange.getMessage().setHeader("connection", account(connector));
        // the first one of a process may take long, and nobody waits for it
        exchange.setVariable("unhurried", "true");
        headers.forEach((name, value) -> ReceivedHeaders.keep(exchange, name, value));
        template.send(doors.get(0), exchange);
        if (exchange.getException() != null) {
            throw new Broken("the door failed: " + exchange.getException().getMessage());
        }
        Integer status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        return status == null ? 200 : status;
    }

    /** What the broker was given by the last webhook. */
    List<Captured> captured() {
        return List.copyOf(captured);
    }

    /** The document that the connector makes of a webhook called {@code name}, as its type wants it; empty where it maps none of the type. Throws Broken where it cannot. */
    Optional<JsonNode> mapped(String name, String type, Captured captured) {
        String mapping = beans.get(Connections.class).serving(account(connector)) + "." + type + ".map";
        if (camel.getRoutes().stream().noneMatch(route -> route.getEndpoint().getEndpointUri().endsWith("/" + mapping))) {
            return Optional.empty();
        }
        Exchange exchange = new DefaultExchange(camel);
        exchange.setVariable("captured", new io.orderweir.ledger.Captured(captured.topic(), 0, 0, "webhook-1201", account(connector), type, captured.entity(), null, "2026-11-27T05:00:06.000Z", captured.body()));
        exchange.getMessage().setBody(captured.body());
        beans.get(Budget.class).begin(exchange);
        template.send(DIRECT + mapping, exchange);
        JsonNode document = exchange.getException() == null ? exchange.getMessage().getBody(JsonNode.class) : null;
        if (exchange.getException() == null) {
            Broken.unless(document != null, name + " is mapped to no JSON");
            template.send("json-validator:type:" + type + "/schema.json", exchange);
        }
        if (exchange.getException() != null) {
            throw new Broken(name + " is not understood: " + exchange.getException().getMessage());
        }
        return Optional.of(document);
    }

    @Override
    public void close() {
        camel.stop();
    }

    private void keep(Exchange exchange) {
        captured.add(new Captured(exchange.getMessage().getHeader(KafkaConstants.OVERRIDE_TOPIC, String.class), exchange.getMessage().getHeader(KafkaConstants.KEY, String.class),
                exchange.getMessage().getBody(byte[].class)));
    }

    /** Whether a route of the connector is taken; a door is read in the process, where no HTTP server is. */
    private boolean opens(RouteDefinition route) {
        String uri = route.getInput().getEndpointUri();
        if (uri.startsWith(DOOR)) {
            doors.add(DIRECT + "door." + route.getRouteId());
            route.getInput().setUri(doors.get(doors.size() - 1));
        }
        return true;
    }

    /** The component of a scheme as the running program configures it, such as one without retries and redirects of its own. */
    private void configured(String scheme) throws IOException {
        Properties ours = new Properties();
        try (InputStream in = Bench.class.getResourceAsStream("/application.properties")) {
            ours.load(in);
        }
        String prefix = "camel.component." + scheme + ".";
        ours.stringPropertyNames().stream().filter(key -> key.startsWith(prefix)).forEach(key ->
                PropertyBindingSupport.build().bind(camel, camel.getComponent(scheme), StringHelper.dashToCamelCase(key.substring(prefix.length())), ours.getProperty(key)));
    }

    /** The broker has them from the beginning. No bean, though its parent is one: each engine made its topics twice. */
    @Vetoed
    private static final class TopicsThatAreThere extends Topics {

        TopicsThatAreThere(Settings settings, Types types) {
            super(settings, types);
        }

        @Override
        public boolean ready() {
            return true;
        }
    }
}
