package io.orderweir.connection;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.StreamSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.PollOnError;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * How every client of the broker signs in, those of the routes and our own: the properties of Kafka's clients (kafka.apache.org, "Security"), given as kafka.(property). For SCRAM and
 * PLAIN a name and a password may stand instead of kafka.sasl.jaas.config.
 */
@ApplicationScoped
public class Broker implements CamelContextCustomizer {

    private static final Logger LOG = Logger.getLogger(Broker.class);
    static final String USERNAME = "kafka.sasl.username";
    static final String PASSWORD = "kafka.sasl.password";
    private static final String ADDRESS = "bootstrap.servers";
    private static final String OURS = "kafka.";
    private static final Set<String> SIGNING_IN = signingIn();

    private final Config config;
    private final PatientProducers producers = new PatientProducers();
    private volatile String told = "";

    @Inject
    public Broker(Config config) {
        this.config = config;
    }

    @Override
    public void configure(CamelContext camel) {
        KafkaComponent kafka = camel.getComponent("kafka", KafkaComponent.class);
        kafka.getConfiguration().getAdditionalProperties().putAll(signingIn(config));
        // by default a consumer that the broker does not let in once never asks again
        kafka.getConfiguration().setPollOnError(PollOnError.RETRY);
        kafka.setKafkaClientFactory(producers);
    }

    public String address() {
        return config.getOptionalValue(OURS + ADDRESS, String.class).orElse("nowhere");
    }

    /** For a client of our own that asks seldom and waits shortly. */
    public Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>(Map.of(ADDRESS, address(), "request.timeout.ms", 2000, "default.api.timeout.ms", 4000, "reconnect.backoff.max.ms", 500));
        properties.putAll(signingIn(config));
        return properties;
    }

    /** Says in the log why it does not answer, or not let us in, and what to do: once for as long as it is the same. */
    public void tell(ExecutionException failure) {
        String why = SigningIn.atTheBroker(failure, config);
        if (!why.equals(told)) {
            told = why;
            LOG.warn(why);
        }
    }

    /** It lets us in: what is told from now on is new. */
    public void answers() {
        told = "";
        producers.letIn();
    }

    /** One sentence for each thing with which no client can be made. */
    static List<String> wrong(Config config) {
        List<String> wrong = new ArrayList<>();
        StreamSupport.stream(config.getPropertyNames().spliterator(), false).filter(key -> key.matches("kafka\\.(sasl|ssl|security)\\..+")).distinct().sorted()
                .filter(key -> !SIGNING_IN.contains(key.substring(OURS.length())) && !key.equals(USERNAME) && !key.equals(PASSWORD))
                .forEach(key -> wrong.add(key + " (value not shown) is no property with which a client of Kafka signs in; correct or remove it"));
        if (config.getOptionalValue(USERNAME, String.class).isPresent() != config.getOptionalValue(PASSWORD, String.class).isPresent()) {
            wrong.add(USERNAME + " and " + PASSWORD + " belong together, and one is missing; set it, or name its file with orderweir.broker.username-file or .password-file");
        } else if (config.getOptionalValue(USERNAME, String.class).isPresent() && module(config).isEmpty() && given(config, SaslConfigs.SASL_JAAS_CONFIG).isEmpty()) {
            wrong.add(USERNAME + " needs kafka.sasl.mechanism = SCRAM-SHA-512, SCRAM-SHA-256 or PLAIN; set what the broker has, or write kafka.sasl.jaas.config for another");
        }
        if (!wrong.isEmpty()) {
            return wrong;
        }
        Map<String, Object> properties = new HashMap<>(signingIn(config));
        String protocol = given(config, CommonClientConfigs.SECURITY_PROTOCOL_CONFIG).orElse("PLAINTEXT");
        if (!SecurityProtocol.names().contains(protocol)) {
            return List.of("kafka.security.protocol = " + protocol + " is none; use one of " + new TreeSet<>(SecurityProtocol.names()));
        }
        boolean signs = protocol.startsWith("SASL");
        if (!signs && properties.containsKey(SaslConfigs.SASL_JAAS_CONFIG)) {
            return List.of("kafka.security.protocol = " + protocol + " sends no login, and there is one; use SASL_SSL");
        }
        properties.put(ADDRESS, "localhost:9092");
        Map<String, ?> understood;
        try {
            understood = new AdminClientConfig(properties).values();
        } catch (ConfigException e) {
            return List.of("kafka.*: " + e.getMessage() + "; correct it");
        }
        if (protocol.endsWith("SSL")) {
            try {
                new DefaultSslEngineFactory().configure(understood);
            } catch (KafkaException e) {
                wrong.add("kafka.ssl.truststore.* or .keystore.* cannot be used (" + SigningIn.words(e) + "); mount the file or correct its .location, and set .type = PEM where it is text");
            }
        }
        if (signs && properties.containsKey(SaslConfigs.SASL_JAAS_CONFIG)) {
            try {
                JaasContext.loadClientContext(understood);
            } catch (IllegalArgumentException e) {
                // its words may quote what stands in it
                wrong.add("kafka.sasl.jaas.config (value not shown) is not understood; write <module> required username=\"...\" password=\"...\";");
            }
        }
        return wrong;
    }

    private static Map<String, String> signingIn(Config config) {
        Map<String, String> properties = new TreeMap<>();
        module(config).ifPresent(module -> config.getOptionalValue(USERNAME, String.class).ifPresent(name -> properties.put(SaslConfigs.SASL_JAAS_CONFIG,
                module + " required username=" + quoted(name) + " password=" + quoted(config.getOptionalValue(PASSWORD, String.class).orElse("")) + ";")));
        SIGNING_IN.forEach(property -> given(config, property).ifPresent(value -> properties.put(property, value)));
        return properties;
    }

    private static Optional<String> module(Config config) {
        return given(config, SaslConfigs.SASL_MECHANISM).map(mechanism -> mechanism.startsWith("SCRAM-") ? "org.apache.kafka.common.security.scram.ScramLoginModule"
                : mechanism.equals("PLAIN") ? "org.apache.kafka.common.security.plain.PlainLoginModule" : null);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    static Optional<String> given(Config config, String property) {
        return config.getOptionalValue(OURS + property, String.class);
    }

    private static Set<String> signingIn() {
        ConfigDef known = new ConfigDef();
        SslConfigs.addClientSslSupport(known);
        SaslConfigs.addClientSaslSupport(known);
        Set<String> names = new TreeSet<>(known.names());
        names.add(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG);
        return names;
    }
}
