package io.orderweir.gate;

import static io.orderweir.capability.Injected.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.capability.Configured;
import io.orderweir.hold.Corrections;
import io.orderweir.hold.Edit;
import io.orderweir.hold.FieldLimits;
import io.orderweir.hold.Refuse;
import io.orderweir.hold.Refused;
import io.orderweir.hold.Reject;
import io.orderweir.hold.Replanned;
import io.orderweir.hold.Sentence;
import io.orderweir.house.PaperEngine;
import io.orderweir.ledger.Age;
import io.orderweir.ledger.Batch;
import io.orderweir.ledger.Entry;
import io.orderweir.ledger.Flows;
import io.orderweir.ledger.Goods;
import io.orderweir.ledger.Intake;
import io.orderweir.ledger.Plan;
import io.orderweir.mapping.Budget;
import io.orderweir.mapping.Budgets;
import io.orderweir.mapping.Trim;
import io.orderweir.policy.Policies;
import io.orderweir.privacy.Scrubber;
import io.orderweir.signature.Seals;
import io.orderweir.type.Types;
import io.orderweir.wire.ReceivedHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders whose gates depend on a product type go through the real routes, from the captured bytes to what the ledger is asked to take; the ledger is of paper. */
class ProductOrdersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MADE_TO_ORDER = """
            gates: [{gate: drawing}]
            classes: [{class: made, product-type: Made to order, gates: [drawing]}]
            """;
    private static final String BY_SKU = """
            gates: [{gate: drawing}]
            classes: [{class: made, sku-prefix: TABLE-, gates: [drawing]}]
            """;

    @TempDir
    Path directory;

    private final List<Map<String, Object>> catalogue = new ArrayList<>();
    private final List<Map<String, Object>> asked = new ArrayList<>();
    private final List<ObjectNode> appended = new ArrayList<>();
    private final List<JsonNode> released = new ArrayList<>();
    private ObjectNode held;
    private PaperEngine engine;
    private Budget budget = new Budget(Configured.settings(Map.of()));

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void theProductsOfABatchAreReadOnceAndTheirTypeChoosesTheGates() throws Exception {
        // Given
        start(MADE_TO_ORDER);
        knows("7701", "Made to order");
        knows("7702", "Lamp");

        // When
        process(order(1, line(11, "7701"), line(12, "7702")), order(2, line(21, "7702")), order(3, line(31, null)), "no JSON");

        // Then
        assertEquals(1, asked.size());
        assertEquals(JSON.readTree("[{\"connection\":\"web-us\",\"products\":[\"7701\",\"7702\"]},{\"connection\":\"web-us\",\"products\":[\"7702\"]}]"),
                JSON.readTree((String) asked.get(0).get("named")));
        assertEquals(4, JSON.readTree((String) asked.get(0).get("keys")).size());
        assertEquals(List.of("netsuite order", "wms order", "wms 11 made"), planned(appended.get(0)));
        assertEquals(List.of("netsuite order", "wms order"), planned(appended.get(1)));
        assertEquals(List.of("netsuite order", "wms order"), planned(appended.get(2)));
        assertEquals("Made to order", appended.get(0).at("/canonical/lineItems/0/productType").textValue());
        assertEquals("not-json", appended.get(3).at("/hold/reason").textValue());
    }

    @Test
    void aMixedOrderOfAShopThatShipsTogetherWaitsAsAWhole() throws Exception {
        // Given
        start(MADE_TO_ORDER + "shipping: [{connection: web-us, mixed-orders: together}]\n");
        knows("7701", "Made to order");
        knows("7702", "Lamp");

        // When
        process(order(1, line(11, "7701"), line(12, "7702")), order(2, line(21, "7702")));

        // Then
        assertEquals(List.of("netsuite order", "wms order standard", "wms 11 made"), planned(appended.get(0)));
        assertEquals(List.of("together", "drawing", "together"), appended.get(0).get("deliveries").findValues("gates").stream()
                .flatMap(gates -> gates.findValuesAsText("name").stream()).toList());
        assertEquals(List.of("netsuite order", "wms order"), planned(appended.get(1)));
    }

    @Test
    void anOrderWhoseClassAsksForATargetWithoutAConnectionSaysWhatToConfigure() throws Exception {
        // Given
        Files.writeString(directory.resolve("flows.yaml"), Files.readString(Path.of("src/main/resources/policy/flows.yaml")).replace("class: factory-built", "class: made")
                .replaceAll("behind: \\[.*]", "behind: [drawing]"));
        start(BY_SKU);

        // When
        process(order(1, line(11, "7701"), line(12, "7701")));

        // Then nothing of it is planned, and it is nobody's mistake in the order
        assertEquals("no-connection", appended.get(0).at("/hold/reason").textValue());
        assertTrue(appended.get(0).at("/hold/path").isNull());
        assertEquals("Order #1: no connection is configured for design/drawing (connection design, asked for by its class made) and factory/work-order "
                + "(connection factory, asked for by its class made). An integrator sets orderweir.connections.design.system=... and orderweir.connections.factory.system=... "
                + "with url and limits; then release.", appended.get(0).at("/hold/sentence").textValue());
        assertEquals(List.of(), planned(appended.get(0)));
    }

    @Test
    void anOrderNobodyPlaysAPartForSaysWhichRowIsMissingAndThoseBehindItGoOn() throws Exception {
        // Given a warehouse that serves Germany alone
        Files.writeString(directory.resolve("flows.yaml"), """
                roles:
                  - {role: erp, connection: netsuite}
                  - {role: warehouse, ship-to: [DE], connection: wms}
                flows:
                  - {type: order, parts: whole, to: erp, port: order, sends: [name]}
                  - {type: order, parts: standard-lines, to: warehouse, port: fulfilment, after: erp/order, moves-goods: true, sends: [name, shippingAddress]}
                """);
        start(BY_SKU);

        // When
        process(order(1, line(11, null).replace("TABLE-", "MUG-")), order(2, line(21, null).replace("TABLE-", "MUG-")).replace("\"US\"", "\"DE\""));

        // Then
        assertEquals("no-account", appended.get(0).at("/hold/reason").textValue());
        assertEquals("Order #1: no row of the table roles in flows.yaml says who is the warehouse for an order from web-us to US. An integrator adds a row that fits, or one without conditions; "
                + "then release.", appended.get(0).at("/hold/sentence").textValue());
        assertEquals(List.of(), planned(appended.get(0)));
        assertEquals(List.of("netsuite order", "wms order"), planned(appended.get(1)));
    }

    @Test
    void whereNoRowAsksForAProductTypeNothingIsReadOfProducts() throws Exception {
        // Given
        start(BY_SKU);

        // When
        process(order(1, line(11, "7701")));

        // Then
        assertEquals(List.of(), asked);
        assertEquals(List.of("netsuite order", "wms 11 made"), planned(appended.get(0)));
        assertTrue(appended.get(0).at("/canonical/lineItems/0/productType").isMissingNode());
    }

    @Test
    void theTypeIsPartOfNoFingerprint() throws Exception {
        // Given the same order where a type chooses the class, and where the SKU does
        start(BY_SKU);
        process(order(1, line(11, "7701")));
        engine.close();
        start(MADE_TO_ORDER);
        knows("7701", "Made to order");
        process(order(1, line(11, "7701")));

        // Then
        for (String field : List.of("fingerprint", "gate_basis", "external_id")) {
            assertEquals(appended.get(0).get("deliveries").findValuesAsText(field), appended.get(1).get("deliveries").findValuesAsText(field), field);
        }
    }

    @Test
    void aProductThatIsNotKnownHoldsTheOrderWithASentenceAndNothingIsPlanned() throws Exception {
        // Given
        start(MADE_TO_ORDER);

        // When
        process(order(1, line(11, null), line(12, "7701")));

        // Then
        ObjectNode entry = appended.get(0);
        assertEquals("unknown-product", entry.at("/hold/reason").textValue());
        assertEquals("lineItems[1].productType", entry.at("/hold/path").textValue());
        assertEquals("Order #1: the shop has not said yet of which product type product 7701 ('Table 12') is, so nobody knows whether it is built to order."
                + " Change it in the shop, which sends it again, and release; or write the product type in and release.", entry.at("/hold/sentence").textValue());
        assertEquals(List.of(), planned(entry));
    }

    @Test
    void aReleaseWhenTheProductIsKnownPlansTheOrderAgain() throws Exception {
        // Given
        start(MADE_TO_ORDER);
        process(order(1, line(11, "7701")));
        held = appended.get(0);

        // When
        Exchange tooSoon = release("{}");
        knows("7701", "Made to order");
        Exchange known = release("{}");

        // Then
        Refused refused = assertInstanceOf(Refused.class, tooSoon.getException());
        assertEquals(422, refused.status());
        assertTrue(refused.getMessage().contains("product 7701 ('Table 11')"), refused.getMessage());
        assertNull(known.getException());
        assertEquals(List.of("netsuite order", "wms 11 made"), planned(released.get(0)));
    }

    @Test
    void aPersonMayWriteTheProductTypeIn() throws Exception {
        // Given
        start(MADE_TO_ORDER);
        process(order(1, line(11, "7701"), line(12, "7702")));
        held = appended.get(0);
        knows("7702", "Made to order");

        // When
        Exchange written = release("{\"changes\":[{\"path\":\"lineItems[0].productType\",\"value\":\"Sample\"}]}");

        // Then
        assertNull(written.getException());
        assertEquals(List.of("netsuite order", "wms order", "wms 12 made"), planned(released.get(0)));
    }

    @Test
    void theNewsOfAProductBecomeItsCanonicalDocument() throws Exception {
        // Given
        start(MADE_TO_ORDER);

        // When
        process("{\"id\":7701,\"product_type\":\"Made to order\",\"updated_at\":\"2026-11-21T13:00:00Z\"}", "{\"id\":7702}", "{\"id\":7703,\"title\":\"Lamp\"}");

        // Then
        assertEquals("Made to order", appended.get(0).at("/canonical/productType").textValue());
        assertEquals("2026-11-21T13:00:00.000Z", appended.get(0).path("version").textValue());
        assertTrue(appended.get(1).at("/canonical/deleted").booleanValue());
        assertEquals(List.of(false, false, true), appended.stream().map(entry -> entry.hasNonNull("hold")).toList());
        assertEquals(List.of(true, true, false), appended.stream().map(entry -> entry.hasNonNull("note")).toList());
        assertEquals("Product Lamp: its product type is missing. Correct it in the shop: its next event takes the place of this one.",
                appended.get(2).at("/hold/sentence").textValue());
    }

    @Test
    void anEventThatTakesTooLongIsHeldWithItsBytesAndThoseBehindItGoOn() throws Exception {
        // Given a time in which an order of some lines is understood, and not one of a thousand
        budget = Budgets.ofLooks(1_000);
        start(MADE_TO_ORDER);
        String one = "{\"id\":1,\"name\":\"#1\",\"updated_at\":\"2026-11-21T13:00:00Z\",\"currency\":\"USD\",\"line_items\":[{\"id\":11,\"quantity\":1,\"sku\":\"A\",\"price\":\"1.00\"}]}";
        String line = "{\"id\":%d,\"quantity\":1,\"sku\":\"A\",\"price\":\"1.00\",\"name\":\"Kite\",\"properties\":[{\"name\":\"a\",\"value\":\"b\"}]}";
        String costly = one.replaceFirst("\\[.*]", "[" + IntStream.range(100_000, 101_000).mapToObj(line::formatted).collect(Collectors.joining(",")) + "]").replace("\"id\":1,", "\"id\":2,");

        // When it comes among others
        process(one, costly, one.replace("\"id\":1,", "\"id\":3,"));

        // Then
        assertEquals(List.of(false, true, false), appended.stream().map(entry -> entry.hasNonNull("hold")).toList());
        assertEquals("too-costly", appended.get(1).at("/hold/reason").textValue(), appended.get(1).at("/hold/sentence").textValue());
        assertTrue(appended.get(1).at("/hold/sentence").textValue().startsWith("Order web-us/2: it took more than 1000 ms to be understood, so it was put aside and those behind it went on."),
                appended.get(1).at("/hold/sentence").textValue());
        assertEquals(costly, new String(appended.get(1).get("raw").binaryValue(), UTF_8));
    }

    private void start(String gates) throws Exception {
        Files.writeString(directory.resolve("gates.yaml"), gates);
        Policies policies = new Policies(Configured.settings(Map.of("orderweir.policy.dir", directory.toString())));
        GateClasses classes = new GateClasses(policies, Configured.connections(Map.of()));
        Flows flows = new Flows(policies, classes);
        Object connections = Configured.connections(Map.of("orderweir.connections.web-us.system", "shopify", "orderweir.connections.web-us.secrets", "hush",
                "orderweir.connections.netsuite.system", "netsuite", "orderweir.connections.wms.system", "wms"));
        Sentence sentence = new Sentence(Configured.connectors(Map.of()));
        engine = new PaperEngine();
        budget.configure(engine.camel());
        engine.bean("batch", new Batch(Seals.with())).bean("intake", new Intake()).bean("gateClasses", classes).bean("productTypes", new ProductTypes())
                .bean("connections", connections).bean("flows", flows).bean("plan", with(new Plan(), flows, classes, connections, engine.camel())).bean("entry", new Entry(Types.packaged())).bean("age", with(new Age(), engine.camel(), connections))
                .bean("budget", budget).bean("trim/0", new Trim())
                .bean("refusal", with(new Refuse(), sentence, new FieldLimits(Configured.connectors(Map.of()), policies), connections, new Scrubber(List.of()), Types.packaged())).bean("reject", with(new Reject(), sentence, Types.packaged()))
                .bean("corrections", with(new Corrections(), JSON)).bean("goods", with(new Goods(), classes, JSON)).bean("edit", with(new Edit(), JSON, Types.packaged())).bean("replanned", with(new Replanned(), Types.packaged()))
                .bean("append", new Taken(appended))
                .statement("hold/corrections.sql", exchange -> List.of())
                .statement("ledger/requested.sql", exchange -> List.of())
                .statement("hold/find.sql", exchange -> find())
                .statement("hold/release-message.sql", exchange -> take(exchange))
                .statement("gate/products.sql", exchange -> {
                    asked.add(new HashMap<>(exchange.getVariables()));
                    return new ArrayList<>(catalogue);
                })
                .start(PaperEngine.file("0-errors.camel.yaml"),
                        PaperEngine.file("2-process.camel.yaml").replaceFirst("(?s)uri: \"kafka:.*?\\s+parameters:.*?\n      steps:", "uri: direct:polled\n      steps:"), "- route: { id: deliver.wake, from: { uri: direct:deliver.wake, steps: [ { log: woken } ] } }",
                        PaperEngine.file("7-hold.camel.yaml").replaceFirst("(?s)- route:\n    id: hold.discard.*", ""),
                        "- route: { id: alert, from: { uri: direct:alert, steps: [ { log: told } ] } }",
                        PaperEngine.connector("shopify", "door").replaceFirst("(?s)- route:\n    id: shopify.capture.*?(?=- route:\n    id: shopify.order.map)", ""));
    }

    /** What the broker has, read in one poll. */
    private void process(String... events) {
        List<Exchange> polled = new ArrayList<>();
        for (String event : events) {
            Exchange record = new DefaultExchange(engine.camel());
            boolean order = !event.contains("{\"id\":77");
            String id = event.startsWith("{") ? event.replaceFirst("^\\{\"id\":(\\d+).*", "$1") : "none";
            record.getMessage().setHeaders(new HashMap<>(Map.of(KafkaConstants.TOPIC, "t", KafkaConstants.PARTITION, 0, KafkaConstants.OFFSET, (long) polled.size())));
            Map.of("ce_id", "web-us:topic:" + id, "ce_source", "web-us", "ce_type", order ? "order" : "product", "ce_subject", "web-us/" + id, "correlationid", "c",
                    "ce_time", "2026-11-21T13:00:00Z").forEach((name, value) -> ReceivedHeaders.keep(record, name, value));
            record.getMessage().setBody(event.getBytes(UTF_8));
            polled.add(record);
        }
        Exchange done = engine.camel().createProducerTemplate().send("direct:polled", exchange -> exchange.getMessage().setBody(polled));
        assertNull(done.getException(), () -> String.valueOf(done.getException()));
    }

    private Exchange release(String request) throws JsonProcessingException {
        return engine.send("direct:hold.release", Map.of("hold", 5L, "by", "Ann", "request", JSON.readTree(request)));
    }

    private Map<String, Object> find() {
        Map<String, Object> row = new HashMap<>(Map.of("id", 5L, "messageId", 1L, "seen", "1.0", "topic", "t", "partition", 0, "offset", 0L, "ceId", "web-us:topic:1",
                "connection", "web-us", "type", "order"));
        row.putAll(Map.of("correlationId", "c", "capturedAt", "2026-11-21T13:00:00Z", "entityKey", "web-us/1",
                "raw", ((BinaryNode) held.get("raw")).binaryValue(), "canonical", held.get("canonical").toString(), "others", "[]",
                "path", held.at("/hold/path").textValue()));
        return row;
    }

    private String take(Exchange exchange) {
        try {
            released.add(JSON.readTree(exchange.getVariable("document", String.class)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        return "{}";
    }

    private void knows(String product, String type) {
        Map<String, Object> row = new HashMap<>(Map.of("connection", "web-us", "product", product, "type", type));
        row.put("entity", null);
        catalogue.add(row);
    }

    private static String order(int id, String... lines) {
        return "{\"id\":%d,\"name\":\"#%d\",\"updated_at\":\"2026-11-21T13:00:00Z\",\"currency\":\"USD\",\"line_items\":[%s],%s}".formatted(id, id, String.join(",", lines),
                "\"shipping_address\":{\"address1\":\"1 Main St\",\"city\":\"Springfield\",\"zip\":\"62704\",\"province_code\":\"IL\",\"country_code\":\"US\",\"last_name\":\"B\"}");
    }

    private static String line(int id, String product) {
        return "{\"id\":%d,\"name\":\"Table %d\",\"sku\":\"TABLE-%d\",\"quantity\":1,\"price\":\"10.00\",\"product_id\":%s}".formatted(id, id, id, product);
    }

    private static List<String> planned(JsonNode entry) {
        List<String> planned = new ArrayList<>();
        entry.path("deliveries").forEach(row -> planned.add(row.path("connection").asText() + " " + row.path("part").asText()
                + (row.has("class") ? " " + row.path("class").asText() : "")));
        return planned;
    }

    /** Takes what would be appended. */
    public static final class Taken {
        private final List<ObjectNode> entries;

        Taken(List<ObjectNode> entries) {
            this.entries = entries;
        }

        public void append(List<ObjectNode> batch) {
            entries.addAll(batch);
        }
    }
}
