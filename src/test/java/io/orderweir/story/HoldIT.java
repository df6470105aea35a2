package io.orderweir.story;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.process.Api;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
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
        shop = Shop.opens("hold", Map.of("orderweir.alerts.zone", "America/New_York"));
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
        shown(hold)
                .body("rawText", containsString(IMPOSSIBLE))
                .body("canonical." + ZIP, equalTo(IMPOSSIBLE))
                .body("answerStatus", equalTo(400))
                // the warehouse: a held order never ships
                .body("waiting", hasSize(1));

        // When
        ValidatableResponse released = release(hold, Map.of("changes", List.of(Map.of("path", ZIP, "value", "62704"))));

        // Then
        released.statusCode(200).body("by", equalTo("Ann"));
        arrives(order, "62704");
        ValidatableResponse happened = shop.given().when().get("/api/orders/" + key(order) + "/timeline").then()
                .body("timeline.kind", hasItems("captured", "planned", "call", "held", "corrected", "delivered"));
        String copied = happened.extract().path("timeline.curl.find { it != null && it.contains('/netsuite') }");
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
        // and a hold is released once
        release(hold, Map.of()).statusCode(409);
    }

    @Test
    void aGroupIsTriedLookedForAtTheTargetCorrectedAndReleasedBehindLiveOrders() {
        // Given three orders with the same mistake
        List<JsonNode> orders = IntStream.range(11, 14).mapToObj(number -> shop.sells(badAddress(number), false)).toList();
        List<JsonNode> holds = orders.stream().map(HoldIT::held).toList();
        String group = holds.get(0).path("fingerprint").asText();
        shop.given().queryParam("bin", "data").when().get("/api/holds/groups").then().rootPath("groups.find { it.fingerprint == '" + group + "' }")
                .body("holds", equalTo(3))
                .body("fix", startsWith("Correct the address"));
        arrange(group, "owner", "Bea").statusCode(200);
        shop.given().queryParam("group", group).when().get("/api/holds").then().body("holds[0].owner", equalTo("Bea"));
        Map<String, Object> correction = Map.of("path", ZIP, "value", "62704", "replaced", IMPOSSIBLE);

        // When she tries it, and looks whether the ERP has one of them already
        ValidatableResponse tried = dryRun(holds.get(0), correction);
        dryRun(holds.get(0), Map.of("path", "currency", "value", "dollars")).statusCode(422);
        ValidatableResponse looked = shop.given().body(Map.of()).when().post("/api/holds/{id}/look", holds.get(0).path("id").asLong()).then();

        // Then she is shown the request, and nothing was sent
        tried.body("requests[0].method", equalTo("PUT")).body("requests[0].body", containsString("62704"));
        looked.statusCode(200);
        await().atMost(Duration.ofSeconds(30)).until(() -> held(orders.get(0)).path("sentence").asText().matches(".* Looked for at \\S+: NetSuite does not have it\\."));
        shown(held(orders.get(0))).body("owner", equalTo("Bea"));

        // When she corrects all that have the value
        Map<String, Object> any = Map.of("path", ZIP, "value", "62704");
        work(group, Map.of("what", "fix", "changes", List.of(any), "planned", 3)).statusCode(400).body("error", containsString("Say which value of " + ZIP));
        Map<String, Object> fix = Map.of("what", "fix", "changes", List.of(correction));
        work(group, fix).statusCode(400).body("error", containsString("for how many holds"));
        plan(group, Map.of("what", "fix", "changes", List.of(any), "everywhere", true)).statusCode(200).body("changed", equalTo(3));
        plan(group, fix).statusCode(200).body("planned", equalTo(3)).body("changed", equalTo(3)).body("values.holds.sum()", equalTo(3)).body("values[0].orders", startsWith("#hold-1"));
        plan(group, Map.of("what", "fix", "changes", List.of(Map.of("path", ZIP, "value", "62704", "replaced", "nobody has it")))).body("planned", equalTo(3)).body("changed", equalTo(0));
        planned(group, Map.of("replaced", "nobody has it")).body(containsString("None of them has this value"));
        planned(group, Map.of("replaced", "")).body(containsString("None of them has this value"));
        planned(group, Map.of("replaced", IMPOSSIBLE)).body(containsString("Correct 3<"));
        planned(group, Map.of("replaced", "nobody has it", "everywhere", "true")).body(containsString("Correct 3<"));
        work(group, with(fix, "planned", 2)).statusCode(409).body("error", equalTo("It was planned for 2, and 3 are held for this cause now. Look at what it would do, and say it again."));
        ValidatableResponse started = work(group, with(fix, "planned", 3));

        // Then
        int work = started.statusCode(200).extract().path("job");
        await().atMost(Duration.ofSeconds(40)).until(() -> shop.reads("/api/holds/work/{job}", work).path("done").asInt() == 3);
        orders.forEach(order -> arrives(order, "62704"));
        assertEquals(6, shop.services.sql().number("select count(*) from orderweir.delivery d join orderweir.entity e on e.id = d.entity_id"
                + " where e.name in ('#hold-11', '#hold-12', '#hold-13') and d.state in ('delivered', 'confirmed') and d.priority = 4"));
        // and it has ended, and nothing is left
        shop.given().body(Map.of()).when().post("/api/holds/work/{job}/stop", work).then().statusCode(409);
        work(group, Map.of("what", "release", "planned", 3)).statusCode(404);
        plan(group, Map.of("what", "release")).statusCode(404);
        shop.given().accept("text/html").queryParam("group", group).when().get("/holds").then().statusCode(200).body(containsString("Nothing is held for this cause any more."));
    }

    @Test
    void aReleaseThatStillIsNoOrderIsRefusedWithASentencePerFault() {
        // Given
        JsonNode order = shop.sells(badAddress(2), false);
        JsonNode hold = held(order);

        // When
        ValidatableResponse refused = release(hold, Map.of("changes", List.of(Map.of("path", "currency", "value", "dollars"),
                Map.of("path", "shippingAddress.country", "value", "Norway"))));

        // Then
        refused.statusCode(422).body("faults", hasSize(2));
        release(hold, Map.of("changes", List.of(Map.of("path", "externalId", "value", "1")))).statusCode(422);
        release(hold, Map.of("seen", "0.0")).statusCode(409);
        release(hold, Map.of("changes", List.of(Map.of("value", "1")))).statusCode(400);
        shop.given().body(Map.of()).when().post("/api/holds/999999999/release").then().statusCode(404);
        assertEquals(hold.path("id"), held(order).path("id"), "nothing has changed");
        discard(hold, Map.of("reason", "the buyer cannot be reached")).statusCode(200);
    }

    @Test
    void whoRunsTheDayCorrectsAddressesAndNotWhatIsPaid() {
        // Given an operator
        shop.given().body(Map.of("name", "Olga", "role", "operator")).when().post("/api/people").then().statusCode(200);
        String olga = shop.given().body(Map.of("label", "tests", "days", 1)).when().post("/api/people/Olga/tokens").then().statusCode(200).extract().path("token");
        JsonNode order = shop.sells(badAddress(34), false);
        JsonNode hold = held(order);
        String group = hold.path("fingerprint").asText();
        Map<String, Object> price = Map.of("path", "totalPrice", "value", "0.01", "replaced", "1.00");

        // When she changes a price or a quantity, of one order or of all; or writes a whole line
        for (Map<String, ?> paid : List.of(Map.of("path", "totalPrice", "value", "0.01"), Map.of("path", "lineItems[0].quantity", "value", 1_000), Map.of("path", "currency", "value", "EUR"),
                Map.of("path", "lineItems[0]", "value", Map.of("sku", "FREE", "quantity", 1)))) {
            as(olga).body(Map.of("changes", List.of(paid))).when().post("/api/holds/{id}/release", hold.path("id").asLong()).then()
                    .statusCode(403).body("error", containsString("only an admin corrects it here"));
        }
        as(olga).body(Map.of("group", group, "what", "fix", "changes", List.of(price), "planned", 1)).when().post("/api/holds/work").then().statusCode(403);
        // but may look what it would do: nothing, where the order would not add up any more
        as(olga).body(Map.of("changes", List.of(Map.of("path", "currency", "value", "EUR")))).when().post("/api/holds/{id}/dry-run", hold.path("id").asLong()).then().statusCode(200);
        as(olga).body(Map.of("changes", List.of(Map.of("path", "totalPrice", "value", "0.01")))).when().post("/api/holds/{id}/dry-run", hold.path("id").asLong()).then()
                .statusCode(422).body("error", containsString("0.01"));

        // Then nothing has changed, and the address is hers
        assertEquals(hold.path("id"), held(order).path("id"));
        as(olga).body(Map.of("changes", List.of(Map.of("path", ZIP, "value", "62704")))).when().post("/api/holds/{id}/release", hold.path("id").asLong()).then().statusCode(200);
        arrives(order, "62704");
        // and whoever comes too late with another one is told who was there, and with what
        release(hold, Map.of("changes", List.of(Map.of("path", ZIP, "value", "97201")))).statusCode(409)
                .body("error", allOf(startsWith("It was closed at "), containsString(" by Olga: released with a correction (shippingAddress.zipCodeOrPostalCode: 62704). What you said was not done.")));
    }

    @Test
    void aDiscardedOrderNeverShips() {
        // Given
        JsonNode order = shop.sells(badAddress(3), false);
        JsonNode hold = held(order);

        // When
        discard(hold, Map.of()).statusCode(400);
        ValidatableResponse discarded = discard(hold, Map.of("reason", "the buyer cannot be reached"));

        // Then
        discarded.statusCode(200).body("discardedWithIt", equalTo(1));
        assertEquals(0, shop.services.sql().number("select count(*) from orderweir.delivery d join orderweir.entity e on e.id = d.entity_id"
                + " where e.key = ? and d.state <> 'discarded'", key(order)));
        shop.given().when().get("/api/counts").then().body("l1.balanced", equalTo(true));
    }

    @Test
    void whatWasDiscardedIsTakenUpAgainAsItsOrderStandsNow() {
        // Given an order that somebody gave up, and put right in the shop
        JsonNode order = shop.sells(badAddress(31), false);
        JsonNode hold = held(order);
        discard(hold, Map.of("reason", "it looked like a joke")).statusCode(200);
        JsonNode open = held(shop.sells(badAddress(32), false));
        takeUp(open).statusCode(409).body("error", containsString("was not discarded: it is open"));
        discard(open, Map.of("reason", "it was only asked")).statusCode(200);
        shop.given().when().get("/api/holds/discarded").then().rootPath("discarded.find { it.id == " + hold.path("id") + " }")
                .body("why", equalTo("it looked like a joke")).body("by", equalTo("Ann")).body("price", notNullValue());
        shop.given().accept("text/html").when().get("/holds/discarded").then().body(containsString("it looked like a joke")).body(containsString("Take up again"));

        // When it is taken up again
        ValidatableResponse taken = takeUp(hold);

        // Then the target refuses it as before, because it is as it was; put right, it goes where it was to go, and who could take it twice is asked first
        taken.statusCode(200).body("planned", equalTo(2)).body("answer", containsString("2 deliveries planned"));
        takeUp(hold).statusCode(409).body("error", containsString("It was taken up again at"));
        JsonNode again = held(order);
        release(again, Map.of("changes", List.of(Map.of("path", ZIP, "value", "62704")))).statusCode(200);
        arrives(order, "62704");
        await().atMost(Duration.ofSeconds(20)).until(() -> shop.services.sql().number("select count(*) from orderweir.delivery d join orderweir.entity e on e.id = d.entity_id where e.key = ? and d.state in ('delivered', 'confirmed')", key(order)) == 2);
        assertEquals(List.of("find", "create"), shop.services.sql().rows("select c.verb from orderweir.delivery d join orderweir.entity e on e.id = d.entity_id"
                + " join orderweir.call_item i on i.delivery_id = d.id join orderweir.call_log c on c.id = i.call_id and c.ended_at = i.ended_at"
                + " where e.key = ? and d.connection = 'wms' order by c.called_at", key(order)).stream().map(row -> row.get("verb")).toList());
        shop.given().when().get("/api/holds/discarded").then().body("discarded.id", not(hasItems(hold.path("id").asInt())));
        assertEquals(1, shop.services.sql().number("select count(*) from orderweir.audit where action = 'hold.take-up' and by = 'Ann'"));
        shop.given().when().get("/api/counts").then().body("l1.balanced", equalTo(true));
    }

    @Test
    void aDiscardedOrderThatWasCancelledSinceIsSentToNobody() {
        // Given
        JsonNode order = shop.sells(badAddress(33), false);
        JsonNode hold = held(order);
        discard(hold, Map.of("reason", "the buyer cannot be reached")).statusCode(200);
        shop.sells(Map.of("id", order.path("id").asLong(), "cancelled_at", order.path("updated_at").asText()), false);
        await().atMost(Duration.ofSeconds(30)).until(() -> shop.services.sql().number("select count(*) from orderweir.message m join orderweir.entity e on e.id = m.entity_id where e.key = ?", key(order)) == 2);

        // When
        takeUp(hold).statusCode(409).body("error", containsString("there is nothing left to take up"));
        shop.given().when().get("/api/holds/discarded").then().body("discarded.find { it.id == " + hold.path("id") + " }.open", equalTo(false));

        // Then
        assertEquals(0, shop.services.sql().number("select count(*) from orderweir.delivery d join orderweir.entity e on e.id = d.entity_id where e.key = ? and d.state not in ('discarded', 'superseded')", key(order)));
    }

    @Test
    void aDiscardedEventThatIsNoOrderIsInTheBinAgainAsOldAsItWas() throws Exception {
        // Given
        shop.sends("<order>no JSON either</order>".getBytes(StandardCharsets.UTF_8));
        AtomicReference<JsonNode> found = new AtomicReference<>();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            shop.reads("/api/holds").path("holds").forEach(hold -> found.set(hold.path("reason").asText().equals("not-json") && hold.path("delivery").isNull() ? hold : found.get()));
            return found.get() != null;
        });
        discard(found.get(), Map.of("reason", "rubbish")).statusCode(200);

        // When
        takeUp(found.get()).statusCode(200).body("answer", containsString("it is in the Error Hold bin"));

        // Then
        JsonNode again = shop.reads("/api/holds").path("holds").findParents("message").stream().filter(hold -> hold.path("message").equals(found.get().path("message"))).findFirst().orElseThrow();
        assertEquals(found.get().path("openedAt"), again.path("openedAt"));
        discard(again, Map.of("reason", "it was rubbish after all")).statusCode(200);
        shop.given().when().get("/api/counts").then().body("l1.balanced", equalTo(true));
    }

    @Test
    void anEventThatIsNoOrderIsReleasedWithADocumentWrittenByHand() throws Exception {
        // Given
        shop.sends("<order>not JSON</order>".getBytes(StandardCharsets.UTF_8));
        AtomicReference<JsonNode> found = new AtomicReference<>();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            shop.reads("/api/holds").path("holds").forEach(hold -> {
                if (hold.path("reason").asText().equals("not-json")) {
                    found.set(hold);
                }
            });
            return found.get() != null;
        });
        // trying again does not make it JSON
        release(found.get(), Map.of()).statusCode(422);

        // When
        JsonNode document = JSON.readTree("""
                {"schemaVersion":1,"externalId":"7700000000001","name":"#by-hand-1","updatedAt":"2026-11-27T05:00:00.000Z","createdAt":"2026-11-27T05:00:00.000Z",
                 "status":"open","currency":"USD","totalPrice":"10.00","shippingAddress":{"firstName":"A","lastName":"B","address1":"1 Main St","city":"Springfield",
                 "country":"US","stateOrProvince":"IL","zipCodeOrPostalCode":"62704"},
                 "lineItems":[{"id":"1","sku":"SKU-1","name":"Thing","quantity":1,"unitPrice":"10.00","requiresShipping":true}]}""");
        ValidatableResponse released = release(found.get(), Map.of("document", document));

        // Then
        released.statusCode(200).body("planned", equalTo(2));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() ->
                assertEquals(2, delivered("shopify-us/7700000000001"), shop.reads("/api/orders/shopify-us/7700000000001/timeline").toPrettyString()));
    }

    @Test
    void anOrderWithAnInvalidCurrencyIsReleasedWithThatFieldCorrected() {
        // Given
        JsonNode order = shop.sells(Map.of("id", 7600000000004L, "name", "#hold-4", "currency", "dollars"), false);
        JsonNode hold = held(order);
        assertEquals("currency", hold.path("path").asText(), hold.toString());

        // When
        ValidatableResponse released = release(hold, Map.of("changes", List.of(Map.of("path", "currency", "value", "USD"))));

        // Then
        released.statusCode(200);
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
        ValidatableResponse refused = release(hold, Map.of("document", Map.of("schemaVersion", 1, "externalId", "7700000000702", "productType", "Table")));
        ValidatableResponse released = release(hold, Map.of("document", Map.of("schemaVersion", 1, "externalId", "7700000000702", "productType", "Table",
                "updatedAt", "2026-11-27T05:00:00.000Z")));

        // Then
        refused.statusCode(422);
        released.statusCode(200);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEquals(List.of("7700000000701 Made to order: noted product type Made to order",
                "7700000000702 Table: noted product type Table"), shop.services.sql().rows("""
                select p.product_id || ' ' || p.product_type || ': ' || m.state || ' ' || m.reason as known
                from orderweir.product p
                join orderweir.entity e on e.type = 'product' and e.key = p.connection || '/' || p.product_id
                join orderweir.message m on m.id = e.message_id
                order by 1""").stream().map(row -> (String) row.get("known")).toList()));
        shop.given().when().get("/api/counts").then().body("l1.balanced", equalTo(true));
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
            shop.reads("/api/gates").path("gates").forEach(one -> {
                if (one.path("entityKey").asText().equals(key(order))) {
                    gate.set(one);
                }
            });
            return gate.get() != null;
        });
        String line = gate.get().path("line").asText();
        assertEquals("wms", gate.get().path("asks").path(0).asText(), gate.get().toString());
        Map<String, Object> opening = Map.of("order", "hold-5", "line", line, "gate", gate.get().path("gate").asText());

        // and a deadline is meant where people read the clock
        String page = "/gates/" + gate.get().path("build") + "/" + gate.get().path("gate").asText();
        shop.given().accept("text/html").when().get(page).then().body(containsString("Until (America/New_York)"));
        shop.given().contentType("application/x-www-form-urlencoded").accept("text/html").formParam("due", "2031-07-01T09:00").formParam("reason", "the buyer thinks about it").when().post(page + "/extend").then().statusCode(303);
        assertEquals("2031-07-01T13:00:00.000Z", shop.services.sql().text("select orderweir.utc(due_at) from orderweir.gate where build_id = ? and name = ?",
                gate.get().path("build").asLong(), gate.get().path("gate").asText()));

        // When
        gate("open", opening).statusCode(400);
        gate("open", Map.of("order", "#no-such", "line", line, "gate", "release", "evidence", "x")).statusCode(404);
        Map<String, Object> withEvidence = new HashMap<>(opening);
        withEvidence.put("evidence", Map.of("drawing", "approved"));
        ValidatableResponse opened = gate("open", withEvidence);
        ValidatableResponse again = gate("open", withEvidence);

        // Then
        opened.statusCode(200).body("alreadyOpen", equalTo(false));
        again.body("alreadyOpen", equalTo(true)).body("evidence.drawing", equalTo("approved"));
        int build = opened.extract().path("build");
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() ->
                assertEquals(line, shop.atWarehouse("shopify-us-7600000000005-" + line).path("lines").path(0).path("lineId").asText()));

        // and when it is closed again the request is cancelled, and made anew when it opens once more
        gate("close", opening).statusCode(400);
        withEvidence.put("reason", "refund");
        gate("close", withEvidence).body("cancels", equalTo(1));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() ->
                assertEquals("cancelled", shop.atWarehouse("shopify-us-7600000000005-" + line).path("status").asText()));
        // nobody extends without saying until when
        gate("extend", withEvidence).statusCode(400);
        withEvidence.put("builds", List.of(build, 999_999_999L));
        gate("open", withEvidence).body("gates[0].open", equalTo(true)).body("gates[1].status", equalTo(404));
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() ->
                assertEquals("new", shop.atWarehouse("shopify-us-7600000000005-" + line + "-r2").path("status").asText()));
        shop.given().queryParam("build", build).when().get("/api/gates/history").then()
                .body("decisions.decision", contains("extended", "opened", "closed", "opened"))
                .body("decisions[2].reason", equalTo("refund"));
    }

    @Test
    void nobodyWithoutAKeyIsLetIn() {
        for (String path : List.of("/api/counts", "/api/holds", "/api/gates", "/api/connections", "/api/orders/x/timeline")) {
            Api.at(shop.engine.url()).when().get(path).then().statusCode(401);
            Api.at(shop.engine.url(), "wrong").when().get(path).then().statusCode(401);
        }
        shop.given().when().get("/api/counts").then().statusCode(200);
        Api.at(shop.engine.url()).when().get("/").then().statusCode(303);
        // and the sandbox has no console
        Api.at(shop.sandbox.url()).when().get("/login").then().statusCode(404);
    }

    @Test
    void aPausedConnectionGoesOnWhenAPersonSaysSo() {
        // Given
        pause(Map.of()).statusCode(400);
        pause(Map.of("reason", "stocktaking")).body("reason", endsWith("stocktaking"));
        pause(Map.of("reason", "again")).body("wasPaused", equalTo(true));

        // When somebody tests it: with a token that it does not know, while it is away, and when all is well
        shop.sandbox.post("/sandbox/settings", Map.of("wms", Map.of("token", "another")));
        ValidatableResponse refused = shop.tests("wms");
        shop.sandbox.post("/sandbox/settings", Map.of("wms", Map.of("token", "sandbox-wms-token")));
        shop.sandbox.post("/sandbox/wms/outage", Map.of("ms", 60_000, "mode", "503"));
        ValidatableResponse away = shop.tests("wms");
        shop.sandbox.post("/sandbox/wms/outage", Map.of("off", true));
        ValidatableResponse accepted = shop.tests("wms");

        // Then she reads so, and it stays paused
        refused.body("verdict", equalTo("refused")).body("status", equalTo(401)).body("answer", containsString("check orderweir.connections.wms.credentials"));
        away.body("verdict", equalTo("away")).body("status", equalTo(503));
        accepted.body("verdict", equalTo("accepted")).body("status", equalTo(200)).body("answer", endsWith("stocktaking). It may be resumed."));
        shop.tests("netsuite").body("verdict", equalTo("accepted"));
        // the store only sends
        shop.tests("shopify-us").statusCode(409);

        // When
        ValidatableResponse resumed = resume("wms");

        // Then
        resumed.body("wasPaused", equalTo(true));
        resume("wms").body("wasPaused", equalTo(false));
        resume("nobody").statusCode(404);
    }

    private static Map<String, Object> badAddress(int number) {
        return Map.of("id", 7600000000000L + number, "name", "#hold-" + number, "shipping_address", Map.of("zip", IMPOSSIBLE, "country", "United States", "country_code", "US"));
    }

    private static JsonNode held(JsonNode order) {
        AtomicReference<JsonNode> found = new AtomicReference<>();
        await().atMost(Duration.ofSeconds(40)).until(() -> {
            shop.reads("/api/holds").path("holds").forEach(hold -> {
                if (hold.path("entityKey").asText().equals(key(order))) {
                    found.set(hold);
                }
            });
            return found.get() != null;
        });
        return found.get();
    }

    private static ValidatableResponse shown(JsonNode hold) {
        return shop.given().when().get("/api/holds/{id}", hold.path("id").asLong()).then().statusCode(200);
    }

    private static ValidatableResponse release(JsonNode hold, Object request) {
        return shop.given().body(request).when().post("/api/holds/{id}/release", hold.path("id").asLong()).then();
    }

    private static ValidatableResponse discard(JsonNode hold, Object request) {
        return shop.given().body(request).when().post("/api/holds/{id}/discard", hold.path("id").asLong()).then();
    }

    private static RequestSpecification as(String token) {
        return Api.at(shop.engine.url(), token);
    }

    private static ValidatableResponse takeUp(JsonNode hold) {
        return shop.given().body(Map.of()).when().post("/api/holds/{id}/take-up", hold.path("id").asLong()).then();
    }

    private static ValidatableResponse dryRun(JsonNode hold, Map<String, Object> change) {
        return shop.given().body(Map.of("changes", List.of(change))).when().post("/api/holds/{id}/dry-run", hold.path("id").asLong()).then();
    }

    private static ValidatableResponse arrange(String group, String what, String value) {
        return shop.given().body(Map.of("group", group, "what", what, "value", value)).when().post("/api/holds/groups/arrange").then();
    }

    private static ValidatableResponse work(String group, Map<String, Object> request) {
        return shop.given().body(with(request, "group", group)).when().post("/api/holds/work").then();
    }

    private static ValidatableResponse plan(String group, Map<String, Object> request) {
        return shop.given().body(with(request, "group", group)).when().post("/api/holds/plan").then();
    }

    /** As the form of the page asks. */
    private static ValidatableResponse planned(String group, Map<String, String> form) {
        return shop.given().contentType("application/x-www-form-urlencoded").accept("text/html").formParams(form).formParam("group", group).formParam("what", "fix")
                .formParam("path", ZIP).formParam("value", "62704").when().post("/holds/group/plan").then().statusCode(200);
    }

    private static Map<String, Object> with(Map<String, Object> request, String name, Object value) {
        Map<String, Object> more = new HashMap<>(request);
        more.put(name, value);
        return more;
    }

    private static ValidatableResponse gate(String verb, Map<String, Object> request) {
        return shop.given().body(request).when().post("/api/gates/{verb}", verb).then();
    }

    private static ValidatableResponse pause(Map<String, Object> request) {
        return shop.given().body(request).when().post("/api/connections/wms/pause").then();
    }

    private static ValidatableResponse resume(String connection) {
        return shop.given().when().post("/api/connections/{connection}/resume", connection).then();
    }

    private static void arrives(JsonNode order, String zip) {
        await().atMost(Duration.ofSeconds(40)).ignoreExceptions().untilAsserted(() -> {
            assertEquals(zip, shop.atErp(order).path("shippingAddress").path("zip").asText());
            assertTrue(shop.atWarehouse("shopify-us-" + order.path("id").asText()).path("shipTo").toString().contains(zip),
                    shop.atWarehouse("shopify-us-" + order.path("id").asText()).toString());
        });
    }

    private static long delivered(String key) {
        return shop.services.sql().number("select count(*) from orderweir.delivery d join orderweir.entity e on e.id = d.entity_id"
                + " where e.key = ? and d.state in ('delivered', 'confirmed')", key);
    }

    private static String key(JsonNode order) {
        return "shopify-us/" + order.path("id").asText();
    }
}
