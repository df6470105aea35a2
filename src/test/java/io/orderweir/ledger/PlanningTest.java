package io.orderweir.ledger;

import static io.orderweir.capability.Injected.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.orderweir.capability.Configured;
import io.orderweir.connection.Connections;
import io.orderweir.gate.GateClasses;
import io.orderweir.hold.FieldLimits;
import io.orderweir.hold.Refuse;
import io.orderweir.hold.Sentence;
import io.orderweir.house.PaperEngine;
import io.orderweir.mapping.Budget;
import io.orderweir.money.Worth;
import io.orderweir.policy.Policies;
import io.orderweir.privacy.Scrubber;
import io.orderweir.type.Types;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What the built-in policy makes of every canonical order of the payload folders, row by row: where it goes, behind what, as what, and its fingerprint. The rows were written by the steps
 * that were fixed in the routes before flows were rows of a table; with -Drecord=true they are written anew, and the difference is read.
 */
class PlanningTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PAYLOADS = Path.of("src/test/resources/payloads/shopify");
    private static final Path PLANNED = Path.of("src/test/resources/planning");
    /** What the same order is besides as it came, so that all that can be built and all that can end is seen. */
    private static final Map<String, Consumer<ObjectNode>> VARIANTS = Map.of(
            "as-it-came", order -> { },
            "built-to-order", order -> skus(order, "BTO-"),
            "factory-built", order -> skus(order, "FAB-"),
            "first-line-factory-built", order -> ((ObjectNode) order.at("/lineItems/0")).put("sku", "FAB-1"),
            "factory-built-and-cancelled", order -> skus(order.put("status", "cancelled"), "FAB-"),
            "all-taken-out", PlanningTest::takenOut);

    private static PaperEngine engine;

    @BeforeAll
    static void start() throws Exception {
        Policies policies = new Policies(Configured.settings(Map.of()));
        Connections connections = Configured.connections(Map.ofEntries(system("web-us", "shopify"), Map.entry("orderweir.connections.web-us.url", "https://shop.example"),
                Map.entry("orderweir.connections.web-us.limits.at-once.calls", "5"), Map.entry("orderweir.connections.web-us.limits.at-once.window", "0S"), Map.entry("orderweir.connections.web-us.secrets", "hush"),
                system("netsuite", "netsuite"), system("wms", "wms"), system("design", "design"), system("factory", "factory")));
        GateClasses gates = new GateClasses(policies, connections);
        Flows flows = new Flows(policies, gates);
        engine = new PaperEngine();
        Budget budget = new Budget(Configured.settings(Map.of()));
        budget.configure(engine.camel());
        engine.bean("connections", connections).bean("gateClasses", gates).bean("flows", flows).bean("plan", with(new Plan(), flows, gates, connections, engine.camel())).bean("goods", with(new Goods(), gates, JSON))
                .bean("refusal", with(new Refuse(), new Sentence(Configured.connectors(Map.of())), new FieldLimits(Configured.connectors(Map.of()), policies), connections, new Scrubber(List.of()), Types.packaged()))
                .start(planning(), port("hold"), port("expected-date"));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @TestFactory
    Stream<DynamicTest> everyOrderIsPlannedAsItWas() {
        return folders().flatMap(folder -> VARIANTS.entrySet().stream().map(variant -> dynamicTest(folder.getFileName() + " " + variant.getKey(), () -> {
            // Given
            ObjectNode order = (ObjectNode) JSON.readTree(folder.resolve("canonical.json").toFile());
            variant.getValue().accept(order);

            // When
            String planned = rows(planned(order));

            // Then
            Path file = PLANNED.resolve(folder.getFileName() + "." + variant.getKey() + ".jsonl");
            if (Boolean.getBoolean("record")) {
                Files.createDirectories(PLANNED);
                Files.writeString(file, planned);
            }
            assertEquals(Files.readString(file), planned);
        })));
    }

    private static JsonNode planned(JsonNode order) {
        Exchange done = engine.camel().createProducerTemplate().send("direct:process.order.plan", exchange -> {
            exchange.setVariable("captured", new Captured("t", 0, 0, "d", "web-us", "order", "web-us/" + order.path("externalId").asText(), "c", "2026-12-27T13:00:00Z", new byte[0]));
            exchange.getMessage().setBody(order);
        });
        assertTrue(done.getException() == null, () -> String.valueOf(done.getException()));
        return done.getVariable("deliveries", JsonNode.class);
    }

    private static String rows(JsonNode planned) {
        StringBuilder rows = new StringBuilder();
        planned.forEach(row -> rows.append(row).append('\n'));
        return rows.toString();
    }

    private static Stream<Path> folders() {
        try (Stream<Path> folders = Files.list(PAYLOADS)) {
            return folders.filter(folder -> Files.exists(folder.resolve("canonical.json")) && !folder.endsWith("does-not-add-up")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The real routes that plan an order; what is before and behind them is left out. */
    private static String planning() throws IOException {
        StringBuilder routes = new StringBuilder();
        for (JsonNode route : new YAMLMapper().readTree(PaperEngine.file("2-process.camel.yaml"))) {
            if (route.at("/route/id").asText().startsWith("process.order.")) {
                routes.append("- ").append(route).append('\n');
            }
        }
        return routes.toString();
    }

    private static String port(String name) {
        return "- route: { id: shopify.%1$s.create, from: { uri: direct:shopify.%1$s.create, steps: [ { log: none } ] } }".formatted(name);
    }

    private static Map.Entry<String, String> system(String connection, String system) {
        return Map.entry("orderweir.connections." + connection + ".system", system);
    }

    /** Nothing is left of the lines, and nothing is paid for them. */
    private static void takenOut(ObjectNode order) {
        order.get("lineItems").forEach(line -> ((ObjectNode) line).put("quantity", 0).put("totalDiscount", "0.00").put("totalTax", "0.00"));
        Worth left = Worth.of(order);
        order.put("totalPrice", left.total().toPlainString()).put("orderTax", left.tax().toPlainString());
    }

    private static ObjectNode skus(ObjectNode order, String prefix) {
        order.get("lineItems").forEach(line -> ((ObjectNode) line).put("sku", prefix + line.path("id").asText()));
        return order;
    }
}
