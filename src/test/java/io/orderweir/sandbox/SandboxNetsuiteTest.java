package io.orderweir.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxNetsuiteTest {
    private static final String GOOD = """
            {"entity":{"id":"107"},"tranDate":"2026-11-27","otherRefNum":"#1","memo":"leave it","currency":{"refName":"USD"},
             "item":{"items":[{"item":{"externalId":"SKU-1"},"quantity":2,"rate":10.00,"description":"Mug","custcol_ow_line":"11"}]},
             "shippingAddress":{"addressee":"A B","addr1":"Mill Road 1","city":"Leeds","zip":"LS1 1AA","country":{"id":"GB"}}}""";
    private static final String URL = "http://127.0.0.1:8080/netsuite/services/rest/record/v1/salesOrder/eid:shopify-us-1?replace=item";
    private static final long NOW = 1_800_000_000L;

    private final NetsuiteCustomers customers = new NetsuiteCustomers();
    private final Settings settings = Settings.netsuite();
    private final NetsuiteRules rules = new NetsuiteRules(new Catalogue(), settings, customers);

    @Test
    void takesAGoodOrder() {
        assertEquals(0, rules.problems(Json.readObject(GOOD), null, true, true).size());
    }

    @ParameterizedTest(name = "{1} at {2}")
    @CsvSource(delimiter = '|', value = {
        "/entity                        |                 | entity                  | USER_ERROR",
        "/entity/id                     | \"9\"           | entity                  | INVALID_KEY_OR_REF",
        "/tranDate                      | \"27.11.2026\"  | tranDate                | INVALID_CONTENT",
        "/colour                        | \"red\"         | colour                  | INVALID_CONTENT",
        "/currency/refName              | \"Dollar\"      | currency                | INVALID_KEY_OR_REF",
        "/email                         | \"a b\"         | email                   | INVALID_CONTENT",
        "/shippingAddress/addrPhone     | \"12345\"       | shippingAddress.addrPhone | USER_ERROR",
        "/class                         | {\"id\":\"5\"}  | class                   | INVALID_KEY_OR_REF",
        "/memo                          | 7               | memo                    | INVALID_CONTENT",
        "/item/items                    | []              | item.items              | USER_ERROR",
        "/item/items/0/item/externalId  | \"SKU-999\"     | item.items[0].item      | INVALID_KEY_OR_REF",
        "/item/items/0/quantity         | \"2\"           | item.items[0].quantity  | INVALID_CONTENT",
        "/item/items/0/quantity         | 0               | item.items[0].quantity  | INVALID_CONTENT",
        "/item/items/0/rate             | \"10.00\"       | item.items[0].rate      | INVALID_CONTENT",
        "/item/items/0/colour           | 1               | item.items[0].colour    | INVALID_CONTENT",
        "/shippingAddress/zip           | \"ÅÅ-?\"        | shippingAddress.zip     | INVALID_CONTENT",
        "/shippingAddress/country/id    | \"ZZ\"          | shippingAddress.country | INVALID_KEY_OR_REF"})
    void refusesAndNamesTheField(String pointer, String value, String path, String code) {
        // Given
        ObjectNode order = Json.readObject(GOOD);
        int slash = pointer.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) order.at(pointer.substring(0, slash));
        parent.set(pointer.substring(slash + 1), value == null ? null : Json.readObject("{\"v\":" + value + "}").get("v"));

        // When
        ArrayNode problems = rules.problems(order, null, true, true);

        // Then
        assertEquals(1, problems.size(), problems.toString());
        assertEquals(path, problems.get(0).path("o:errorPath").asText());
        assertEquals(code, problems.get(0).path("o:errorCode").asText());
    }

    @Test
    void countsCharactersAndNotBytes() {
        ObjectNode order = Json.readObject(GOOD);
        ((ObjectNode) order.path("shippingAddress")).put("city", "ö".repeat(50)).put("addr1", "x".repeat(151));
        order.put("otherRefNum", "#".repeat(46));
        ArrayNode problems = rules.problems(order, null, true, true);
        assertEquals(2, problems.size(), problems.toString());
    }

    @Test
    void inClosedBooksNothingIsBookedAndNothingChanged() {
        // Given
        ObjectNode order = Json.readObject(GOOD);
        settings.use(settings.checked(Json.readObject("{\"closedUntil\":\"2026-11-30\"}")));
        // Then
        assertEquals("CLOSED_TRAN_PRD", rules.problems(order, null, true, true).get(0).path("o:errorCode").asText());
        ObjectNode later = Json.readObject(GOOD).put("tranDate", "2026-12-01");
        assertEquals(0, rules.problems(later, null, true, true).size());
        assertEquals("tranDate", rules.problems(later, order, true, true).get(0).path("o:errorPath").asText(), "it stands in the closed books");
        assertThrows(IllegalArgumentException.class, () -> settings.checked(Json.readObject("{\"closedUntil\":\"November\"}")));
    }

    @Test
    void aCustomerIsOneForAnExternalIdAndForAName() {
        // Given
        ObjectNode ada = Json.readObject("{\"isPerson\":true,\"firstName\":\"Ada\",\"lastName\":\"Quist\",\"email\":\"Ada@example.org\"}");
        assertEquals(0, rules.customerProblems(ada, true).size());
        String id = customers.upsert("ORDERWEIR-1", ada);
        // Then
        assertEquals(id, customers.upsert("ORDERWEIR-1", ada));
        assertNull(customers.upsert("ORDERWEIR-2", ada), "another of the same name");
        assertEquals(List.of(id), customers.withMail("ada@example.org"));
        assertEquals(1, customers.count());
        // and orders are taken of whom it knows, a known order without a customer too
        ObjectNode order = Json.readObject(GOOD);
        ((ObjectNode) order.get("entity")).put("id", id);
        assertEquals(0, rules.problems(order, null, true, true).size());
        order.remove("entity");
        assertEquals(1, rules.problems(order, null, true, true).size());
        assertEquals(0, rules.problems(order, order, true, true).size());
        assertEquals("lastName", rules.customerProblems(ada.put("lastName", " "), true).get(0).path("o:errorPath").asText());
    }

    @ParameterizedTest(name = "{1} at {2}")
    @CsvSource(delimiter = '|', value = {
        "/salesOrder/id    | \"4799\" | salesOrder    | INVALID_KEY_OR_REF",
        "/customer/id      | \"108\"  | customer      | INVALID_KEY_OR_REF",
        "/currency/refName | \"EUR\"  | currency      | INVALID_KEY_OR_REF",
        "/payment          | \"5.00\" | payment       | USER_ERROR",
        "/payment          | 0        | payment       | USER_ERROR",
        "/account/id       | \"9\"    | account       | INVALID_KEY_OR_REF",
        "/tranDate         | \"2026-10-31\" | tranDate | CLOSED_TRAN_PRD",
        "/paymentOption    | 7        | paymentOption | INVALID_KEY_OR_REF",
        "/colour           | \"red\"  | colour        | INVALID_CONTENT"})
    void aDepositIsOfAnOrderOnItsCustomerAndInItsCurrency(String pointer, String value, String path, String code) {
        // Given
        NetsuiteStore store = new NetsuiteStore(new NetsuiteTotals(new NetsuiteItems(new Catalogue(), Set.of()), false));
        NetsuiteDeposit deposits = new NetsuiteDeposit(store, day -> day.compareTo("2026-11-01") < 0);
        String order = store.upsert("shopify-us-1", Json.readObject(GOOD), true, NOW).id;
        ObjectNode deposit = Json.readObject(("{\"customer\":{\"id\":\"107\"},\"salesOrder\":{\"id\":\"%s\"},\"currency\":{\"refName\":\"USD\"},\"payment\":12.50,\"tranDate\":\"2026-11-27\","
                + "\"account\":{\"id\":\"12\"}}").formatted(order));
        assertEquals(0, deposits.problems(deposit).size());
        // When
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) deposit.at(pointer.substring(0, slash))).set(pointer.substring(slash + 1), Json.readObject("{\"v\":" + value + "}").get("v"));
        ArrayNode problems = deposits.problems(deposit);
        // Then
        assertEquals(path + " " + code, problems.path(0).path("o:errorPath").asText() + " " + problems.path(0).path("o:errorCode").asText());
    }

    @Test
    void aDepositIsOneForAnExternalIdAndLowersWhatIsUnpaid() {
        // Given
        NetsuiteStore store = new NetsuiteStore(new NetsuiteTotals(new NetsuiteItems(new Catalogue(), Set.of()), false));
        String order = store.upsert("shopify-us-1", Json.readObject(GOOD), true, NOW).id;
        BigDecimal total = store.unpaid(order);
        ObjectNode deposit = Json.readObject("{\"salesOrder\":{\"id\":\"" + order + "\"},\"payment\":12.50}");
        // When
        String id = store.deposit("shopify-us-1-ch_1", deposit);
        assertEquals(id, store.deposit("shopify-us-1-ch_1", deposit));
        // Then
        assertEquals(0, total.subtract(new BigDecimal("12.50")).compareTo(store.unpaid(order)));
        store.deposit("shopify-us-1-ch_2", deposit);
        assertEquals(0, total.subtract(new BigDecimal("25.00")).compareTo(store.unpaid(order)));
    }

    @Test
    void anUpsertWithoutReplaceItemAppendsTheLines() {
        // Given
        NetsuiteStore store = new NetsuiteStore(NetsuiteTotals.of(Set.of(), true));
        store.upsert("shopify-us-1", Json.readObject(GOOD), true, 1);

        // When
        NetsuiteStore.Order appended = store.upsert("shopify-us-1", Json.readObject(GOOD), false, 2);

        // Then
        assertEquals(2, appended.lines.size());
        assertEquals(1, store.upsert("shopify-us-1", Json.readObject(GOOD), true, 3).lines.size());
        assertEquals(1, appended.creates);
        assertEquals(1, store.all().size());
    }

    @Test
    void anOrderIsClosedWhenAllItsLinesAreAndAChangeNeverCreates() {
        NetsuiteStore store = new NetsuiteStore(NetsuiteTotals.of(Set.of(), true));
        ObjectNode close = Json.readObject("""
                {"item":{"items":[{"item":{"externalId":"SKU-1"},"isClosed":true,"custcol_ow_line":"11"}]}}""");
        assertEquals(0, rules.problems(close, null, false, true).size());
        assertNull(store.change("shopify-us-1", close, true, 1));
        store.upsert("shopify-us-1", Json.readObject(GOOD), true, 2);
        assertTrue(store.change("shopify-us-1", close, true, 3).closed());
    }

    @Test
    void oneNonceIsGoodForOneCallAndOneTimestampForFiveMinutes() {
        // Given
        NetsuiteLogin login = new NetsuiteLogin(new Vendors());
        String header = header("nonce-1", NOW, "sandbox-token-secret");

        // Then
        assertNull(login.reason(header, "PUT", URL, NOW));
        assertEquals("nonce is missing or was used before", login.reason(header, "PUT", URL, NOW));
        assertEquals("timestamp is missing or more than five minutes away", login.reason(header("nonce-2", NOW - 301, "sandbox-token-secret"), "PUT", URL, NOW));
        assertEquals("signature does not match", login.reason(header("nonce-3", NOW, "wrong"), "PUT", URL, NOW));
        assertEquals("signature does not match", login.reason(header("nonce-4", NOW, "sandbox-token-secret"), "PUT", URL.replace("?replace=item", ""), NOW));
        assertEquals("no OAuth header", login.reason(null, "PUT", URL, NOW));
    }

    @Test
    void aQueryAnswersItsOwnTotalsAndRefusesWhatItDoesNotKnow() {
        // Given two orders, of which a script of the account added five cents to one
        Vendors vendors = new Vendors();
        NetsuiteSalesOrder orders = new NetsuiteSalesOrder(vendors);
        NetsuiteQuery queries = new NetsuiteQuery(orders, vendors);
        String order = GOOD.replace("\"quantity\":2", "\"quantity\":2,\"price\":{\"id\":\"-1\"}");
        orders.store().upsert("shopify-us-1", Json.readObject(order), true, 1);
        orders.store().upsert("shopify-us-2", Json.readObject(order).put("handlingCost", 0.05), true, 1);
        String question = "{\"q\":\"SELECT id, foreigntotal FROM transaction WHERE id IN (4711, 4712, 9) ORDER BY id\"}";
        // Then its totals are its own, with a tax that nobody sent, and what it has no record of is not in it
        JsonNode page = Json.readObject(asked(queries, "POST", "transient", "limit=1000", question, "page"));
        assertEquals(List.of("24.00", "24.05"), page.path("items").findValuesAsText("foreigntotal"));
        assertEquals(2, page.path("count").asInt());
        assertTrue(Json.readObject(asked(queries, "POST", "transient", "limit=1", question, "page")).path("hasMore").asBoolean());
        // and of a buyer it says who it is
        String customer = orders.store().customers().upsert("ORDERWEIR-1", Json.readObject("{\"isPerson\":false,\"companyName\":\"O'Neill\",\"email\":\"o'neill@example.org\"}"));
        String buyer = "{\"q\":\"SELECT id FROM customer WHERE LOWER(email) = 'o''neill@example.org' AND isinactive = 'F' ORDER BY id\"}";
        assertEquals(customer, Json.readObject(asked(queries, "POST", "transient", "limit=1", buyer, "page")).at("/items/0/id").asText());
        assertEquals(0, Json.readObject(asked(queries, "POST", "transient", "limit=1", buyer.replace("o''", ""), "page")).path("count").asInt());
        // and of its books the first month after a day that is open
        String opens = "{\"q\":\"SELECT TO_CHAR(startdate, 'YYYY-MM-DD') AS opens FROM accountingperiod WHERE closed = 'F' AND isquarter = 'F' AND isyear = 'F' AND isadjust = 'F' AND startdate > TO_DATE('2026-11-27', 'YYYY-MM-DD') ORDER BY startdate\"}";
        assertEquals("2026-12-01", Json.readObject(asked(queries, "POST", "transient", "limit=1", opens, "page")).at("/items/0/opens").asText());
        vendors.get("netsuite").settings.use(vendors.get("netsuite").settings.checked(Json.readObject("{\"closedUntil\":\"2026-12-31\"}")));
        assertEquals("2027-01-01", Json.readObject(asked(queries, "POST", "transient", "limit=1", opens, "page")).at("/items/0/opens").asText());
        // and the rest is refused in its own words
        assertTrue(asked(queries, "POST", null, "limit=1000", question, "details").contains("INVALID_HEADER"));
        assertTrue(asked(queries, "GET", "transient", "limit=1000", question, "details").contains("METHOD_NOT_ALLOWED"));
        assertTrue(asked(queries, "POST", "transient", "limit=1001", question, "details").contains("INVALID_PARAMETER"));
        for (String unknown : new String[] {"{}", "no JSON", question.replace("foreigntotal", "grandtotal"), question.replace("4711", "'4711'")}) {
            assertTrue(asked(queries, "POST", "transient", "", unknown, "details").contains("Invalid search query"), unknown);
            assertEquals("", asked(queries, "POST", "transient", "", unknown, "page"));
        }
    }

    private static String asked(NetsuiteQuery queries, String method, String prefer, String query, String body, String variable) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(body);
        exchange.getMessage().setHeader(Exchange.HTTP_METHOD, method);
        exchange.getMessage().setHeader(Exchange.HTTP_QUERY, query);
        exchange.getMessage().setHeader("Prefer", prefer);
        queries.answer(exchange);
        return exchange.getVariable(variable, String.class);
    }

    private static String header(String nonce, long timestamp, String tokenSecret) {
        Map<String, String> oauth = new LinkedHashMap<>();
        oauth.put("realm", "1234567");
        oauth.put("oauth_consumer_key", "sandbox-consumer-key");
        oauth.put("oauth_token", "sandbox-token");
        oauth.put("oauth_signature_method", "HMAC-SHA256");
        oauth.put("oauth_timestamp", "" + timestamp);
        oauth.put("oauth_nonce", nonce);
        oauth.put("oauth_version", "1.0");
        oauth.put("oauth_signature", OAuthSignature.sign("PUT", URL, oauth, "sandbox-consumer-secret", tokenSecret));
        return "OAuth " + oauth.entrySet().stream().map(one -> one.getKey() + "=\"" + OAuthSignature.encode(one.getValue()) + "\"")
                .collect(Collectors.joining(", "));
    }

    @Test
    void aWrongSettingChangesNothing() {
        Settings settings = Settings.netsuite();
        JsonNode wrong = Json.readObject("{\"limit\":5,\"reset\":1.5}");
        String sentence = assertThrows(IllegalArgumentException.class, () -> settings.checked(wrong)).getMessage();
        assertEquals("The setting netsuite.reset cannot be 1.5; its default is 0.0.", sentence);
        assertEquals(100, settings.number("limit"));
    }
}
