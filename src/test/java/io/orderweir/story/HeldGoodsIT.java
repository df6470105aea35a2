package io.orderweir.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Another app of the shop holds an order's goods: they are not asked of the warehouse, a person reads who holds them and why, and they leave when the shop says that nobody does. */
class HeldGoodsIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.opensWithAFactory("held-goods");
    }

    @AfterAll
    static void close() {
        shop.close();
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
        assertEquals(0, shop.services.sql().number("select count(*) from orderweir.call_log where connection = 'wms'"));
        // When it is released there, and nobody tells
        assertEquals(1, shop.sandbox.post("/sandbox/shopify/holds/release", Map.of("order", number)).path("released").asInt());
        shop.services.sql().run("update orderweir.gate set turn_at = clock_timestamp() where name = 'shop' and opened_at is null");
        // Then it leaves
        await().atMost(LONG).ignoreExceptions().untilAsserted(() -> assertTrue(shop.atWarehouse("shopify-us-" + number).has("lines")));
    }
}
