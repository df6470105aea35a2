package io.orderweir.ledger;

import static io.orderweir.capability.Injected.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.capability.Configured;
import io.orderweir.connection.Connections;
import io.orderweir.gate.GateClasses;
import io.orderweir.gate.ProductTypes;
import io.orderweir.hold.Corrections;
import io.orderweir.hold.FieldLimits;
import io.orderweir.hold.Refuse;
import io.orderweir.hold.Sentence;
import io.orderweir.house.PaperEngine;
import io.orderweir.mapping.Budget;
import io.orderweir.mapping.Trim;
import io.orderweir.policy.Policies;
import io.orderweir.privacy.Scrubber;
import io.orderweir.signature.Seals;
import io.orderweir.type.Types;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What the ledger is asked to take for every payload that comes in: its key, version and hash, its deliveries with lane and external id, or its note, or its hold. It was written
 * when the types of events were names in the code, before each was a folder; with -Drecord=true it is written anew, and the difference is read.
 */
class UnderstoodTest {

    /** What comes in, the account it comes from, and the type it becomes. */
    private record In(String folder, String connection, String type) {
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PAYLOADS = Path.of("src/test/resources/payloads");
    private static final Path UNDERSTOOD = Path.of("src/test/resources/understood");
    private static final List<In> IN = List.of(new In("shopify", "web-us", "order"), new In("shopify-products", "web-us", "product"), new In("stripe", "stripe-us", "signal"),
            new In("factory", "factory", "signal"), new In("drawings", "drawings", "signal"), new In("signals", "desk", "signal"));
    /** Any time after those of the payloads. */
    private static final String CAPTURED_AT = "2027-12-27T13:00:00Z";

    private static PaperEngine engine;

    @BeforeAll
    static void start() throws Exception {
        Map<String, String> keys = new HashMap<>(Map.of("orderweir.connections.web-us.url", "https://shop.example", "orderweir.connections.web-us.limits.at-once.calls", "5",
                "orderweir.connections.web-us.limits.at-once.window", "0S", "orderweir.connections.web-us.secrets", "hush", "orderweir.connections.stripe-us.secrets", "hush",
                "orderweir.connections.desk.secrets", "whsec_aHVzaA==", "orderweir.connections.desk.may-say", "drawing-approved,drawing,scheduled,built,cancelled,payment,refund"));
        keys.put("orderweir.connections.drawings.settings.directory", "drop");
        Map.of("web-us", "shopify", "netsuite", "netsuite", "wms", "wms", "design", "design", "factory", "factory", "drawings", "drawings", "stripe-us", "stripe", "desk", "signals")
                .forEach((connection, system) -> keys.put("orderweir.connections." + connection + ".system", system));
        Connections connections = Configured.connections(keys);
        Policies policies = new Policies(Configured.settings(Map.of()));
        GateClasses gates = new GateClasses(policies, connections);
        Flows flows = new Flows(policies, gates);
        Budget budget = new Budget(Configured.settings(Map.of("orderweir.process.budget", "60S")));
        engine = new PaperEngine();
        budget.configure(engine.camel());
        engine.bean("connections", connections).bean("batch", new Batch(Seals.with())).bean("intake", new Intake()).bean("append", new Append()).bean("gateClasses", gates).bean("productTypes", new ProductTypes())
                .bean("flows", flows).bean("plan", with(new Plan(), flows, gates, connections, engine.camel())).bean("entry", new Entry(Types.packaged())).bean("budget", budget).bean("trim/0", new Trim())
                .bean("corrections", with(new Corrections(), JSON))
                .bean("refusal", with(new Refuse(), new Sentence(Configured.connectors(Map.of())), new FieldLimits(Configured.connectors(Map.of()), policies), connections, new Scrubber(List.of()), Types.packaged()))
                .start(PaperEngine.file("0-errors.camel.yaml"), PaperEngine.file("2-process.camel.yaml").replaceFirst("(?s)uri: \"kafka:.*?\\s+parameters:.*?\n      steps:", "uri: direct:polled\n      steps:"),
                        "- route: { id: deliver.wake, from: { uri: direct:deliver.wake, steps: [ { log: woken } ] } }", "- route: { id: alert, from: { uri: direct:alert, steps: [ { log: told } ] } }",
                        port("hold"), port("expected-date"), mappings("shopify"), mappings("stripe"), mappings("factory"), mappings("drawings"), mappings("signals"));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @TestFactory
    Stream<DynamicTest> everyPayloadIsTakenInAsItWas() {
        return IN.stream().flatMap(in -> folders(in).map(folder -> dynamicTest(in.folder() + " " + folder.getFileName(), () -> {
            // When
            String understood = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(understood(in, Files.readAllBytes(folder.resolve("in.json")))) + "\n";

            // Then
            Path file = UNDERSTOOD.resolve(in.folder() + "." + folder.getFileName() + ".json");
            if (Boolean.getBoolean("record")) {
                Files.createDirectories(UNDERSTOOD);
                Files.writeString(file, understood);
            }
            assertEquals(Files.readString(file), understood);
        })));
    }

    /** Without the bytes, and without the document, of which the hash tells. */
    private static JsonNode understood(In in, byte[] raw) {
        String key = key(in, raw);
        Exchange done = engine.camel().createProducerTemplate().send("direct:process.record", exchange -> {
            exchange.setVariable("corrections", List.of());
            exchange.getMessage().setBody(new Captured("t", 0, 0, in.connection() + ":news:1", in.connection(), in.type(), key, "c", CAPTURED_AT, raw));
        });
        assertNull(done.getException(), () -> String.valueOf(done.getException()));
        return done.getMessage().getBody(ObjectNode.class).without(List.of("raw", "canonical"));
    }

    /** As capture names it: a signal by what brought it. */
    private static String key(In in, byte[] raw) {
        try {
            String id = JSON.readTree(raw).path("id").asText();
            return in.type().equals("signal") || id.isEmpty() ? in.connection() + ":news:1" : in.connection() + "/" + id;
        } catch (JsonProcessingException notJson) {
            return in.connection() + ":news:1";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> folders(In in) {
        try (Stream<Path> folders = Files.list(PAYLOADS.resolve(in.folder()))) {
            return folders.filter(folder -> Files.exists(folder.resolve("in.json"))).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The routes of a connector that map; those at the door are left out. */
    private static String mappings(String system) {
        StringBuilder routes = new StringBuilder();
        for (String route : PaperEngine.connector(system, "door").split("(?m)(?=^- route:)")) {
            if (route.matches("(?s).*uri: direct:\\S+\\.(map|products)\\n.*")) {
                routes.append(route);
            }
        }
        return routes.toString();
    }

    private static String port(String name) {
        return "- route: { id: shopify.%1$s.create, from: { uri: direct:shopify.%1$s.create, steps: [ { log: none } ] } }".formatted(name);
    }
}
