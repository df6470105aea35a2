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
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A house with an ERP for each of its shops: one shop's orders go to Business Central, the others' to NetSuite. */
class SecondErpIT {

    private static final Duration LONG = Duration.ofSeconds(40);
    private static final String GERMAN = "hush-in-germany";
    private static final String BANK = "YmFuay1zYXlzLXdoYXQtY2FtZQ==";
    /** Of each shop. */
    private static final int ORDERS = 60;
    private static final int PAID = 12;
    private static final int WINDOW_MS = 3_000;
    private static final int CALLS_PER_WINDOW = 40;
    private static final String FLOWS = """
            roles:
              - {role: erp, for: [shopify-de], connection: business-central}
              - {role: erp, connection: netsuite}
              - {role: warehouse, connection: wms}
            flows:
              - {type: order, parts: whole, to: erp, port: order, sends: [name, createdAt, currency, orderNote, customer, shippingAddress, shippingPrice, totalPrice]}
              - {type: order, parts: standard-lines, to: warehouse, port: fulfilment, after: erp/order, moves-goods: true, sends: [name, shippingAddress, orderNote]}
              - {type: order, parts: each-gated-line, to: warehouse, port: fulfilment, behind: all, moves-goods: true, sends: [name, shippingAddress, orderNote]}
              - {type: order, parts: each-payment, to: erp, port: deposit, after: erp/order, paid-by: [bank]}
            # end
            """;

    @TempDir
    static Path policy;
    private static Shop shop;

    @BeforeAll
    static void open() throws IOException {
        Files.writeString(policy.resolve("flows.yaml"), FLOWS);
        shop = Shop.opens("second-erp", vendors -> {
            Map<String, String> keys = new HashMap<>(Account.businessCentral(vendors.url()).limit("at-once", 5, "0s").limit("window", CALLS_PER_WINDOW, WINDOW_MS + "ms").with("settles-within", "2s")
                    .with("settings.payment-journal", "5f8e0a6c-0000-4000-8000-00000000f001").with("settings.local-currency", "USD").keys());
            keys.putAll(Map.of("orderweir.connections.netsuite.settles-within", "2s", "orderweir.connections.bank.system", "signals", "orderweir.connections.bank.may-say", "payment",
                    "orderweir.connections.bank.secrets", "whsec_" + BANK));
            keys.putAll(Account.shop("shopify-de", GERMAN).keys());
            keys.put("orderweir.policy.dir", policy.toString());
            return keys;
        });
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @BeforeEach
    void forget() {
        shop.sandbox.post("/sandbox/reset", Map.of("settings", true));
    }

    @Test
    void twoErpsThatLoseRepliesKeepTheOrdersOfTheirShopsApartAndTheirLimits() {
        // Given that 16 of a hundred replies of both are lost, that Business Central cuts creates, too, and that neither allows more than it is said to
        Map<String, Object> lossy = Map.of("commitThenSilence", 0.16, "silenceMs", 200, "concurrency", 5);
        shop.sandbox.post("/sandbox/settings", Map.of("netsuite", lossy,
                "business-central", merged(lossy, Map.of("cutCreate", 0.1, "windowMs", WINDOW_MS, "limit", CALLS_PER_WINDOW + 1))));
        // When both shops sell, and some orders of the one are changed and paid
        sell("shopify-us", "hush", 0, 0);
        sell("shopify-de", GERMAN, 1_000, 0.2);
        await().atMost(LONG).until(() -> shop.sandbox.get("/sandbox/shopify/traffic").path("done").asBoolean());
        List<JsonNode> paid = kept(shop.sandbox.get("/sandbox/report?full=true"), "shopify-de").limit(PAID).toList();
        paid.forEach(order -> assertEquals(202, shop.says("signals/bank", BANK, "wire-of-" + order.path("id").asText(), "{\"signal\":\"payment\",\"order\":\"" + order.path("name").asText()
                + "\",\"at\":\"2026-11-27T13:00:00Z\",\"about\":\"wire\",\"amount\":\"1.25\",\"currency\":\"USD\",\"evidence\":{\"document\":\"statement 7\"}}")));
        await().atMost(LONG.multipliedBy(3)).untilAsserted(() -> assertEquals(PAID + " 0", shop.services.sql().number("select count(*) from orderweir.delivery where port = 'deposit'") + " "
                + shop.services.sql().number("select count(*) from orderweir.delivery where state not in ('delivered', 'confirmed', 'superseded')")));

        // Then each has the orders of its shop, each once and at its total, and nothing of the other's
        JsonNode report = shop.sandbox.get("/sandbox/report?full=true");
        assertEquals(keys(kept(report, "shopify-us").map(order -> order.path("key"))), booked(report, "netsuite", "externalId"));
        assertEquals(keys(kept(report, "shopify-de").map(order -> order.path("key"))), booked(report, "business-central", "externalDocumentNumber"));
        for (String erp : List.of("netsuite", "business-central")) {
            JsonNode there = report.path(erp);
            assertEquals("0 0 0 0 0", String.join(" ", Stream.of("secondRecords", "otherTotals", "linesMissing", "linesBeyond", "unknownRecords").map(what -> there.path(what).asText()).toList()), erp + " " + there.path("differingOrders"));
            assertEquals("0 0", there.at("/refused/limitWindow").asInt() + " " + there.at("/refused/limitConcurrency").asInt(), erp);
            assertTrue(there.path("mostAtOnce").asInt() <= 5, erp);
            assertTrue(there.path("lostReplies").asInt() > ORDERS / 10, erp + " " + there.path("lostReplies"));
        }
        assertTrue(report.at("/business-central/mostInAnyWindow").asInt() <= CALLS_PER_WINDOW + 1);
        assertEquals(0, shop.services.sql().number("select count(*) from orderweir.call_log where connection = 'netsuite' and request ilike '%shopify-de%' or connection = 'business-central' and request ilike '%shopify-us%'"));
        // and each payment is one line of the journal
        paid.forEach(order -> {
            JsonNode there = shop.sandbox.get("/sandbox/business-central/records/" + order.path("key").asText() + "-wire");
            assertEquals("1 of 1.25", there.path("lines").size() + " of " + there.path("paid").asText(), order.toString());
        });
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

    private static void sell(String connection, String secret, int from, double edits) {
        shop.sandbox.post("/sandbox/shopify/traffic", Map.ofEntries(Map.entry("target", shop.engine.url() + "/capture/shopify/" + connection), Map.entry("secret", secret), Map.entry("orders", ORDERS),
                Map.entry("nameOffset", from), Map.entry("seed", 7 + from), Map.entry("bto", 0), Map.entry("cancels", 0), Map.entry("edits", edits), Map.entry("followUpAfterMs", List.of(200, 3_000))));
    }

    /** An edit may take out all of an order, and cancel it. */
    private static Stream<JsonNode> kept(JsonNode report, String connection) {
        return StreamSupport.stream(report.at("/shopify/list").spliterator(), false).filter(order -> order.path("key").asText().startsWith(connection + "-") && !order.path("cancelled").asBoolean());
    }

    private static List<String> booked(JsonNode report, String erp, String reference) {
        return keys(StreamSupport.stream(report.at("/" + erp + "/records").spliterator(), false).map(record -> record.path(reference)));
    }

    private static List<String> keys(Stream<JsonNode> keys) {
        return keys.map(key -> key.asText().toLowerCase(Locale.ROOT)).sorted().toList();
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
