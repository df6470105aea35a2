package io.orderweir.story;

import static io.orderweir.capability.Injected.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.capability.Configured;
import io.orderweir.process.Api;
import io.orderweir.process.Sandbox;
import io.orderweir.process.Sql;
import io.orderweir.signature.TokenBasedAuth;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A merchant replaces another connector while orders are open: each is found at ERP and warehouse by its old key and goes on there; none is made a second time. */
class TakeOverIT {

    private static final Duration LONG = Duration.ofMinutes(4);
    private static final int ORDERS = System.getProperty("orderweir.chaos") == null ? 150 : 500;
    private static final String GO_LIVE = "2026-01-20T06:00";
    private static final String ERP = "/services/rest/record/v1/salesOrder/eid:";
    private static final String ORDER = """
            {'id':7000%1$d,'name':'#%1$d','currency':'USD','created_at':'%2$s','updated_at':'2026-01-21T13:00:00Z','financial_status':'paid','tags':'vip',
             'shipping_address':{'last_name':'Sample','address1':'1 Sample Road','city':'%3$s','zip':'62701','country_code':'US'},
             'line_items':[{'id':%1$d1,'sku':'SKU-1','name':'Lamp','quantity':2,'price':'15.00'}]}""";
    private static final String BOOKED = """
            {'entity':{'id':'107'},'tranDate':'2026-01-10','otherRefNum':'#%1$d','currency':{'refName':'USD'},
             'item':{'items':[{'item':{'externalId':'SKU-1'},'quantity':2,'rate':15.00}]},
             'shippingAddress':{'addressee':'Sample','addr1':'1 Sample Road','city':'Springfield','zip':'62701','country':{'id':'US'}}}""";
    private static final String REQUESTED = """
            {'reference':'SHOP-%1$d','orderName':'#%1$d','shipTo':{'name':'Sample','address1':'1 Sample Road','city':'Springfield','zip':'62701','country':'US'},
             'lines':[{'lineId':'%1$d1','sku':'SKU-1','quantity':2}]}""";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final CamelContext CAMEL = new DefaultCamelContext();

    private static Shop shop;
    private static TokenBasedAuth other;

    @BeforeAll
    static void open() throws ReflectiveOperationException {
        shop = Shop.opens("take-over", TakeOverIT::configured);
        Map<String, String> account = Map.of("system", "netsuite", "credentials.account", "1234567", "credentials.consumer-key", "sandbox-consumer-key",
                "credentials.consumer-secret", "sandbox-consumer-secret", "credentials.token-id", "sandbox-token", "credentials.token-secret", "sandbox-token-secret");
        Map<String, String> keys = new HashMap<>();
        account.forEach((key, value) -> keys.put("orderweir.connections.netsuite." + key, value));
        other = with(new TokenBasedAuth(), Configured.connections(keys));
    }

    @AfterAll
    static void close() {
        shop.sandbox.post("/sandbox/reset", Map.of("settings", true));
        shop.close();
    }

    @Test
    void ofOpenOrdersNoneIsBookedAndNoneIsShippedASecondTime() throws Exception {
        // Given orders that another connector has booked and asked the warehouse for, of which it has picked each fifth
        shop.sandbox.post("/sandbox/settings", Map.of("netsuite", Map.of("limit", 0, "latencyMinMs", 1, "latencyMaxMs", 5), "wms", Map.of("latencyMinMs", 1, "latencyMaxMs", 5)));
        for (int number = 1; number <= ORDERS; number++) {
            books(number);
        }
        shop.sandbox.post("/sandbox/settings", Map.of("netsuite", faults(), "wms", faults()));
        // When all are edited after the go-live, each seventh in its address, and one comes that nobody has, and one of the first minute that is ours
        for (int number = 1; number <= ORDERS; number++) {
            comes(number, "2026-01-10T10:00:00Z", city(number));
        }
        comes(ORDERS + 1, "2026-01-20T11:59:59Z", "Springfield");
        comes(ORDERS + 2, "2026-01-20T12:00:00Z", "Springfield");
        // Then all of them go on under their old keys
        await().atMost(LONG).until(() -> there("netsuite", "shopify-us-7000" + (ORDERS + 2)) && there("wms", "shopify-us-7000" + (ORDERS + 2)) && quiet());
        assertEquals(ORDERS + 1, distinct("netsuite"));
        assertEquals(ORDERS + 1, distinct("wms"));
        for (int number = 1; number <= ORDERS; number++) {
            JsonNode booked = shop.sandbox.get("/sandbox/netsuite/records/SHOP-" + number);
            assertEquals(city(number), booked.at("/shippingAddress/city").asText(), booked.toString());
            JsonNode requested = shop.sandbox.get("/sandbox/wms/records/SHOP-" + number);
            boolean picked = number % 5 == 0;
            assertEquals(picked ? "picked" : "new", requested.path("status").asText());
            assertEquals(picked ? "Springfield" : city(number), requested.at("/shipTo/city").asText(), requested.toString());
            // where nothing differs the warehouse is told nothing
            assertTrue(number % 7 == 0 || requested.path("changes").asInt() == 0, requested.toString());
        }
        // and a person has those that were picked with another address, and the one that nobody has
        int changed = ORDERS / 35;
        JsonNode holds = shop.reads("/api/holds?limit=100");
        assertEquals(changed, count(holds, "refused-by-target"), holds.toString());
        assertEquals(1, count(holds, "not-taken-over"), holds.toString());
        assertTrue(shop.sandbox.get("/sandbox/report").at("/netsuite/lostReplies").asInt() > 0);
        theOneThatNobodyHasWaitsForAPerson();
    }

