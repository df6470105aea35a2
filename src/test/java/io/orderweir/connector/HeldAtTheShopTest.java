package io.orderweir.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How Shopify is asked who holds or schedules the goods of orders, and what its answer says. */
class HeldAtTheShopTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Mapping MAPPING = new Mapping();
    private static final String OPEN = "{'status':'OPEN','fulfillAt':null,'fulfillmentHolds':[]}";
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
            "{'status':'ON_HOLD','fulfillAt':null,'fulfillmentHolds':[" + OURS + "]}," + OPEN + " | {'71':{'open':true}}",
            "{'status':'ON_HOLD','fulfillAt':null,'fulfillmentHolds':[" + OURS + "," + THEIRS + "]}," + OPEN + " | {'71':{'keptBy':'Fraud Filter holds it: High risk of fraud, score 97'}}",
            "{'status':'ON_HOLD','fulfillAt':null,'fulfillmentHolds':[" + BY_HAND + "]} | {'71':{'keptBy':'somebody at the shop holds it: Other'}}",
            "{'status':'ON_HOLD','fulfillAt':null,'fulfillmentHolds':[]} | {'71':{'keptBy':'the shop holds it, and does not say why'}}",
            "{'status':'SCHEDULED','fulfillAt':'2026-12-24T09:00:00Z','fulfillmentHolds':[]}," + OPEN
                    + " | {'71':{'keptBy':'the shop schedules it for 2026-12-24','until':'2026-12-24T09:00:00Z'}}",
            "{'status':'SCHEDULED','fulfillAt':null,'fulfillmentHolds':[]} | {'71':{'keptBy':'the shop schedules it'}}",
            "{'status':'CLOSED','fulfillAt':null,'fulfillmentHolds':[]} | {'71':{'open':true}}",
            // they come a moment after the order
            "\"\" | {}"})
    void whoKeepsTheGoodsIsRead(String parts, String found) throws JsonProcessingException {
        assertEquals(JSON.readTree(found.replace('\'', '"')), read(parts, false));
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
