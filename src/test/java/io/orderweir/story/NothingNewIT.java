package io.orderweir.story;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is sent decides whether it is sent again: an edit of what a target is not told costs no call there, and holds nothing. */
class NothingNewIT {

    private static final Duration LONG = Duration.ofSeconds(40);
    private static final String ORDER = """
            {'id':%d,'name':'#%1$d','currency':'USD','updated_at':'2026-01-21T13:00:0%dZ','financial_status':'paid','note':'%s','tags':'%s',
             'shipping_address':{'last_name':'Sample','address1':'1 Sample Road','city':'%s','zip':'62701','country_code':'US'},
             'line_items':[{'id':%1$d1,'sku':'SKU-1','name':'%s','quantity':2,'price':'15.00'}]}""";

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.opens("nothing-new");
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void tagsAndTimesCostNoCallAndWhatMattersDoes() {
        // Given an order that both have
        comes(101, 1, "", "", "Springfield", "Lamp");
        both(101, "delivered", 1);
        // When it is tagged, and edited as it was
        comes(101, 2, "", "vip", "Springfield", "Lamp");
        comes(101, 3, "", "vip, gift", "Springfield", "Lamp");
        // Then nobody is called, and a person reads why
        await().atMost(LONG).until(() -> happened(101, "captured", null) == 3 && happened(101, "delivered", "netsuite") == 3);
        assertEquals(List.of(1L, 1L), List.of(happened(101, "call", "netsuite"), happened(101, "call", "wms")));
        assertTrue(order(101).path("timeline").toString().contains("nothing of it is sent that NetSuite does not have already"), () -> order(101).toString());
        assertTrue(order(101).path("lanes").toString().contains("Nothing: nothing of it is sent that NetSuite does not have already."), () -> order(101).path("lanes").toString());
        // When a note is written, which the ERP is told, and then the address changes, which both are
        comes(101, 4, "ring twice", "vip, gift", "Springfield", "Lamp");
        await().atMost(LONG).until(() -> happened(101, "call", "netsuite") == 2);
        comes(101, 5, "ring twice", "vip, gift", "Shelbyville", "Lamp");
        // Then
        await().atMost(LONG).until(() -> happened(101, "call", "netsuite") == 3 && happened(101, "call", "wms") == 2);
        assertEquals("Shelbyville", shop.atWarehouse("shopify-us-101").at("/shipTo/city").asText());
        assertEquals(0, happened(101, "held", null));
    }

    @Test
    void anEditThatAPickedRequestIsNotToldHoldsNothing() {
        // Given a request that is picked
        comes(201, 1, "", "", "Springfield", "Lamp");
        both(201, "delivered", 1);
        shop.sandbox.post("/sandbox/wms/pick", Map.of("reference", "shopify-us-201"));
        // When the name of its line changes, which the warehouse does not read and the ERP does
        comes(201, 2, "", "", "Springfield", "Lamp, brass");
        // Then the ERP is told, and at the warehouse it ends without a call and without a hold
        await().atMost(LONG).until(() -> happened(201, "call", "netsuite") == 2 && happened(201, "delivered", "wms") == 2);
        assertEquals(1, happened(201, "call", "wms"));
        assertEquals(0, happened(201, "held", null));
        // When the address changes, the warehouse refuses it
        comes(201, 3, "", "", "Shelbyville", "Lamp, brass");
        await().atMost(LONG).until(() -> happened(201, "held", "wms") == 1);
        // and when it is changed back, it has all of that
        comes(201, 4, "", "", "Springfield", "Lamp, brass");
        await().atMost(LONG).until(() -> happened(201, "delivered", "wms") == 3);
        assertEquals(2, happened(201, "call", "wms"));
    }

    @Test
    void aStormOfTagsCostsNoCall() {
        // Given an order that both have
        tells(301, "create", "2026-01-21T13:00:05Z", "'financial_status':'paid','tags':''");
        both(301, "delivered", 1);
        // When an app tags it forty times, a second apart
        StringBuilder tags = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            tags.append(i == 0 ? "" : ", ").append("t").append(i);
            tells(301, "updated", "2026-01-21T13:01:%02dZ".formatted(i), "'financial_status':'paid','tags':'" + tags + "'");
        }
        // Then nobody is called for it
        await().atMost(LONG).until(() -> happened(301, "captured", null) == 41 && happened(301, "delivered", "netsuite") > 1);
        await().atMost(LONG).until(() -> !order(301).path("lanes").toString().contains("It is asked for"));
        assertEquals(List.of(1L, 1L, 0L), List.of(happened(301, "call", "netsuite"), happened(301, "call", "wms"), happened(301, "held", null)));
    }

    @Test
    void theUsualLifeOfAnOrderIsOneCallAtEach() {
        // When it is authorized, and both have it
        tells(401, "create", "2026-01-21T13:00:05Z", "'financial_status':'authorized','fulfillment_status':null,'closed_at':null");
        both(401, "delivered", 1);
        // and paid, fulfilled and archived, each when the one before is settled
        tells(401, "paid", "2026-01-21T13:01:05Z", "'financial_status':'paid','fulfillment_status':null,'closed_at':null");
        await().atMost(LONG).until(() -> happened(401, "delivered", "netsuite") == 2);
        tells(401, "fulfilled", "2026-01-21T14:00:05Z", "'financial_status':'paid','fulfillment_status':'fulfilled','closed_at':null");
        await().atMost(LONG).until(() -> happened(401, "captured", null) == 3);
        tells(401, "updated", "2026-01-21T15:00:05Z", "'financial_status':'paid','fulfillment_status':'fulfilled','closed_at':'2026-01-21T15:10:00Z'");
        await().atMost(LONG).until(() -> happened(401, "captured", null) == 4 && happened(401, "delivered", "netsuite") > 2);
        // Then
        assertEquals(List.of(1L, 1L, 0L), List.of(happened(401, "call", "netsuite"), happened(401, "call", "wms"), happened(401, "held", null)));
    }

    private static void tells(int id, String topic, String updatedAt, String more) {
        shop.sends(("{'id':%1$d,'name':'#%1$d','currency':'USD','updated_at':'%2$s',%3$s,'shipping_address':{'last_name':'Sample','address1':'1 Sample Road','city':'Springfield','zip':'62701','country_code':'US'},"
                + "'line_items':[{'id':%1$d1,'sku':'SKU-1','name':'Lamp','quantity':2,'price':'15.00'}]}").formatted(id, updatedAt, more).replace('\'', '"').getBytes(UTF_8), "orders/" + topic);
    }

    private static void both(int id, String kind, long times) {
        await().atMost(LONG).until(() -> happened(id, kind, "netsuite") == times && happened(id, kind, "wms") == times);
    }

    private static void comes(int id, int version, String note, String tags, String city, String line) {
        shop.sends(ORDER.formatted(id, version, note, tags, city, line).replace('\'', '"').getBytes(UTF_8), version == 1 ? "orders/create" : "orders/updated");
    }

    private static JsonNode order(int id) {
        return shop.reads("/api/orders/shopify-us/" + id + "/timeline");
    }

    /** How often, as the order's page says; of an order that is not there yet never. */
    private static long happened(int id, String kind, String connection) {
        if (shop.given().when().get("/api/orders/shopify-us/" + id + "/timeline").statusCode() != 200) {
            return 0;
        }
        long count = 0;
        for (JsonNode one : order(id).path("timeline")) {
            count += one.path("kind").asText().equals(kind) && (connection == null || one.path("connection").asText().equals(connection)) ? 1 : 0;
        }
        return count;
    }
}
