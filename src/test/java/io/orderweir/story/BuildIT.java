package io.orderweir.story;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.restassured.response.ValidatableResponse;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A line that a factory builds, from the payment to the warehouse, with all who say something of it; and goods that another app of the shop holds. */
class BuildIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String FLOOR = "YSB0ZXJtaW5hbCBvbiB0aGUgc2hvcCBmbG9vcg==";
    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.opensWithAFactory("build", Map.of("orderweir.connections.floor.system", "signals", "orderweir.connections.floor.secrets", "whsec_" + FLOOR,
                "orderweir.connections.floor.may-say", "scheduled,built"));
        await("the broker").atMost(LONG).ignoreExceptions().untilAsserted(() -> shop.sends("{\"id\":0}".getBytes(StandardCharsets.UTF_8), "carts/update"));
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void whatIsPaidIsDrawnWhatIsDrawnIsBuiltAndWhatIsBuiltIsShipped() {
        // Given an order of something to build and something from stock
        JsonNode order = sells(1);
        String built = reference(order, 0);
        await().atMost(LONG).until(() -> !at("wms", "shopify-us-" + order.path("id").asText()).path("lines").isEmpty());
        assertEquals(List.of("built", "capacity", "drawing", "payment"), closed(order), "the standard line ships, the other waits");
        assertTrue(at("design", built).path("status").isMissingNode(), "nobody draws what is not paid");

        // When it is paid
        pays(order);

        // Then it is drawn, and the factory gets the drawing with the work order
        AtomicReference<JsonNode> work = new AtomicReference<>();
        await().atMost(LONG).untilAsserted(() -> {
            work.set(at("factory", built));
            assertEquals("scheduled", work.get().path("status").asText(), work.get().toString());
        });
        assertEquals("A", work.get().path("drawing").path("revision").asText(), work.get().toString());
        assertTrue(work.get().path("drawing").path("sha256").asText().matches("[0-9a-f]{64}"), work.get().toString());
        assertTrue(work.get().path("drawing").path("url").asText().startsWith(shop.engine.url() + "/drawings/"), "the factory has fetched the file");
        await().atMost(LONG).untilAsserted(() -> assertEquals(List.of("built"), closed(order)));
        assertTrue(at("wms", built).path("lines").isEmpty(), "nothing is shipped that is not built");

        // and when its day is over, it is built and shipped
        shop.sandbox.post("/sandbox/factory/day", Map.of("days", 1));
        await().atMost(LONG).until(() -> !at("wms", built).path("lines").isEmpty());
        assertEquals(List.of("payment opened stripe", "drawing opened drawings", "capacity opened factory", "built opened factory"), decisions(order));
    }

    @Test
    void aRefundTakesTheWorkOrderBackAndAnotherPaymentAsksForItAnew() {
        // Given a work order
        JsonNode order = sells(2);
        String built = reference(order, 0);
        pays(order);
        await().atMost(LONG).untilAsserted(() -> assertEquals("scheduled", at("factory", built).path("status").asText()));
        // When the money goes back
        shop.sandbox.post("/sandbox/stripe/refunds", Map.of("order", order.path("name").asText()));
        // Then the factory's slot is free again
        await().atMost(LONG).untilAsserted(() -> assertEquals("cancelled", at("factory", built).path("status").asText()));
        // and when it is paid once more, it is built after all
        pays(order);
        await().atMost(LONG).untilAsserted(() -> assertEquals("scheduled", at("factory", built + "-r2").path("status").asText()));
    }

    @Test
    void aNewRevisionClosesTheGateUntilItIsApproved() {
        // Given a work order with the first drawing
        JsonNode order = sells(3);
        String built = reference(order, 0);
        pays(order);
        await().atMost(LONG).untilAsserted(() -> assertEquals("A", at("factory", built).path("drawing").path("revision").asText()));
        // When the desk proposes another one
        shop.sandbox.post("/sandbox/design/drawings", Map.of("reference", built, "folder", "proposed"));
        await().atMost(LONG).untilAsserted(() -> assertEquals("cancelled", at("factory", built).path("status").asText()));
        // and approves it
        shop.sandbox.post("/sandbox/design/drawings", Map.of("reference", built, "folder", "approved", "revision", "B"));
        // Then that one is built
        await().atMost(LONG).untilAsserted(() -> assertEquals("B", at("factory", built + "-r2").path("drawing").path("revision").asText()));
    }

    @Test
    void theStoreKnowsWhyALineWaitsAndUntilWhen() {
        // Given an order of something to build
        JsonNode order = sells(6);
        // Then its line is on hold in the store, and the other is not
        await().atMost(LONG).untilAsserted(() -> assertEquals(1, holds(order, true).size()));
        JsonNode hold = holds(order, true).get(0);
        assertEquals(order.path("line_items").path(0).path("id").asText(), hold.path("line").asText(), hold.toString());
        assertEquals("AWAITING_PAYMENT Built to order, waits for: payment, drawing, capacity, built", hold.path("reason").asText() + " " + hold.path("notes").asText());
        assertEquals(reference(order, 0) + "-hold", hold.path("handle").asText());
        // When it is scheduled, the store can say until when
        pays(order);
        await().atMost(LONG).untilAsserted(() -> assertEquals(at("factory", reference(order, 0)).path("day").asText("unknown"),
                at("shopify", order.path("id").asText()).path("metafields").path(0).path("value").asText()));
        // and when it is built, it is on hold no more
        shop.sandbox.post("/sandbox/factory/day", Map.of("days", 1));
        await().atMost(LONG).untilAsserted(() -> assertEquals(0, holds(order, true).size()));
        assertEquals(1, holds(order, false).size(), "it was placed once");
        // and when the money goes back, it is on hold again
        shop.sandbox.post("/sandbox/stripe/refunds", Map.of("order", order.path("name").asText()));
        await().atMost(LONG).untilAsserted(() -> assertEquals(List.of(reference(order, 0) + "-hold-r2"),
                holds(order, true).stream().map(again -> again.path("handle").asText()).toList()));
    }

    @Test
    void everyConnectionIsTestedByAReadOfItsOwn() {
        for (String connection : List.of("shopify-us", "design", "factory", "stripe")) {
            shop.tests(connection).body("verdict", equalTo("accepted")).body("status", equalTo(200));
        }
        shop.sandbox.post("/sandbox/settings", Map.of("stripe", Map.of("key", "rk_test_another")));
        ValidatableResponse refused = shop.tests("stripe");
        shop.sandbox.post("/sandbox/settings", Map.of("stripe", Map.of("key", "rk_test_sandbox")));
        refused.body("verdict", equalTo("refused")).body("status", equalTo(401));
    }

    @Test
    void whoCannotSignOpensNothing() {
        // Given
        JsonNode order = sells(4);
        await().atMost(LONG).untilAsserted(() -> assertEquals(4, closed(order).size()));
        // When
        JsonNode answer = shop.sandbox.post("/sandbox/stripe/payments", Map.of("order", order.path("name").asText(), "amount", cents(order), "currency", "usd", "signature", "wrong"));
        // Then
        assertEquals(401, answer.path("status").asInt(), answer.toString());
        assertEquals(List.of(), decisions(order));
    }

    @Test
    void theTerminalOnTheShopFloorOpensNoGateThatIsNotItsOwn() {
        // Given an order that nobody has paid
        JsonNode order = sells(7);
        await().atMost(LONG).untilAsserted(() -> assertEquals(4, closed(order).size()));
        // When the terminal, of all, says that it is: with its own secret, and correctly signed
        says(order, "payment", ",\"about\":\"ch_floor\",\"amount\":\"99999.00\",\"currency\":\"USD\"");
        says(order, "drawing-approved", "");
        says(order, "scheduled", "");
        says(order, "built", "");
        // Then what it may not say waits for a person, with its reason
        await().atMost(LONG).untilAsserted(() -> assertEquals(List.of("drawing-approved", "payment"), shop.services.sql().rows("select split_part(m.ce_id, ':', 2) as kind, h.sentence from orderweir.hold h"
                + " join orderweir.message m on m.id = h.message_id where m.connection = 'floor' and h.reason = 'may-not-say' and h.closed_at is null order by 1").stream()
                .filter(row -> row.get("sentence").toString().startsWith("floor may not say " + row.get("kind") + ", only scheduled, built, so it counts for no gate. "))
                .map(row -> (String) row.get("kind")).toList()));
        // and what it may say is heard, and opens nothing before the gates that come first
        await().atMost(LONG).untilAsserted(() -> assertEquals(2, shop.services.sql().number("select count(*) from orderweir.signal s join orderweir.message m on m.id = s.message_id"
                + " where m.connection = 'floor' and s.state = 'heard'")));
        assertEquals(List.of("built", "capacity", "drawing", "payment"), closed(order));
        assertEquals(List.of(), decisions(order));
        assertTrue(at("wms", reference(order, 0)).path("lines").isEmpty(), "nothing is shipped");
        assertTrue(at("design", reference(order, 0)).path("status").isMissingNode(), "nothing is drawn");
    }

    private static void says(JsonNode order, String kind, String money) {
        assertEquals(202, shop.says("signals/floor", FLOOR, "floor-" + kind, "{\"signal\":\"" + kind + "\",\"order\":\"" + order.path("name").asText() + "\",\"line\":\""
                + order.path("line_items").path(0).path("id").asText() + "\",\"at\":\"2026-11-21T13:00:00Z\",\"evidence\":{\"terminal\":\"3\"}" + money + "}"));
    }

    @Test
    void aSignalOfAnUnknownOrderWaitsForIt() {
        // Given a payment that is there before its order
        long id = 7_700_000_000_005L;
        JsonNode sold = shop.sandbox.post("/sandbox/shopify/orders", Map.of("target", "http://127.0.0.1:1", "secret", "s", "dryRun", true, "order", wanted(5))).path("order");
        shop.sandbox.post("/sandbox/stripe/payments", Map.of("order", "shopify-us/" + id, "amount", cents(sold), "currency", "usd"));
        await().atMost(LONG).untilAsserted(() -> assertTrue(shop.services.sql().text(
                "select max(reason) from orderweir.message where type = 'signal' and reason like 'waits for shopify-us/" + id + "%'") != null));
        shop.given().when().get("/api/signals").then()
                .body("waiting[0].kind", equalTo("payment"))
                .body("waiting[0].names", equalTo("shopify-us/" + id));
        // When it comes
        shop.sends(sold.toString().getBytes(StandardCharsets.UTF_8));
        assertEquals(id, sold.path("id").asLong());
        // Then it is paid
        await().atMost(LONG).untilAsserted(() -> assertTrue(!closed(sold).isEmpty() && !closed(sold).contains("payment"), closed(sold).toString()));
    }

    @Test
    void whatAFraudAppHoldsIsNotAskedForUntilItIsReleased() {
        // Given an order that waits for its money, and an app that holds it meanwhile
        JsonNode order = shop.sells(Map.of("financial_status", "pending"), false);
        String number = order.path("id").asText();
        await().atMost(LONG).until(() -> shop.sandbox.post("/sandbox/shopify/holds/keep", Map.of("order", number, "app", "Fraud Filter", "reason", "HIGH_RISK_OF_FRAUD")).path("kept").asInt() == 1);
        // When it is paid
        shop.sells(Map.of("id", order.path("id").asLong(), "financial_status", "paid"), false);
        // Then its page says who keeps it, and nothing is asked for
        await().atMost(LONG).untilAsserted(() -> assertTrue(shop.reads("/api/orders/{order}/timeline", "shopify-us/" + number).at("/lanes").toString()
                .contains("shop (Fraud Filter holds it: High risk of fraud)")));
        assertEquals(0, shop.services.sql().number("select count(*) from orderweir.call_log c join orderweir.call_item i on i.call_id = c.id and i.ended_at = c.ended_at"
                + " join orderweir.delivery d on d.id = i.delivery_id join orderweir.entity e on e.id = d.entity_id where c.connection = 'wms' and e.key = ?", key(order)));
        // When it is released there, and nobody tells
        assertEquals(1, shop.sandbox.post("/sandbox/shopify/holds/release", Map.of("order", number)).path("released").asInt());
        shop.services.sql().run("update orderweir.gate set turn_at = clock_timestamp() where name = 'shop' and opened_at is null");
        // Then it leaves
        await().atMost(LONG).ignoreExceptions().untilAsserted(() -> assertTrue(shop.atWarehouse("shopify-us-" + number).has("lines")));
    }

    private static List<JsonNode> holds(JsonNode order, boolean active) {
        return StreamSupport.stream(shop.sandbox.get("/sandbox/shopify/holds?order=" + order.path("id").asText()).spliterator(), false)
                .filter(hold -> !active || hold.path("active").asBoolean()).toList();
    }

    /** The vendor's record, missing where there is none. */
    private static JsonNode at(String vendor, String reference) {
        try {
            return shop.sandbox.get("/sandbox/" + vendor + "/records/" + reference);
        } catch (IllegalStateException none) {
            return MissingNode.getInstance();
        }
    }

    private static JsonNode sells(int number) {
        return shop.sells(wanted(number), false);
    }

    private static Map<String, Object> wanted(int number) {
        return Map.of("id", 7_700_000_000_000L + number, "name", "#77" + number, "currency", "USD",
                "line_items", List.of(Map.of("sku", "FAB-" + number, "quantity", 1), Map.of("sku", "SKU-" + number, "quantity", 1)));
    }

    private static void pays(JsonNode order) {
        shop.sandbox.post("/sandbox/stripe/payments", Map.of("order", order.path("name").asText(), "amount", cents(order), "currency", "usd"));
    }

    private static long cents(JsonNode order) {
        return new BigDecimal(order.path("total_price").asText()).movePointRight(2).longValue();
    }

    private static String reference(JsonNode order, int line) {
        return "shopify-us-" + order.path("id").asText() + "-" + order.path("line_items").path(line).path("id").asText();
    }

    /** Those that people and partners open; the shop's own word has a test of its own. */
    private static List<String> closed(JsonNode order) {
        return shop.services.sql().rows("select g.name from orderweir.gate g join orderweir.build b on b.id = g.build_id join orderweir.entity e on e.id = b.entity_id"
                + " where e.key = ? and g.opened_at is null and g.name <> 'shop' order by g.name", key(order)).stream().map(row -> (String) row.get("name")).toList();
    }

    private static List<String> decisions(JsonNode order) {
        return shop.services.sql().rows("select d.gate || ' ' || d.decision || ' ' || d.by as said from orderweir.gate_decision d join orderweir.build b on b.id = d.build_id"
                + " join orderweir.entity e on e.id = b.entity_id where e.key = ? and b.class <> 'standard' and d.gate <> 'shop' order by d.id", key(order)).stream().map(row -> (String) row.get("said")).toList();
    }

    private static String key(JsonNode order) {
        return "shopify-us/" + order.path("id").asText();
    }
}
