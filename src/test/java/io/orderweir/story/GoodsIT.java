package io.orderweir.story;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.orderweir.process.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Orders as merchants have them, between a shop, an ERP and a warehouse: what is not to be shipped by us is never asked for, and what was shipped is left alone;
 * what is sent decides whether it is sent again: an edit of what a target is not told costs no call there, and holds nothing.
 */
class GoodsIT {

    private static final Duration LONG = Duration.ofSeconds(40);
    private static final String ADDRESS = ",'shipping_address':{'last_name':'Sample','address1':'1 Sample Road','city':'Springfield','zip':'62701','country_code':'US'}";
    private static final String ONE = "{'id':%d1,'sku':'SKU-1','name':'Lamp','quantity':2,'price':'15.00'%s}";
    private static final String TWO = "{'id':%d2,'sku':'SKU-2','name':'Mug','quantity':1,'price':'20.00'%s}";
    private static final String EDITED = """
            {'id':%d,'name':'#%1$d','currency':'USD','updated_at':'2026-01-21T13:00:0%dZ','financial_status':'paid','note':'%s','tags':'%s',
             'shipping_address':{'last_name':'Sample','address1':'1 Sample Road','city':'%s','zip':'62701','country_code':'US'},
             'line_items':[{'id':%1$d1,'sku':'SKU-1','name':'%s','quantity':2,'price':'15.00'}]}""";

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.opens("goods");
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void whatNobodyHasToShipIsBookedAndWaitsForNobody() {
        // Given a sale at the till, a parcel that is picked up in the shop, one that is shipped already, and one that another service ships in part
        comes(101, 1, ",'source_name':'pos','financial_status':'paid','shipping_address':null", ONE, ",'fulfillable_quantity':0,'fulfillment_status':'fulfilled'");
        comes(102, 1, ",'financial_status':'paid','shipping_address':null,'shipping_lines':[{'id':9,'title':'Shop','price':'0.00','delivery_category':'pickup'}]", ONE, "");
        comes(103, 1, ",'financial_status':'paid','tags':'vip'" + ADDRESS, ONE, ",'fulfillable_quantity':0,'fulfillment_status':'fulfilled'");
        comes(104, 1, ",'financial_status':'paid'" + ADDRESS, ONE, "", TWO, ",'fulfillment_service':'print-on-demand'");
        // and one that somebody tries the shop with
        comes(105, 1, ",'financial_status':'paid','test':true" + ADDRESS, ONE, "");
        // When
        await().atMost(LONG).untilAsserted(() -> assertEquals(List.of("SKU-1"), asked(104)));
        for (int order : new int[] {101, 102, 103}) {
            await().atMost(LONG).untilAsserted(() -> assertTrue(at("netsuite", order).hasNonNull("id") || !at("netsuite", order).isEmpty()));
        }
        // Then nobody is asked for the others, and a person reads why
        for (int order : new int[] {101, 102, 103, 105}) {
            assertTrue(at("wms", order).isEmpty(), "the warehouse was asked for " + order);
            assertEquals(0, holds(order));
        }
        assertTrue(at("netsuite", 105).isEmpty(), "a test order is booked");
        assertEquals(List.of("handed-over", "pick-up", "shipped", "other-service"), List.of(why(101), why(102), why(103), why(104)));
        String page = Api.at(shop.engine.url(), shop.token).accept("text/html").when().get("/orders/shopify-us/103").asString();
        assertTrue(page.contains("shipped already, or on its way by somebody else"), page);
    }

    @Test
    void whatIsNotPaidWaitsAndGoesInOneRequestWhenItIs() {
        // Given
        comes(201, 1, ",'financial_status':'pending'" + ADDRESS, ONE, "", TWO, "");
        await().atMost(LONG).untilAsserted(() -> assertEquals("gated", state(201, "wms")));
        await().atMost(LONG).untilAsserted(() -> assertTrue(!at("netsuite", 201).isEmpty()));
        assertTrue(at("wms", 201).isEmpty());
        // When
        comes(201, 2, ",'financial_status':'paid'" + ADDRESS, ONE, "", TWO, "");
        // Then
        await().atMost(LONG).untilAsserted(() -> assertEquals(List.of("SKU-1", "SKU-2"), asked(201)));
        // and what is voided before it is shipped is taken back
        comes(201, 3, ",'financial_status':'voided'" + ADDRESS, ONE, "", TWO, "");
        await().atMost(LONG).untilAsserted(() -> assertEquals("cancelled", at("wms", 201).path("status").asText()));
    }

