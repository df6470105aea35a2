package io.orderweir.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a person can do with what is held or gated, seen from the store, the ERP, the warehouse and the API. */
class HoldIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ZIP = "shippingAddress.zipCodeOrPostalCode";
    private static final String IMPOSSIBLE = "ÅÅ-?";
    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.opens("hold");
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void aCorrectedPostalCodeReachesErpAndWarehouseAndStaysCorrectedInTheNextVersion() {
        // Given
        JsonNode order = shop.sells(badAddress(1), false);
        JsonNode hold = held(order);
        assertEquals("Order " + order.path("name").asText() + ": NetSuite does not accept the postal code '" + IMPOSSIBLE + "'. Correct it and release.",
                hold.path("sentence").asText());
        assertEquals(ZIP, hold.path("path").asText());
        JsonNode shown = shop.get("/api/holds/" + hold.path("id").asLong()).body();
        assertTrue(shown.path("rawText").asText().contains(IMPOSSIBLE), "the bytes as they came");
        assertEquals(IMPOSSIBLE, shown.path("canonical").path("shippingAddress").path("zipCodeOrPostalCode").asText());
        assertEquals(400, shown.path("answerStatus").asInt());
        assertEquals(1, shown.path("waiting").size(), "the warehouse waits: a held order never ships");

        // When
        Shop.Answer released = release(hold, Map.of("changes", List.of(Map.of("path", ZIP, "value", "62704"))));

        // Then
        assertEquals(200, released.status(), released.body().toString());
        assertEquals("Ann", released.body().path("by").asText());
        arrives(order, "62704");
        JsonNode happened = timeline(order);
        assertTrue(kinds(happened).containsAll(List.of("captured", "planned", "attempt", "held", "corrected", "delivered")), kinds(happened).toString());
        String copied = happened.findValuesAsText("curl").stream().filter(curl -> curl.contains("/netsuite")).findFirst().orElseThrow();
        assertTrue(copied.matches("(?s)curl -X PUT http://127\\.0\\.0\\.1:\\d+/netsuite'/services/rest/record/v1/salesOrder/eid:shopify-us-\\d+\\?replace=item' .*"
                + "-H \"Authorization: \\$NETSUITE_AUTHORIZATION\".*-H 'X-NetSuite-PropertyNameValidation: Error'.*--data-raw .*"), copied);

        // and the next version, which still has the old value
        JsonNode next = shop.sells(Map.of("id", order.path("id").asLong(), "note", "please ring twice"), false);
        assertEquals(IMPOSSIBLE, next.path("shipping_address").path("zip").asText());
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            assertEquals(2, shop.services.sql().number("select count(*) from orderweir.delivery d join orderweir.entity e on e.id = d.entity_id"
                    + " where e.key = ? and d.connection = 'netsuite' and d.state = 'delivered'", key(order)));
            assertEquals("62704", shop.atErp(order).path("shippingAddress").path("zip").asText());
        });
        assertEquals(409, release(hold, Map.of()).status(), "a hold is released once");
    }

    @Test
    void aGroupIsTriedLookedForAtTheTargetCorrectedAndReleasedBehindLiveOrders() {
        // Given three orders with the same mistake
        List<JsonNode> orders = IntStream.range(11, 14).mapToObj(number -> shop.sells(badAddress(number), false)).toList();
        List<JsonNode> holds = orders.stream().map(HoldIT::held).toList();
        String group = holds.get(0).path("fingerprint").asText();
        JsonNode cause = null;
        for (JsonNode each : shop.get("/api/holds/groups?bin=data").body().path("groups")) {
            cause = each.path("fingerprint").asText().equals(group) ? each : cause;
        }
        assertEquals(3, cause.path("holds").asInt(), cause.toString());
        assertTrue(cause.path("fix").asText().startsWith("Correct the address"), cause.toString());
        shop.post("/api/holds/groups/arrange", Map.of("group", group, "what", "owner", "value", "Bea"));
        assertEquals("Bea", shop.get("/api/holds?group=" + group.replace("|", "%7C")).body().path("holds").path(0).path("owner").asText());
        Map<String, Object> correction = Map.of("path", ZIP, "value", "62704", "replaced", IMPOSSIBLE);

        // When she tries it, and looks whether the ERP has one of them already
        JsonNode tried = shop.post("/api/holds/" + holds.get(0).path("id").asLong() + "/dry-run", Map.of("changes", List.of(correction))).body();
        assertEquals(422, shop.post("/api/holds/" + holds.get(0).path("id").asLong() + "/dry-run",
                Map.of("changes", List.of(Map.of("path", "currency", "value", "dollars")))).status());
        Shop.Answer looked = shop.post("/api/holds/" + holds.get(0).path("id").asLong() + "/look", Map.of());

        // Then she is shown the request, and nothing was sent
        assertEquals("PUT", tried.path("requests").path(0).path("method").asText(), tried.toString());
        assertTrue(tried.path("requests").path(0).path("body").asText().contains("62704"), tried.toString());
        assertEquals(200, looked.status(), looked.body().toString());
        await().atMost(Duration.ofSeconds(30)).until(() -> held(orders.get(0)).path("sentence").asText().matches(".* Looked for at \\S+: NetSuite does not have it\\."));
        assertEquals("Bea", shop.get("/api/holds/" + held(orders.get(0)).path("id").asLong()).body().path("owner").asText());

        // When she corrects all that have the value
        Shop.Answer started = shop.post("/api/holds/work", Map.of("group", group, "what", "fix", "changes", List.of(correction)));

        // Then
        assertEquals(200, started.status(), started.body().toString());
        String work = "/api/holds/work/" + started.body().path("job").asLong();
        await().atMost(Duration.ofSeconds(40)).until(() -> shop.get(work).body().path("done").asInt() == 3);
        orders.forEach(order -> arrives(order, "62704"));
        assertEquals(6, shop.services.sql().number("select count(*) from orderweir.delivery d join orderweir.entity e on e.id = d.entity_id"
                + " where e.name in ('#hold-11', '#hold-12', '#hold-13') and d.state in ('delivered', 'confirmed') and d.priority = 4"));
        assertEquals(409, shop.post(work + "/stop", Map.of()).status(), "it has ended");
        assertEquals(404, shop.post("/api/holds/work", Map.of("group", group, "what", "release")).status(), "nothing is left");
    }

    @Test
    void aReleaseThatStillIsNoOrderIsRefusedWithASentencePerFault() {
        // Given
        JsonNode order = shop.sells(badAddress(2), false);
        JsonNode hold = held(order);

        // When
        Shop.Answer refused = release(hold, Map.of("changes", List.of(Map.of("path", "currency", "value", "dollars"),
                Map.of("path", "shippingAddress.country", "value", "Norway"))));

        // Then
        assertEquals(422, refused.status());
        assertEquals(2, refused.body().path("faults").size(), refused.body().toString());
        assertEquals(422, release(hold, Map.of("changes", List.of(Map.of("path", "externalId", "value", "1")))).status());
        assertEquals(409, release(hold, Map.of("seen", "0.0")).status());
        assertEquals(400, release(hold, Map.of("changes", List.of(Map.of("value", "1")))).status());
        assertEquals(404, shop.post("/api/holds/999999999/release", Map.of()).status());
        assertEquals(hold.path("id"), held(order).path("id"), "nothing has changed");
        assertEquals(200, discard(hold).status());
    }

    @Test
    void aDiscardedOrderNeverShips() {
        // Given
        JsonNode order = shop.sells(badAddress(3), false);
        JsonNode hold = held(order);

        // When
        assertEquals(400, shop.post("/api/holds/" + hold.path("id").asLong() + "/discard", Map.of()).status());
        Shop.Answer discarded = discard(hold);

        // Then
        assertEquals(200, discarded.status());
        assertEquals(1, discarded.body().path("discardedWithIt").asInt(), discarded.body().toString());
        assertEquals(0, shop.services.sql().number("select count(*) from orderweir.delivery d join orderweir.entity e on e.id = d.entity_id"
                + " where e.key = ? and d.state <> 'discarded'", key(order)));
        assertTrue(shop.get("/api/counts").body().path("l1").path("balanced").asBoolean());
    }

    @Test
    void anEventThatIsNoOrderIsReleasedWithADocumentWrittenByHand() throws Exception {
        // Given
        shop.sends("<order>not JSON</order>".getBytes(StandardCharsets.UTF_8));
        AtomicReference<JsonNode> found = new AtomicReference<>();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            shop.get("/api/holds").body().path("holds").forEach(hold -> {
                if (hold.path("reason").asText().equals("not-json")) {
                    found.set(hold);
                }
            });
            return found.get() != null;
        });
        assertEquals(422, release(found.get(), Map.of()).status(), "trying again does not make it JSON");

        // When
        JsonNode document = JSON.readTree("""
                {"schemaVersion":1,"externalId":"7700000000001","name":"#by-hand-1","updatedAt":"2026-11-27T05:00:00.000Z","createdAt":"2026-11-27T05:00:00.000Z",
                 "status":"open","currency":"USD","totalPrice":"10.00","shippingAddress":{"firstName":"A","lastName":"B","address1":"1 Main St","city":"Springfield",
                 "country":"US","stateOrProvince":"IL","zipCodeOrPostalCode":"62704"},
                 "lineItems":[{"id":"1","sku":"SKU-1","name":"Thing","quantity":1,"unitPrice":"10.00","requiresShipping":true}]}""");
        Shop.Answer released = release(found.get(), Map.of("document", document));

        // Then
        assertEquals(200, released.status(), released.body().toString());
        assertEquals(2, released.body().path("planned").asInt(), released.body().toString());
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() ->
                assertEquals(2, delivered("shopify-us/7700000000001"), shop.get("/api/orders/shopify-us/7700000000001/timeline").body().toPrettyString()));
    }

    @Test
    void anOrderWithAnInvalidCurrencyIsReleasedWithThatFieldCorrected() {
        // Given
        JsonNode order = shop.sells(Map.of("id", 7600000000004L, "name", "#hold-4", "currency", "dollars"), false);
        JsonNode hold = held(order);
        assertEquals("currency", hold.path("path").asText(), hold.toString());

        // When
        Shop.Answer released = release(hold, Map.of("changes", List.of(Map.of("path", "currency", "value", "USD"))));

        // Then
        assertEquals(200, released.status(), released.body().toString());
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEquals(2, delivered(key(order))));
    }

    @Test
    void theNewsOfAProductAreNotedAndThoseThatCannotBeReadAreReleasedWithADocument() throws Exception {
        // Given
        // the first record of a topic may be answered 503 while the broker is asked for it
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            shop.sends("{\"id\":7700000000701,\"product_type\":\"Made to order\",\"updated_at\":\"2026-11-27T05:00:00Z\"}".getBytes(StandardCharsets.UTF_8), "products/create");
            return true;
        });
        shop.sends("{\"id\":7700000000702,\"title\":\"Trestle table\"}".getBytes(StandardCharsets.UTF_8), "products/update");
        JsonNode hold = held(JSON.readTree("{\"id\":7700000000702}"));
        assertEquals("Product Trestle table: its product type is missing. Correct it in the shop: its next event takes the place of this one.", hold.path("sentence").asText());

        // When
        Shop.Answer refused = release(hold, Map.of("document", Map.of("schemaVersion", 1, "externalId", "7700000000702", "productType", "Table")));
        Shop.Answer released = release(hold, Map.of("document", Map.of("schemaVersion", 1, "externalId", "7700000000702", "productType", "Table",
                "updatedAt", "2026-11-27T05:00:00.000Z")));

        // Then
        assertEquals(422, refused.status(), refused.body().toString());
        assertEquals(200, released.status(), released.body().toString());
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEquals(List.of("7700000000701 Made to order: noted product type Made to order",
                "7700000000702 Table: noted product type Table"), shop.services.sql().rows("""
                select p.product_id || ' ' || p.product_type || ': ' || m.state || ' ' || m.reason as known
                from orderweir.product p
                join orderweir.entity e on e.type = 'product' and e.key = p.connection || '/' || p.product_id
                join orderweir.message m on m.id = e.message_id
                order by 1""").stream().map(row -> (String) row.get("known")).toList()));
        assertTrue(shop.get("/api/counts").body().path("l1").path("balanced").asBoolean());
    }

    @Test
    void anOrderThatWasEmptiedAndFilledAgainIsRequestedAnew() {
        // Given an order whose request was cancelled, because all its lines were taken out
        JsonNode order = shop.sells(Map.of("id", 7600000000006L, "name", "#hold-6", "line_items", List.of(Map.of("quantity", 2))), false);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEquals(2, delivered(key(order))));
        shop.sells(Map.of("id", 7600000000006L, "line_items", List.of(Map.of("current_quantity", 0))), false);
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() ->
                assertEquals("cancelled", shop.atWarehouse("shopify-us-7600000000006").path("status").asText()));

        // When
        shop.sells(Map.of("id", 7600000000006L, "line_items", List.of(Map.of("current_quantity", 1))), false);

        // Then
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() ->
                assertEquals(1, shop.atWarehouse("shopify-us-7600000000006-r2").path("lines").path(0).path("quantity").asInt()));
        assertEquals("cancelled", shop.atWarehouse("shopify-us-7600000000006").path("status").asText());
    }

    @Test
    void aBuiltToOrderLineIsRequestedWhenItsGateOpensAndNotBefore() {
        // Given
        JsonNode order = shop.sells(Map.of("id", 7600000000005L, "name", "#hold-5"), true);
        AtomicReference<JsonNode> gate = new AtomicReference<>();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            shop.get("/api/gates").body().path("gates").forEach(one -> {
                if (one.path("entityKey").asText().equals(key(order))) {
                    gate.set(one);
                }
            });
            return gate.get() != null;
        });
        String line = gate.get().path("line").asText();
        assertEquals("wms", gate.get().path("asks").path(0).asText(), gate.get().toString());
        Map<String, Object> opening = Map.of("order", "hold-5", "line", line, "gate", gate.get().path("gate").asText());

        // When
        assertEquals(400, shop.post("/api/gates/open", opening).status(), "no gate opens without evidence");
        assertEquals(404, shop.post("/api/gates/open", Map.of("order", "#no-such", "line", line, "gate", "release", "evidence", "x")).status());
        Map<String, Object> withEvidence = new java.util.HashMap<>(opening);
        withEvidence.put("evidence", Map.of("drawing", "approved"));
        Shop.Answer opened = shop.post("/api/gates/open", withEvidence);
        Shop.Answer again = shop.post("/api/gates/open", withEvidence);

        // Then
        assertEquals(200, opened.status(), opened.body().toString());
        assertFalse(opened.body().path("alreadyOpen").asBoolean());
        assertTrue(again.body().path("alreadyOpen").asBoolean());
        assertEquals("approved", again.body().path("evidence").path("drawing").asText());
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() ->
                assertEquals(line, shop.atWarehouse("shopify-us-7600000000005-" + line).path("lines").path(0).path("lineId").asText()));

        // and when it is closed again the request is cancelled, and made anew when it opens once more
        assertEquals(400, shop.post("/api/gates/close", opening).status(), "no gate closes without a reason");
        withEvidence.put("reason", "refund");
        assertEquals(1, shop.post("/api/gates/close", withEvidence).body().path("cancels").asInt());
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() ->
                assertEquals("cancelled", shop.atWarehouse("shopify-us-7600000000005-" + line).path("status").asText()));
        assertEquals(400, shop.post("/api/gates/extend", withEvidence).status(), "nobody extends without saying until when");
        withEvidence.put("builds", List.of(opened.body().path("build").asLong(), 999_999_999L));
        JsonNode answers = shop.post("/api/gates/open", withEvidence).body().path("gates");
        assertTrue(answers.path(0).path("open").asBoolean() && answers.path(1).path("status").asInt() == 404, answers.toString());
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() ->
                assertEquals("new", shop.atWarehouse("shopify-us-7600000000005-" + line + "-r2").path("status").asText()));
        JsonNode history = shop.get("/api/gates/history?build=" + opened.body().path("build").asLong()).body().path("decisions");
        assertEquals(List.of("opened", "closed", "opened"), history.findValuesAsText("decision"), history.toString());
        assertEquals("refund", history.path(1).path("reason").asText());
    }

    @Test
    void nobodyWithoutAKeyIsLetIn() {
        for (String path : List.of("/api/counts", "/api/holds", "/api/gates", "/api/connections", "/api/orders/x/timeline")) {
            assertEquals(401, Shop.ask(HttpRequest.newBuilder(URI.create(shop.engine.url() + path)).GET()).status(), path);
            assertEquals(401, Shop.ask(HttpRequest.newBuilder(URI.create(shop.engine.url() + path)).header("Authorization", "Bearer wrong").GET()).status(), path);
        }
        assertEquals(200, Shop.ask(HttpRequest.newBuilder(URI.create(shop.engine.url() + "/api/counts")).header("Authorization", "Bearer " + shop.token).GET()).status());
        assertEquals(303, Shop.ask(HttpRequest.newBuilder(URI.create(shop.engine.url() + "/")).GET()).status());
        assertEquals(404, Shop.ask(HttpRequest.newBuilder(URI.create(shop.sandbox.url() + "/login")).GET()).status(), "the sandbox has no console");
    }

    @Test
    void aPausedConnectionGoesOnWhenAPersonSaysSo() {
        // Given
        assertEquals(400, shop.post("/api/connections/wms/pause", Map.of()).status(), "nobody pauses without saying why");
        Shop.Answer paused = shop.post("/api/connections/wms/pause", Map.of("reason", "stocktaking"));
        assertTrue(paused.body().path("reason").asText().endsWith("stocktaking"), paused.body().toString());
        assertTrue(shop.post("/api/connections/wms/pause", Map.of("reason", "again")).body().path("wasPaused").asBoolean());

        // When somebody tests it: with a token that it does not know, while it is away, and when all is well
        shop.sandbox.post("/sandbox/settings", Map.of("wms", Map.of("token", "another")));
        JsonNode refused = shop.tests("wms");
        shop.sandbox.post("/sandbox/settings", Map.of("wms", Map.of("token", "sandbox-wms-token")));
        shop.sandbox.post("/sandbox/wms/outage", Map.of("ms", 60_000, "mode", "503"));
        JsonNode away = shop.tests("wms");
        shop.sandbox.post("/sandbox/wms/outage", Map.of("off", true));
        JsonNode accepted = shop.tests("wms");

        // Then she reads so, and it stays paused
        assertEquals("refused 401", refused.path("verdict").asText() + " " + refused.path("status").asInt(), refused.toString());
        assertTrue(refused.path("answer").asText().contains("check orderweir.connections.wms.credentials"), refused.toString());
        assertEquals("away 503", away.path("verdict").asText() + " " + away.path("status").asInt(), away.toString());
        assertEquals("accepted 200", accepted.path("verdict").asText() + " " + accepted.path("status").asInt(), accepted.toString());
        assertTrue(accepted.path("answer").asText().endsWith("stocktaking). It may be resumed."), accepted.toString());
        assertEquals("accepted", shop.tests("netsuite").path("verdict").asText());
        assertEquals(409, shop.post("/api/connections/shopify-us/test", Map.of()).status(), "it only receives");

        // When
        Shop.Answer resumed = shop.post("/api/connections/wms/resume", Map.of());

        // Then
        assertTrue(resumed.body().path("wasPaused").asBoolean(), resumed.body().toString());
        assertFalse(shop.post("/api/connections/wms/resume", Map.of()).body().path("wasPaused").asBoolean());
        assertEquals(404, shop.post("/api/connections/nobody/resume", Map.of()).status());
    }

    private static Map<String, Object> badAddress(int number) {
        return Map.of("id", 7600000000000L + number, "name", "#hold-" + number, "shipping_address", Map.of("zip", IMPOSSIBLE));
    }

    private static JsonNode held(JsonNode order) {
        AtomicReference<JsonNode> found = new AtomicReference<>();
        await().atMost(Duration.ofSeconds(40)).until(() -> {
            shop.get("/api/holds").body().path("holds").forEach(hold -> {
                if (hold.path("entityKey").asText().equals(key(order))) {
                    found.set(hold);
                }
            });
            return found.get() != null;
        });
        return found.get();
    }

    private static Shop.Answer release(JsonNode hold, Object request) {
        return shop.post("/api/holds/" + hold.path("id").asLong() + "/release", request);
    }

    private static Shop.Answer discard(JsonNode hold) {
        return shop.post("/api/holds/" + hold.path("id").asLong() + "/discard", Map.of("reason", "the buyer cannot be reached"));
    }

    private static void arrives(JsonNode order, String zip) {
        await().atMost(Duration.ofSeconds(40)).ignoreExceptions().untilAsserted(() -> {
            assertEquals(zip, shop.atErp(order).path("shippingAddress").path("zip").asText());
            assertTrue(shop.atWarehouse("shopify-us-" + order.path("id").asText()).path("shipTo").toString().contains(zip),
                    shop.atWarehouse("shopify-us-" + order.path("id").asText()).toString());
        });
    }

    private static JsonNode timeline(JsonNode order) {
        return shop.get("/api/orders/" + key(order) + "/timeline").body().path("timeline");
    }

    private static List<String> kinds(JsonNode timeline) {
        return timeline.findValuesAsText("kind");
    }

    private static long delivered(String key) {
        return shop.services.sql().number("select count(*) from orderweir.delivery d join orderweir.entity e on e.id = d.entity_id"
                + " where e.key = ? and d.state in ('delivered', 'confirmed')", key);
    }

    private static String key(JsonNode order) {
        return "shopify-us/" + order.path("id").asText();
    }
}
