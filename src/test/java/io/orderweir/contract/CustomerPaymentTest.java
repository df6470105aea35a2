package io.orderweir.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.contract.Lane.State;
import io.orderweir.contract.Recordings.Said;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A payment at Business Central is a line of a customer payment journal, which leaves it when somebody posts it. */
class CustomerPaymentTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JOURNAL = "5f8e0a6c-0000-4000-8000-00000000f001";

    @Test
    void itIsOnTheCustomerOfItsOrderAndInTheJournalOfItsGateway() throws Exception {
        OnTrial.at("business-central", "deposit", Map.of("payment-journal", "paypal=5f8e0a6c-0000-4000-8000-00000000f002, stripe=" + JOURNAL), trial -> {
            // When
            Lane lane = trial.created();
            // Then
            assertEquals(List.of("posted", "order", "write"), asked(trial));
            ObjectNode sent = sent(trial, 2);
            assertTrue(sent.path("documentNumber").asText().matches("OW[0-9A-F]{16}"), sent.toString());
            assertEquals(lane.reference(), sent.path("externalDocumentNumber").asText().toLowerCase());
            assertEquals("{\"customerNumber\":\"10000\",\"postingDate\":\"2026-11-27\",\"amount\":-30.5,\"description\":\"#1201 stripe ch_1\"}",
                    sent.without(List.of("documentNumber", "externalDocumentNumber")).toString());
        });
    }

    @Test
    void oneWhoseAnswerWasLostAndThatWasPostedSinceIsNotWrittenTwice() throws Exception {
        Said entry = new Said(200, null, JSON.readTree("{\"value\":[{\"id\":\"5f8e0a6c-0000-4000-8000-00000000e005\"}]}"), null, null, null);
        OnTrial.at("business-central", "deposit", Map.of(), trial -> {
            // Given
            trial.lose(1, Vendor.Mood.LOSE_ANSWER);
            trial.vendor().refuse((name, call) -> !asked(trial).contains("write") ? null : name.equals("search") ? call.answers().get("absent") : name.equals("posted") ? entry : null);
            Lane lane = trial.lane().wants(trial.order(), false);
            // When
            trial.is(lane, lane.run(), State.DELIVERED);
            // Then
            assertEquals(1, trial.changes());
            assertEquals("5f8e0a6c-0000-4000-8000-00000000e005", lane.remoteId());
            trial.isThereOnce(lane.reference());
        });
    }

    @Test
    void whenMoreOfItIsTakenItsLineBecomesAsLarge() throws Exception {
        OnTrial.at("business-central", "deposit", Map.of(), trial -> {
            Lane lane = trial.created();
            trial.is(lane, lane.wants(trial.order(), false).run(), State.DELIVERED);
            assertEquals(List.of("read", "change"), asked(trial).subList(3, 5));
            assertEquals("{\"amount\":-30.5}", sent(trial, 4).toString());
            // and one that is posted stays as it is
            trial.vendor().refuse((name, call) -> name.equals("read") ? call.answers().get("absent") : null);
            assertEquals(State.HELD, lane.wants(trial.order(), false).run());
            assertTrue(lane.last().text("sentence").startsWith("Order #1201: more was taken of a payment whose line at business-central is in its journal no more"), lane.last().words());
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "local-currency  | USD            | its payment is of EUR, and payment journals of Business Central take the currency of the company alone",
            "payment-journal | paypal=7       | the connection does not say in which journal of Business Central payments of stripe are written"})
    void whatTheAccountDoesNotSayIsHeld(String setting, String value, String said) throws Exception {
        OnTrial.at("business-central", "deposit", Map.of(setting, value), trial -> {
            Lane lane = trial.lane().wants(trial.order(), false);
            assertEquals(State.HELD, lane.run());
            assertTrue(lane.last().text("sentence").contains(said), lane.last().words());
            assertEquals(0, trial.vendor().heard().size());
        });
    }

    private static List<String> asked(Trial trial) {
        return trial.vendor().heard().stream().map(Vendor.Heard::call).toList();
    }

    private static ObjectNode sent(Trial trial, int nth) throws Exception {
        return (ObjectNode) JSON.readTree(trial.vendor().heard().get(nth).body());
    }
}
