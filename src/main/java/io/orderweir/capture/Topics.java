package io.orderweir.capture;

import io.orderweir.connection.Broker;
import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings;
import io.orderweir.type.Types;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;

/**
 * Makes sure the captured topics exist with enough partitions before the first record.
 * Until then nothing is sent: a broker would create them by itself with one partition, for ever. Each type has one, and what nobody declared has one.
 * {@code {{captured:topics}}} is a pattern of all of them in a route, also of those whose type is not there any more.
 */
@Unremovable
@ApplicationScoped
@Named("topics")
@RegisterForReflection
public class Topics implements CamelContextCustomizer {

    private static final Logger LOG = Logger.getLogger(Topics.class);
    private static final String CAPTURED = "orderweir.captured.";
    private static final String RETENTION = Long.toString(TimeUnit.DAYS.toMillis(14));

    @Inject
    Connections connections;
    @Inject
    Broker broker;

    private final Settings settings;
    private final Types types;
    private volatile boolean ready;
    private ScheduledExecutorService creator;

    /** For the client proxy only. */
    protected Topics() {
        this(null, null);
    }

    @Inject
    public Topics(Settings settings, Types types) {
        this.settings = settings;
        this.types = types;
    }

    /** Before any route is read. */
    @Override
    public void configure(CamelContext camel) {
        camel.getPropertiesComponent().addPropertiesFunction(new Pattern(pattern(settings.topics().prefix().orElse(""))));
    }

    /** The names of all captured topics behind a prefix, and of no other's: a dot in it is a dot. Only what an endpoint's address can hold stands there. */
    static String pattern(String prefix) {
        return (prefix + CAPTURED).replace(".", "[.]") + ".*";
    }

    public boolean ready() {
        return ready;
    }

    /** What an event is kept as. In: variable type; one that nobody declared goes where process finds it and holds it. */
    public String of(Exchange exchange) {
        String type = exchange.getVariable("type", String.class);
        return types.find(type).isPresent() ? type : Types.UNKNOWN;
    }

    private String named(String type) {
        return settings.topics().prefix().orElse("") + CAPTURED + type;
    }

    void start(@Observes StartupEvent event) {
        if (connections.hasRole("capture") || connections.hasRole("process")) {
            creator = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "captured-topics");
                thread.setDaemon(true);
                return thread;
            });
            creator.execute(this::create);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (creator != null) {
            creator.shutdownNow();
        }
    }

    private void create() {
        try (Admin admin = Admin.create(broker.properties())) {
            Set<String> present = admin.listTopics().names().get();
            Set<String> wanted = Stream.concat(types.names().stream(), Stream.of(Types.UNKNOWN)).map(this::named).collect(Collectors.toSet());
            List<NewTopic> missing = Stream.concat(wanted.stream().map(this::topic), Stream.of(news())).filter(topic -> !present.contains(topic.name())).toList();
            admin.createTopics(missing).all().get();
            widen(admin, wanted.stream().filter(present::contains).toList());
            broker.answers();
            ready = true;
            LOG.infof("captured topics are there, %d new", missing.size());
        } catch (ExecutionException e) {
            broker.tell(e);
            creator.schedule(this::create, 500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A topic that somebody else made, or that is older than a larger max-body, would refuse a large event for ever. */
    private void widen(Admin admin, List<String> topics) throws ExecutionException, InterruptedException {
        Map<ConfigResource, Collection<AlterConfigOp>> wider = new HashMap<>();
        try {
            admin.describeConfigs(topics.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList()).all().get().forEach((topic, config) -> {
                if (Long.parseLong(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value()) < largestRecord()) {
                    wider.put(topic, List.of(new AlterConfigOp(new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.toString(largestRecord())), AlterConfigOp.OpType.SET)));
                }
            });
            admin.incrementalAlterConfigs(wider).all().get();
            if (!wider.isEmpty()) {
                LOG.infof("the topics %s take records of %d bytes now, as orderweir.capture.max-body needs them", wider.keySet(), largestRecord());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                throw e;
            }
            LOG.errorf("the topics %s take smaller records than orderweir.capture.max-body needs, and could not be changed (%s). Set their max.message.bytes to %d: larger events are refused",
                    wider.isEmpty() ? topics : wider.keySet(), e.getCause().getMessage(), largestRecord());
        }
    }

    /** With room for the headers beside the largest body. */
    private long largestRecord() {
        return settings.capture().maxBody().asLongValue() + 65_536;
    }

    /** What capture lets process know: a record a minute, and one for each cause in ten minutes, of which only the last matter. The broker says when it took each. */
    private NewTopic news() {
        return new NewTopic(settings.topics().prefix().orElse("") + "orderweir.news", 1, settings.capture().replicas()).configs(Map.of(
                TopicConfig.RETENTION_MS_CONFIG, Long.toString(TimeUnit.DAYS.toMillis(1)), TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));
    }

    private NewTopic topic(String name) {
        return new NewTopic(name, settings.capture().partitions(), settings.capture().replicas()).configs(Map.of(
                TopicConfig.RETENTION_MS_CONFIG, RETENTION, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.toString(largestRecord())));
    }

    private record Pattern(String pattern) implements PropertiesFunction {

        @Override
        public String getName() {
            return "captured";
        }

        @Override
        public String apply(String topics) {
            return pattern;
        }
    }
}
