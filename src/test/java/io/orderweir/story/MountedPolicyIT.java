package io.orderweir.story;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.orderweir.process.Account;
import io.orderweir.process.Engine;
import io.orderweir.process.Folders;
import io.orderweir.process.Sandbox;
import io.orderweir.process.Tenant;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A house with tables of its own: finance approves what is built, also where the product type says so, and one shop's goods do not wait for the ERP. */
class MountedPolicyIT {
    private static final Duration LONG = Duration.ofSeconds(40);
    private static final String SECRET = "b3VyIGZpbmFuY2UncyBzZWNyZXQ=";
    private static final String EUROPEAN = "hush-in-europe";
    private static final String GATES = """
            gates:
              - {gate: finance, for: order, opened-by: [erp-finance/finance-approved], closed-by: [finance-refused]}
            classes:
              - {class: built-to-order, sku-prefix: BTO-, gates: [finance]}
              - {class: made, tag: workshop, product-type: Made to order, gates: [finance]}
            # end
            """;
    private static final String FLOWS = """
            roles:
              - {role: erp, for: [shopify-eu], connection: netsuite-eu}
              - {role: erp, connection: netsuite}
              - {role: warehouse, ship-to: [DE, AT], connection: wms-de}
              - {role: warehouse, connection: wms}
            flows:
              - {type: order, parts: whole, to: erp, port: order, sends: [name, createdAt, currency, orderNote, customer, billingAddress, shippingAddress, shippingPrice, totalPrice]}
              - {type: order, parts: standard-lines, for: [shopify-us], to: warehouse, port: fulfilment, moves-goods: true, sends: [name, shippingAddress, orderNote]}
              - {type: order, parts: standard-lines, to: warehouse, port: fulfilment, after: erp/order, moves-goods: true, sends: [name, shippingAddress, orderNote]}
              - {type: order, parts: each-gated-line, to: warehouse, port: fulfilment, behind: all, moves-goods: true, sends: [name, shippingAddress, orderNote]}
              - {type: order, parts: each-payment, to: erp, port: deposit, after: erp/order, paid-by: [erp-finance/bank]}
            # end
            """;

    @TempDir
    static Path policy;
    private static Shop shop;
    /** The other company of the house: an ERP account of its own. */
    private static Sandbox europe;

    @BeforeAll
    static void open() throws IOException {
        Files.writeString(policy.resolve("gates.yaml"), GATES);
        Files.writeString(policy.resolve("flows.yaml"), FLOWS);
        europe = Sandbox.start("mounted-policy-europe");
        europe.post("/sandbox/settings", Map.of("netsuite", Map.of("account", "7654321", "customers", List.of("211"))));
        Map<String, String> european = new HashMap<>(Account.netsuite(europe.url()).called("netsuite-eu").limit("at-once", 5, "0s").with("credentials.account", "7654321").with("settings.customer", "211").keys());
        european.putAll(Account.shop("shopify-eu", EUROPEAN).keys());
        shop = Shop.opens("mounted-policy", vendors -> merged(european, Map.ofEntries(Map.entry("orderweir.policy.dir", policy.toString()),
                Map.entry("orderweir.connections.erp-finance.system", "signals"), Map.entry("orderweir.connections.erp-finance.may-say", "finance-approved,finance-refused,payment"),
                Map.entry("orderweir.connections.erp-finance.secrets", "whsec_" + SECRET),
                // a second account of the same warehouse: whatever both were asked for is seen there twice
                Map.entry("orderweir.connections.wms-de.system", "wms"), Map.entry("orderweir.connections.wms-de.url", vendors.url() + "/wms"),
                Map.entry("orderweir.connections.wms-de.credentials.token", "sandbox-wms-token"), Map.entry("orderweir.connections.wms-de.limits.at-once.calls", "5"),
                Map.entry("orderweir.connections.wms-de.limits.at-once.window", "0s"))));
    }

    @AfterAll
    static void close() {
        shop.close();
        europe.close();
    }

