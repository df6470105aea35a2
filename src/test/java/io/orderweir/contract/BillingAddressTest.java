package io.orderweir.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.contract.Lane.State;
import io.orderweir.contract.Recordings.Said;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An address to which nothing is sent never stops goods: an order that NetSuite refuses for it alone is booked without it. */
class BillingAddressTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ZIP = "{\"detail\":\"Invalid value for the resource or sub-resource field 'zip'.\",\"o:errorPath\":\"%s.zip\",\"o:errorCode\":\"INVALID_CONTENT\"}";

    @Test
    void anOrderIsBookedWithoutABillingAddressThatIsRefusedAndItsMemoSaysSo() throws Exception {
        booked(trial -> {
            refuses(trial, 1, "billingAddress");
            // When
            Lane lane = trial.lane().wants(trial.order(), false);
            State state = lane.run();
            // Then
            assertEquals(State.DELIVERED, state, () -> lane.last().words());
            assertEquals(2, trial.vendor().heard().size());
            assertTrue(sent(trial, 0).has("billingAddress"));
            assertFalse(sent(trial, 1).has("billingAddress"));
            assertEquals("Billing address not accepted, see the shop; Please ring twice", sent(trial, 1).path("memo").asText());
            assertTrue(lane.ended().get(0).text("reason").contains("does not accept the billing address"), lane.ended().get(0).words());
            // and a change of the order tries what the shop says by then
            trial.is(lane, lane.wants(trial.order(), false).run(), State.DELIVERED);
            assertTrue(sent(trial, 2).has("billingAddress"));
        });
    }

    @Test
    void theSameTypoInBothAddressesIsOneHoldAndOneCorrection() throws Exception {
        booked(trial -> {
            // Given NetSuite that refuses both while both are there, and the delivery address as long as it is wrong
            refuses(trial, 1, "billingAddress", "shippingAddress");
            Lane lane = trial.lane().wants(trial.order(), false);
            assertEquals("onward", lane.step().outcome());
            refuses(trial, 2, "shippingAddress");
            assertEquals(State.HELD, lane.run());
            assertEquals("shippingAddress.zipCodeOrPostalCode", lane.last().text("field"));
            // When a person has corrected it, and the billing address still has the typo
            refuses(trial, 3, "billingAddress");
            trial.is(lane, lane.wants(trial.order(), false).run(), State.DELIVERED);
            // Then nothing more is asked of anybody
            assertEquals(4, trial.vendor().heard().size());
            trial.isThereOnce(lane.reference());
        });
    }

    @Test
    void whatTheBuyerWroteIsNoComplaintAboutAnAddress() throws Exception {
        booked(trial -> {
            trial.vendor().refuse((name, call) -> said("{\"detail\":\"Invalid value '\\\"o:errorPath\\\":\\\"billingAddress.zip\\\"'.\",\"o:errorPath\":\"memo\",\"o:errorCode\":\"INVALID_CONTENT\"}"));
            assertEquals(State.HELD, trial.lane().wants(trial.order(), false).run());
            assertEquals(1, trial.vendor().heard().size());
        });
    }

    @Test
    void whatIsNoMailAddressAndNoPhoneNumberIsNotSent() throws Exception {
        booked(trial -> {
            ObjectNode order = trial.order().deepCopy();
            ((ObjectNode) order.get("customer")).put("email", "buyer at example");
            ((ObjectNode) order.get("shippingAddress")).put("phone", "call me");
            delivered(trial, order);
            assertFalse(sent(trial, 0).has("email"));
            assertFalse(sent(trial, 0).path("shippingAddress").has("addrPhone"));
            assertEquals("+1 503 555 0177", sent(trial, 0).at("/billingAddress/addrPhone").asText());
        });
    }

    @Test
    void theBuyersOwnNumberStandsInTheMemoOrInThePlaceOfTheShops() throws Exception {
        booked(trial -> {
            delivered(trial, trial.orderWith("purchaseOrder", "PO-88"));
            assertEquals("#1201, Purchase order PO-88; Please ring twice", sent(trial, 0).path("otherRefNum").asText() + ", " + sent(trial, 0).path("memo").asText());
        });
        OnTrial.at("netsuite", "order", Map.of("po-number", "reference"), trial -> {
            delivered(trial, trial.orderWith("purchaseOrder", "PO-88"));
            assertEquals("PO-88, #1201; Please ring twice", sent(trial, 0).path("otherRefNum").asText() + ", " + sent(trial, 0).path("memo").asText());
            // and one that is too long for its field stands in the memo
            delivered(trial, trial.orderWith("purchaseOrder", "P".repeat(46)));
            assertEquals("#1201", sent(trial, 1).path("otherRefNum").asText());
        });
    }

    private static void booked(OnTrial.Tried tried) throws Exception {
        OnTrial.at("netsuite", "order", Map.of(), tried);
    }

    /** Until it has heard so many calls; then it takes the order. */
    private static void refuses(Trial trial, int until, String... addresses) {
        trial.vendor().refuse((name, call) -> trial.vendor().heard().size() < until ? said(ZIP.formatted(addresses[0]) + (addresses.length > 1 ? "," + ZIP.formatted(addresses[1]) : "")) : null);
    }

    private static void delivered(Trial trial, JsonNode order) {
        Lane lane = trial.lane().wants(order, false);
        trial.is(lane, lane.run(), State.DELIVERED);
    }

    private static JsonNode sent(Trial trial, int call) throws Exception {
        return JSON.readTree(trial.vendor().heard().get(call).body());
    }

    private static Said said(String details) {
        try {
            return new Said(400, Map.of(), JSON.readTree("{\"title\":\"Bad Request\",\"status\":400,\"o:errorDetails\":[" + details + "]}"), null, null, null);
        } catch (com.fasterxml.jackson.core.JsonProcessingException wrong) {
            throw new IllegalArgumentException(details, wrong);
        }
    }
}
