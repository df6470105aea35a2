package io.orderweir.connector;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orderweir.process.Sandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox as a process of its own, seen only through its doors. */
class SandboxIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static String url;

    @BeforeEach
    void forget() {
        url = Sandbox.shared().url();
    }

    @Test
    void anOrderIsUpsertedClosedAndFoundLateByTwentyToAHundredAndTwentyMs() throws Exception {
        // Given
        long sentAt = System.nanoTime();

        // When
        HttpResponse<String> created = netsuite("PUT", "eid:shopify-us-1?replace=item", order("SKU-1", "40202"), 5);

        // Then
        assertEquals(204, created.statusCode(), created.body());
        assertTrue(System.nanoTime() - sentAt >= 20_000_000L);
        assertTrue(created.headers().firstValue("Location").orElse("").startsWith(url + "/netsuite/services/rest/record/v1/salesOrder/"));
        assertEquals(204, netsuite("PUT", "eid:shopify-us-1", order("SKU-1", "40202"), 5).statusCode());
        assertEquals(2, get("/sandbox/netsuite/records/shopify-us-1").path("item").path("items").size());
        assertEquals(204, netsuite("PATCH", "eid:shopify-us-1?replace=item", """
                {"item":{"items":[{"item":{"externalId":"SKU-1"},"isClosed":true}]}}""", 5).statusCode());
        assertTrue(JSON.readTree(netsuite("GET", "eid:shopify-us-1", "", 5).body()).path("closed").asBoolean());
        assertEquals(404, netsuite("GET", "eid:shopify-us-2", "", 5).statusCode());
        JsonNode page = JSON.readTree(HTTP.send(request("GET", "?limit=1", "", 5), HttpResponse.BodyHandlers.ofString()).body());
        assertEquals("1 of 1", page.path("count").asInt() + " of " + page.path("totalResults").asInt(), page.toString());
        assertEquals(400, netsuite("GET", "?limit=0", "", 5).statusCode());
        assertEquals(404, netsuite("PATCH", "eid:shopify-us-2", "{\"memo\":\"x\"}", 5).statusCode());
    }

    @Test
    void anImpossiblePostalCodeIsRefusedAndNamed() throws Exception {
        HttpResponse<String> refused = netsuite("PUT", "eid:shopify-us-1?replace=item", order("SKU-1", "ÅÅ-?"), 5);
        assertEquals(400, refused.statusCode());
        JsonNode detail = JSON.readTree(refused.body()).path("o:errorDetails").path(0);
        assertEquals("shippingAddress.zip", detail.path("o:errorPath").asText());
        assertTrue(detail.path("detail").asText().contains("'ÅÅ-?'"));
        assertEquals(1, get("/sandbox/report").path("netsuite").path("refused").path("validation").asInt());
    }

    @Test
    void aWrongSignatureIsRefused() throws Exception {
        HttpRequest wrong = HttpRequest.newBuilder(record("eid:a")).header("Authorization", "OAuth realm=\"1234567\"").GET().build();
        assertEquals(401, HTTP.send(wrong, HttpResponse.BodyHandlers.ofString()).statusCode());
        assertEquals(1, get("/sandbox/report").path("netsuite").path("refused").path("auth").asInt());
    }

    @Test
    void theCallOverTheWindowsLimitIsRefused() throws Exception {
        post("/sandbox/settings", "{\"netsuite\":{\"limit\":5,\"windowMs\":60000,\"latencyMaxMs\":20}}");
        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            answers.add(netsuite("GET", "eid:none", "", 5).statusCode());
        }
        assertEquals(List.of(404, 404, 404, 404, 404, 429, 429), answers);
        JsonNode report = get("/sandbox/report").path("netsuite");
        assertEquals(7, report.path("mostInAnyWindow").asInt());
        assertEquals(2, report.path("refused").path("limitWindow").asInt());
    }

    @Test
    void theCallOverTheConcurrencyLimitIsRefused() throws Exception {
        post("/sandbox/settings", "{\"netsuite\":{\"concurrency\":3,\"latencyMinMs\":1000,\"latencyMaxMs\":1000}}");
        List<CompletableFuture<Integer>> calls = IntStream.range(0, 5).mapToObj(i -> CompletableFuture.supplyAsync(
                () -> status(() -> netsuite("GET", "eid:none", "", 10)), Executors.newCachedThreadPool())).toList();
        assertEquals(2, calls.stream().map(CompletableFuture::join).filter(status -> status == 429).count());
        JsonNode report = get("/sandbox/report").path("netsuite");
        assertEquals(5, report.path("mostAtOnce").asInt());
        assertEquals(2, report.path("refused").path("limitConcurrency").asInt());
    }

    @Test
    void hundredsOfCallsMeetSilenceAtOnceAndTheWorkIsDone() throws Exception {
        // Given
        post("/sandbox/settings", "{\"netsuite\":{\"commitThenSilence\":1,\"limit\":0,\"concurrency\":0}}");

        // When
        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 300)
                .mapToObj(i -> HTTP.sendAsync(request("PUT", "eid:silent-" + i + "?replace=item", order("SKU-1", "1"), 60), HttpResponse.BodyHandlers.ofString()))
                .toList();

        // Then
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertEquals(300, get("/sandbox/report").path("netsuite").path("distinct").asInt()));
        JsonNode report = get("/sandbox/report").path("netsuite");
        assertEquals(300, report.path("openNow").asInt());
        assertEquals(300, report.path("lostReplies").asInt());
        assertTrue(calls.stream().noneMatch(CompletableFuture::isDone));
        post("/sandbox/settings", "{\"netsuite\":{\"commitThenSilence\":0}}");
        assertEquals(404, netsuite("GET", "eid:none", "", 5).statusCode());
        calls.forEach(call -> call.cancel(true));
    }

    @Test
    void silenceThenCommitCommitsAfterTheCallerHasGone() throws Exception {
        // Given
        post("/sandbox/settings", "{\"netsuite\":{\"silenceThenCommit\":1,\"settleMs\":1500}}");

        // When
        assertThrows(HttpTimeoutException.class, () -> netsuite("PUT", "eid:late?replace=item", order("SKU-1", "1"), 1));

        // Then
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertEquals(200, raw("/sandbox/netsuite/records/late").statusCode()));
        assertEquals(0, get("/sandbox/report").path("netsuite").path("openNow").asInt());
    }

    @Test
    void aResetClosesTheConnectionAfterTheCommit() throws Exception {
        post("/sandbox/settings", "{\"netsuite\":{\"reset\":1}}");
        assertThrows(IOException.class, () -> netsuite("PUT", "eid:reset?replace=item", order("SKU-1", "1"), 5));
        assertEquals(200, raw("/sandbox/netsuite/records/reset").statusCode());
    }

    @Test
    void duringAnOutageNothingIsCommittedAndNoLimitIsBlamed() throws Exception {
        // Given
        post("/sandbox/netsuite/outage", "{\"ms\":60000}");

        // When
        assertThrows(IOException.class, () -> netsuite("PUT", "eid:down?replace=item", order("SKU-1", "1"), 5));

        // Then
        post("/sandbox/netsuite/outage", "{\"off\":true}");
        assertEquals(404, netsuite("GET", "eid:down", "", 5).statusCode());
        JsonNode report = get("/sandbox/report").path("netsuite");
        assertTrue(report.path("outageArrivals").asInt() >= 1);
        assertEquals(1, report.path("mostInAnyWindow").asInt());
        assertEquals(1, report.path("outages").size());
        post("/sandbox/netsuite/outage", "{\"ms\":60000,\"mode\":\"503\"}");
        assertEquals(503, netsuite("GET", "eid:down", "", 5).statusCode());
    }

    @Test
    void theWarehouseRefusesASecondReferenceAndAChangeAfterPicking() throws Exception {
        String request = """
                {"reference":"r-1","orderName":"#1","shipTo":{"address1":"Mill Road 1","city":"Leeds","country":"GB"},
                 "lines":[{"lineId":"11","sku":"SKU-1","quantity":1}]}""";
        HttpResponse<String> created = wms("POST", "", request);
        assertEquals(201, created.statusCode(), created.body());
        assertEquals(409, wms("POST", "", request).statusCode());
        String id = "/" + JSON.readTree(created.body()).path("id").asText();
        assertEquals(200, wms("PUT", id, request).statusCode());
        assertEquals(1, JSON.readTree(wms("GET", "?reference=r-1", "").body()).path("fulfilments").size());
        post("/sandbox/wms/pick", "{\"reference\":\"r-1\"}");
        assertEquals("{\"error\":\"ALREADY_PICKED\"}", wms("PUT", id, request).body());
        assertEquals(409, wms("POST", id + "/cancel", "").statusCode());
        HttpResponse<String> invalid = wms("POST", "", request.replace("SKU-1", "SKU-999").replace("r-1", "r-2"));
        assertEquals(422, invalid.statusCode());
        assertEquals("lines[0].sku", JSON.readTree(invalid.body()).path("fields").path(0).path("path").asText());
        assertEquals(404, wms("PUT", "/F-99", request).statusCode());
    }

    @Test
    void theShopSignsRepeatsAndNeverGivesUpBeforeItIsAnswered() throws Exception {
        // Given a door that refuses every webhook once
        Map<String, Integer> tries = new ConcurrentHashMap<>();
        HttpServer door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.setExecutor(Executors.newFixedThreadPool(8));
        door.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String family = exchange.getRequestHeaders().containsKey("X-Shopify-Hmac-Sha256") ? "X-Shopify-" : "shopify-";
            boolean signed = hmac("hush", body).equals(exchange.getRequestHeaders().getFirst(family + "Hmac-Sha256"));
            String id = exchange.getRequestHeaders().getFirst(family + "Webhook-Id");
            int status = !signed ? 401 : tries.merge(id, 1, Integer::sum) == 1 ? 503 : 202;
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        door.start();
        String target = "http://127.0.0.1:" + door.getAddress().getPort() + "/capture/shopify/shopify-us";

        // When
        post("/sandbox/shopify/traffic", "{\"target\":\"" + target + "\",\"secret\":\"hush\",\"orders\":100,\"connections\":8,\"badAddressAt\":60,"
                + "\"followUpAfterMs\":[10,500],\"retryAfterMs\":[10,100]}");

        // Then
        await().atMost(Duration.ofSeconds(60)).until(() -> get("/sandbox/shopify/traffic").path("done").asBoolean());
        JsonNode shop = get("/sandbox/report?full=true").path("shopify");
        assertEquals(100, shop.path("answered2xx").asInt(), shop.path("webhooks").toString());
        assertEquals(0, shop.path("uncertain").asInt());
        assertTrue(shop.path("webhooks").path("answered503").asInt() >= 100);
        assertEquals(0, shop.path("webhooks").path("answered401").asInt());
        assertEquals("#60", shop.path("list").path(59).path("name").asText());
        assertTrue(shop.path("list").path(59).path("bad").asBoolean());
        JsonNode single = post("/sandbox/shopify/orders", "{\"target\":\"" + target + "\",\"secret\":\"hush\",\"webhookId\":\"w-1\","
                + "\"order\":{\"note\":\"x\",\"line_items\":[{\"sku\":\"BTO-1\",\"quantity\":2}]}}");
        assertEquals(503, single.path("status").asInt());
        assertEquals("BTO-1", single.path("order").path("line_items").path(0).path("sku").asText());
        door.stop(0);
    }

    @Test
    void theFactoryBooksOncePerKeyAndReferenceAndTellsWhatItBuilt() throws Exception {
        // Given a door for its calls
        List<String> told = new CopyOnWriteArrayList<>();
        String target = door(exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String signed = exchange.getRequestHeaders().getFirst("webhook-id") + "." + exchange.getRequestHeaders().getFirst("webhook-timestamp") + ".";
            String signature = "v1," + hmac("sandbox-factory-callbacks", (signed + new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
            boolean ours = signature.equals(exchange.getRequestHeaders().getFirst("webhook-signature"));
            told.add(ours ? JSON.readTree(body).path("type").asText() : "forged");
            return ours ? 202 : 401;
        });
        post("/sandbox/settings", "{\"factory\":{\"slots\":1,\"duplicates\":0,\"late\":0,\"target\":\"" + target + "\"}}");
        String today = JSON.readTree(factory("GET", "/capacity?productLine=BTO", "", "").body()).path("today").asText();
        String order = """
                {"reference":"r-1","order":"#1","line":"11","sku":"BTO-1","quantity":1,"day":"%s","productLine":"BTO","configuration":[]}""".formatted(today);

        // When
        HttpResponse<String> created = factory("POST", "/work-orders", "k-1", order);

        // Then
        assertEquals(201, created.statusCode(), created.body());
        assertEquals(created.body(), factory("POST", "/work-orders", "k-1", order).body());
        assertEquals("{\"code\":\"key-missing\"}", factory("POST", "/work-orders", "", order).body());
        assertEquals("{\"code\":\"key-reused\"}", factory("POST", "/work-orders", "k-1", order.replace("#1", "#2")).body());
        assertEquals("{\"code\":\"duplicate-reference\",\"id\":\"WO-000001\"}", factory("POST", "/work-orders", "k-2", order).body());
        assertEquals("{\"code\":\"no-capacity\",\"day\":\"" + today + "\"}", factory("POST", "/work-orders", "k-3", order.replace("r-1", "r-2")).body());
        assertEquals("day", JSON.readTree(factory("PUT", "/work-orders/WO-000001", "", order).body()).at("/fields/0/path").asText());
        assertEquals("{\"code\":\"in-production\"}",
                factory("PUT", "/work-orders/WO-000001", "", order.replace("\"day\":\"" + today + "\",", "")).body());
        assertEquals(404, factory("GET", "/work-orders/WO-000001", "", "").statusCode());
        assertEquals(400, factory("GET", "/capacity", "", "").statusCode());
        assertEquals(1, JSON.readTree(factory("GET", "/work-orders?reference=r-1", "", "").body()).path("workOrders").size());
        post("/sandbox/factory/day", "{\"days\":1}");
        assertEquals("{\"code\":\"built\"}", factory("POST", "/work-orders/WO-000001/cancel", "", "").body());
        await().untilAsserted(() -> assertEquals(List.of("work-order.built", "work-order.scheduled"), told.stream().sorted().toList()));
        JsonNode report = get("/sandbox/report").path("factory");
        assertEquals(1, report.path("mostOnAnyDay").asInt());
        assertEquals(1, report.path("repeated").asInt());
        assertEquals(1, report.path("refused").path("no-capacity").asInt());
        assertEquals("built", get("/sandbox/factory/records/r-1").path("status").asText());
    }

    @Test
    void theFactoryCommitsInSilenceAndAnswersTheSameKeyLater() throws Exception {
        // Given
        post("/sandbox/settings", "{\"factory\":{\"commitThenSilence\":1}}");
        String today = get("/sandbox/report").path("factory").path("today").asText();
        String order = """
                {"reference":"r-1","order":"#1","line":"11","sku":"BTO-1","quantity":1,"day":"%s","productLine":"BTO","configuration":[]}""".formatted(today);

        // When
        assertThrows(HttpTimeoutException.class, () -> factory("POST", "/work-orders", "k-1", order));

        // Then
        post("/sandbox/settings", "{\"factory\":{\"commitThenSilence\":0}}");
        assertEquals(201, factory("POST", "/work-orders", "k-1", order).statusCode());
        assertEquals(1, get("/sandbox/report").path("factory").path("distinct").asInt());
        post("/sandbox/factory/outage", "{\"ms\":60000,\"mode\":\"503\"}");
        assertEquals("{\"code\":\"unavailable\"}", factory("GET", "/capacity?productLine=BTO", "", "").body());
    }

    @Test
    void theDeskDrawsInItsOwnTimeAndDropsTheFile(@TempDir Path directory) throws Exception {
        // Given
        post("/sandbox/settings", "{\"design\":{\"drawMs\":10,\"directory\":\"" + directory + "\"}}");
        String request = "{\"reference\":\"r-1\",\"order\":\"#1\",\"line\":\"11\",\"sku\":\"BTO-1\",\"configuration\":[]}";

        // When
        HttpResponse<String> created = partner("design", "POST", "/requests", "", request);

        // Then
        assertEquals("{\"id\":\"DR-000001\",\"reference\":\"r-1\",\"status\":\"open\"}", created.body());
        assertEquals("{\"code\":\"duplicate-reference\",\"id\":\"DR-000001\"}", partner("design", "POST", "/requests", "", request).body());
        await().until(() -> Files.exists(directory.resolve("approved/r-1_A.step")));
        assertTrue(Files.readString(directory.resolve("approved/r-1_A.step.sha256")).endsWith("  r-1_A.step\n"));
        assertEquals("r-1_B.step", post("/sandbox/design/drawings", "{\"reference\":\"r-1\",\"folder\":\"proposed\"}").path("file").asText());
        assertTrue(Files.exists(directory.resolve("proposed/r-1_B.step")));
        post("/sandbox/design/drawings", "{\"reference\":\"r-1\",\"revision\":\"B\"}");
        assertEquals(Files.readString(directory.resolve("proposed/r-1_B.step")), Files.readString(directory.resolve("approved/r-1_B.step")));
        assertEquals(200, partner("design", "POST", "/requests/DR-000001/cancel", "", "").statusCode());
        assertEquals("{\"requests\":[]}", partner("design", "GET", "/requests?reference=r-1", "", "").body());
        assertEquals(3, get("/sandbox/report").path("design").path("dropped").asInt());
    }

    @Test
    void stripeTellsWhatWasPaidAndATestCanForgeIt() throws Exception {
        // Given a door that believes only what is signed and fresh
        List<String> told = new CopyOnWriteArrayList<>();
        String target = door(exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String header = exchange.getRequestHeaders().getFirst("Stripe-Signature");
            String time = header == null ? "0" : header.split("[=,]")[1];
            String hex = HexFormat.of().formatHex(Base64.getDecoder().decode(hmac("whsec_sandbox", (time + "." + body).getBytes(StandardCharsets.UTF_8))));
            boolean fresh = Math.abs(Long.parseLong(time) - System.currentTimeMillis() / 1000) < 300;
            if (fresh && header.endsWith(",v1=" + hex)) {
                told.add(JSON.readTree(body).path("type").asText());
                return 202;
            }
            return 401;
        });
        assertTrue(post("/sandbox/stripe/payments", "{\"order\":\"#1\",\"amount\":1250}").path("error").asText().startsWith("Stripe calls nobody yet"));
        post("/sandbox/settings", "{\"stripe\":{\"duplicates\":0,\"late\":0,\"target\":\"" + target + "\"}}");

        // When
        JsonNode paid = post("/sandbox/stripe/payments", "{\"order\":\"#1\",\"amount\":1250,\"currency\":\"usd\"}");

        // Then
        await().untilAsserted(() -> assertEquals(List.of("payment_intent.succeeded"), told));
        for (String forged : List.of("none", "wrong", "stale")) {
            JsonNode refused = post("/sandbox/stripe/events", "{\"event\":\"" + paid.path("event").asText() + "\",\"signature\":\"" + forged + "\"}");
            assertEquals(401, refused.path("status").asInt(), forged);
        }
        assertEquals(202, post("/sandbox/stripe/refunds", "{\"order\":\"#1\",\"amount\":250,\"signature\":\"good\"}").path("status").asInt());
        assertEquals(paid.path("charge"), post("/sandbox/stripe/disputes", "{\"order\":\"#1\"}").path("charge"));
        post("/sandbox/stripe/disputes/close", "{\"order\":\"#1\",\"won\":true}");
        post("/sandbox/stripe/events", "{\"type\":\"customer.created\",\"object\":{\"id\":\"cus_1\",\"object\":\"customer\"}}");
        await().untilAsserted(() -> assertEquals(List.of("charge.dispute.closed", "charge.dispute.created", "charge.refunded", "customer.created",
                "payment_intent.succeeded"), told.stream().sorted().toList()));
        assertEquals(250, get("/sandbox/stripe/records/%231").path("amount_refunded").asInt());
    }

    @Test
    void theStorefrontHoldsAPartOfAnOrderThatItSentAndIsPaidInPoints() throws Exception {
        // Given an order that the shop has sent, its fulfilment order at once
        post("/sandbox/settings", "{\"shopify\":{\"fulfillmentOrdersAfterMs\":0}}");
        String order = post("/sandbox/shopify/orders", "{\"target\":\"" + door(exchange -> 202) + "\",\"secret\":\"hush\","
                + "\"order\":{\"line_items\":[{\"sku\":\"SKU-1\",\"quantity\":3}]}}").path("order").path("id").asText();
        String read = """
                {"query":"{ order(id: \\"gid://shopify/Order/%s\\") { fulfillmentOrders(first: 5) { nodes { id status lineItems(first: 5) { nodes { id } } } } } }"}""".formatted(order);
        JsonNode part = JSON.readTree(shopify("POST", "/admin/api/2026-04/graphql.json", "sandbox-shopify-token", read).body())
                .path("data").path("order").path("fulfillmentOrders").path("nodes").path(0);

        // When
        HttpResponse<String> held = shopify("POST", "/admin/api/2026-04/graphql.json", "sandbox-shopify-token", """
                {"query":"mutation { fulfillmentOrderHold(id: \\"%s\\", fulfillmentHold: {reason: OTHER, handle: \\"g-1\\", fulfillmentOrderLineItems: \
                [{id: \\"%s\\", quantity: 2}]}) { fulfillmentOrder { status } remainingFulfillmentOrder { status } userErrors { code } } }"}"""
                .formatted(part.path("id").asText(), part.path("lineItems").path("nodes").path(0).path("id").asText()));

        // Then
        assertEquals(200, held.statusCode());
        assertEquals("{\"fulfillmentOrder\":{\"status\":\"ON_HOLD\"},\"remainingFulfillmentOrder\":{\"status\":\"OPEN\"},\"userErrors\":[]}",
                JSON.readTree(held.body()).path("data").path("fulfillmentOrderHold").toString());
        assertEquals("10", JSON.readTree(held.body()).path("extensions").path("cost").path("actualQueryCost").asText());
        assertEquals(2, get("/sandbox/shopify/holds?order=" + order).path(0).path("quantity").asInt());
        assertEquals(2, get("/sandbox/shopify/records/" + order).path("fulfillmentOrders").size());
        assertEquals(1, post("/sandbox/shopify/holds/release", "{\"order\":\"" + order + "\",\"handle\":\"g-1\"}").path("released").asInt());
        assertEquals("merchant", get("/sandbox/shopify/holds").path(0).path("endedBy").asText());
        assertTrue(post("/sandbox/shopify/holds/release", "{\"hold\":\"g-1\"}").path("error").asText().contains("hold"));
        JsonNode report = get("/sandbox/report").path("shopify");
        assertEquals(1, report.path("orders").asInt());
        assertEquals(1, report.path("accepted").asInt());
        assertEquals(1, report.path("found").asInt());
        assertEquals(0, report.path("throttled").asInt());
        assertTrue(report.path("leastPoints").asInt() < 2_000);
    }

    @Test
    void theStorefrontRefusesStrangersOtherPathsAndWhatCostsMoreThanIsLeft() throws Exception {
        String ask = "{\"query\":\"{ order(id: \\\"gid://shopify/Order/1\\\") { id } }\"}";
        HttpResponse<String> stranger = shopify("POST", "/admin/api/2026-04/graphql.json", "guessed", ask);
        assertEquals(401, stranger.statusCode());
        assertEquals("{\"errors\":\"[API] Invalid API key or access token (unrecognized login or wrong password)\"}", stranger.body());
        assertEquals(404, shopify("POST", "/admin/api/2026-04/orders.json", "sandbox-shopify-token", ask).statusCode());
        assertEquals(404, shopify("GET", "/admin/api/2026-04/graphql.json", "sandbox-shopify-token", "").statusCode());
        assertEquals(400, shopify("POST", "/admin/api/2026-04/graphql.json", "sandbox-shopify-token", "{}").statusCode());
        post("/sandbox/settings", "{\"shopify\":{\"maximumAvailable\":0}}");
        HttpResponse<String> throttled = shopify("POST", "/admin/api/2026-04/graphql.json", "sandbox-shopify-token", ask);
        assertEquals(200, throttled.statusCode());
        assertEquals("THROTTLED", JSON.readTree(throttled.body()).at("/errors/0/extensions/code").asText());
        JsonNode report = get("/sandbox/report").path("shopify");
        assertEquals(1, report.path("throttled").asInt());
        assertEquals(1, report.path("refused").path("auth").asInt());
        assertEquals(0, report.path("leastPoints").asInt());
        post("/sandbox/shopify/outage", "{\"ms\":60000,\"mode\":\"503\"}");
        assertEquals(503, shopify("POST", "/admin/api/2026-04/graphql.json", "sandbox-shopify-token", ask).statusCode());
    }

    @Test
    void aShopThatBeginsAnewHasTheSameOrdersInTheSameSequence() throws Exception {
        // Given two orders
        String dryRun = "{\"target\":\"http://127.0.0.1:1/capture/shopify/shopify-us\",\"secret\":\"hush\",\"dryRun\":true}";
        List<String> first = List.of(buyer(dryRun), buyer(dryRun));
        // When
        post("/sandbox/reset", "{}");
        // Then its numbers go on
        assertFalse(first.contains(buyer(dryRun)));
        // and as new it begins at the first
        post("/sandbox/reset", "{\"settings\":true}");
        assertEquals(first, List.of(buyer(dryRun), buyer(dryRun)));
    }

    @Test
    void anUnknownSettingIsRefusedWithASentence() throws Exception {
        JsonNode refused = post("/sandbox/settings", "{\"netsuite\":{\"limit\":7,\"speed\":1}}");
        assertEquals("The sandbox has no setting netsuite.speed.", refused.path("error").asText());
        assertEquals(100, get("/sandbox/settings").path("netsuite").path("limit").asInt());
    }

    private static String order(String sku, String zip) {
        return """
                {"entity":{"id":"107"},"tranDate":"2026-11-27","otherRefNum":"#1","currency":{"refName":"USD"},
                 "item":{"items":[{"item":{"externalId":"%s"},"quantity":2,"rate":10.00,"custcol_ow_line":"11"}]},
                 "shippingAddress":{"addressee":"A B","addr1":"Mill Road 1","city":"Leeds","zip":"%s","country":{"id":"GB"}}}""".formatted(sku, zip);
    }

    private static URI record(String path) {
        return URI.create(url + "/netsuite/services/rest/record/v1/salesOrder" + (path.startsWith("?") ? path : "/" + path));
    }

    private static HttpResponse<String> netsuite(String method, String path, String body, int seconds) throws IOException, InterruptedException {
        return HTTP.send(request(method, path, body, seconds), HttpResponse.BodyHandlers.ofString());
    }

    /** Signed here on its own, so that the sandbox's reading of OAuth 1.0a is not checked against itself. */
    private static HttpRequest request(String method, String path, String body, int seconds) {
        URI uri = record(path);
        Map<String, String> signed = new TreeMap<>(Map.of("oauth_consumer_key", "sandbox-consumer-key", "oauth_token", "sandbox-token",
                "oauth_signature_method", "HMAC-SHA256", "oauth_timestamp", "" + System.currentTimeMillis() / 1000,
                "oauth_nonce", UUID.randomUUID().toString(), "oauth_version", "1.0"));
        Map<String, String> all = new TreeMap<>(signed);
        if (uri.getQuery() != null) {
            String[] pair = uri.getQuery().split("=");
            all.put(pair[0], pair[1]);
        }
        String parameters = all.entrySet().stream().map(one -> encode(one.getKey()) + "=" + encode(one.getValue())).collect(Collectors.joining("&"));
        String base = uri.toString().split("\\?")[0];
        String text = method + "&" + encode(base) + "&" + encode(parameters);
        String signature = hmac("sandbox-consumer-secret&sandbox-token-secret", text.getBytes(StandardCharsets.UTF_8));
        signed.put("oauth_signature", signature);
        String header = "OAuth realm=\"1234567\"," + signed.entrySet().stream()
                .map(one -> one.getKey() + "=\"" + encode(one.getValue()) + "\"").collect(Collectors.joining(","));
        return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(seconds)).header("Authorization", header)
                .header("Content-Type", "application/json").header("X-NetSuite-PropertyNameValidation", "Error")
                .method(method, HttpRequest.BodyPublishers.ofString(body)).build();
    }

    private static HttpResponse<String> wms(String method, String path, String body) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url + "/wms/fulfilments" + path)).header("Authorization", "Bearer sandbox-wms-token")
                .header("Content-Type", "application/json").method(method, HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> factory(String method, String path, String key, String body) throws IOException, InterruptedException {
        return partner("factory", method, path, key, body);
    }

    private static HttpResponse<String> partner(String vendor, String method, String path, String key, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/" + vendor + path)).timeout(Duration.ofSeconds(5))
                .header("Authorization", "Bearer sandbox-" + vendor + "-token").method(method, HttpRequest.BodyPublishers.ofString(body));
        return HTTP.send((key.isEmpty() ? request : request.header("Idempotency-Key", key)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> shopify(String method, String path, String token, String body) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url + "/shopify" + path)).timeout(Duration.ofSeconds(5)).header("X-Shopify-Access-Token", token)
                .header("Content-Type", "application/json").method(method, HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private interface Door {
        int answer(HttpExchange exchange) throws IOException;
    }

    /** Its address; it stays open as long as the tests run. */
    private static String door(Door door) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(door.answer(exchange), -1);
            exchange.close();
        });
        server.start();
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/capture";
    }

    private static HttpResponse<String> raw(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url + path)).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(raw(path).body());
    }

    private static String buyer(String order) throws IOException, InterruptedException {
        return post("/sandbox/shopify/orders", order).path("order").path("shipping_address").toString();
    }

    private static JsonNode post(String path, String body) throws IOException, InterruptedException {
        return JSON.readTree(HTTP.send(HttpRequest.newBuilder(URI.create(url + path)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString()).body());
    }

    private interface Sending {
        HttpResponse<String> send() throws IOException, InterruptedException;
    }

    private static int status(Sending sending) {
        try {
            return sending.send().statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }

    private static String hmac(String key, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