    @Test
    void eachErpGetsTheOrdersOfItsShopsAndNothingOfTheOthers() {
        // When both shops sell, the European one under the same number
        JsonNode american = shop.sells(Map.of("id", 7_900_000_000_006L, "name", "#796", "currency", "USD", "line_items", List.of(Map.of("sku", "SKU-6", "quantity", 1))), false);
        JsonNode european = shop.sandbox.post("/sandbox/shopify/orders", Map.of("target", shop.engine.url() + "/capture/shopify/shopify-eu", "secret", EUROPEAN, "bto", false,
                "order", Map.of("id", 7_900_000_000_006L, "name", "#796", "currency", "EUR", "line_items", List.of(Map.of("sku", "SKU-6", "quantity", 1))))).path("order");
        // Then each ERP has its own
        await().atMost(LONG).ignoreExceptions().until(() -> shop.atErp(american).at("/entity/id").asText().equals("107"));
        await().atMost(LONG).ignoreExceptions().until(() -> booked(european).at("/entity/id").asText().equals("211"));
        // and has seen nothing else: not the orders, not the customer, not the account of the other
        assertEquals(1, europe.get("/sandbox/report").at("/netsuite/distinct").asInt());
        assertEquals(List.of("shopify-eu netsuite-eu", "shopify-us netsuite"), shop.services.sql().rows("select distinct split_part(e.key, '/', 1) || ' ' || d.connection as way from orderweir.delivery d"
                + " join orderweir.entity e on e.id = d.entity_id where d.port = 'order' and d.connection like 'netsuite%' order by 1").stream().map(row -> (String) row.get("way")).toList());
        assertEquals(0, shop.services.sql().number("select count(*) from orderweir.call_log where connection = 'netsuite' and (request like '%7654321%' or request like '%shopify-eu%')"
                + " or connection = 'netsuite-eu' and (request like '%1234567%' or request like '%shopify-us%')"));
    }

    @Test
    void halfOfItBeforeAndTheRestAfterAreTwoDepositsOfOneOrder() {
        // When half of it is paid by the bank, twice, the rest too, and a cent by a gateway that nobody wants booked
        JsonNode order = shop.sells(Map.of("id", 7_900_000_000_007L, "name", "#797", "currency", "USD", "line_items", List.of(Map.of("sku", "SKU-7", "quantity", 1))), false);
        BigDecimal total = new BigDecimal(order.path("total_price").asText());
        BigDecimal half = total.divide(BigDecimal.valueOf(2), 2, RoundingMode.DOWN);
        pays(order, "wire-1", half, "bank", "p1");
        pays(order, "wire-1", half, "bank", "p1");
        pays(order, "wire-2", total.subtract(half), "bank", "p2");
        pays(order, "card-3", new BigDecimal("0.01"), "gift_card", "p3");
        // Then
        await().atMost(LONG).ignoreExceptions().untilAsserted(() -> assertEquals(List.of(half.toPlainString(), total.subtract(half).toPlainString()), List.of(deposit(order, "wire-1"), deposit(order, "wire-2"))));
        assertEquals(0, shop.atErp(order).path("unpaid").decimalValue().signum());
        assertEquals(List.of("wire-1 delivered", "wire-2 delivered"), shop.services.sql().rows("select d.part || ' ' || d.state as way from orderweir.delivery d where d.port = 'deposit' order by 1")
                .stream().map(row -> (String) row.get("way")).toList());
    }

    @Test
    void financeOpensAndClosesTheGateAndTheGoodsDoNotWaitForTheErp() {
        // Given an ERP that takes nothing, and an order of something to build and something from stock
        shop.given().body(Map.of("reason", "month's end")).when().post("/api/connections/netsuite/pause").then().statusCode(200);
        JsonNode order = sells(1);
        String built = "shopify-us-" + order.path("id").asText() + "-" + order.path("line_items").path(0).path("id").asText();
        // Then what is in stock is requested all the same, and what is built waits for finance
        await().atMost(LONG).until(() -> !atWarehouse("shopify-us-" + order.path("id").asText()).path("lines").isEmpty());
        shop.given().when().get("/api/gates").then().body("gates[0].gate", equalTo("finance"));
        assertTrue(atWarehouse(built).isMissingNode());

        // When finance approves, twice
        assertEquals(202, says("finance-approved", order, "2026-11-21T13:00:00Z", "approval-1"));
        assertEquals(202, says("finance-approved", order, "2026-11-21T13:00:00Z", "approval-1"));
        // Then it is requested
        await().atMost(LONG).until(() -> !atWarehouse(built).path("lines").isEmpty());

        // and when it thinks better of it, the request is taken back
        assertEquals(202, says("finance-refused", order, "2026-11-21T14:00:00Z", "refusal-1"));
        await().atMost(LONG).untilAsserted(() -> assertEquals("cancelled", atWarehouse(built).path("status").asText()));
        assertEquals(List.of("opened erp-finance", "closed erp-finance"), shop.services.sql().rows("select d.decision || ' ' || d.by as said from orderweir.gate_decision d"
                + " join orderweir.build b on b.id = d.build_id join orderweir.entity e on e.id = b.entity_id where e.key = ? and b.class <> 'standard' order by d.id",
                "shopify-us/" + order.path("id").asText()).stream().map(row -> row.get("said")).toList());
        assertEquals(1, shop.services.sql().number("select repeats from orderweir.message where ce_id = 'erp-finance:finance-approved:approval-1'"));
        shop.given().when().post("/api/connections/netsuite/resume").then().statusCode(200);
    }