    @Test
    void whatWasShippedStaysShippedWhateverComesBack() {
        // Given an order that the warehouse has picked
        comes(301, 1, ",'financial_status':'paid'" + ADDRESS, ONE, ",'fulfillable_quantity':2,'tax_lines':[{'title':'VAT','price':'1.50'}]", TWO, ",'fulfillable_quantity':1");
        await().atMost(LONG).untilAsserted(() -> assertEquals(List.of("SKU-1", "SKU-2"), asked(301)));
        shop.sandbox.post("/sandbox/wms/pick", Map.of("reference", "shopify-us-301"));
        // When somebody writes a note and corrects a tax, the shop knows the parcel, and one lamp comes back
        comes(301, 2, ",'financial_status':'paid','note':'asks for an invoice'" + ADDRESS, ONE, ",'fulfillable_quantity':2,'tax_lines':[]", TWO, ",'fulfillable_quantity':1");
        String parcel = ",'fulfillments':[{'id':8,'status':'success','line_items':[{'id':3011,'quantity':2},{'id':3012,'quantity':1}]}]";
        comes(301, 3, ",'financial_status':'paid'" + ADDRESS + parcel, ONE, ",'fulfillable_quantity':0,'fulfillment_status':'fulfilled'", TWO, ",'fulfillable_quantity':0,'fulfillment_status':'fulfilled'");
        comes(301, 4, ",'financial_status':'partially_refunded'" + ADDRESS + parcel + ",'refunds':[{'id':7,'refund_line_items':[{'line_item_id':3011,'quantity':1,'restock_type':'return'}]}]",
                ONE, ",'current_quantity':1,'fulfillable_quantity':0,'fulfillment_status':'fulfilled'", TWO, ",'fulfillable_quantity':0,'fulfillment_status':'fulfilled'");
        await().atMost(LONG).until(() -> messages(301) == 4);
        await().atMost(LONG).until(() -> !List.of("ready", "sending").contains(state(301, "netsuite")));
        // Then the warehouse heard nothing of it, and nobody has to settle anything
        assertEquals("delivered", state(301, "wms"));
        assertEquals(1, deliveries(301, "wms"));
        assertEquals(0, holds(301));
        // and what was sold stays booked, and the page says what came back
        assertEquals(2, at("netsuite", 301).at("/item/items/0/quantity").asInt(), () -> at("netsuite", 301).toString());
        assertEquals(1, order(301).at("/returned/0/quantity").asInt());
    }

    @Test
    void whatIsRefundedBeforeItIsShippedIsClosedAtBoth() {
        // Given
        comes(401, 1, ",'financial_status':'paid','current_total_price':'30.00'" + ADDRESS, ONE, ",'fulfillable_quantity':2");
        await().atMost(LONG).untilAsserted(() -> assertEquals(List.of("SKU-1"), asked(401)));
        // When all of it is refunded, and the order is not cancelled
        comes(401, 2, ",'financial_status':'refunded','current_total_price':'0.00'" + ADDRESS + ",'refunds':[{'id':7,'refund_line_items':[{'line_item_id':4011,'quantity':2,'restock_type':'cancel'}]}]",
                ONE, ",'current_quantity':0,'fulfillable_quantity':0");
        // Then
        await().atMost(LONG).untilAsserted(() -> assertEquals("cancelled", at("wms", 401).path("status").asText()));
        await().atMost(LONG).untilAsserted(() -> assertTrue(at("netsuite", 401).toString().contains("\"isClosed\":true"), () -> at("netsuite", 401).toString()));
        assertEquals(0, holds(401));
    }

    @Test
    void whatIsNoOrderBelowOrdersIsNotedAndADeletionSaysSo() {
        comes(501, 1, ",'financial_status':'paid'" + ADDRESS, ONE, "");
        await().atMost(LONG).untilAsserted(() -> assertEquals(List.of("SKU-1"), asked(501)));
        // When
        shop.sends("{\"order_edit\":{\"id\":9001,\"order_id\":501}}".getBytes(UTF_8), "orders/edited");
        shop.sends("{\"provider_id\":5,\"order_id\":501,\"risk_level\":\"HIGH\"}".getBytes(UTF_8), "orders/risk_assessment_changed");
        shop.sends("{\"id\":501}".getBytes(UTF_8), "orders/delete");
        // Then
        await().atMost(LONG).untilAsserted(() -> assertEquals(1, holds(501)));
        assertTrue(shop.reads("/api/holds").toString().contains("The shop deleted the order with the id 501."));
        assertEquals(2, shop.services.sql().number("select count(*) from orderweir.message where type = 'unknown' and state = 'noted'"));
    }

