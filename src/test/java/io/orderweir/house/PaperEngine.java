package io.orderweir.house;

import io.orderweir.connector.ConnectorResources;
import io.orderweir.connector.Connectors;
import io.orderweir.mounted.Mounts;
import io.orderweir.hold.FailedStep;
import io.orderweir.ledger.EventType;
import io.orderweir.liveness.ErrorsAsFailures;
import io.orderweir.liveness.Turns;
import io.orderweir.type.TypeResources;
import io.orderweir.type.Types;
import io.orderweir.wire.ReceivedHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.seda.SedaComponent;
import org.apache.camel.component.sql.SqlComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Real route files in a plain Camel context; the ledger is a function per statement, the beans are the test's. */
public final class PaperEngine implements AutoCloseable {

    private final CamelContext camel = new DefaultCamelContext();
    private final Map<String, Function<Exchange, Object>> ledger = new LinkedHashMap<>();

    public PaperEngine() {
        new ReceivedHeaders().configure(camel);
        new ErrorsAsFailures().configure(camel);
        new FailedStep().configure(camel);
        camel.addComponent("sql", new PaperLedger());
        SedaComponent queues = new SedaComponent();
        // as long as a queue's thread waits, so long a stop does
        queues.setDefaultPollTimeout(20);
        camel.addComponent("seda", queues);
        camel.getRegistry().bind("loops", Processor.class, (Processor) waiting -> { });
        camel.getRegistry().bind("turns", new Turns());
        Connectors packaged = Connectors.in(null);
        camel.getRegistry().bind(ConnectorResources.NAME, new ConnectorResources(packaged));
        camel.getRegistry().bind("connectors", packaged);
        camel.getRegistry().bind("mounts", new Mounts(Optional.empty(), Optional.empty()));
        camel.getRegistry().bind(TypeResources.NAME, new TypeResources(Types.packaged()));
        camel.getRegistry().bind("eventType", new EventType(Types.packaged()));
        camel.getPropertiesComponent().addPropertiesFunction(new EveryRole());
    }

    /** The last one of a name counts. */
    public PaperEngine bean(String name, Object bean) {
        camel.getRegistry().unbind(name);
        camel.getRegistry().bind(name, bean);
        return this;
    }

    /** What a statement answers; those not named answer nothing. */
    public PaperEngine statement(String file, Function<Exchange, Object> answer) {
        ledger.put(file, answer);
        return this;
    }

    /** Loads texts of route files and starts them together, as the engine does. */
    public PaperEngine start(String... yaml) throws Exception {
        Resource[] files = new Resource[yaml.length];
        for (int i = 0; i < yaml.length; i++) {
            files[i] = ResourceHelper.fromString("part-" + i + ".camel.yaml", yaml[i]);
        }
        PluginHelper.getRoutesLoader(camel).loadRoutes(List.of(files));
        camel.start();
        return this;
    }

    /** The text of a real route file, of the engine's. */
    public static String file(String name) {
        return RouteFile.read(RouteFile.RESOURCES.resolve("routes").resolve(name));
    }

    /** The text of the routes (or the door) of a system. */
    public static String connector(String system, String file) {
        return RouteFile.read(RouteFile.RESOURCES.resolve("connectors").resolve(system).resolve(file + ".camel.yaml"));
    }

    public CamelContext camel() {
        return camel;
    }

    public Exchange send(String uri, Map<String, Object> variables) {
        return camel.createProducerTemplate().send(uri, exchange -> variables.forEach(exchange::setVariable));
    }

    @Override
    public void close() {
        camel.stop();
    }

    /** Every route starts, as in a process with all roles (connection.Roles). */
    private static final class EveryRole implements PropertiesFunction {
        @Override
        public String getName() {
            return "startsIn";
        }

        @Override
        public String apply(String role) {
            return "true";
        }
    }

    private final class PaperLedger extends SqlComponent {
        @Override
        protected Endpoint createEndpoint(String uri, String file, Map<String, Object> parameters) {
            parameters.clear();
            return new DefaultEndpoint(uri, this) {
                @Override
                public Producer createProducer() {
                    return new DefaultProducer(this) {
                        @Override
                        public void process(Exchange exchange) {
                            exchange.getMessage().setBody(ledger.getOrDefault(file.replace("classpath:sql/", ""), e -> null).apply(exchange));
                        }
                    };
                }

                @Override
                public Consumer createConsumer(Processor processor) {
                    throw new UnsupportedOperationException("statements are called, not consumed");
                }
            };
        }
    }
}
