package io.orderweir.story;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.process.Account;
import io.orderweir.process.Api;
import io.orderweir.process.Sandbox;
import io.orderweir.process.Token;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * L10: a buyer, everything of whom is a canary, orders, is held, waits at a gate and is told of by a partner; a viewer asks for everything that can be asked for. L13: shop and second ERP are called
 * with tokens, and an admin does.
 */
class CanaryIT {

    private static final String SECRET = "Y2FuYXJ5LXNlY3JldC1vZi1maW5hbmNl";
    private static final String CANARY = "canary";
    private static final List<String> WITH_TOKENS = List.of("business-central", "shopify-us");
    private static final String SEALING = "5ea11e55".repeat(8);
    /** What is secret of signing in at those that give tokens; of the tokens what each of theirs begins with. */
    private static final Map<String, String> SIGNED_IN = Map.of("the client secret of business-central", "sandbox-business-central-client-secret", "the client secret of shopify-us", "sandbox-shopify-client-secret",
            "a token of business-central", "eyJ0eXAiOiJKV1QifQ.", "a token of shopify-us", "shpat_", "the key that seals them", SEALING);
    /** Not asked: it never ends, and says only that something moved. */
    private static final List<String> NOT_ASKED = List.of("GET /live/flow", "GET /sso", "GET /welcome/{link}");
    private static Shop shop;
    private static String viewer;
    private static JsonNode held;
    private static JsonNode discarded;
    private static JsonNode gate;

    @BeforeAll
    static void theBuyerOrders() {
        shop = Shop.opens("viewer", CanaryIT::keys);
        Map<String, Object> address = Map.of("first_name", "Canary", "last_name", "Canary-Vogel", "country", "United States", "country_code", "US", "company", "Canary Ltd", "address1", "Canary Lane 7",
                "city", "Canaryville ".repeat(6), "zip", "62704", "phone", "+49 canary 1");
        Map<String, Object> order = Map.of("email", "canary@example.com", "contact_email", "canary@example.com", "phone", "canary 2", "note", "leave it at the canary's", "shipping_address", address, "billing_address", address,
                "customer", Map.of("first_name", "Canary", "last_name", "Vogel", "email", "canary@example.com", "phone", "canary 3"),
                "note_attributes", List.of(Map.of("name", "gift message", "value", "dear canary")));
        Map<String, Object> engraved = new HashMap<>(order);
        engraved.put("line_items", List.of(Map.of("properties", List.of(Map.of("name", "engraving", "value", "for my canary")))));
        held = shop.sells(engraved, false);
        shop.sells(order, true);
        assertEquals(202, shop.says("signals/erp-finance", SECRET, "told-1", "{\"signal\":\"built\",\"order\":\"#of-nobody\",\"at\":\"2026-11-21T13:00:00Z\",\"evidence\":{\"note\":\"canary called\",\"said by\":\"canary@example.com\"}}"));
        for (String shown : List.of("/api/holds", "/api/signals")) {
            await(shown).atMost(Duration.ofSeconds(40)).until(() -> shop.reads(shown).toString().toLowerCase(Locale.ROOT).contains(CANARY));
        }
        await("a gate").atMost(Duration.ofSeconds(40)).until(() -> shop.reads("/api/gates").path("gates").size() > 0);
        gate = shop.reads("/api/gates").path("gates").path(0);
        Api.at(shop.engine.url(), shop.token).contentType(ContentType.JSON).body(Map.of("build", gate.path("build").asLong(), "gate", gate.path("gate").asText(), "evidence", Map.of("note", "canary has paid")))
                .when().post("/api/gates/open").then().log().ifValidationFails().statusCode(200);
        JsonNode joke = shop.sells(engraved, false);
        await("another hold").atMost(Duration.ofSeconds(40)).until(() -> shop.reads("/api/holds").path("holds").size() > 1);
        shop.reads("/api/holds").path("holds").forEach(hold -> {
            if (hold.path("order").asText().equals(joke.path("name").asText())) {
                Api.at(shop.engine.url(), shop.token).contentType(ContentType.JSON).body(Map.of("reason", "canary cannot be reached")).when().post("/api/holds/{id}/discard", hold.path("id").asLong()).then().statusCode(200);
                discarded = hold;
            }
        });
        String link = Api.at(shop.engine.url(), shop.token).contentType(ContentType.JSON).body(Map.of("name", "Vera", "role", "viewer")).when().post("/api/people").then().statusCode(200).extract().path("link");
        Api.browser(shop.engine.url()).formParam("password", Token.PASSWORD).formParam("again", Token.PASSWORD).when().post(link).then().statusCode(303);
        viewer = Api.at(shop.engine.url(), shop.token).contentType(ContentType.JSON).body(Map.of("label", "a program")).when().post("/api/people/Vera/tokens").then().statusCode(200).extract().path("token");
    }

