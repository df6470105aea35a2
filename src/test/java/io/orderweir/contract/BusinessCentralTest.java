package io.orderweir.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.connector.Mapping;
import io.orderweir.contract.Lane.State;
import io.orderweir.contract.Recordings.Said;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An ERP that makes an order in one call, and afterwards changes one row of it at a time, as it was read. */
class BusinessCentralTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void linesThatACreateLeftOutAreAddedAndNoSecondOrderIsMade() throws Exception {
        OnTrial.at("business-central", "order", Map.of(), trial -> {
            // Given a create whose answer is lost, and of which a line is not there
            trial.lose(1, Vendor.Mood.LOSE_ANSWER);
            trial.vendor().refuse((name, call) -> name.equals("search") && !asked(trial).contains("add-line") ? without(2000, call.answers().get("there")) : null);
            Lane lane = trial.lane().wants(trial.order(), false);
            // When
            trial.is(lane, lane.run(), State.DELIVERED);
            // Then
            assertEquals(List.of("book", "search", "change", "add-line"), asked(trial), "of the header nothing is recorded there, so it is written, too");
            JsonNode added = sent(trial, 3);
            assertEquals(2000, added.path("sequence").asInt());
            assertEquals("BULB-E27", added.path("lineObjectNumber").asText());
            trial.isThereOnce(lane.reference());
        });
    }

    @Test
    void whatDiffersIsChangedRowByRowAndTheRestIsLeftAlone() throws Exception {
        OnTrial.at("business-central", "order", Map.of(), trial -> {
            Lane lane = trial.created();
            trial.is(lane, lane.wants(trial.order(), false).run(), State.DELIVERED);
            assertEquals(List.of("book", "read", "change", "change-line"), asked(trial));
            assertEquals("Portland", sent(trial, 2).path("shipToCity").asText());
            assertEquals("description quantity unitPrice discountAmount", String.join(" ", fields(sent(trial, 3))));
            assertEquals("2 for 49", sent(trial, 3).path("quantity").asInt() + " for " + sent(trial, 3).path("unitPrice").asInt());
        });
    }

    @Test
    void whatSomebodyElseHasChangedIsReadAgain() throws Exception {
        OnTrial.at("business-central", "order", Map.of(), trial -> {
            Lane lane = trial.created();
            trial.vendor().refuse((name, call) -> name.equals("change") && asked(trial).stream().filter("read"::equals).count() == 1 ? said(412, "Request_EntityChanged", "Another user has already changed the record.") : null);
            trial.is(lane, lane.wants(trial.order(), false).run(), State.DELIVERED);
            assertEquals(List.of("book", "read", "change", "read", "change", "change-line"), asked(trial));
        });
    }

    @Test
    void aChangeWhoseAnswerWasLostIsReadAgainBeforeAnythingIsAdded() throws Exception {
        OnTrial.at("business-central", "order", Map.of(), trial -> {
            Lane lane = trial.created();
            trial.lose(1, Vendor.Mood.LOSE_ANSWER);
            trial.is(lane, lane.wants(trial.order(), false).run(), State.DELIVERED);
            assertEquals(List.of("read", "change", "read", "change", "change-line"), asked(trial).subList(1, asked(trial).size()));
        });
    }

    @Test
    void aRoundingLineIsPlannedAndNotForgottenOnTheWay() throws Exception {
        try (Mapping mapping = new Mapping()) {
            ObjectNode asked = (ObjectNode) JSON.readTree("{'envelope':{'found':{'rounding':'0.01'}},'record':{'id':'o1','@odata.etag':'e1','salesOrderLines':[{'id':'l1','@odata.etag':'e2','sequence':1000,'lineType':'Item','lineObjectNumber':'LAMP-OAK','quantity':1},{'id':'l9','@odata.etag':'e9','sequence':7000,'lineType':'Comment','description':'theirs'}]},"
                .replace('\'', '"') + "\"wanted\":{\"salesOrderLines\":[{\"sequence\":1000,\"lineType\":\"Item\",\"lineObjectNumber\":\"lamp-oak\",\"quantity\":1},{\"sequence\":400001000,\"lineType\":\"Account\",\"lineObjectNumber\":\"8400\",\"quantity\":1,\"unitPrice\":0.01}]}}");
            JsonNode found = mapping.map("business-central/order-plan.jq", asked.toString().getBytes(StandardCharsets.UTF_8)).result();
            assertEquals("{\"rounding\":\"0.01\",\"order\":\"o1\",\"plan\":[{\"do\":\"add\",\"sequence\":400001000}]}", found.toString());
        }
    }

    @Test
    void whatIsShippedIsNotDeleted() throws Exception {
        OnTrial.at("business-central", "order", Map.of(), trial -> {
            Lane lane = trial.created();
            trial.vendor().refuse((name, call) -> name.equals("read") ? shipped(call.answers().get("there")) : null);
            assertEquals(State.HELD, lane.wants(trial.order(), true).run());
            assertTrue(lane.last().text("sentence").startsWith("Order #1201: something of it is shipped or invoiced in business-central"), lane.last().words());
            assertEquals(List.of("book", "read"), asked(trial));
        });
    }

    @Test
    void anOrderThatIsGoneIsNoOrderThatWeDeleted() throws Exception {
        OnTrial.at("business-central", "order", Map.of(), trial -> {
            Lane lane = trial.created();
            trial.vendor().refuse((name, call) -> name.equals("read") ? call.answers().get("absent") : null);
            // posted whole, it goes by itself; a person looks
            assertEquals(State.HELD, lane.wants(trial.order(), true).run());
        });
    }

    @Test
    void eachBuyerIsACustomerUnderANumberOfItsAddress() throws Exception {
        OnTrial.at("business-central", "order", Map.of("customers", "by-email"), trial -> {
            Lane lane = trial.created();
            assertEquals(List.of("customer-look", "customer-make", "book"), asked(trial));
            String number = sent(trial, 1).path("number").asText();
            assertTrue(number.matches("OW[0-9A-F]{16}"), number);
            assertEquals(number, sent(trial, 2).path("customerNumber").asText());
            // and two first orders at once make one: the second is told that the number is taken, which says whose it is
            trial.vendor().anew();
            trial.vendor().refuse((name, call) -> name.equals("customer-make") ? call.answers().get("there") : null);
            trial.created();
            assertEquals(number, sent(trial, 2).path("customerNumber").asText());
        });
    }

    @Test
    void aRefusalIsToldInItsWords() throws Exception {
        OnTrial.at("business-central", "order", Map.of(), trial -> {
            trial.refuseChanges("refusal");
            Lane lane = trial.lane().wants(trial.order(), false);
            assertEquals(State.HELD, lane.run());
            String sentence = lane.last().text("sentence");
            assertTrue(sentence.contains("cannot be found in the related table (Item)") && !sentence.contains("{\"error\""), sentence);
        });
    }

    private static List<String> asked(Trial trial) {
        return trial.vendor().heard().stream().map(Vendor.Heard::call).toList();
    }

    private static JsonNode sent(Trial trial, int nth) throws Exception {
        return JSON.readTree(trial.vendor().heard().get(nth).body());
    }

    private static List<String> fields(JsonNode body) {
        List<String> fields = new ArrayList<>();
        body.fieldNames().forEachRemaining(fields::add);
        return fields;
    }

    private static Said said(int status, String code, String message) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("error").put("code", code).put("message", message);
        return new Said(status, Map.of(), body, null, null, null);
    }

    private static Said without(int sequence, Said there) {
        ObjectNode body = there.body().deepCopy();
        ((ArrayNode) body.at("/value/0/salesOrderLines")).removeIf(line -> line.path("sequence").asInt() == sequence);
        return new Said(there.status(), there.headers(), body, null, null, null);
    }

    private static Said shipped(Said there) {
        ObjectNode body = there.body().deepCopy();
        ((ObjectNode) body.at("/salesOrderLines/1")).put("shippedQuantity", 1);
        return new Said(there.status(), there.headers(), body, null, null, null);
    }
}
