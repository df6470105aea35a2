package io.orderweir.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which goods of an order somebody is asked to ship, from the shop's bytes to the rows that are planned: what is there for others, gone, or not paid is never asked for. */
class GoodsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAMES = "'id':71,'name':'#71','currency':'USD','updated_at':'2026-11-21T13:00:00Z'";
    private static final String ADDRESS = ",'shipping_address':{'last_name':'Sample','address1':'1 Sample Road','city':'Springfield','zip':'62701','country_code':'US'}";
    private static final String LAMP = "{'id':1,'sku':'LAMP','name':'Lamp','quantity':2,'price':'15.00'%s}";
    private static final String MUG = "{'id':2,'sku':'MUG','name':'Mug','quantity':1,'price':'20.00'%s}";

    @TempDir
    Path policy;

    private final List<Map<String, Object>> requested = new ArrayList<>();
    private Understanding understanding;

    @AfterEach
    void close() {
        understanding.close();
    }

    @Test
    void ofAnOrdinaryOrderTheWarehouseIsAskedForAllInOneRequest() throws Exception {
        // When
        JsonNode entry = comes(ADDRESS, LAMP.formatted(",'fulfillable_quantity':2,'fulfillment_service':'manual'"), MUG.formatted(""));
        // Then
        assertEquals(List.of("netsuite order 1 2", "wms order 1 2"), planned(entry));
        assertEquals("[]", why(entry).toString());
    }

    @Test
    void whatWasHandedOverAtTheTillIsBookedAndNothingElse() throws Exception {
        // When
        JsonNode entry = comes(",'source_name':'pos','fulfillment_status':'fulfilled','shipping_address':null", LAMP.formatted(",'fulfillable_quantity':0,'fulfillment_status':'fulfilled'"));
        // Then
        assertEquals(List.of("netsuite order 1"), planned(entry));
        assertEquals(List.of("handed-over"), why(entry));
        assertFalse(entry.hasNonNull("hold"), entry.toString());
    }

    @Test
    void whatTheTillSendsToTheBuyerIsShipped() throws Exception {
        assertEquals(List.of("netsuite order 1", "wms order 1"), planned(comes(",'source_name':'pos'" + ADDRESS, LAMP.formatted(",'fulfillable_quantity':2"))));
    }

    @Test
    void whatIsPickedUpInTheShopNeedsNoParcelAndNoAddress() throws Exception {
        // When
        JsonNode entry = comes(",'shipping_address':null,'shipping_lines':[{'id':9,'title':'Shop','price':'0.00','delivery_category':'pickup'}]", LAMP.formatted(""));
        // Then
        assertEquals(List.of("netsuite order 1"), planned(entry));
        assertEquals(List.of("pick-up"), why(entry));
    }

    @Test
    void anOldOrderThatWasShippedIsNotShippedAgain() throws Exception {
        // When somebody tags it, long after
        JsonNode entry = comes(",'closed_at':'2026-03-05T10:00:00Z','tags':'vip'" + ADDRESS, LAMP.formatted(",'fulfillable_quantity':0,'fulfillment_status':'fulfilled'"));
        // Then
        assertEquals(List.of("netsuite order 1"), planned(entry));
        assertEquals(List.of("shipped"), why(entry));
    }

    @Test
    void ofALineThatSomebodyElseShippedInPartTheRestIsAskedFor() throws Exception {
        // When
        JsonNode entry = comes(ADDRESS + shipped(1), LAMP.formatted(",'fulfillable_quantity':1,'fulfillment_status':'partial'"));
        // Then
        assertEquals("1", toShip(entry, "1"));
        assertEquals(List.of("netsuite order 1", "wms order 1"), planned(entry));
    }

    @Test
    void linesOfOtherFulfilmentServicesAreTheirs() throws Exception {
        // When
        JsonNode entry = comes(ADDRESS, LAMP.formatted(",'fulfillment_service':'manual'"), MUG.formatted(",'fulfillment_service':'print-on-demand'"));
        // Then the ERP books both
        assertEquals(List.of("netsuite order 1 2", "wms order 1"), planned(entry));
        assertEquals(List.of("other-service"), why(entry));
    }

    @Test
    void aServiceThatThePolicyCallsOursIsOurs() throws Exception {
        // Given
        gates("shipping: [ { connection: web-us, services: [manual, leeds] } ]");
        // When
        JsonNode entry = comes(ADDRESS, LAMP.formatted(",'fulfillment_service':'leeds'"), MUG.formatted(",'fulfillment_service':'manual'"));
        // Then
        assertEquals(List.of("netsuite order 1 2", "wms order 1 2"), planned(entry));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {"\",'requires_shipping':false\",digital", "\",'gift_card':true\",gift-card"})
    void whatIsNoParcelIsNoneAmongOthers(String is, String why) throws Exception {
        // When
        JsonNode entry = comes(ADDRESS, LAMP.formatted(""), MUG.formatted(is));
        // Then
        assertEquals(List.of("netsuite order 1 2", "wms order 1"), planned(entry));
        assertEquals(List.of(why), why(entry));
    }

    @Test
    void aTestOrderIsNoted() throws Exception {
        // When
        JsonNode entry = comes(",'test':true" + ADDRESS, LAMP.formatted(""));
        // Then
        assertEquals(List.of(), planned(entry));
        assertEquals("a test order of the shop, which is neither booked nor shipped", entry.path("note").asText());
    }

    @Test
    void whatTheShopHasNotConfirmedIsNotAskedForBeforeItIs() throws Exception {
        assertEquals(List.of("netsuite order 1"), planned(comes(",'confirmed':false" + ADDRESS, LAMP.formatted(""))));
        assertEquals(List.of("netsuite order 1", "wms order 1"), planned(comes(",'confirmed':true" + ADDRESS, LAMP.formatted(""))));
    }

    @ParameterizedTest
    @CsvSource({"pending,false", "voided,false", "expired,false", "partially_paid,false", "refunded,false", "paid,true", "authorized,true", "partially_refunded,true"})
    void whatIsNotPaidWaitsAtTheGateInOneRequest(String status, boolean open) throws Exception {
        // When
        JsonNode entry = comes(",'financial_status':'" + status + "'" + ADDRESS, LAMP.formatted(""), MUG.formatted(""));
        // Then
        assertEquals(List.of("netsuite order 1 2", "wms order 1 2"), planned(entry));
        JsonNode gate = entry.at("/deliveries/1/gates/0");
        assertEquals("payment " + open, gate.path("name").asText() + " " + gate.at("/said/open").asText());
        // and of money that does not come any more a person is told
        assertEquals(List.of("voided", "expired").contains(status) ? status : "", gate.path("lost").asText());
        assertEquals(List.of("payment", "shop"), entry.at("/deliveries/1/gates").findValuesAsText("name"));
    }

    @Test
    void theGateOfWhatIsPaidStaysTheSameWhateverIsEdited() throws Exception {
        // When
        JsonNode one = comes(",'financial_status':'paid'" + ADDRESS, LAMP.formatted(""));
        JsonNode other = comes(",'financial_status':'paid'" + ADDRESS, LAMP.formatted(""), MUG.formatted(""));
        // Then
        assertEquals(one.at("/deliveries/1/gate_basis"), other.at("/deliveries/1/gate_basis"));
        assertFalse(one.at("/deliveries/1/gates/0/lasting").asBoolean(), "it is not that of what is built to order");
    }

    @Test
    void whoeverIsGivenTermsDoesNotWaitWhereThePolicySaysSo() throws Exception {
        // Given
        gates("gates: [ { gate: payment } ]\nstandard: [ { terms: any, gates: [] }, { connection: web-us, gates: [payment], payment-status: [paid] } ]");
        String terms = ",'payment_terms':{'payment_terms_name':'Net 30'}";
        // Then
        assertEquals(List.of("shop"), comes(",'financial_status':'pending'" + terms + ADDRESS, LAMP.formatted("")).at("/deliveries/1/gates").findValuesAsText("name"));
        assertEquals("false", comes(",'financial_status':'authorized'" + ADDRESS, LAMP.formatted("")).at("/deliveries/1/gates/0/said/open").asText());
    }

    @Test
    void ofGoodsThatAreOutARefundClosesNoGate() throws Exception {
        // Given both lamps were asked for, and sent
        asked(comes(",'financial_status':'paid'" + ADDRESS, LAMP.formatted(",'fulfillable_quantity':2")));
        // When
        JsonNode entry = comes(",'financial_status':'refunded'" + ADDRESS + shipped(2) + refund("return", 2), LAMP.formatted(",'current_quantity':0,'fulfillable_quantity':0,'fulfillment_status':'fulfilled'"));
        // Then nothing is said of the gate, and the request is what it was
        assertTrue(entry.at("/deliveries/1/gates/0/said").isMissingNode(), entry.toString());
        assertFalse(entry.at("/deliveries/1/cancel").asBoolean(), entry.toString());
    }

    @Test
    void ourOwnParcelsAndWhatComesBackChangeNoRequest() throws Exception {
        // Given
        JsonNode first = comes(ADDRESS, LAMP.formatted(",'fulfillable_quantity':2"), MUG.formatted(",'fulfillable_quantity':1"));
        asked(first);
        for (String life : List.of(shipped(1) + "|,'fulfillable_quantity':1,'fulfillment_status':'partial'", shipped(2) + "|,'fulfillable_quantity':0,'fulfillment_status':'fulfilled'",
                shipped(2) + refund("return", 1) + "|,'current_quantity':1,'fulfillable_quantity':0,'fulfillment_status':'fulfilled'",
                refund("no_restock", 2) + "|,'current_quantity':0,'fulfillable_quantity':0,'fulfillment_status':'fulfilled'")) {
            // When
            JsonNode later = comes(ADDRESS + life.split("\\|")[0], LAMP.formatted(life.split("\\|")[1]), MUG.formatted(",'fulfillable_quantity':1"));
            // Then
            assertEquals(first.at("/deliveries/1/fingerprint"), later.at("/deliveries/1/fingerprint"), life);
            assertFalse(later.at("/deliveries/1/cancel").asBoolean(), life);
        }
    }

    @Test
    void whatIsTakenOutBeforeItIsShippedIsTakenOutOfTheRequest() throws Exception {
        // Given one lamp was sent by somebody else, and we were asked for the other two of three
        String three = LAMP.replace("'quantity':2", "'quantity':3");
        asked(comes(ADDRESS + shipped(1), three.formatted(",'fulfillable_quantity':2,'fulfillment_status':'partial'")));
        // When the buyer takes one of them back, before we send the other
        JsonNode entry = comes(ADDRESS + shipped(1) + refund("cancel", 1), three.formatted(",'current_quantity':2,'fulfillable_quantity':1,'fulfillment_status':'partial'"));
        assertEquals("1", toShip(entry, "1"));
        // and after
        JsonNode after = comes(ADDRESS + shipped(2) + refund("cancel", 1), three.formatted(",'current_quantity':2,'fulfillable_quantity':0,'fulfillment_status':'fulfilled'"));
        // Then
        assertEquals("1", toShip(after, "1"));
    }

    @Test
    void everythingRefundedBeforeShippingIsACancelOfBoth() throws Exception {
        // Given
        asked(comes(ADDRESS, LAMP.formatted(",'fulfillable_quantity':2")));
        // When
        JsonNode entry = comes(",'current_total_price':'0.00','financial_status':'refunded'" + ADDRESS + refund("cancel", 2), LAMP.formatted(",'current_quantity':0,'fulfillable_quantity':0"));
        // Then
        assertEquals(List.of("netsuite order 1 cancel", "wms order 1 cancel"), planned(entry));
        assertFalse(entry.hasNonNull("hold"));
    }

    @Test
    void whatSomebodyElseShipsWhileOursWaitsIsTakenBack() throws Exception {
        // Given a request that has not gone out
        planned(comes(ADDRESS, LAMP.formatted(",'fulfillable_quantity':2")), false);
        // When
        JsonNode entry = comes(ADDRESS + shipped(2), LAMP.formatted(",'fulfillable_quantity':0,'fulfillment_status':'fulfilled'"));
        // Then
        assertEquals(List.of("netsuite order 1", "wms order 1 cancel"), planned(entry));
    }

    @Test
    void aLineThatIsGivenToAnotherServiceIsTakenBackFromUs() throws Exception {
        // Given
        asked(comes(ADDRESS, LAMP.formatted(""), MUG.formatted("")));
        // When
        JsonNode entry = comes(ADDRESS, LAMP.formatted(",'fulfillment_service':'print-on-demand'"), MUG.formatted(""));
        // Then
        assertEquals(List.of("netsuite order 1 2", "wms order 1 2"), planned(entry));
        assertEquals("0", toShip(entry, "1"));
    }

    @Test
    void whatALineCostsAndWhetherTheProductIsStillSoldMakesItNoOtherThing() throws Exception {
        // Given
        String known = "'sku':'BTO-1','name':'Table','quantity':1";
        JsonNode before = comes(ADDRESS, "{'id':1," + known + ",'price':'200.00','product_id':44,'variant_id':45,'vendor':'Oak','tax_lines':[{'title':'VAT','price':'1.50'}]}", MUG.formatted(",'tax_lines':[{'title':'VAT','price':'1.50'}]"));
        // When
        JsonNode after = comes(ADDRESS, "{'id':1," + known + ",'price':'210.00','product_id':null,'variant_id':null,'product_exists':false,'tax_lines':[]}", MUG.formatted(",'tax_lines':[]"));
        // Then neither the build nor the request of the others is another
        assertEquals(before.at("/deliveries/2/gate_basis"), after.at("/deliveries/2/gate_basis"));
        assertEquals(before.at("/deliveries/1/fingerprint"), after.at("/deliveries/1/fingerprint"));
        // and what is engraved is
        JsonNode engraved = comes(ADDRESS, "{'id':1," + known + ",'price':'210.00','properties':[{'name':'Engraving','value':'A'}]}", MUG.formatted(""));
        assertFalse(after.at("/deliveries/2/gate_basis").equals(engraved.at("/deliveries/2/gate_basis")));
    }

    @Test
    void aNoteThatTheWarehouseIsNotSentIsNoChangeToIt() throws Exception {
        assertEquals(comes(ADDRESS, LAMP.formatted("")).at("/deliveries/1/fingerprint"), comes(",'note':'asks for an invoice'" + ADDRESS, LAMP.formatted("")).at("/deliveries/1/fingerprint"));
    }

    @Test
    void goodsOfAShopThatCanBeAskedWaitForItsWordThatNobodyHoldsThem() throws Exception {
        // When
        JsonNode entry = comes(ADDRESS, LAMP.formatted(""), "{'id':3,'sku':'BTO-1','name':'Table','quantity':1,'price':'200.00'}");
        // Then what is built to order waits for it too, and what moves no goods does not
        List<String> waiting = new ArrayList<>();
        entry.get("deliveries").forEach(one -> waiting.add(one.get("connection").asText() + " " + one.get("port").asText() + " " + one.get("gates").findValuesAsText("name")));
        assertEquals(List.of("netsuite order []", "wms fulfilment [shop]", "wms fulfilment [release, shop]", "web-us hold []"), waiting);
        assertEquals("{\"asks\":\"web-us\"}", entry.at("/deliveries/1/gates/0/rule").toString());
    }

    @ParameterizedTest
    @CsvSource({"orderweir.connections.web-us.settings.held,unasked", "orderweir.connections.web-us.url,"})
    void goodsOfAShopThatIsNotAskedWaitForNoWord(String key, String value) throws Exception {
        understanding = new Understanding(Map.of("orderweir.connections.web-us.system", "shopify", key, value == null ? "" : value));
        assertEquals(0, comes(ADDRESS, LAMP.formatted("")).at("/deliveries/1/gates").size());
    }

    private void gates(String tables) throws Exception {
        Files.writeString(policy.resolve("gates.yaml"), tables + "\n# end\n");
        understanding = new Understanding(Map.of("orderweir.policy.dir", policy.toString()));
    }

    /** The order as the shop sends it now. */
    private ObjectNode comes(String more, String... lines) throws Exception {
        if (understanding == null) {
            understanding = new Understanding();
        }
        String text = "{" + NAMES + more + ",'line_items':[" + String.join(",", lines) + "]}";
        return understanding.entry("web-us", "order", "web-us/71", text.replace('\'', '"').getBytes(UTF_8), requested);
    }

    /** All that is planned for the warehouse went out, and the ledger knows. */
    private void asked(JsonNode entry) {
        planned(entry, true);
    }

    private void planned(JsonNode entry, boolean sent) {
        requested.clear();
        List<String> ids = new ArrayList<>();
        entry.at("/deliveries/1/line_ids").forEach(id -> ids.add(id.asText()));
        entry.at("/canonical/lineItems").forEach(line -> {
            if (ids.contains(line.path("id").asText())) {
                requested.add(Map.of("entity", "web-us/71", "line", line.toString(), "sent", sent));
            }
        });
        assertFalse(requested.isEmpty(), entry.toString());
    }

    private static String shipped(int units) {
        return ",'fulfillments':[{'id':8,'status':'success','line_items':[{'id':1,'quantity':" + units + "}]},{'id':9,'status':'cancelled','line_items':[{'id':1,'quantity':2}]}]";
    }

    private static String refund(String restock, int units) {
        return ",'refunds':[{'id':7,'refund_line_items':[{'line_item_id':1,'quantity':" + units + ",'restock_type':'" + restock + "'}]}]";
    }

    private static List<String> planned(JsonNode entry) {
        List<String> planned = new ArrayList<>();
        entry.path("deliveries").forEach(row -> {
            if (!row.has("notice")) {
                List<String> ids = new ArrayList<>();
                row.path("line_ids").forEach(id -> ids.add(id.asText()));
                planned.add(row.path("connection").asText() + " " + row.path("part").asText() + " " + String.join(" ", ids) + (row.path("cancel").asBoolean() ? " cancel" : ""));
            }
        });
        return planned;
    }

    private static List<String> why(JsonNode entry) {
        return entry.path("canonical").findValuesAsText("notShipped");
    }

    private static String toShip(JsonNode entry, String id) {
        for (JsonNode line : entry.at("/canonical/lineItems")) {
            if (line.path("id").asText().equals(id)) {
                return String.valueOf(Goods.toShip(line));
            }
        }
        throw new AssertionError("no line " + id + " in " + entry);
    }
}
