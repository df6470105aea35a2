package io.orderweir.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.orderweir.process.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A house with an ERP for each of its shops: one shop's orders go to Business Central, the others' to NetSuite. */
class SecondErpIT {

    private static final Duration LONG = Duration.ofSeconds(40);
    private static final String GERMAN = "hush-in-germany";
    private static final String FLOWS = """
            roles:
              - {role: erp, for: [shopify-de], connection: business-central}
              - {role: erp, connection: netsuite}
              - {role: warehouse, connection: wms}
            flows:
              - {type: order, parts: whole, to: erp, port: order, sends: [name, createdAt, currency, orderNote, customer, shippingAddress, shippingPrice, totalPrice]}
              - {type: order, parts: standard-lines, to: warehouse, port: fulfilment, after: erp/order, moves-goods: true, sends: [name, shippingAddress, orderNote]}
              - {type: order, parts: each-gated-line, to: warehouse, port: fulfilment, behind: all, moves-goods: true, sends: [name, shippingAddress, orderNote]}
            # end
            """;

    @TempDir
    static Path policy;
    private static Shop shop;

    @BeforeAll
    static void open() throws IOException {
        Files.writeString(policy.resolve("flows.yaml"), FLOWS);
        shop = Shop.opens("second-erp", vendors -> {
            Map<String, String> keys = new HashMap<>(Account.businessCentral(vendors.url()).limit("at-once", 5, "0s").with("settles-within", "2s").keys());
            keys.putAll(Account.shop("shopify-de", GERMAN).keys());
            keys.put("orderweir.policy.dir", policy.toString());
            return keys;
        });
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void anErpOfAnotherMakeGetsTheOrdersOfItsShopAndTheGoodsWaitForItsTotal() {
        // Given a Business Central that cuts every create behind half of its lines
        shop.sandbox.post("/sandbox/settings", Map.of("business-central", Map.of("cutCreate", 1)));
        // When its shop sells two things
        JsonNode order = german(Map.of("line_items", List.of(Map.of("id", 1, "sku", "SKU-7", "quantity", 2), Map.of("id", 2, "sku", "SKU-8", "quantity", 1))));
        String total = order.path("total_price").asText();
        // Then it is booked once, with all its lines, at its total, and only then asked of the warehouse
        await().atMost(LONG).ignoreExceptions().until(() -> !atWarehouse("shopify-de-7900000000008").path("lines").isEmpty());
        assertEquals(total, there().path("totalAmountIncludingTax").decimalValue().setScale(2).toPlainString());
        assertEquals(List.of("SKU-7", "SKU-8"), items());
        assertTrue(shop.services.sql().number("select count(*) from orderweir.call_log c where c.purpose = 'check' and c.connection = 'business-central' and c.outcome = 'done' and c.ended_at < (select min(w.called_at)"
                + " from orderweir.call_log w join orderweir.call_item i on i.call_id = w.id join orderweir.delivery d on d.id = i.delivery_id join orderweir.entity e on e.id = d.entity_id"
                + " where e.key = 'shopify-de/7900000000008' and d.connection = 'wms')") > 0);

        // When an edit takes a thing out
        JsonNode edited = german(Map.of("line_items", List.of(Map.of("id", 1, "sku", "SKU-7", "quantity", 1), Map.of("id", 2, "sku", "SKU-8", "quantity", 0))));
        // Then the same record says so
        await().atMost(LONG).untilAsserted(() -> assertEquals(List.of("SKU-7"), items()));
        await().atMost(LONG).untilAsserted(() -> assertEquals(edited.path("current_total_price").asText(edited.path("total_price").asText()), there().path("totalAmountIncludingTax").decimalValue().setScale(2).toPlainString()));

        // When it is cancelled
        german(Map.of("cancelled_at", "2026-11-27T10:00:00-05:00", "cancel_reason", "customer"));
        // Then it is there no more, and the other ERPs have heard of nothing
        await().atMost(LONG).ignoreExceptions().untilAsserted(() -> assertEquals(0, shop.sandbox.get("/sandbox/report").at("/business-central/distinct").asInt()));
        assertEquals(0, shop.services.sql().number("select count(*) from orderweir.call_log where connection like 'netsuite%' and request like '%shopify-de%'"));
        assertEquals(0, shop.sandbox.get("/sandbox/report").at("/business-central/secondRecords").asInt());
    }

    private static JsonNode german(Map<String, Object> more) {
        return shop.sandbox.post("/sandbox/shopify/orders", Map.of("target", shop.engine.url() + "/capture/shopify/shopify-de", "secret", GERMAN, "bto", false,
                "order", merged(Map.of("id", 7_900_000_000_008L, "name", "#798", "currency", "EUR"), more))).path("order");
    }

    private static JsonNode there() {
        return shop.sandbox.get("/sandbox/business-central/records/shopify-de-7900000000008");
    }

    private static List<String> items() {
        List<String> items = new ArrayList<>();
        there().path("salesOrderLines").forEach(line -> {
            if (line.path("lineType").asText().equals("Item")) {
                items.add(line.path("lineObjectNumber").asText());
            }
        });
        return items;
    }

    private static JsonNode atWarehouse(String reference) {
        try {
            return shop.atWarehouse(reference);
        } catch (IllegalStateException none) {
            return MissingNode.getInstance();
        }
    }

    private static Map<String, Object> merged(Map<String, Object> some, Map<String, Object> others) {
        Map<String, Object> all = new HashMap<>(some);
        all.putAll(others);
        return all;
    }
}