    @Test
    void theProductTypeOfALineDecidesWhenItIsPlannedFirstAndStaysWhateverBecomesOfTheProduct() {
        // Given an order of a product that the shop has not sent yet
        JsonNode order = sells(2, 8801L);
        await().atMost(LONG).until(() -> hold(order) != 0);
        // it is still not known
        release(hold(order)).statusCode(422);

        // When it sends the product, and a person releases the order
        knows("Made to order", "2026-11-21T13:00:00Z");
        release(hold(order)).statusCode(200);
        // Then the line waits at its gate
        assertEquals(List.of("gated made"), lines(order));

        // and still does when the product gets another type, and when it is deleted: then the shop takes it out of the order
        knows("Standard", "2026-11-21T14:00:00Z");
        shop.sends("{\"id\":8801}".getBytes(StandardCharsets.UTF_8), "products/delete");
        await().atMost(LONG).until(() -> shop.services.sql().number("select count(*) from orderweir.product where deleted") == 1);
        sells(2, null);
        await().atMost(LONG).until(() -> shop.services.sql().number("select count(*) from orderweir.message where reason = 'nothing changed for any target'") == 1);
        assertEquals(List.of("gated made"), lines(order));

        // and the next order goes by what was known last
        JsonNode next = sells(3, 8801L);
        await().atMost(LONG).until(() -> !atWarehouse("shopify-us-" + next.path("id").asText()).path("lines").isEmpty());
        assertEquals(List.of(), lines(next));
    }

    @Test
    void theWarehouseOfTheCountryShipsAndKeepsWhatItHas() {
        // Given an order to Germany, which one of two warehouses serves
        JsonNode order = goesTo("DE", "Germany", "1 Hafenstrasse");
        await().atMost(LONG).untilAsserted(() -> assertEquals(List.of("wms-de fulfilment done"), goods(order)));

        // When its address moves to another country
        goesTo("US", "United States", "1 Main St");
        // Then nothing is sent to either, and a person reads who has it
        await().atMost(LONG).untilAsserted(() -> assertEquals(List.of("wms-de fulfilment done", "wms-de fulfilment held"), goods(order)));
        JsonNode hold = shop.reads("/api/holds").path("holds").findParents("reason").stream().filter(one -> one.path("reason").asText().equals("other-account")).findFirst().orElseThrow();
        assertTrue(hold.path("sentence").asText().startsWith("Order #795: wms-de has it, and wms would get it now as its warehouse"), hold.toString());

        // and when she says that it stays, it is corrected where it is
        release(hold.path("id").asLong()).statusCode(200);
        await().atMost(LONG).untilAsserted(() -> assertEquals(List.of("wms-de fulfilment done", "wms-de fulfilment done"), goods(order)));
        assertEquals("US", atWarehouse("shopify-us-" + order.path("id").asText()).at("/shipTo/country").asText());
    }

    @Test
    void whatIsNoSignalWaitsForAPersonWithASentence() {
        // When
        assertEquals(202, sends("{\"signal\":\"finance-approved\",\"order\":\"#1\",\"at\":\"2026-11-21T13:00:00Z\",\"evidence\":{},\"approver\":\"Ann\"}", "approval-2"));
        // Then
        await().atMost(LONG).untilAsserted(() -> assertTrue(shop.reads("/api/holds").path("holds").findValuesAsText("sentence").stream()
                .anyMatch(sentence -> sentence.startsWith("The signal finance-approved of #1: it has approver, and a signal has")), shop.reads("/api/holds").toString()));
    }

    @Test
    void aTableThatIsWrongRefusesTheStartAndIsNamed() throws IOException {
        // Given
        Path wrong = Files.createDirectory(Folders.fresh("refused-policy").resolve("policy"));
        Files.writeString(wrong.resolve("gates.yaml"), "gates: [{gate: finance, due: soon}]\n# end\n");
        try (Engine engine = Engine.named("refused-policy").on(Tenant.named("refused-policy")).with("orderweir.policy.dir", wrong)) {
            // When
            engine.launch();
            // Then
            await().atMost(LONG).until(() -> !engine.isAlive());
            String log = Files.readString(engine.log());
            assertTrue(log.contains(wrong.resolve("gates.yaml") + ":1: due is a time such as 14d, 36h, 30m, or never, and not 'soon'"), log);
            assertFalse(log.contains("Started process"), "no order is read before the tables are");
        }
    }

    private static JsonNode booked(JsonNode european) {
        return europe.get("/sandbox/netsuite/records/shopify-eu-" + european.path("id").asText());
    }

    private static <T> Map<String, T> merged(Map<String, T> some, Map<String, T> others) {
        Map<String, T> all = new HashMap<>(some);
        all.putAll(others);
        return all;
    }

