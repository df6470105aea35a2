package io.orderweir.story;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.process.Token;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The console in a real browser: what the Head of Operations does on a day, each thing begun on the home page and without knowing an address. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String IMPOSSIBLE = "ÅÅ-?";
    private static final int GROUP = 150;
    /** What somebody may write into any field, to be run by whoever looks at it. */
    private static final String NASTY = "\"'><script>window.owned=1</script><img src=x onerror=window.owned=1><svg onload=window.owned=1>{{7777*9999}}${7777*9999}{inject:visitor}</td>\u2069\u202E\u0000";
    /** What a template that evaluates it makes of it; long enough to stand in no hash by chance. */
    private static final String EVALUATED = "77762223";
    /** Words of a page that stand behind a character which turns them round; what is shown as bytes may have one. */
    private static final String TURNED_ROUND = "return document.evaluate(\"string(//main//text()[contains(., '\u202E')][not(ancestor::pre or ancestor::textarea)]/..)\", document, null, 2, null).stringValue";
    private static final Set<String> FREE_TEXT = Set.of("note", "name", "first_name", "last_name", "email", "contact_email", "address1", "address2", "city", "company", "phone",
            "title", "variant_title", "vendor", "sku", "tags", "source_name", "landing_site", "referring_site", "code", "gateway", "value", "province", "country");

    @TempDir
    static Path profile;
    @TempDir
    static Path policy;

    private static Shop shop;
    private static Browser browser;
    private static JsonNode order;
    private static JsonNode gate;

    @BeforeAll
    static void theDayBegins() throws IOException {
        // what is built to order waits for its payment; an ERP that takes 60 calls in six seconds
        try (InputStream gates = ConsoleIT.class.getResourceAsStream("/policy/gates.yaml")) {
            Files.writeString(policy.resolve("gates.yaml"), new String(gates.readAllBytes(), StandardCharsets.UTF_8).replace("gates: [release]", "gates: [payment]"));
        }
        shop = Shop.opens("console", Map.of("orderweir.connections.netsuite.limits.minute.calls", "60", "orderweir.connections.netsuite.limits.minute.window", "6s",
                "orderweir.policy.dir", policy.toString()));
        shop.sandbox.post("/sandbox/settings", Map.of("netsuite", Map.of("windowMs", 6_000, "limit", 61)));
        browser = new Browser(shop.engine.url(), profile);
        order = shop.sells(Map.of("id", 7500000000001L, "name", "#1201", "note", "<script>window.owned=1</script>", "shipping_address", Map.of("zip", IMPOSSIBLE, "country", "United States", "country_code", "US")), false);
        shop.sells(Map.of("id", 7500000000002L, "name", "#1202"), true);
        await().atMost(Duration.ofSeconds(40)).until(() -> shop.reads("/api/holds").path("holds").size() == 1
                && shop.reads("/api/gates").path("gates").size() >= 1);
        gate = shop.reads("/api/gates").path("gates").path(0);
        browser.open("/gates");
        browser.pictures("login");
        browser.type("Name", "Ann");
        browser.type("Password", "not the password");
        browser.press("Enter");
        assertTrue(browser.text("[role=alert]").startsWith("Name and password do not belong together"));
        browser.type("Password", Token.PASSWORD);
        browser.press("Enter");
        await().atMost(Duration.ofSeconds(20)).until(() -> browser.title().startsWith("Gates"));
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
        if (shop != null) {
            shop.close();
        }
    }

    @Test
    @Order(1)
    void sheFindsAnOrderAndSaysWhyItIsHeld() {
        browser.goHome();
        assertTrue(browser.text("#headline").contains("1 needs you"), browser.text("#headline"));

        // When
        browser.keys("/");
        assertEquals("q", browser.focused());
        browser.keys("1201\n");

        // Then
        await().atMost(Duration.ofSeconds(20)).until(() -> browser.title().startsWith("#1201"));
        assertTrue(browser.text(".timeline").contains("NetSuite does not accept the postal code '" + IMPOSSIBLE + "'. Correct it and release."), browser.text(".timeline"));
        assertTrue(browser.text(".timeline").contains("NetSuite order create: held, refused status 400"), browser.text(".timeline"));
        assertTrue(browser.text("#now ~ div").contains("a hold of this order and the target before it"), browser.text("#now ~ div"));
        assertTrue(browser.text("#why ~ div").contains("A person decides: it is in the Error Hold bin since"), browser.text("#why ~ div"));
        assertTrue(browser.text("#why ~ div").contains("It is asked for, and waits for what comes before it at netsuite order; because something of this order is in the Error Hold bin: netsuite order."),
                browser.text("#why ~ div"));
        browser.pictures("order");
    }

    @Test
    @Order(2)
    void sheFixesItsAddressAndReleasesIt() {
        browser.goHome();
        browser.press("Order #1201: NetSuite does not accept the postal code '" + IMPOSSIBLE + "'");
        browser.press("#1201");
        browser.pictures("hold");

        // When she types something the ERP would not even be asked about
        browser.type("postal code", "6".repeat(40));
        browser.click("#release");
        assertTrue(browser.text("#refused").contains("40 characters"), browser.text("#refused"));
        browser.type("postal code", "62704");
        // and her session ends meanwhile
        browser.forget();
        browser.press("Compare and try");
        browser.type("Name", "Ann");
        browser.type("Password", Token.PASSWORD);
        browser.press("Enter");
        assertTrue(browser.text("p.notice[role=status]").contains("nothing was sent. What you had typed stands here again"), browser.text("p.notice[role=status]"));
        browser.press("Compare and try");
        assertTrue(browser.text(".diff").contains(IMPOSSIBLE) && browser.text(".diff").contains("62704"), browser.text(".diff"));
        browser.pictures("proposal");
        browser.pressTwice("with this correction");

        // Then
        assertEquals(Boolean.TRUE, browser.script("return document.querySelector('#refused') === null"), "a double click is one wish");
        assertTrue(browser.text("#done").contains("released with a correction by Ann"), browser.text("#done"));
        await().atMost(Duration.ofSeconds(40)).ignoreExceptions().untilAsserted(() ->
                assertTrue(shop.atWarehouse("shopify-us-7500000000001").path("shipTo").toString().contains("62704")));
        assertEquals("62704", shop.atErp(order).path("shippingAddress").path("zip").asText());
    }

    @Test
    @Order(3)
    void sheTellsWhatWasSentToTheErp() {
        browser.goHome();
        browser.type("Find an order", "#1201\n");
        await().atMost(Duration.ofSeconds(20)).until(() -> browser.title().startsWith("#1201"));

        // When
        browser.script("document.querySelectorAll('.timeline details').forEach(one => one.open = true)");

        // Then
        String told = browser.text(".timeline");
        assertTrue(told.contains("62704") && told.contains("released with a correction") && told.contains("shopify-us-7500000000001"), told);
        assertTrue(told.contains("Copy as curl"), told);
        assertEquals(null, browser.script("return window.owned"));
    }

    @Test
    @Order(4)
    void sheDiscardsAnOrderTakesItUpAgainAndIsAskedBeforeItIsReleased() {
        // Given
        JsonNode given = shop.sells(Map.of("id", 7500000000003L, "name", "#1203", "shipping_address", Map.of("zip", IMPOSSIBLE, "country", "United States", "country_code", "US")), false);
        await().atMost(Duration.ofSeconds(40)).until(() -> shop.reads("/api/holds").path("holds").size() == 1);
        browser.goHome();
        browser.press("Order #1203: NetSuite does not accept the postal code");
        browser.press("#1203");

        // When she gives it up, and thinks again
        browser.press("Discard it");
        browser.type("Why", "it looked like a joke");
        browser.press("Discard #1203");
        assertTrue(browser.text("#done").contains("discarded"), browser.text("#done"));
        browser.press("Error Hold");
        browser.press("What was discarded");
        assertTrue(browser.text("#discarded").contains("it looked like a joke"), browser.text("#discarded"));
        browser.press("Take up again: #1203");
        await().atMost(Duration.ofSeconds(40)).until(() -> shop.reads("/api/holds").path("holds").size() == 1);
        browser.goHome();
        browser.press("Order #1203: NetSuite does not accept the postal code");
        browser.press("#1203");
        // and presses the key beside the one she meant
        browser.keys("r");
        browser.text("#proposal");
        assertEquals(1, shop.reads("/api/holds").path("holds").size(), "a key asks");
        assertEquals(0, shop.services.sql().number("select count(*) from orderweir.delivery d join orderweir.entity e on e.id = d.entity_id where e.name = '#1203' and d.state in ('delivered', 'confirmed')"));
        browser.type("postal code", "62704");
        browser.press("Compare and try");
        browser.press("with this correction");

        // Then it has arrived at each target, once
        await().atMost(Duration.ofSeconds(40)).ignoreExceptions().untilAsserted(() ->
                assertTrue(shop.atWarehouse("shopify-us-7500000000003").path("shipTo").toString().contains("62704")));
        assertEquals("62704", shop.atErp(given).path("shippingAddress").path("zip").asText());
        // a target has it before its answer is in the ledger
        await().atMost(Duration.ofSeconds(40)).until(() -> 0 == shop.services.sql().number("select count(*) from orderweir.delivery d join orderweir.entity e on e.id = d.entity_id where e.name = '#1203' and d.done_at is null"));
        assertEquals(2, shop.services.sql().number("select count(*) from orderweir.call_log c join orderweir.call_item i on i.call_id = c.id and i.ended_at = c.ended_at"
                + " join orderweir.delivery d on d.id = i.delivery_id join orderweir.entity e on e.id = d.entity_id where e.name = '#1203' and c.verb = 'create' and c.outcome = 'done'"));
    }

    @Test
    @Order(5)
    void whoRunsTheDayCorrectsAnAddressAndNotWhatIsPaid() {
        // Given
        String link = shop.given().body(Map.of("name", "Olga", "role", "operator")).when().post("/api/people").then().statusCode(200).extract().path("link");
        JsonNode given = shop.sells(Map.of("id", 7500000000004L, "name", "#1204", "shipping_address", Map.of("zip", IMPOSSIBLE, "country", "United States", "country_code", "US")), false);
        await().atMost(Duration.ofSeconds(40)).until(() -> shop.reads("/api/holds").path("holds").size() == 1);
        String hold = "/holds/" + shop.reads("/api/holds").path("holds").path(0).path("id").asLong();
        browser.forget();
        browser.open(link);
        browser.type("Password, at least", Token.PASSWORD);
        browser.type("The same again", Token.PASSWORD);
        browser.press("Set it and enter");
        await().atMost(Duration.ofSeconds(20)).until(() -> browser.has("#headline"));

        // When
        browser.open(hold);
        browser.script("document.getElementById('totalPrice').value = '0.01'");
        browser.click("#release");
        assertTrue(browser.text("#refused").contains("only an admin corrects it here"), browser.text("#refused"));
        browser.open(hold);
        browser.type("postal code", "62704");
        browser.press("Compare and try");
        browser.press("with this correction");

        // Then
        await().atMost(Duration.ofSeconds(40)).ignoreExceptions().untilAsserted(() -> assertEquals("62704", shop.atErp(given).path("shippingAddress").path("zip").asText()));
        assertFalse(shop.atErp(given).toString().contains("0.01"), () -> shop.atErp(given).toString());
        browser.forget();
        browser.open("/gates");
        browser.type("Name", "Ann");
        browser.type("Password", Token.PASSWORD);
        browser.press("Enter");
        await().atMost(Duration.ofSeconds(20)).until(() -> browser.title().startsWith("Gates"));
    }

    @Test
    @Order(6)
    void sheOpensAPaymentGateWithEvidence() {
        browser.goHome();
        browser.press("Gates");
        browser.pictures("gates");
        browser.press("payment");
        browser.press("Open, extend or refuse");
        browser.pictures("gate");

        // When she gives it time that has gone
        browser.script("document.getElementById('due').value = '2020-01-01T00:00'");
        browser.type("Why", "the bank is closed");
        browser.press("Extend payment");
        assertTrue(browser.text("#refused").contains("2020"), browser.text("#refused"));
        assertFalse(browser.has("time[datetime^='2020']"));
        // and opens it
        browser.type("What shows that it may be opened", "bank statement of the day, row 12\n");

        // Then
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() ->
                assertTrue(browser.text("#decisions ~ table").contains("bank statement of the day, row 12")));
        assertTrue(browser.text("#decisions ~ table").contains("opened"));
        shop.given().queryParam("limit", 1).when().get("/api/audit").then()
                .body("changes[0].action", equalTo("gate.open")).body("changes[0].subject", equalTo("#1202")).body("changes[0].by", equalTo("Ann"));
    }

    @Test
    @Order(7)
    void shePausesTheErpAndResumesIt() {
        browser.goHome();
        browser.press("Connections");
        browser.pictures("connections");
        browser.click("#netsuite summary");

        // When
        browser.type("Why", "the books are being closed");
        browser.press("Pause NetSuite");

        // Then
        await().atMost(Duration.ofSeconds(20)).until(() -> browser.text("#netsuite").contains("the books are being closed"));
        browser.goHome();
        await().atMost(Duration.ofSeconds(20)).until(() -> browser.text("#headline").contains("NetSuite is paused"));
        browser.press("Connections");
        browser.press("Resume NetSuite");
        await().atMost(Duration.ofSeconds(20)).until(() -> browser.text("#netsuite").contains("by Ann"));
        browser.goHome();
        await().atMost(Duration.ofSeconds(20)).until(() -> !browser.text("#headline").contains("paused"));
    }

    @Test
    @Order(8)
    void sheSeesWhenTheQueueOfTheErpIsClear() {
        // Given orders with the same mistake that came while the ERP was paused
        shop.given().body(Map.of("reason", "a new version of the ERP")).when().post("/api/connections/netsuite/pause").then().statusCode(200);
        IntStream.range(0, GROUP).parallel().forEach(i -> {
            ObjectNode next = order.deepCopy();
            next.put("id", 7500000001000L + i).put("name", "#2" + (1000 + i)).put("order_number", 21000 + i);
            ((ObjectNode) next.path("shipping_address")).put("zip", IMPOSSIBLE);
            shop.sends(next.toString().getBytes(StandardCharsets.UTF_8));
        });
        await().atMost(Duration.ofSeconds(60)).until(() -> shop.services.sql().number("select count(*) from orderweir.delivery where connection = 'netsuite' and state = 'ready'") == GROUP);

        // and an hour of samples, the queues going down in the end
        shop.services.sql().rows("insert into orderweir.sample select date_trunc('minute', now()) - i * interval '1 minute', c.connection, round(c.most * abs(sin(i / 10.0))), 0, 0, 0, 0,"
                + " round(c.most * abs(sin(i / 10.0)) / 2), 0, 0 from generate_series(2, 58) i, (values ('netsuite', 90), ('wms', 40)) as c (connection, most) on conflict do nothing returning 1");

        // When
        shop.given().when().post("/api/connections/netsuite/resume").then().statusCode(200);
        browser.goHome();

        // Then
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertTrue(browser.text(".queues").matches("(?s).*NetSuite.*clears at \\d\\d:\\d\\d.*WMS.*"), browser.text(".queues")));
        await().atMost(Duration.ofSeconds(20)).until(() -> Boolean.TRUE.equals(browser.script(
                "return window.Chart && [...document.querySelectorAll('canvas')].every(one => Chart.getChart(one) && Chart.getChart(one).data.datasets.every(line => line.data.length >= 50))")));
        browser.pictures("flow");
    }

    @Test
    @Order(9)
    void sheReleasesAGroupAndStopsHalfWay() {
        // Given
        await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofSeconds(1)).until(() -> shop.reads("/api/holds/groups").path("groups").path(0).path("holds").asInt() == GROUP);
        browser.goHome();
        browser.press(GROUP + " held");
        browser.pictures("group");

        // When
        browser.type("New value", "62704");
        browser.press("See what would change");
        browser.pictures("plan");
        browser.press("Correct " + GROUP);
        await().atMost(Duration.ofSeconds(20)).until(() -> browser.text(".work").matches("(?s).*: [1-9]\\d* of " + GROUP + ".*"));
        browser.press("Stop: leave");

        // Then
        await().atMost(Duration.ofSeconds(20)).until(() -> browser.text(".work").contains("Stopped by Ann"));
        browser.pictures("stopped");
        long left = Long.parseLong(browser.text(".work").replaceAll("(?s).*Stopped by Ann: ([\\d,]+) stay held.*", "$1").replace(",", ""));
        assertTrue(left > 0 && left < GROUP, "half-way: " + left);
        assertEquals(left, shop.reads("/api/holds/groups").path("groups").path(0).path("holds").asLong());
        await().atMost(Duration.ofSeconds(60)).until(() -> shop.services.sql().number("select count(*) from orderweir.delivery d join orderweir.entity e on e.id = d.entity_id"
                + " where d.connection = 'netsuite' and d.state in ('delivered', 'confirmed') and e.name like '#21___'") == GROUP - left);
        Map.of("holds", "/holds", "alerts", "/alerts", "find", "/find?q=12", "routes", "/routes", "connectors", "/connectors", "audit", "/audit", "people", "/people",
                "message", "/messages/" + shop.reads("/api/holds").path("holds").path(0).path("message").asLong()).forEach((name, path) -> {
                    browser.open(path);
                    browser.pictures(name);
                });
        // and what is left is given up, when she says how many they are
        browser.goHome();
        browser.press(left + " held");
        browser.type("Why", "the shop sends them again");
        browser.press("See what would be discarded");
        browser.type("type how many they are", String.valueOf(left));
        String group = "/holds?group=" + URLEncoder.encode(shop.reads("/api/holds/groups").path("groups").path(0).path("fingerprint").asText(), StandardCharsets.UTF_8);
        browser.press("Discard " + left);
        await().atMost(Duration.ofSeconds(40)).until(() -> browser.text(".work").contains("Done."));
        browser.open(group);
        assertTrue(browser.text("main").contains("Nothing is held for this cause any more"), browser.text("main"));
        assertEquals(GROUP - left, shop.services.sql().number("select count(*) from orderweir.delivery d join orderweir.entity e on e.id = d.entity_id"
                + " where d.connection = 'netsuite' and d.state in ('delivered', 'confirmed') and e.name like '#21___'"));
    }

    @Test
    @Order(10)
    void whatVendorsWriteIsShownAndNotRun() throws Exception {
        // Given an order with a nasty text in every field that is free, and one that is no order at all
        ObjectNode nasty = order.deepCopy();
        nasty.put("id", 7500000009001L);
        poison(nasty);
        shop.sends(nasty.toString().getBytes(StandardCharsets.UTF_8));
        shop.sends(JSON.writeValueAsBytes(Map.of("id", 7500000009002L, "name", NASTY, "line_items", NASTY)));
        await().atMost(Duration.ofSeconds(40)).until(() -> shop.services.sql().number(
                "select count(*) from orderweir.message where ce_id like 'shopify-us:%' and entity_id in (select id from orderweir.entity where key like '%750000000900%')") >= 2);
        shop.given().body(Map.of("reason", NASTY)).when().post("/api/connections/wms/pause").then().statusCode(200);

        // When every page shows them, Then nothing of it has become part of a page
        List<String> paths = new ArrayList<>(List.of("/", "/holds", "/gates", "/connections", "/audit", "/people", "/routes", "/connectors", "/find?q=" + URLEncoder.encode(NASTY, StandardCharsets.UTF_8),
                "/orders/shopify-us/7500000009001", "/orders/shopify-us/7500000009002"));
        for (Map<String, Object> hold : shop.services.sql().rows("select h.id, h.message_id from orderweir.hold h join orderweir.message m on m.id = h.message_id"
                + " join orderweir.entity e on e.id = m.entity_id where e.key like '%750000000900%'")) {
            paths.add("/holds/" + hold.get("id"));
            paths.add("/messages/" + hold.get("message_id"));
        }
        for (String path : paths) {
            browser.open(path);
            assertEquals(null, browser.script("return window.owned"), path);
            assertFalse(browser.has("img[src=x], svg[onload], main script"), path);
            assertFalse(browser.source().contains(EVALUATED), path);
            assertEquals("", browser.script(TURNED_ROUND), path);
        }
        shop.given().when().post("/api/connections/wms/resume").then().statusCode(200);
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    @Order(11)
    void everyPageIsAccessibleFitsAPhoneAndCallsNobodyElse() {
        // Given all pages that the menu leads to, and one of each kind behind them
        Map<String, String> pages = new LinkedHashMap<>();
        for (String page : List.of("holds", "gates", "connections", "routes", "audit", "people", "alerts")) {
            pages.put(page, "/" + page);
        }
        pages.put("flow", "/");
        pages.put("order", "/orders/shopify-us/7500000000001");
        pages.put("find", "/find?q=12");
        pages.put("group", "/holds?group=" + URLEncoder.encode(shop.reads("/api/holds/groups").path("groups").path(0).path("fingerprint").asText(), StandardCharsets.UTF_8));
        JsonNode hold = shop.reads("/api/holds").path("holds").path(0);
        pages.put("hold", "/holds/" + hold.path("id").asLong());
        pages.put("message", "/messages/" + hold.path("message").asLong());
        pages.put("gate", "/gates/" + gate.path("build").asLong() + "/" + gate.path("gate").asText());

        // When
        Map<String, Object> faults = new LinkedHashMap<>();
        pages.forEach((name, path) -> {
            browser.open(path);
            List<?> found = browser.faults();
            if (!found.isEmpty()) {
                faults.put(name, found);
            }
            long overflow = browser.overflowOnAPhone();
            if (overflow > 0) {
                faults.put(name + " on a phone", overflow + " px too wide");
            }
        });

        // Then
        assertEquals(Map.of(), faults);
        assertEquals(List.of(), browser.calledElsewhere());
        assertEquals(List.of(), browser.complaints());
    }

    private static void poison(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                if (object.get(name).isTextual() && FREE_TEXT.contains(name)) {
                    object.put(name, NASTY.replace("\u0000", ""));
                } else {
                    poison(object.get(name));
                }
            }
        } else if (node.isArray()) {
            node.forEach(ConsoleIT::poison);
        }
    }
}
