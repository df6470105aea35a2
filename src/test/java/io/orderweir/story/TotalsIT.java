package io.orderweir.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.orderweir.process.Api;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the ERP itself makes of a sales order is read back before it is approved, and before the warehouse is asked for anything. The pretend ERP reckons its totals from what it got. */
class TotalsIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.opens("totals", Map.of("orderweir.connections.netsuite.settings.approve", "after-check"));
    }

    @AfterEach
    void isWellAgain() {
        shop.sandbox.post("/sandbox/netsuite/outage", Map.of("off", true));
        erp(Map.of("handlingCents", 0, "queriesFail", false));
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void whatIsBookedAtItsTotalIsReadBackAndThenAskedOfTheWarehouse() {
        comes(101);
        // Then
        await().atMost(LONG).untilAsserted(() -> assertTrue(at("wms", 101).has("lines")));
        assertEquals("47.95", at("netsuite", 101).path("total").asText());
        assertEquals("Pending Fulfillment", status(101));
        assertEquals("47.95", shop.services.sql().text("select l.read_total from orderweir.lane l join orderweir.entity e on e.id = l.entity_id where e.key = 'shopify-us/101' and l.connection = 'netsuite'"));
        // and the read was a call like any other, before the warehouse's, which is in the log when it has ended
        await().atMost(LONG).untilAsserted(() -> assertTrue(shop.services.sql().number("select count(*) from orderweir.call_log c where c.purpose = 'check' and c.connection = 'netsuite' and c.outcome = 'done' and c.request like '%foreigntotal%' "
                + "and c.ended_at < (select min(w.called_at) from orderweir.call_log w join orderweir.call_item i on i.call_id = w.id join orderweir.delivery d on d.id = i.delivery_id "
                + "join orderweir.entity e on e.id = d.entity_id where e.key = 'shopify-us/101' and d.connection = 'wms')") > 0));
    }

    @Test
    void whatTheErpMakesAnotherTotalOfIsHeldAndItsReleaseChangesTheSameRecord() {
        // Given a script of the account that adds handling
        erp(Map.of("handlingCents", 1));
        comes(201);
        // When
        JsonNode hold = held(201);
        // Then both numbers stand in the sentence, and nobody ships
        assertTrue(hold.path("sentence").asText().contains("comes to 47.95 USD, and netsuite makes 47.96 of record"), hold.toString());
        assertEquals("money.differs", hold.path("reason").asText());
        assertTrue(at("wms", 201).isMissingNode());
        assertEquals("Pending Approval", status(201));
        String record = at("netsuite", 201).path("id").asText();
        // When the script is gone, and a person releases it
        erp(Map.of("handlingCents", 0));
        shop.given().body(Map.of()).when().post("/api/holds/{id}/release", hold.path("id").asLong()).then().statusCode(200);
        // Then
        await().atMost(LONG).untilAsserted(() -> assertTrue(at("wms", 201).has("lines")));
        assertEquals(record, at("netsuite", 201).path("id").asText());
        assertEquals(1, at("netsuite", 201).path("creates").asInt());
        // written once more, and approved
        assertEquals(2, at("netsuite", 201).path("changes").asInt());
        assertEquals("Pending Fulfillment", status(201));
        assertEquals("47.95", at("netsuite", 201).path("total").asText());
    }

    @Test
    void aDifferenceIsAcceptedByTwo() {
        erp(Map.of("handlingCents", 5));
        comes(301);
        long hold = held(301).path("id").asLong();
        shop.given().body(Map.of("name", "Olga", "role", "operator")).when().post("/api/people").then().statusCode(200);
        String olga = shop.given().body(Map.of("label", "tests", "days", 1)).when().post("/api/people/Olga/tokens").then().statusCode(200).extract().path("token");
        // When one person accepts it, even twice
        assertEquals(false, shop.given().body(Map.of("reason", "five cents are ours")).when().post("/api/holds/{id}/accept", hold).then().statusCode(200).extract().path("accepted"));
        shop.given().body(Map.of("reason", "really")).when().post("/api/holds/{id}/accept", hold).then().statusCode(409);
        // Then nothing has gone on, and the page shows who asked
        assertTrue(at("wms", 301).isMissingNode());
        assertEquals("Pending Approval", status(301));
        String page = Api.at(shop.engine.url(), olga).accept("text/html").when().get("/holds/" + hold).asString();
        assertTrue(page.contains("asked for it: five cents are ours"), page);
        // When another one does
        assertEquals(true, Api.at(shop.engine.url(), olga).body(Map.of("reason", "agreed")).when().post("/api/holds/{id}/accept", hold).then().statusCode(200).extract().path("accepted"));
        // Then
        await().atMost(LONG).untilAsserted(() -> assertTrue(at("wms", 301).has("lines")));
        assertEquals(1, at("netsuite", 301).path("changes").asInt());
        assertEquals("Pending Fulfillment", status(301));
    }

    @Test
    void aReadThatFailsAndAnErpThatIsAwayOnlyMakeItLater() {
        // Given queries that fail
        erp(Map.of("queriesFail", true));
        comes(401);
        await().atMost(LONG).untilAsserted(() -> assertTrue(failed(500) >= 2));
        assertEquals("47.95", at("netsuite", 401).path("total").asText());
        // When the whole ERP is away
        shop.sandbox.post("/sandbox/netsuite/outage", Map.of("ms", 120_000, "mode", "503"));
        erp(Map.of("queriesFail", false));
        await().atMost(LONG).untilAsserted(() -> assertTrue(failed(503) >= 1));
        // Then nothing was asked of the warehouse, nobody is bothered, and it says why
        assertTrue(at("wms", 401).isMissingNode());
        assertEquals(0, shop.services.sql().number("select count(*) from orderweir.hold h join orderweir.message m on m.id = h.message_id join orderweir.entity e on e.id = m.entity_id where e.key = 'shopify-us/401'"));
        assertTrue(shop.reads("/api/orders/shopify-us/401/timeline").toString().contains("until it was read back what netsuite order makes of the order"));
        // When it is back
        shop.sandbox.post("/sandbox/netsuite/outage", Map.of("off", true));
        // Then
        await().atMost(LONG).untilAsserted(() -> assertTrue(at("wms", 401).has("lines")));
        assertEquals(1, at("netsuite", 401).path("changes").asInt());
    }

    private static long failed(int status) {
        return shop.services.sql().number("select count(*) from orderweir.call_log where purpose = 'check' and outcome <> 'done' and status = ?", status);
    }

    /** Two mugs with tax on top, and shipping. */
    private static void comes(int id) {
        String body = ("{'id':%1$d,'name':'#%1$d','currency':'USD','updated_at':'2026-01-21T13:00:01Z','financial_status':'paid','taxes_included':false,'total_tax':'3.00','total_price':'47.95',"
                + "'current_total_price':'47.95','current_total_tax':'3.00','shipping_lines':[{'id':9,'title':'Post','price':'4.95','discounted_price':'4.95','tax_lines':[]}],"
                + "'shipping_address':{'last_name':'Sample','address1':'1 Sample Road','city':'Springfield','zip':'62701','country_code':'US'},"
                + "'line_items':[{'id':%1$d1,'sku':'SKU-1','name':'Mug','quantity':2,'current_quantity':2,'fulfillable_quantity':2,'price':'20.00','tax_lines':[{'title':'Tax','rate':0.075,'price':'3.00'}]}]}").formatted(id);
        shop.sends(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode held(int order) {
        await().atMost(LONG).until(() -> shop.reads("/api/holds").path("holds").findValuesAsText("entityKey").contains("shopify-us/" + order));
        for (JsonNode hold : shop.reads("/api/holds").path("holds")) {
            if (hold.path("entityKey").asText().equals("shopify-us/" + order)) {
                return hold;
            }
        }
        throw new IllegalStateException("the hold is gone");
    }

    private static String status(int order) {
        return at("netsuite", order).at("/status/refName").asText();
    }

    private static JsonNode at(String vendor, int order) {
        try {
            return shop.sandbox.get("/sandbox/" + vendor + "/records/shopify-us-" + order);
        } catch (IllegalStateException none) {
            return MissingNode.getInstance();
        }
    }

    private static void erp(Map<String, Object> settings) {
        shop.sandbox.post("/sandbox/settings", Map.of("netsuite", settings));
    }
}
