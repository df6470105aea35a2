package io.orderweir.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.connection.Broker;
import io.orderweir.connection.Logins;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.component.kafka.PollOnError;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every client of the broker signs in by the same keys, and what no client can use refuses the start. */
class BrokerTest {

    @Test
    void everyClientGetsEveryKeyThatSignsIn() {
        // Given keys of several kinds, also those that Camel has no word for
        Map<String, String> signing = Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "OAUTHBEARER", "sasl.login.callback.handler.class", "acme.Handler", "ssl.truststore.certificates", "pem",
                "ssl.endpoint.identification.algorithm", "https");
        Map<String, String> keys = new HashMap<>(Map.of("kafka.bootstrap.servers", "kafka:9093", "kafka.client.rack", "not of signing in"));
        signing.forEach((property, value) -> keys.put("kafka." + property, value));
        Broker broker = new Broker(config(keys));
        // When
        DefaultCamelContext camel = new DefaultCamelContext();
        broker.configure(camel);
        KafkaEndpoint endpoint = camel.getEndpoint("kafka:orders?brokers=kafka:9093&additionalProperties.allow.auto.create.topics=false", KafkaEndpoint.class);
        Properties reads = endpoint.getConfiguration().createConsumerProperties();
        Properties writes = endpoint.getConfiguration().createProducerProperties();
        // Then
        signing.forEach((property, value) -> List.of(reads, writes, broker.properties()).forEach(client -> assertEquals(value, client.get(property), property)));
        assertEquals("false", reads.get("allow.auto.create.topics"));
        assertEquals(PollOnError.RETRY, endpoint.getConfiguration().getPollOnError(), "who is not let in once asks again");
        assertFalse(broker.properties().containsKey("client.rack"));
    }

    @Test
    void noProducerIsMadeBeforeTheBrokerLetsUsIn() {
        // Given what a route starts with
        Broker broker = new Broker(config(Map.of()));
        DefaultCamelContext camel = new DefaultCamelContext();
        broker.configure(camel);
        Properties properties = new Properties();
        properties.putAll(Map.of("bootstrap.servers", "127.0.0.1:1", "client.id", "patient", "key.serializer", StringSerializer.class.getName(), "value.serializer", StringSerializer.class.getName()));
        try (Producer<?, ?> early = camel.getComponent("kafka", KafkaComponent.class).getKafkaClientFactory().getProducer(properties)) {
            assertEquals(0, talking());
            // When
            broker.answers();
            // Then it is there before anybody asks for it
            assertEquals(1, talking());
            assertTrue(early.metrics().size() > 1);
            broker.answers();
            assertEquals(1, talking());
        }
        assertEquals(0, talking());
    }

    private static long talking() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals("kafka-producer-network-thread | patient")).count();
    }

    @ParameterizedTest
    @CsvSource({"SCRAM-SHA-512, org.apache.kafka.common.security.scram.ScramLoginModule", "PLAIN, org.apache.kafka.common.security.plain.PlainLoginModule"})
    void aNameAndAPasswordAreEnough(String mechanism, String module, @TempDir Path mounted) throws Exception {
        // Given a password that means something to everybody who might read it
        Path file = Files.writeString(mounted.resolve("password"), "a\"b\\c${d}$e{f},g \n");
        // When
        Broker broker = new Broker(config(Map.of("kafka.security.protocol", "SASL_SSL", "kafka.sasl.mechanism", mechanism, "kafka.sasl.username", "orderweir", "orderweir.broker.password-file", file.toString())));
        // Then
        assertEquals(module + " required username=\"orderweir\" password=\"a\\\"b\\\\c${d}$e{f},g \";", broker.properties().get("sasl.jaas.config"));
    }

    @Test
    void theFileOfTheDatabaseCountsBeforeItsKey(@TempDir Path mounted) throws Exception {
        SmallRyeConfig config = config(Map.of("quarkus.datasource.password", "old", "orderweir.database.password-file", Files.writeString(mounted.resolve("password"), "new\r\n").toString()));
        assertEquals("new", config.getValue("quarkus.datasource.password", String.class));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "kafka.sasl.mechanisim=PLAIN | kafka.sasl.mechanisim (value not shown) is no property with which a client of Kafka signs in; correct or remove it",
            "kafka.security.protocol=TLS | kafka.security.protocol = TLS is none; use one of [PLAINTEXT, SASL_PLAINTEXT, SASL_SSL, SSL]",
            "kafka.security.protocol=SASL_SSL kafka.sasl.username=u kafka.sasl.password=s3cret | kafka.sasl.username needs kafka.sasl.mechanism = SCRAM-SHA-512, SCRAM-SHA-256 or PLAIN; set what the broker has, or write kafka.sasl.jaas.config for another",
            "kafka.sasl.username=u | kafka.sasl.username and kafka.sasl.password belong together, and one is missing; set it, or name its file with orderweir.broker.username-file or .password-file",
            "kafka.sasl.mechanism=PLAIN kafka.sasl.username=u kafka.sasl.password=s3cret | kafka.security.protocol = PLAINTEXT sends no login, and there is one; use SASL_SSL",
            "kafka.security.protocol=SSL kafka.ssl.truststore.location=/none/ca.crt kafka.ssl.truststore.type=PEM | kafka.ssl.truststore.* or .keystore.* cannot be used (/none/ca.crt); mount the file or correct its .location, and set .type = PEM where it is text",
            "kafka.security.protocol=SSL kafka.ssl.truststore.location=LICENSE | kafka.ssl.truststore.* or .keystore.* cannot be used (Invalid keystore format); mount the file or correct its .location, and set .type = PEM where it is text",
            "kafka.security.protocol=SASL_SSL kafka.sasl.mechanism=PLAIN kafka.sasl.jaas.config=s3cret | kafka.sasl.jaas.config (value not shown) is not understood; write <module> required username=\"...\" password=\"...\";",
            "orderweir.broker.password-file=/none/password | orderweir.broker.password-file = /none/password cannot be read (NoSuchFileException); mount it or correct the path",
            "orderweir.database.password-file=/dev/null | orderweir.database.password-file = /dev/null is empty; write the password into it",
    })
    void whatNoClientCanUseRefusesTheStart(String given, String says) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (String each : given.split(" ")) {
            keys.put(each.split("=", 2)[0], each.split("=", 2)[1]);
        }
        String refusal = refusal(keys);
        assertTrue(refusal.contains(says), refusal);
        assertFalse(refusal.contains("s3cret"), refusal);
    }

    private static String refusal(Map<String, String> keys) {
        return assertThrows(RuntimeException.class, () -> Configured.connections(keys)).getMessage();
    }

    private static SmallRyeConfig config(Map<String, String> keys) {
        return new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(keys, "test", 100)).withSources(new Logins()).addDefaultInterceptors().build();
    }
}
