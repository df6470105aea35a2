package io.orderweir.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.contract.Lane.State;
import io.orderweir.contract.Recordings.Said;
import io.orderweir.contract.Vendor.Mood;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** On whom NetSuite books an order: on one customer for all, on each buyer's own, or on that of the company's location. */
class BuyersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> BY_MAIL = Map.of("customers", "by-email", "subsidiary", "2");
    private static final Map<String, String> COMPANIES = Map.of("company-customers", "7001=501, 7002=502", "terms", "Net 30=5, Net 60=6");

    @Test
    void oneCustomerForAllIsTheDefault() throws Exception {
        OnTrial.at("netsuite", "order", Map.of(), trial -> {
            booked(trial, trial.order());
            assertEquals(1, trial.vendor().heard().size());
            assertEquals("107", sent(trial, 0).at("/entity/id").asText());
        });
    }

    @Test
    void aHundredFirstOrdersOfABuyerAtOnceMakeOneCustomer() throws Exception {
        OnTrial.at("netsuite", "order", BY_MAIL, trial -> {
            // Given a hundred orders, of which each has looked and found nobody before the first one makes the customer
            List<Lane> lanes = IntStream.range(0, 100).mapToObj(i -> trial.lane().wants(trial.orderWith("customer.email", i % 2 == 0 ? "Buyer@Example.org" : " buyer@example.org "), false)).toList();
            lanes.forEach(lane -> assertEquals("onward", lane.step().outcome()));
            // When
            lanes.forEach(lane -> assertEquals("onward", lane.step().outcome()));
            lanes.forEach(lane -> trial.is(lane, lane.run(), State.DELIVERED));
            // Then
            assertEquals(1, customers(trial).size());
            String id = customers(trial).get(0).id;
            assertEquals(300, trial.vendor().heard().size());
            for (int call = 200; call < 300; call++) {
                assertEquals(id, sent(trial, call).at("/entity/id").asText());
            }
            // and what is known of the order is its own record
            assertFalse(lanes.stream().anyMatch(lane -> lane.remoteId().equals(id)));
            assertTrue(customers(trial).get(0).reference.matches("(?i)orderweir-[0-9a-f]{64}"), customers(trial).get(0).reference);
        });
    }

    @Test
    void whoIsKnownIsFoundAndNoSecondOneIsMade() throws Exception {
        OnTrial.at("netsuite", "order", BY_MAIL, trial -> {
            booked(trial, trial.order());
            // When
            Lane lane = trial.lane().wants(trial.order(), false);
            trial.is(lane, lane.run(), State.DELIVERED);
            // Then the second order takes two calls
            assertEquals(5, trial.vendor().heard().size());
            assertEquals("SELECT id FROM customer WHERE LOWER(email) = 'buyer@example.org' AND isinactive = 'F' ORDER BY id", sent(trial, 3).path("q").asText());
            assertEquals(sent(trial, 2).path("entity"), sent(trial, 4).path("entity"));
            // and its change one, which leaves the record to its customer
            trial.is(lane, lane.wants(trial.order(), false).run(), State.DELIVERED);
            assertEquals(6, trial.vendor().heard().size());
            assertFalse(sent(trial, 5).has("entity"));
        });
    }

    @Test
    void aCustomerWhoseAnswerWasLostIsMadeOnce() throws Exception {
        OnTrial.at("netsuite", "order", BY_MAIL, trial -> {
            for (Mood mood : List.of(Mood.LOSE_ANSWER, Mood.DO_IT_LATER)) {
                trial.vendor().anew();
                Lane lane = trial.lane().wants(trial.order(), false);
                lane.step();
                trial.lose(1, mood);
                trial.is(lane, lane.run(), State.DELIVERED);
                assertEquals(1, customers(trial).size(), mood.toString());
                trial.isThereOnce(lane.reference());
            }
        });
    }

    @Test
    void whoeverIsSecondWhileTheFirstIsStillMakingItComesAgain() throws Exception {
        OnTrial.at("netsuite", "order", BY_MAIL, trial -> {
            Lane lane = trial.lane().wants(trial.order(), false);
            lane.step();
            trial.vendor().refuse((name, call) -> refused("This record already exists.", "DUP_RCRD"));
            assertEquals("later busy", lane.step().outcome() + " " + lane.last().because());
            trial.vendor().calm();
            trial.is(lane, lane.run(), State.DELIVERED);
        });
    }

    @Test
    void aCustomerIsWhoTheOrderSaysAndNoQueryIsMadeOfWhatABuyerWrote() throws Exception {
        OnTrial.at("netsuite", "order", BY_MAIL, trial -> {
            booked(trial, trial.orderWith("customer.email", "o'neill@example.org"));
            assertTrue(sent(trial, 0).path("q").asText().contains("'o''neill@example.org'"));
            assertEquals(JSON.readTree("{\"isPerson\":true,\"firstName\":\"Ada\",\"lastName\":\"Quist\",\"entityId\":\"o'neill@example.org\",\"email\":\"o'neill@example.org\",\"subsidiary\":{\"id\":\"2\"}}"), sent(trial, 1));
            // and what is no address of anybody is booked for all
            trial.vendor().anew();
            booked(trial, trial.orderWith("customer.email", "x' OR 1=1 --@example.org"));
            assertEquals(1, trial.vendor().heard().size());
            assertEquals("107", sent(trial, 0).at("/entity/id").asText());
        });
    }

    @Test
    void aCompanyIsBookedOnItsOwnCustomerWithItsTermsAndItsExemption() throws Exception {
        OnTrial.at("netsuite", "order", COMPANIES, trial -> {
            ObjectNode order = (ObjectNode) trial.orderWith("companyLocation", "7002");
            order.put("paymentTerms", "Net 30").put("taxExempt", true).putArray("taxExemptions").add("US_CO_RESELLER_EXEMPTION");
            booked(trial, order);
            assertEquals("502", sent(trial, 0).at("/entity/id").asText());
            assertEquals("5", sent(trial, 0).at("/terms/id").asText());
            assertEquals("Tax exempt: US_CO_RESELLER_EXEMPTION; Please ring twice", sent(trial, 0).path("memo").asText());
            // and a buyer of his own on the one for all
            booked(trial, trial.order());
            assertEquals("107", sent(trial, 1).at("/entity/id").asText());
        });
    }

    @Test
    void aCompanyThatNobodyHasNamedIsHeldInItsOwnWordsAndNothingIsAsked() throws Exception {
        for (Map<String, String> settings : List.of(COMPANIES, BY_MAIL)) {
            OnTrial.at("netsuite", "order", settings, trial -> {
                Lane lane = trial.lane().wants(trial.orderWith("companyLocation", "7009"), false);
                assertEquals(State.HELD, lane.run());
                assertEquals("unknown-customer", lane.last().text("reason"));
                assertTrue(lane.last().text("sentence").startsWith("Order #1201: the buyer is the company location 7009, and nobody has said which customer of NetSuite that is."), lane.last().words());
                assertNull(lane.remoteId());
                assertEquals(0, trial.vendor().heard().size());
            });
        }
    }

    private static List<VendorRecords.Kept> customers(Trial trial) {
        return trial.vendor().records().stream().filter(record -> "customer".equals(record.kind)).toList();
    }

    private static void booked(Trial trial, JsonNode order) {
        Lane lane = trial.lane().wants(order, false);
        trial.is(lane, lane.run(), State.DELIVERED);
    }

    private static JsonNode sent(Trial trial, int call) throws Exception {
        return JSON.readTree(trial.vendor().heard().get(call).body());
    }

    private static Said refused(String detail, String code) {
        ObjectNode body = JSON.createObjectNode().put("title", "Bad Request").put("status", 400);
        body.putArray("o:errorDetails").addObject().put("detail", detail).put("o:errorCode", code);
        return new Said(400, Map.of(), body, null, null, null);
    }
}
