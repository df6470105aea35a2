package io.orderweir.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How Shopify is asked who holds or schedules the goods of orders, and what its answer says. */
class HeldAtTheShopTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Mapping MAPPING = new Mapping();
    private static final String OPEN = "{'id':'gid://shopify/FulfillmentOrder/9001','status':'OPEN','fulfillAt':null,'fulfillmentHolds':[]}";
    private static final String OURS = "{'displayReason':'Other','reasonNotes':'Built to order','heldByRequestingApp':true,'heldByApp':{'title':'Orderweir'}}";
    private static final String THEIRS = "{'displayReason':'High risk of fraud','reasonNotes':'score 97','heldByRequestingApp':false,'heldByApp':{'title':'Fraud Filter'}}";
    private static final String BY_HAND = "{'displayReason':'Other','reasonNotes':null,'heldByRequestingApp':false,'heldByApp':null}";

    @AfterAll
    static void close() {
        MAPPING.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            OPEN + " | {'71':{'open':true}}",
            // what we hold ourselves waits at our own gates
            "{'id':'gid://shopify/FulfillmentOrder/9001','status':'ON_HOLD','fulfillAt':null,'fulfillmentHolds':[" + OURS + "]}," + OPEN + " | {'71':{'open':true}}",
            "{'id':'gid://shopify/FulfillmentOrder/9001','status':'ON_HOLD','fulfillAt':null,'fulfillmentHolds':[" + OURS + "," + THEIRS + "]}," + OPEN + " | {'71':{'keptBy':'Fraud Filter holds it: High risk of fraud, score 97'}}",
            "{'id':'gid://shopify/FulfillmentOrder/9001','status':'ON_HOLD','fulfillAt':null,'fulfillmentHolds':[" + BY_HAND + "]} | {'71':{'keptBy':'somebody at the shop holds it: Other'}}",
            "{'id':'gid://shopify/FulfillmentOrder/9001','status':'ON_HOLD','fulfillAt':null,'fulfillmentHolds':[]} | {'71':{'keptBy':'the shop holds it, and does not say why'}}",
            "{'id':'gid://shopify/FulfillmentOrder/9001','status':'SCHEDULED','fulfillAt':'2026-12-24T09:00:00Z','fulfillmentHolds':[]}," + OPEN
                    + " | {'71':{'keptBy':'the shop schedules it for 2026-12-24','until':'2026-12-24T09:00:00Z'}}",
            "{'id':'gid://shopify/FulfillmentOrder/9001','status':'SCHEDULED','fulfillAt':null,'fulfillmentHolds':[]} | {'71':{'keptBy':'the shop schedules it'}}",
            "{'id':'gid://shopify/FulfillmentOrder/9001','status':'CLOSED','fulfillAt':null,'fulfillmentHolds':[]} | {'71':{'open':true}}",
            // they come a moment after the order
            "\"\" | {}"})
    void whoKeepsTheGoodsIsRead(String parts, String found) throws JsonProcessingException {
        JsonNode read = read(parts, false);
        read.forEach(order -> ((ObjectNode) order).remove("parts"));
        assertEquals(JSON.readTree(found.replace('\'', '"')), read);
    }

    @Test
    void thePartsThatTheStoreShipsAnOrderInAreRead() throws JsonProcessingException {
        assertEquals(JSON.readTree("[\"9001\",\"9001\"]"), read("{'id':'gid://shopify/FulfillmentOrder/9001','status':'ON_HOLD','fulfillAt':null,'fulfillmentHolds':[" + THEIRS + "]}," + OPEN, false).at("/71/parts"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{'fulfillment_order':{'id':'gid://shopify/FulfillmentOrder/9001','status':'open'}}",
            "{'remaining_fulfillment_order':{'id':'gid://shopify/FulfillmentOrder/9002','status':'open'},'fulfillment_order':{'id':'gid://shopify/FulfillmentOrder/9001','status':'on_hold'}}",
            "{'fulfillment_order':{'id':9001}}",
            "{'fulfillment_hold':{'id':'gid://shopify/FulfillmentHold/1','fulfillment_order_id':'gid://shopify/FulfillmentOrder/9001'}}"})
    void newsOfAFulfilmentOrderSayWhichAndNothingElse(String news) {
        JsonNode signal = MAPPING.map("shopify/signal.in.jq", news.replace('\'', '"').getBytes(StandardCharsets.UTF_8)).result();
        assertEquals("goods-news", signal.path("signal").asText());
        assertEquals("9001", signal.path("about").asText());
        assertEquals(0, signal.path("evidence").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "7", "{'fulfillment_order':{'id':null}}", "{'fulfillment_order':'x'}"})
    void newsThatNameNoFulfilmentOrderArePutBeforeAPerson(String news) {
        assertTrue(MAPPING.map("shopify/signal.in.jq", news.replace('\'', '"').getBytes(StandardCharsets.UTF_8)).sentence().startsWith("News of held goods name no fulfilment order."));
    }

    @Test
    void whatIsNotSeenToItsEndIsAPersonsWork() throws JsonProcessingException {
        assertEquals("it has more fulfilment orders than are looked at: look in the shop, and open the gate by hand", read(OPEN, true).at("/71/keptBy").asText());
    }

    @Test
    void manyOrdersAreAskedOfInOneCall() {
        JsonNode asked = MAPPING.map("shopify/goods-held.out.jq", "[\"71\",\"72\"]".getBytes(StandardCharsets.UTF_8)).result();
        assertEquals("id:71 OR id:72", asked.at("/variables/orders").asText());
    }

    private static JsonNode read(String parts, boolean more) {
        String answer = "{'data':{'orders':{'nodes':[{'id':'gid://shopify/Order/71','fulfillmentOrders':{'pageInfo':{'hasNextPage':" + more + "},'nodes':[" + parts + "]}}]}}}";
        return MAPPING.map("shopify/goods-held.in.jq", answer.replace('\'', '"').getBytes(StandardCharsets.UTF_8)).result();
    }
}