    @Test
    void tagsAndTimesCostNoCallAndWhatMattersDoes() {
        // Given an order that both have
        edited(601, 1, "", "", "Springfield", "Lamp");
        bothHave(601);
        // When it is tagged, and edited as it was
        edited(601, 2, "", "vip", "Springfield", "Lamp");
        edited(601, 3, "", "vip, gift", "Springfield", "Lamp");
        // Then nobody is called, and a person reads why
        await().atMost(LONG).until(() -> happened(601, "captured", null) == 3 && happened(601, "delivered", "netsuite") == 3);
        assertEquals(List.of(1L, 1L), List.of(happened(601, "call", "netsuite"), happened(601, "call", "wms")));
        assertTrue(order(601).path("timeline").toString().contains("nothing of it is sent that NetSuite does not have already"), () -> order(601).toString());
        assertTrue(order(601).path("lanes").toString().contains("Nothing: nothing of it is sent that NetSuite does not have already."), () -> order(601).path("lanes").toString());
        // When a note is written, which the ERP is told, and then the address changes, which both are
        edited(601, 4, "ring twice", "vip, gift", "Springfield", "Lamp");
        await().atMost(LONG).until(() -> happened(601, "call", "netsuite") == 2);
        edited(601, 5, "ring twice", "vip, gift", "Shelbyville", "Lamp");
        // Then
        await().atMost(LONG).until(() -> happened(601, "call", "netsuite") == 3 && happened(601, "call", "wms") == 2);
        assertEquals("Shelbyville", shop.atWarehouse("shopify-us-601").at("/shipTo/city").asText());
        assertEquals(0, happened(601, "held", null));
    }

    @Test
    void anEditThatAPickedRequestIsNotToldHoldsNothing() {
        // Given a request that is picked
        edited(701, 1, "", "", "Springfield", "Lamp");
        bothHave(701);
        shop.sandbox.post("/sandbox/wms/pick", Map.of("reference", "shopify-us-701"));
        // When the name of its line changes, which the warehouse does not read and the ERP does
        edited(701, 2, "", "", "Springfield", "Lamp, brass");
        // Then the ERP is told, and at the warehouse it ends without a call and without a hold
        await().atMost(LONG).until(() -> happened(701, "call", "netsuite") == 2 && happened(701, "delivered", "wms") == 2);
        assertEquals(1, happened(701, "call", "wms"));
        assertEquals(0, happened(701, "held", null));
        // When the address changes, the warehouse refuses it
        edited(701, 3, "", "", "Shelbyville", "Lamp, brass");
        await().atMost(LONG).until(() -> happened(701, "held", "wms") == 1);
        // and when it is changed back, it has all of that
        edited(701, 4, "", "", "Springfield", "Lamp, brass");
        await().atMost(LONG).until(() -> happened(701, "delivered", "wms") == 3);
        assertEquals(2, happened(701, "call", "wms"));
    }

