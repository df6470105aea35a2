package io.orderweir.capability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.hold.Refusal;
import io.orderweir.hold.Sentence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A person reads one sentence, whatever the target answered. */
class SentenceTest {

    private static final JsonNode ENVELOPE = json("""
        {"called":"#1201","order":{"shippingAddress":{"city":"Oslo","zipCodeOrPostalCode":"ÅÅ-?","country":"NO"},
                  "lineItems":[{"id":"1","quantity":0,"sku":"GONE","name":"Old mug"},{"id":"2","quantity":1,"sku":"MUG","name":"Mug"},{"id":"3","quantity":1,"name":"Sign"}]},
         "lines":[{"id":"1","quantity":0},{"id":"2","quantity":1},{"id":"3","quantity":1}]}""");
    private final Sentence sentence = new Sentence(Configured.connectors(Map.of()));

    @Test
    void anImpossiblePostalCodeIsNamedWithItsValueAndTheWayOut() {
        Refusal refusal = netsuite("{'type':'https://example.org','title':'Bad Request','status':400,'o:errorDetails':[{'detail':'Invalid value.','o:errorPath':'shippingAddress.zip','o:errorCode':'INVALID_CONTENT'}]}");

        assertEquals(new Refusal("refused-by-target", "Order #1201: NetSuite does not accept the postal code 'ÅÅ-?'. Correct it and release.",
            "shippingAddress.zipCodeOrPostalCode"), refusal);
    }

    @Test
    void aLineIsFoundAgainAlthoughARemovedOneWasNotSent() {
        Refusal refusal = netsuite("{'o:errorDetails':[{'detail':'Unknown item','o:errorPath':'item.items[0].item.externalId'}]}");

        assertEquals("Order #1201: NetSuite does not accept the SKU 'MUG' of 'Mug'. Correct it and release.", refusal.sentence());
        assertEquals("lineItems[1].sku", refusal.canonicalPath());
    }

    @Test
    void aLineIsFoundAgainBehindADiscountAndWhatIsNoLineOfTheOrderIsLeftToTheTargetsWords() {
        String sent = "{'item':{'items':[{'custcol_ow_line':'2'},{'item':{'externalId':'ORDERWEIR-DISCOUNT'}},{'custcol_ow_line':'3'},{'item':{'externalId':'ORDERWEIR-TAX'}}]}}".replace('\'', '"');
        String answer = "{'o:errorDetails':[{'detail':'Invalid reference ORDERWEIR-TAX.','o:errorPath':'item.items[%d].item'}]}";

        assertEquals("lineItems[2].sku", sentence.forAnswer("netsuite", "NetSuite", ENVELOPE, sent, 400, bytes(answer.formatted(2))).canonicalPath());
        Refusal tax = sentence.forAnswer("netsuite", "NetSuite", ENVELOPE, sent, 400, bytes(answer.formatted(3)));
        assertEquals("Order #1201: NetSuite does not accept it and says: 'Invalid reference ORDERWEIR-TAX.'. Correct it and release.", tax.sentence());
        assertNull(tax.canonicalPath());
    }

    @Test
    void severalFieldsAreListed() {
        Refusal refusal = netsuite("{'o:errorDetails':[{'o:errorPath':'shippingAddress.country.id'},{'o:errorPath':'shippingAddress.addr1'},{'o:errorPath':'entity'}]}");

        assertEquals("Order #1201: NetSuite does not accept the country 'NO', it without a street and the customer account of the connection (settings.customer)."
            + " Correct them and release.", refusal.sentence());
        assertEquals("shippingAddress.country", refusal.canonicalPath());
    }

    @Test
    void aFieldNobodyKnowsIsLeftToTheTargetsWords() {
        Refusal refusal = netsuite("{'o:errorDetails':[{'detail':'The period is closed.','o:errorPath':'postingPeriod'}]}");

        assertEquals("Order #1201: NetSuite does not accept it and says: 'The period is closed.'. Correct it and release.", refusal.sentence());
        assertNull(refusal.canonicalPath());
    }

    @Test
    void aWarehouseThatHasPickedSaysSo() {
        assertEquals("Order #1201: the warehouse has already picked it and cannot change it any more. Settle it with the warehouse, then discard this.",
            sentence.forAnswer("wms", "the warehouse", ENVELOPE, 409, bytes("{'error':'ALREADY_PICKED'}")).sentence());
        assertEquals("Order #1201: the warehouse does not accept the postal code 'ÅÅ-?'. Correct it and release.",
            sentence.forAnswer("wms", "the warehouse", ENVELOPE, 422, bytes("{'error':'INVALID','fields':[{'path':'shipTo.zip','message':'no'}]}")).sentence());
    }

    @Test
    void whatIsNotJsonIsShownAsItCame() {
        assertEquals("Order #1201: NetSuite refused the order with status 400 and said: 'Bad  request'", netsuite("Bad\n\n\0request").sentence().replace("\uFFFD", " "));
        assertEquals("Order #1201: NetSuite refused the order with status 400 and a web page.", netsuite("<html>\n\n<b>Bad</b></html>").sentence());
        assertEquals("Order #1201: NetSuite refused the order with status 400 and a web page called 'Blocked by the gateway'.", netsuite("<!DOCTYPE html><TITLE>Blocked\nby the gateway</TITLE>").sentence());
        assertEquals("Order #1201: NetSuite refused the order with status 400 and said nothing.", netsuite("").sentence());
        assertEquals("Order #1201: NetSuite refused the order with status 400 and said nothing.", sentence.forAnswer("netsuite", "NetSuite", ENVELOPE, 400, null).sentence());
    }

    @Test
    void noAnswerIsTooLargeOrTooStrange() {
        for (String answer : new String[] {"x".repeat(3_000_000), "[".repeat(5_000), "[]", "null", "7", "{'o:errorDetails':7}", "{'o:errorDetails':[]}",
            "{'o:errorDetails':[7,{}]}", "{'o:errorDetails':[{'o:errorPath':{}}]}", "{'o:errorDetails':[{'o:errorPath':'item.items[999999999].item'}]}"}) {
            Refusal refusal = netsuite(answer);
            assertTrue(refusal.sentence().startsWith("Order #1201: NetSuite ") && refusal.sentence().length() < 400, refusal.sentence());
        }
    }

    @Test
    void aTargetWithoutATableOfItsComplaintsIsQuotedInItsOwnWords() {
        // a connector need not have one
        assertEquals(new Refusal("refused-by-target", "Order #1201: Acme ERP refused the order with status 200 and said: '{\"error\":[\"UserError\",[\"No such party\"]]}'", null),
            sentence.forAnswer("acme-erp", "Acme ERP", ENVELOPE, 200, bytes("{'error':['UserError',['No such party']]}")));
        assertEquals("Order #1201: Acme ERP refused the order with status 500 and said nothing.", sentence.forAnswer("acme-erp", "Acme ERP", ENVELOPE, 500, null).sentence());
    }

    @ParameterizedTest
    @ValueSource(strings = {"netsuite", "wms", "design", "factory", "shopify"})
    void aBuiltInTargetHasOne(String system) {
        assertNotNull(getClass().getResource("/connectors/" + system + "/complaints.yaml"));
    }

    @Test
    void anUnknownTopicNamesIt() {
        assertEquals("unknown-topic", sentence.forTopic("carts/update").reason());
    }

    private Refusal netsuite(String answer) {
        return sentence.forAnswer("netsuite", "NetSuite", ENVELOPE, 400, bytes(answer));
    }

    private static byte[] bytes(String answer) {
        return answer.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
