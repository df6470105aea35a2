package io.orderweir.capability;

import io.orderweir.connector.ConnectorResources;
import io.orderweir.alert.Skew;
import io.orderweir.capture.BrokerClock;
import io.orderweir.capture.Letterhead;
import io.orderweir.capture.Naming;
import io.orderweir.capture.Patience;
import io.orderweir.capture.Refusals;
import io.orderweir.capture.RouteCheck;
import io.orderweir.capture.Topics;
import io.orderweir.mapping.Trim;
import io.orderweir.signature.HmacSignature;
import io.orderweir.signature.Seals;
import io.orderweir.type.Types;
import io.orderweir.wire.ReceivedHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.Variable;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** The real capture routes and doors in a plain Camel context: the broker is a list, alerts are a list, and no HTTP server is before the doors. */
public final class PaperDoors implements AutoCloseable {

    /** What the broker has of one event. */
    record Kept(String topic, String key, Map<String, Object> headers, byte[] body) {
        String delivery() {
            return (String) headers.get("ce_id");
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** What the sender is told. */
    record Answer(int status, String body) {
    }

    private static final Path RESOURCES = Path.of("src/main/resources");

    final List<Kept> kept = new CopyOnWriteArrayList<>();
    final List<String> alerts = new CopyOnWriteArrayList<>();
    volatile boolean brokerAway;

    private final DefaultCamelContext camel = new DefaultCamelContext();

    PaperDoors(Map<String, String> keys, Clock clock) {
        new ReceivedHeaders().configure(camel);
        new RouteCheck(Types.packaged()).configure(camel);
        bean(ConnectorResources.NAME, new ConnectorResources(Configured.connectors(keys)));
        camel.addComponent("kafka", new PaperBroker());
        function("startsIn", role -> "true");
        bean("connectors", Configured.connectors(keys));
        bean("connections", Configured.connections(keys));
        bean("hmacSignature", new HmacSignature(Configured.connections(keys), Configured.connectors(keys), clock));
        bean("trim/0", new Trim());
        bean("seal", Seals.with());
        bean("naming", new Naming(Duration.ofHours(4), clock));
        bean("letterhead", new Letterhead());
        bean("patience", new NoClock());
        bean("topics", new ReadyTopics());
        bean("skew", new Skew(clock));
        bean("brokerClock", new BrokerClock());
        bean("refusals", new Refusals(Configured.connections(keys), clock));
        bean("alerts", new Alerts(alerts));
    }

    PaperDoors bean(String name, Object bean) {
        camel.getRegistry().bind(name, bean);
        return this;
    }

    PaperDoors function(String name, UnaryOperator<String> of) {
        camel.getPropertiesComponent().addPropertiesFunction(new PropertiesFunction() {
            @Override
            public String getName() {
                return name;
            }

            @Override
            public String apply(String argument) {
                return of.apply(argument);
            }
        });
        return this;
    }

    /** Starts the capture routes with the doors of these connectors; text that a test needs otherwise is exchanged in them. */
    PaperDoors start(Map<String, String> instead, String... connectors) throws Exception {
        List<Resource> files = new ArrayList<>();
        files.add(ResourceHelper.fromString("capture.camel.yaml", read(RESOURCES.resolve("routes/1-capture.camel.yaml"))));
        files.add(ResourceHelper.fromString("alert.camel.yaml",
                "- route: { id: alert, from: { uri: direct:alert, steps: [ { bean: { ref: alerts, method: hear } } ] } }"));
        for (String connector : connectors) {
            String yaml = read(RESOURCES.resolve("connectors/" + connector + "/door.camel.yaml"))
                    .replaceAll("platform-http:/capture/(\\w+)/\\{connection}\\s+parameters:\\s+httpMethodRestrict: POST", "direct:door.$1");
            for (Map.Entry<String, String> one : instead.entrySet()) {
                yaml = yaml.replace(one.getKey(), one.getValue());
            }
            files.add(ResourceHelper.fromString(connector + ".camel.yaml", yaml));
        }
        PluginHelper.getRoutesLoader(camel).loadRoutes(files);
        camel.start();
        return this;
    }

    /** A request at the door of a system, as the HTTP server hands it on. */
    Answer send(String system, String connection, byte[] body, Map<String, String> headers) {
        Exchange exchange = camel.createProducerTemplate().request("direct:door." + system, request -> {
            request.getMessage().setBody(body);
            request.getMessage().setHeader("connection", connection);
            headers.forEach((name, value) -> ReceivedHeaders.keep(request, name, value));
        });
        if (exchange.getException() != null) {
            throw new AssertionError(exchange.getException());
        }
        return new Answer(exchange.getMessage().getHeader("CamelHttpResponseCode", Integer.class), exchange.getMessage().getBody(String.class));
    }

    /** A canonical document, as process asks the connector for it. */
    Exchange map(String system, byte[] raw) {
        return camel.createProducerTemplate().request("direct:" + system + ".signal.map", exchange -> exchange.getMessage().setBody(raw));
    }

    @Override
    public void close() {
        camel.stop();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A busy machine is not a long queue. */
    public static final class NoClock extends Patience {
        @Override
        public boolean isOver(Exchange exchange) {
            return false;
        }
    }

    /** The topics are there from the beginning. */
    public static final class ReadyTopics extends Topics {
        public ReadyTopics() {
            super(null, Types.packaged());
        }

        @Override
        public boolean ready() {
            return true;
        }
    }

    /** Hears what people would. */
    public static final class Alerts {
        private final List<String> heard;

        Alerts(List<String> heard) {
            this.heard = heard;
        }

        public void hear(@Variable("sentence") String sentence) {
            heard.add(sentence);
        }
    }

    private final class PaperBroker extends KafkaComponent {
        @Override
        protected KafkaEndpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            parameters.clear();
            KafkaEndpoint broker = new KafkaEndpoint(uri, this) {
                @Override
                public Producer createProducer() {
                    return new DefaultProducer(this) {
                        @Override
                        public void process(Exchange exchange) throws Exception {
                            if (brokerAway) {
                                throw new IOException("the broker is away");
                            }
                            Map<String, Object> headers = new HashMap<>(exchange.getMessage().getHeaders());
                            kept.add(new Kept((String) headers.remove("kafka.OVERRIDE_TOPIC"), (String) headers.remove("kafka.KEY"), headers,
                                    exchange.getMessage().getBody(byte[].class)));
                        }
                    };
                }
            };
            broker.setConfiguration(new KafkaConfiguration());
            return broker;
        }
    }
}