    @Test
    void aStormOfTagsCostsNoCall() {
        // Given an order that both have
        tells(801, "create", "2026-01-21T13:00:05Z", "'financial_status':'paid','tags':''");
        bothHave(801);
        // When an app tags it forty times, a second apart
        StringBuilder tags = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            tags.append(i == 0 ? "" : ", ").append("t").append(i);
            tells(801, "updated", "2026-01-21T13:01:%02dZ".formatted(i), "'financial_status':'paid','tags':'" + tags + "'");
        }
        // Then nobody is called for it
        await().atMost(LONG).until(() -> happened(801, "captured", null) == 41 && happened(801, "delivered", "netsuite") > 1);
        await().atMost(LONG).until(() -> !order(801).path("lanes").toString().contains("It is asked for"));
        assertEquals(List.of(1L, 1L, 0L), List.of(happened(801, "call", "netsuite"), happened(801, "call", "wms"), happened(801, "held", null)));
    }

    @Test
    void theUsualLifeOfAnOrderIsOneCallAtEach() {
        // When it is authorized, and both have it
        tells(901, "create", "2026-01-21T13:00:05Z", "'financial_status':'authorized','fulfillment_status':null,'closed_at':null");
        bothHave(901);
        // and paid, fulfilled and archived, each when the one before is settled
        tells(901, "paid", "2026-01-21T13:01:05Z", "'financial_status':'paid','fulfillment_status':null,'closed_at':null");
        await().atMost(LONG).until(() -> happened(901, "delivered", "netsuite") == 2);
        tells(901, "fulfilled", "2026-01-21T14:00:05Z", "'financial_status':'paid','fulfillment_status':'fulfilled','closed_at':null");
        await().atMost(LONG).until(() -> happened(901, "captured", null) == 3);
        tells(901, "updated", "2026-01-21T15:00:05Z", "'financial_status':'paid','fulfillment_status':'fulfilled','closed_at':'2026-01-21T15:10:00Z'");
        await().atMost(LONG).until(() -> happened(901, "captured", null) == 4 && happened(901, "delivered", "netsuite") > 2);
        // Then
        assertEquals(List.of(1L, 1L, 0L), List.of(happened(901, "call", "netsuite"), happened(901, "call", "wms"), happened(901, "held", null)));
    }

    private static void tells(int id, String topic, String updatedAt, String more) {
        shop.sends(("{'id':%1$d,'name':'#%1$d','currency':'USD','updated_at':'%2$s',%3$s,'shipping_address':{'last_name':'Sample','address1':'1 Sample Road','city':'Springfield','zip':'62701','country_code':'US'},"
                + "'line_items':[{'id':%1$d1,'sku':'SKU-1','name':'Lamp','quantity':2,'price':'15.00'}]}").formatted(id, updatedAt, more).replace('\'', '"').getBytes(UTF_8), "orders/" + topic);
    }

    private static void bothHave(int id) {
        await().atMost(LONG).untilAsserted(() -> assertEquals(List.of(1L, 1L), List.of(happened(id, "delivered", "netsuite"), happened(id, "delivered", "wms"))));
    }

    private static void edited(int id, int version, String note, String tags, String city, String line) {
        shop.sends(EDITED.formatted(id, version, note, tags, city, line).replace('\'', '"').getBytes(UTF_8), version == 1 ? "orders/create" : "orders/updated");
    }

    private static void comes(int id, int version, String more, String... lines) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < lines.length; i += 2) {
            items.add(lines[i].formatted(id, lines[i + 1]));
        }
        String body = "{'id':" + id + ",'name':'#" + id + "','currency':'USD','updated_at':'2026-01-21T13:00:0" + version + "Z'" + more + ",'line_items':[" + String.join(",", items) + "]}";
        shop.sends(body.replace('\'', '"').getBytes(UTF_8), version == 1 ? "orders/create" : "orders/updated");
    }

    private static JsonNode at(String vendor, int order) {
        try {
            return shop.sandbox.get("/sandbox/" + vendor + "/records/shopify-us-" + order);
        } catch (IllegalStateException none) {
            return MissingNode.getInstance();
        }
    }

    private static List<String> asked(int order) {
        return at("wms", order).path("lines").findValuesAsText("sku");
    }

    private static JsonNode order(int id) {
        return shop.reads("/api/orders/shopify-us/" + id + "/timeline");
    }

    private static String why(int id) {
        return order(id).at("/notShipped/0/why").asText();
    }

    private static String state(int id, String connection) {
        for (JsonNode delivery : order(id).path("deliveries")) {
            if (delivery.path("connection").asText().equals(connection)) {
                return delivery.path("state").asText();
            }
        }
        return "none";
    }

    private static long happened(int id, String kind, String connection) {
        long count = 0;
        for (JsonNode one : order(id).path("timeline")) {
            count += one.path("kind").asText().equals(kind) && (connection == null || one.path("connection").asText().equals(connection)) ? 1 : 0;
        }
        return count;
    }

    private static long messages(int id) {
        return happened(id, "captured", null);
    }

    private static long deliveries(int id, String connection) {
        return happened(id, "planned", connection);
    }

    private static long holds(int id) {
        return happened(id, "held", null);
    }
}