    /** She has it made; it is ours from here on, at both. */
    private void theOneThatNobodyHasWaitsForAPerson() {
        int number = ORDERS + 1;
        for (String connection : new String[] {"netsuite", "wms"}) {
            JsonNode hold = await().atMost(LONG).until(() -> only(shop.reads("/api/holds?limit=100"), connection), found -> found != null);
            assertTrue(hold.path("sentence").asText().contains("has no record SHOP-" + number), hold.toString());
            shop.given().when().post("/api/holds/" + hold.path("id").asLong() + "/release").then().statusCode(200);
        }
        await().atMost(LONG).until(() -> there("netsuite", "shopify-us-7000" + number) && there("wms", "shopify-us-7000" + number) && quiet());
        assertEquals(ORDERS + 2, distinct("netsuite"));
        assertEquals(ORDERS + 2, distinct("wms"));
    }

    private static Map<String, String> configured(Sandbox vendors) {
        Map<String, String> keys = new HashMap<>();
        for (String account : new String[] {"netsuite", "wms"}) {
            String key = "orderweir.connections." + account + ".";
            keys.putAll(Map.of(key + "takes-over.shopify-us.from", GO_LIVE, key + "takes-over.shopify-us.legacy-key", "SHOP-{number}", key + "timeout", "1S", key + "settles-within", "2S"));
        }
        // six in the morning there is noon in UTC
        keys.put("orderweir.connections.shopify-us.zone", "America/Chicago");
        return keys;
    }

    private static Map<String, Object> faults() {
        return Map.of("commitThenSilence", 0.03, "silenceThenCommit", 0.02, "error500", 0.02, "silenceMs", 1_500, "silenceDelayMs", 1_500, "settleMs", 500);
    }

    private static String city(int number) {
        return number % 7 == 0 ? "Shelbyville" : "Springfield";
    }

    private static void comes(int number, String placed, String city) {
        byte[] edited = ORDER.formatted(number, placed, city).replace('\'', '"').getBytes(UTF_8);
        // what is answered 503 a shop sends again
        await().atMost(LONG).ignoreExceptionsInstanceOf(IllegalStateException.class).until(() -> {
            shop.sends(edited, "orders/updated", "edit-" + number);
            return true;
        });
    }

    /** As the other connector did, with credentials of the same accounts. */
    private static void books(int number) throws Exception {
        String path = ERP + "SHOP-" + number;
        sends("PUT", "/netsuite" + path, signed(path), BOOKED.formatted(number));
        sends("POST", "/wms/fulfilments", "Bearer sandbox-wms-token", REQUESTED.formatted(number));
        if (number % 5 == 0) {
            shop.sandbox.post("/sandbox/wms/pick", Map.of("reference", "SHOP-" + number));
        }
    }

    private static String signed(String path) {
        Exchange exchange = new DefaultExchange(CAMEL);
        Map.of("connection", "netsuite", "method", "PUT", "url", shop.sandbox.url() + "/netsuite", "path", path, "query", "").forEach(exchange::setVariable);
        other.sign(exchange);
        return exchange.getMessage().getHeader("Authorization", String.class);
    }

    private static void sends(String method, String path, String authorization, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(URI.create(shop.sandbox.url() + path)).header("Content-Type", "application/json")
                .header("Authorization", authorization).method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'))).build(), HttpResponse.BodyHandlers.ofString());
        assertTrue(answer.statusCode() < 300, answer.statusCode() + " " + answer.body());
    }

    private static boolean there(String vendor, String key) {
        return Api.at(shop.sandbox.url()).when().get("/sandbox/" + vendor + "/records/" + key).statusCode() == 200;
    }

    private static int distinct(String vendor) {
        return shop.sandbox.get("/sandbox/report").path(vendor).path("distinct").asInt();
    }

    /** Nothing is open but what waits for a person, or for what does. */
    private static boolean quiet() throws SQLException {
        try (Sql ledger = shop.services.sql()) {
            return ledger.number("select count(*) from orderweir.delivery where state in ('sending', 'unsure', 'gated') or state = 'ready' and not stopped") == 0
                    && ledger.number("select count(distinct entity_id) from orderweir.delivery") == ORDERS + 2;
        }
    }

    private static int count(JsonNode holds, String reason) {
        int count = 0;
        for (JsonNode hold : holds.path("holds")) {
            count += hold.path("reason").asText().equals(reason) ? 1 : 0;
        }
        return count;
    }

    private static JsonNode only(JsonNode holds, String connection) {
        for (JsonNode hold : holds.path("holds")) {
            if (hold.path("reason").asText().equals("not-taken-over") && hold.path("connection").asText().equals(connection)) {
                return hold;
            }
        }
        return null;
    }
}