    private static Map<String, String> keys(Sandbox vendors) {
        Account erp = Account.businessCentral(vendors.url()).limit("at-once", 5, "0s").with("settings.tenant", "5f8e0a6c-0000-4000-8000-00000000a001").with("settings.token-url", "/{tenant}/oauth2/v2.0/token")
                .with("credentials.client-id", "5f8e0a6c-0000-4000-8000-00000000b001").with("credentials.client-secret", SIGNED_IN.get("the client secret of business-central"));
        Account store = Account.at(vendors.url(), "shopify", "the store").called("shopify-us").with("credentials.client-id", "sandbox-shopify-client")
                .with("credentials.client-secret", SIGNED_IN.get("the client secret of shopify-us")).with("settings.none-yet-wait", "1").with("plan", "standard");
        Map<String, String> keys = new HashMap<>(Map.of("orderweir.connections.erp-finance.system", "signals", "orderweir.connections.erp-finance.may-say", "built",
                "orderweir.connections.erp-finance.secrets", "whsec_" + SECRET, "orderweir.tokens.keys", SEALING));
        keys.putAll(erp.keys());
        keys.putAll(store.keys());
        keys.remove("orderweir.connections.business-central.credentials.token");
        return keys;
    }

    @AfterAll
    static void close() {
        if (shop != null) {
            shop.close();
        }
    }

    @Test
    void aViewerRecognisesNobodyWhateverSheAsksFor() {
        List<String> found = new ArrayList<>();
        TreeSet<String> answered = new TreeSet<>();
        asksForEverything(viewer, (endpoint, path, answer) -> {
            if (answer.statusCode() == 200) {
                answered.add(endpoint);
            }
            String said = answer.asString().toLowerCase(Locale.ROOT);
            if (said.contains(CANARY)) {
                int at = said.indexOf(CANARY);
                found.add(endpoint + " " + path + ": …" + answer.asString().substring(Math.max(0, at - 60), Math.min(said.length(), at + 40)));
            }
        });
        // Then
        assertEquals(List.of(), found);
        assertTrue(answered.containsAll(List.of("GET /holds", "GET /holds/{id}", "GET /api/holds/{id}", "GET /api/gates", "GET /api/gates/history", "GET /gates/{build}/{gate}", "GET /api/signals", "GET /messages/{id}",
                "GET /holds/discarded", "GET /api/holds/discarded", "GET /orders/{order:.+}", "GET /api/orders/{order:.+}/timeline", "GET /api/alerts")), answered::toString);
    }

    @Test
    void nobodyIsToldWhatSignsUsInWhateverIsAskedFor() throws IOException {
        // Given
        awaitCalls("purpose = 'token'");
        WITH_TOKENS.forEach(connection -> shop.tests(connection).body("verdict", equalTo("accepted")));
        awaitCalls("purpose <> 'token'");
        // When
        List<String> found = new ArrayList<>();
        asksForEverything(shop.token, (endpoint, path, answer) -> found.addAll(secretsIn(answer.asString(), endpoint + " " + path)));
        for (String path : List.of("/q/metrics", "/q/health")) {
            found.addAll(secretsIn(Api.at(shop.engine.url()).get(path).asString(), path));
        }
        found.addAll(secretsIn(Files.readString(shop.engine.log()), "the log"));
        shop.services.sql().rows("select table_name as name from information_schema.tables where table_schema = 'orderweir' and table_type = 'BASE TABLE'").forEach(table ->
                found.addAll(secretsIn(shop.services.sql().rows("select t::text as row from orderweir." + table.get("name") + " t").toString(), "the table " + table.get("name"))));
        // Then
        assertEquals(List.of(), found);
    }

