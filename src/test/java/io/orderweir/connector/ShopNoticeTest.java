package io.orderweir.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Shopify is told of a line that waits, and how the line is found among the fulfilment orders of its order. */
class ShopNoticeTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Mapping MAPPING = new Mapping();
    private static final String ENVELOPE = "{'called':'#77','order':{'externalId':'77'},'lines':[{'id':'13'}],'externalId':'web-77-13-hold','found':%s,'gates':%s,'waitsAt':%s}";

    @AfterAll
    static void close() {
        MAPPING.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            // there is none yet; others hold it; it waits for its day
            "                                                                                             | {}",
            "{'id':'F1','status':'ON_HOLD','fulfillmentHolds':[{'id':'H9','handle':'theirs'}],'lineItems':{'nodes':[%s]}} | {}",
            "{'id':'F1','status':'SCHEDULED','fulfillmentHolds':[],'lineItems':{'nodes':[%s]}}             | {}",
            // what is left of it can be held
            "{'id':'F1','status':'OPEN','fulfillmentHolds':[],'lineItems':{'nodes':[%s]}}                  | {'fulfillmentOrder':'F1','lineItem':'L1','quantity':2}",
            "{'id':'F0','status':'CLOSED','fulfillmentHolds':[],'lineItems':{'nodes':[%s]}},{'id':'F1','status':'OPEN','fulfillmentHolds':[],'lineItems':{'nodes':[%s]}} | {'fulfillmentOrder':'F1','lineItem':'L1','quantity':2}",
            // ours already, whether somebody else holds it too or not
            "{'id':'F1','status':'ON_HOLD','fulfillmentHolds':[{'id':'H9','handle':'theirs'},{'id':'H1','handle':'web-77-13-hold'}],'lineItems':{'nodes':[%s]}} | {'fulfillmentOrder':'F1','hold':'H1'}",
            // packed, cancelled, or not to be shipped
            "{'id':'F1','status':'CLOSED','fulfillmentHolds':[],'lineItems':{'nodes':[%s]}}                | {'nothing':true}",
            "{'id':'F1','status':'OPEN','fulfillmentHolds':[],'lineItems':{'nodes':[]}}                    | {'nothing':true}"})
    void aLineIsFoundWhereItCanBeHeld(String fulfilmentOrders, String found) throws JsonProcessingException {
        // Given
        String line = "{'id':'L1','remainingQuantity':2,'lineItem':{'id':'gid://shopify/LineItem/13'}}";
        String nodes = fulfilmentOrders == null ? "" : fulfilmentOrders.replace("%s", line);
        // When
        JsonNode place = map("fulfilment-orders.in", "{'envelope':" + envelope("null", "{}", "[]") + ",'answer':{'data':{'order':{'fulfillmentOrders':{'nodes':[" + nodes + "]}}}}}");
        // Then
        assertEquals(JSON.readTree(found.replace('\'', '"')), place);
    }

    @Test
    void aLineThatIsNotAmongThoseLookedAtIsAPersonsWork() {
        String full = "{'id':'F1','status':'OPEN','fulfillmentHolds':[],'lineItems':{'nodes':[" + "{'id':'L','remainingQuantity':1,'lineItem':{'id':'x'}},".repeat(39)
                + "{'id':'L','remainingQuantity':1,'lineItem':{'id':'x'}}]}}";
        Mapping.Outcome outcome = MAPPING.map("shopify/fulfilment-orders.in.jq", ("{'envelope':" + envelope("null", "{}", "[]")
                + ",'answer':{'data':{'order':{'fulfillmentOrders':{'nodes':[" + full + "]}}}}}").replace('\'', '"').getBytes());
        assertEquals("Order #77: it has more fulfilment orders or lines than are looked at, so line 13 was not found in the store. Put it on hold there by hand, then discard this.",
                outcome.sentence());
    }

    @Test
    void anOrderThatTheStoreDoesNotKnowHasNothingToHold() throws JsonProcessingException {
        assertEquals("{\"nothing\":true}", map("fulfilment-orders.in", "{'envelope':" + envelope("null", "{}", "[]") + ",'answer':{'data':{'order':null}}}").toString());
    }

    @Test
    void aHoldSaysWhatTheLineWaitsFor() throws JsonProcessingException {
        JsonNode hold = map("hold.out", envelope("{'fulfillmentOrder':'F1','lineItem':'L1','quantity':2}", "{}", "['payment','drawing']")).path("variables");
        assertEquals("F1", hold.path("id").asText());
        assertEquals(JSON.readTree("{'handle':'web-77-13-hold','reason':'AWAITING_PAYMENT','reasonNotes':'Built to order, waits for: payment, drawing','notifyMerchant':false,"
                .concat("'fulfillmentOrderLineItems':[{'id':'L1','quantity':2}]}").replace('\'', '"')), hold.path("hold"));
        assertEquals("OTHER", map("hold.out", envelope("{}", "{}", "['drawing']")).at("/variables/hold/reason").asText());
    }

    @Test
    void aReferenceThatIsTooLongForAHandleKeepsItsEnd() throws JsonProcessingException {
        String handle = map("hold.out", envelope("{}", "{}", "[]").replace("web-77", "a-name-of-forty-letters-for-one-web-store-5324830114101-5324830114102")).at("/variables/hold/handle").asText();
        assertEquals(64, handle.length());
        assertTrue(handle.endsWith("5324830114102-13-hold"), handle);
    }

    @Test
    void theLatestDayThatAGateNamesIsExpected() throws JsonProcessingException {
        JsonNode field = map("expected-date.out", envelope("null", "{'payment':{'paid':'9'},'capacity':{'day':'2026-12-03'},'built':null,'shopfloor':{'day':'2026-12-01'}}", "[]")).at("/variables/fields/0");
        assertEquals(JSON.readTree("{'ownerId':'gid://shopify/Order/77','namespace':'orderweir','key':'expected_13','type':'date','value':'2026-12-03'}".replace('\'', '"')), field);
    }

    @Test
    void aDayThatNobodyNamesIsNotMadeUp() {
        Mapping.Outcome outcome = MAPPING.map("shopify/expected-date.out.jq", envelope("null", "{'payment':{}}", "[]").replace('\'', '"').getBytes());
        assertEquals("Order #77: no gate of line 13 says a day, so the store cannot be told one. Take the row out of flows.yaml, or name the day in the evidence.", outcome.sentence());
    }

    private static String envelope(String found, String gates, String waitsAt) {
        return ENVELOPE.formatted(found, gates, waitsAt);
    }

    private static JsonNode map(String mapping, String document) {
        return MAPPING.map("shopify/" + mapping + ".jq", document.replace('\'', '"').getBytes()).result();
    }
}