    private static JsonNode goesTo(String country, String name, String street) {
        return shop.sells(Map.of("id", 7_900_000_000_005L, "name", "#795", "currency", "USD", "shipping_address", Map.of("country_code", country, "country", name, "address1", street),
                "line_items", List.of(Map.of("sku", "SKU-5", "quantity", 1))), false);
    }

    /** Where the goods of an order were asked for, in the order in which it was planned. */
    private static List<String> goods(JsonNode order) {
        return shop.services.sql().rows("select concat_ws(' ', d.connection, d.port, case when d.state in ('delivered', 'confirmed') then 'done' else d.state end) as goods from orderweir.delivery d"
                + " join orderweir.entity e on e.id = d.entity_id where e.key = ? and d.port = 'fulfilment' order by d.id", "shopify-us/" + order.path("id").asText())
                .stream().map(row -> (String) row.get("goods")).toList();
    }

    private static JsonNode sells(int number) {
        return shop.sells(Map.of("id", 7_900_000_000_000L + number, "name", "#79" + number, "currency", "USD",
                "line_items", List.of(Map.of("sku", "BTO-" + number, "quantity", 1), Map.of("sku", "SKU-" + number, "quantity", 1))), false);
    }

    private static JsonNode sells(int number, Long product) {
        Map<String, Object> line = new HashMap<>(Map.of("sku", "SKU-" + number, "quantity", 1));
        line.put("product_id", product);
        line.put("variant_id", product);
        return shop.sells(Map.of("id", 7_900_000_000_000L + number, "name", "#79" + number, "currency", "USD", "tags", "workshop",
                "line_items", List.of(line)), false);
    }

    private static void knows(String type, String at) {
        // the first record of a topic may be answered 503 while the broker is asked for it
        await().atMost(LONG).ignoreExceptions().until(() -> {
            shop.sends(("{\"id\":8801,\"product_type\":\"" + type + "\",\"updated_at\":\"" + at + "\"}").getBytes(StandardCharsets.UTF_8), "products/update");
            return true;
        });
        await().atMost(LONG).until(() -> shop.services.sql().number("select count(*) from orderweir.product where product_id = '8801' and product_type = ?", type) == 1);
    }

    /** The open hold of an order's message, or 0. */
    private static long hold(JsonNode order) {
        return shop.services.sql().number("select max(h.id) from orderweir.hold h join orderweir.message m on m.id = h.message_id join orderweir.entity e on e.id = m.entity_id"
                + " where e.key = ? and h.reason = 'unknown-product' and h.closed_at is null", "shopify-us/" + order.path("id").asText());
    }

    private static ValidatableResponse release(long hold) {
        return shop.given().body(Map.of()).when().post("/api/holds/{id}/release", hold).then();
    }

    private static List<String> lines(JsonNode order) {
        return shop.services.sql().rows("select d.state || ' ' || b.class as line from orderweir.delivery d join orderweir.build b on b.id = d.build_id"
                + " join orderweir.entity e on e.id = d.entity_id where e.key = ? and b.class <> 'standard' order by d.id", "shopify-us/" + order.path("id").asText())
                .stream().map(row -> (String) row.get("line")).toList();
    }

    private static JsonNode atWarehouse(String reference) {
        try {
            return shop.atWarehouse(reference);
        } catch (IllegalStateException none) {
            return MissingNode.getInstance();
        }
    }

    private static int says(String signal, JsonNode order, String at, String id) {
        return sends("{\"signal\":\"" + signal + "\",\"order\":\"" + order.path("name").asText() + "\",\"at\":\"" + at + "\",\"evidence\":{\"document\":\"SO-10044\"}}", id);
    }

    private static void pays(JsonNode order, String charge, BigDecimal amount, String gateway, String id) {
        assertEquals(202, sends("{\"signal\":\"payment\",\"order\":\"" + order.path("name").asText() + "\",\"at\":\"2026-11-21T13:00:00Z\",\"about\":\"" + charge + "\",\"amount\":\"" + amount.toPlainString()
                + "\",\"currency\":\"USD\",\"evidence\":{\"gateway\":\"" + gateway + "\"}}", id));
    }

    /** What the ERP has of a payment. */
    private static String deposit(JsonNode order, String charge) {
        JsonNode deposit = shop.sandbox.get("/sandbox/netsuite/records/shopify-us-" + order.path("id").asText() + "-" + charge);
        assertEquals(shop.atErp(order).path("id").asText(), deposit.at("/salesOrder/id").asText());
        return deposit.path("payment").decimalValue().setScale(2).toPlainString();
    }

    private static int sends(String body, String id) {
        return shop.says("signals/erp-finance", SECRET, id, body);
    }
}