    @Test
    void whoseKeyIsLostIsPausedAndSignsInAnewWhenItIsResumed() {
        awaitCalls("purpose = 'token'");
        String lost = shop.services.sql().text("select distinct sealed_with from orderweir.token");
        // When it starts with another key
        shop.engine.kill9();
        shop.engine.with("orderweir.tokens.keys", "0".repeat(64)).restart();
        // Then who was signed in with it is paused, nobody else, and a person reads why and what to do
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> assertEquals(WITH_TOKENS, paused()));
        String said = shop.reads("/api/connections").toString();
        assertTrue(said.contains("its token is sealed with the key " + lost + ", which is none of orderweir.tokens.keys. Add that key again, behind the first one, and restart and resume; or, where it is lost, resume"), said);
        // When she resumes them
        WITH_TOKENS.forEach(connection -> shop.given().when().post("/api/connections/{connection}/resume", connection).then().statusCode(200));
        // Then they sign in anew
        await().atMost(Duration.ofSeconds(40)).until(() -> shop.services.sql().number("select count(*) from orderweir.token where sealed_with <> '" + lost + "'") == WITH_TOKENS.size());
        WITH_TOKENS.forEach(connection -> shop.tests(connection).body("verdict", equalTo("accepted")));
        assertEquals(List.of(), paused());
    }

    private static List<Object> paused() {
        return shop.services.sql().rows("select connection from orderweir.connection_state where paused_at is not null order by connection").stream().map(row -> row.get("connection")).toList();
    }

    private static void awaitCalls(String which) {
        await(which).atMost(Duration.ofSeconds(40)).until(() -> shop.services.sql().number("select count(distinct connection) from orderweir.call_log where outcome = 'done' and connection in ('"
                + String.join("', '", WITH_TOKENS) + "') and " + which) == WITH_TOKENS.size());
    }

    /** As they are, as a column of bytes shows them, or in base64, in which three bytes are four characters whatever follows. */
    private static List<String> secretsIn(String said, String where) {
        return SIGNED_IN.entrySet().stream().filter(secret -> {
            byte[] bytes = secret.getValue().getBytes(StandardCharsets.UTF_8);
            return said.contains(secret.getValue()) || said.contains(HexFormat.of().formatHex(bytes)) || said.contains(Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, bytes.length / 3 * 3)));
        }).map(secret -> secret.getKey() + " in " + where).toList();
    }

    private interface Asked {
        void of(String endpoint, String path, Response answer);
    }

    /** As a page and as JSON. */
    private static void asksForEverything(String token, Asked asked) {
        for (String endpoint : Endpoints.all()) {
            if (endpoint.startsWith("GET ") && !NOT_ASKED.contains(endpoint)) {
                for (String path : paths(endpoint.substring("GET ".length()))) {
                    for (String kind : List.of("text/html", "application/json")) {
                        asked.of(endpoint, path, Api.at(shop.engine.url(), token).accept(kind).when().get(path));
                    }
                }
            }
        }
    }

    /** With everything that stands in the place of a parameter. */
    private static List<String> paths(String path) {
        List<String> all = new ArrayList<>();
        if (path.contains("{order:.+}")) {
            List.of("shopify-us/" + held.path("id").asText(), discarded.path("entityKey").asText()).forEach(order -> all.add(path.replace("{order:.+}", order)));
            return all;
        }
        String whole = path.replace("{build}", gate.path("build").asText()).replace("{gate}", gate.path("gate").asText());
        if (whole.contains("{id}")) {
            String table = whole.contains("messages") ? "message" : whole.contains("work") ? "hold_job" : whole.contains("holds") ? "hold" : "alert";
            shop.services.sql().rows("select id from orderweir." + table + " order by id limit 50").forEach(row -> all.add(whole.replace("{id}", row.get("id").toString())));
        } else if (path.endsWith("/find")) {
            all.add(whole + "?q=" + held.path("name").asText().substring(1));
        } else if (path.endsWith("/history") && path.contains("gates")) {
            all.add(whole + "?build=" + gate.path("build").asText());
        } else {
            all.add(whole.replaceAll("\\{[^}]+}", "Vera"));
        }
        return all;
    }
}
