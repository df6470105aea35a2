package io.orderweir.hold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.capability.Configured;
import io.orderweir.ledger.Captured;
import io.orderweir.type.Types;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong in a connector while it runs is told to who can mend it: with file, line, the order's name and the words of what failed. */
class ConnectorFaultTest {

    /** How the engine asks a connector, on the way in and on the way out. */
    private static final String ENGINE = """
            - routeConfiguration: { errorHandler: { noErrorHandler: {} } }
            - route:
                id: record
                from:
                  uri: direct:record
                  steps:
                    - doTry:
                        steps: [ { to: direct:acme.order.map } ]
                        doCatch: [ { exception: [ java.lang.Exception ], steps: [ { bean: { ref: refusal, method: notUnderstood } } ] } ]
            - route:
                id: delivery
                from:
                  uri: direct:delivery
                  steps:
                    - doTry:
                        steps: [ { toD: "direct:acme.order.${variable.verb}" } ]
                        doCatch: [ { exception: [ java.lang.Exception ], steps: [ { bean: { ref: refusal, method: notSendable } } ] } ]
            """;
    private static final String CONNECTOR = """
            # an invented connector
            - route:
                id: acme.order.map
                from:
                  uri: direct:acme.order.map
                  steps:
                    - transform: { jq: { expression: "resource:file:{{folder}}/order.in.jq" } }
            - route:
                id: acme.order.create
                from:
                  uri: direct:acme.order.create
                  steps:
                    - setVariable:
                        name: method
                        constant: POST
                    - transform:
                        id: acme.order.create.shape
                        jq: { expression: "resource:file:{{folder}}/order.out.jq" }
            - route:
                id: acme.order.update
                from:
                  uri: direct:acme.order.update
                  steps:
                    - to: direct:acme.order.number
            - route:
                id: acme.order.number
                from:
                  uri: direct:acme.order.number
                  steps:
                    - convertBodyTo:
                        id: acme.order.number.read
                        type: java.lang.Integer
            """;

    @TempDir
    Path connectors;
    private Path folder;

    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        folder = Files.createDirectory(connectors.resolve("acme"));
        Files.writeString(folder.resolve("connector.yaml"), "{ system: acme, label: Acme }");
        Files.writeString(folder.resolve("order.in.jq"), """
                # in: an order of the shop
                if .number == "" then error("The order has no number. Give it one in the shop.") else . end
                | {
                    name: .number,
                    city: .address.city
                  }
                """);
        Files.writeString(folder.resolve("order.out.jq"), """
                {
                  party: .order.customer.name,
                  lines: [.lines[] | {
                    quantity: (.quantity + 1)
                  }]
                }
                """);
        Path routes = Files.writeString(folder.resolve("routes.camel.yaml"), CONNECTOR);
        Refuse refusal = new Refuse();
        refusal.types = Types.packaged();
        refusal.sentence = new Sentence();
        refusal.connections = Configured.connections(Map.of("orderweir.connections.acme-main.system", "acme", "orderweir.connectors.dir", connectors.toString()));
        camel.getRegistry().bind("refusal", refusal);
        camel.getPropertiesComponent().setInitialProperties(properties());
        new FailedStep().configure(camel);
        PluginHelper.getRoutesLoader(camel).loadRoutes(List.of(ResourceHelper.fromString("engine.camel.yaml", ENGINE), ResourceHelper.resolveResource(camel, "file:" + routes)));
        camel.start();
    }

    @AfterEach
    void stop() throws IOException {
        camel.close();
    }

    @Test
    void aMappingInThatFailsSaysItsFileAndLineAndBlamesTheConnector() {
        Exchange failed = record("{\"number\":\"R1001\",\"address\":7}");

        assertEquals("connector-failed", failed.getVariable("hold", JsonNode.class).path("reason").asText());
        assertEquals("Order acme-main/R1001: the mapping " + folder + "/order.in.jq, line 5, failed with 'Cannot index number with string \"city\"'."
                + " The connector acme is at fault, not the order: an integrator corrects it there, and releases the whole group.", failed.getVariable("sentence", String.class));
    }

    @Test
    void whatAMappingSaysItselfStaysAsItSaysIt() {
        Exchange refused = record("{\"number\":\"\"}");

        assertEquals("unmapped", refused.getVariable("hold", JsonNode.class).path("reason").asText());
        assertEquals("The order has no number. Give it one in the shop.", refused.getVariable("sentence", String.class));
    }

    @Test
    void aMappingOutThatFailsSaysItsFileAndLineAndTheNameOfTheOrder() throws IOException {
        Exchange failed = delivery("create", "{\"order\":{\"customer\":{\"name\":\"Ann\"}},\"lines\":[{\"quantity\":1},{\"quantity\":\"2\"}]}");

        assertEquals("hold", failed.getVariable("outcome"));
        assertEquals("connector-failed", failed.getVariable("reason"));
        assertEquals("Order #1001: the mapping " + folder + "/order.out.jq, line 4, failed with 'string (\"2\") and number (1) cannot be added'."
                + " The connector acme is at fault, not the order: an integrator corrects it there, and releases the whole group.", failed.getVariable("sentence", String.class));
    }

    @Test
    void aStepThatFailsSaysItsRouteItsFileAndItsLine() throws IOException {
        Exchange failed = delivery("update", "{\"order\":{}}");

        String sentence = failed.getVariable("sentence", String.class);
        String place = "Order #1001: the step acme.order.number.read of the route acme.order.number (" + folder + "/routes.camel.yaml, line 30) failed with '";
        assertEquals(place, sentence.substring(0, Math.min(place.length(), sentence.length())));
        assertEquals("The connector acme is at fault, not the order: an integrator corrects it there, and releases the whole group.", sentence.replaceFirst("(?s).*'\\. ", ""));
    }

    private Exchange record(String raw) {
        return camel.createProducerTemplate().send("direct:record", exchange -> {
            exchange.setVariable("captured", new Captured("t", 0, 0, "acme-main:order:1", "acme-main", "order", "acme-main/R1001", "c", "2026-11-27T00:00:00Z", raw.getBytes(StandardCharsets.UTF_8)));
            exchange.getMessage().setBody(raw.getBytes(StandardCharsets.UTF_8));
        });
    }

    private Exchange delivery(String verb, String envelope) throws IOException {
        JsonNode opened = new ObjectMapper().readTree(envelope);
        return camel.createProducerTemplate().send("direct:delivery", exchange -> {
            Map.of("system", "acme", "verb", verb, "orderName", "#1001").forEach(exchange::setVariable);
            exchange.getMessage().setBody(opened);
        });
    }

    private Properties properties() {
        Properties known = new Properties();
        known.put("folder", folder.toString());
        return known;
    }
}
