package io.orderweir.connection;

import static java.util.Map.entry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.spi.CamelContextCustomizer;
import org.eclipse.microprofile.config.Config;

/** How every client of the broker signs in, those of the routes and our own: the properties of Kafka's clients (kafka.apache.org, "Security"), given as kafka.(property). */
@ApplicationScoped
public class Broker implements CamelContextCustomizer {

    private static final String ADDRESS = "bootstrap.servers";
    private static final Map<String, BiConsumer<KafkaConfiguration, String>> SIGNING_IN = Map.ofEntries(
            entry("security.protocol", KafkaConfiguration::setSecurityProtocol),
            entry("sasl.mechanism", KafkaConfiguration::setSaslMechanism),
            entry("sasl.jaas.config", KafkaConfiguration::setSaslJaasConfig),
            entry("ssl.truststore.location", KafkaConfiguration::setSslTruststoreLocation),
            entry("ssl.truststore.password", KafkaConfiguration::setSslTruststorePassword),
            entry("ssl.truststore.type", KafkaConfiguration::setSslTruststoreType),
            entry("ssl.keystore.location", KafkaConfiguration::setSslKeystoreLocation),
            entry("ssl.keystore.password", KafkaConfiguration::setSslKeystorePassword),
            entry("ssl.keystore.type", KafkaConfiguration::setSslKeystoreType),
            entry("ssl.key.password", KafkaConfiguration::setSslKeyPassword));

    @Inject
    Config config;

    @Override
    public void configure(CamelContext camel) {
        SIGNING_IN.forEach((property, set) -> given(property).ifPresent(value -> set.accept(camel.getComponent("kafka", KafkaComponent.class).getConfiguration(), value)));
    }

    public String address() {
        return given(ADDRESS).orElse("nowhere");
    }

    /** For a client of our own that asks seldom and waits shortly. */
    public Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>(Map.of(ADDRESS, address(), "request.timeout.ms", 2000, "default.api.timeout.ms", 4000, "reconnect.backoff.max.ms", 500));
        SIGNING_IN.keySet().forEach(property -> given(property).ifPresent(value -> properties.put(property, value)));
        return properties;
    }

    private Optional<String> given(String property) {
        return config.getOptionalValue("kafka." + property, String.class);
    }
}
