package io.orderweir.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.money.Worth;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What buyers and people of the shop write into fields: no line break leaves in a field of one line, no sign is cut in half, and a parcel has somebody who receives it. */
class OneLineTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Mapping MAPPING = new Mapping();

    @AfterAll
    static void close() {
        MAPPING.close();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", value = {
        "'Example House\\nFloor 3\\r\\nDoor 12\\n1 Example Street', none, 'Example House, Floor 3', 'Door 12, 1 Example Street'",
        "'House\\u20281 Street', none, House, 1 Street",
        "'House\\nFloor 3\\nDoor 12', none, 'House, Floor 3', Door 12",
        "'House\\n1 Street', Flat 7, 'House, 1 Street', Flat 7",
        "1 Street, 'Flat 7\\nRing twice', 1 Street, 'Flat 7, Ring twice'",
        "'1 Street\\n', none, 1 Street, none",
        "'1  Street', none, '1  Street', none"})
    void severalLinesOfAStreetGoIntoTheTwoThereAreForIt(String first, String second, String expectedFirst, String expectedSecond) throws Exception {
        // When
        JsonNode address = read("\"address1\":\"" + first + "\"" + (second == null ? "" : ",\"address2\":\"" + second + "\"")).path("shippingAddress");
        // Then
        assertEquals(expectedFirst, address.path("address1").textValue());
        assertEquals(expectedSecond, address.path("address2").textValue());
    }

    @Test
    void noFieldOfOneLineHasABreakOrWhatNobodySees() throws Exception {
        // When
        JsonNode order = read("\"first_name\":\"Ada\\t\",\"last_name\":\"Lo\\u0007ve\",\"company\":\"Works\\nLtd\",\"city\":\"Spring\\u0085field\",\"zip\":\"62701\\r\",\"address1\":\"1 Street\",\"phone\":\"1\\u00002\"");
        // Then
        assertEquals("{\"address1\":\"1 Street\",\"city\":\"Spring field\",\"company\":\"Works Ltd\",\"country\":\"US\",\"firstName\":\"Ada\",\"lastName\":\"Lo ve\",\"phone\":\"1 2\",\"zipCodeOrPostalCode\":\"62701\"}",
            JSON.writeValueAsString(JSON.treeToValue(order.path("shippingAddress"), java.util.TreeMap.class)));
        assertEquals("LAMP", order.at("/lineItems/0/sku").textValue());
        // and what may have several lines keeps them
        assertEquals("one\ntwo", order.path("orderNote").textValue());
    }

    @Test
    void aCompanyWithoutAPersonReceivesItsParcel() throws Exception {
        // Given
        ObjectNode order = (ObjectNode) read("\"last_name\":\"\",\"company\":\"Example Works Ltd\",\"address1\":\"1 Street\",\"city\":\"Springfield\"");
        // When
        JsonNode request = MAPPING.map("wms/fulfilment.out.jq", JSON.writeValueAsBytes(envelope(order))).result();
        // Then
        assertEquals("Example Works Ltd", request.at("/shipTo/name").textValue());
        assertEquals("Example Works Ltd", request.at("/shipTo/company").textValue());
    }

    @ParameterizedTest
    @CsvSource({"2, 998", "👍🏽, 998", "👨‍👩‍👧, 998", "e\u0308, 998", "🇩🇪, 998", "☎\uFE0F, 998"})
    void whatIsShownAsOneSignIsNotCutInHalf(String sign, int before) throws Exception {
        // Given a note of which NetSuite takes the first 999 characters, and a sign that stands across the end of them
        ObjectNode order = (ObjectNode) read("\"address1\":\"1 Street\"");
        order.put("orderNote", "n".repeat(before) + sign + "more");
        // When
        String memo = MAPPING.map("netsuite/order.out.jq", JSON.writeValueAsBytes(envelope(order))).result().path("memo").textValue();
        // Then it is there, or it is not
        assertEquals("n".repeat(before) + (sign.codePointCount(0, sign.length()) == 1 ? sign : ""), memo);
        assertFalse(memo.codePointCount(0, memo.length()) > 999);
    }

    private static ObjectNode envelope(JsonNode order) {
        ObjectNode envelope = JSON.createObjectNode();
        envelope.set("order", order);
        envelope.set("lines", order.path("lineItems"));
        envelope.set("money", Worth.of(order).document());
        envelope.put("externalId", "web-1").putObject("settings").put("zone", "UTC");
        return envelope;
    }

    private static JsonNode read(String address) {
        return MAPPING.map("shopify/order.in.jq", ("{\"id\":1,\"name\":\"#1\",\"currency\":\"USD\",\"updated_at\":\"2026-11-27T10:00:00Z\",\"note\":\"one\\ntwo\",\"total_price\":\"10.00\",\"shipping_address\":{"
            + address + ",\"country_code\":\"US\"},\"line_items\":[{\"id\":2,\"sku\":\"LAMP\\n\",\"quantity\":1,\"price\":\"10.00\"}]}").getBytes(UTF_8)).result();
    }
}
