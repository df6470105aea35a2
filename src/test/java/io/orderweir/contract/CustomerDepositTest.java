package io.orderweir.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.contract.Lane.State;
import io.orderweir.contract.Recordings.Said;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A payment at NetSuite is a customer deposit of the sales order, on its customer, for what was paid. */
class CustomerDepositTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Said CLOSED = new Said(400, null, JSON.createObjectNode().set("o:errorDetails", JSON.createArrayNode().add(JSON.createObjectNode().put("detail", "The accounting period is closed.")
            .put("o:errorPath", "tranDate").put("o:errorCode", "CLOSED_TRAN_PRD"))), null, null, null);

    @Test
    void itIsOnTheCustomerOfItsOrderAndOnTheAccountOfItsGateway() throws Exception {
        OnTrial.at("netsuite", "deposit", Map.of("deposit-account", "paypal=13, stripe=12, 14", "payment-option", "paypal=8, 7"), trial -> {
            // When
            trial.created();
            // Then
            assertEquals(JSON.readTree("{\"customer\":{\"id\":\"107\"},\"salesOrder\":{\"id\":\"5000\"},\"currency\":{\"refName\":\"EUR\"},\"payment\":30.5,\"tranDate\":\"2026-11-27\",\"account\":{\"id\":\"12\"},"
                    + "\"paymentOption\":{\"id\":\"7\"},\"memo\":\"#1201 stripe ch_1\"}"), sent(trial));
        });
    }

    @Test
    void itStandsInTheBooksOfItsStore() throws Exception {
        OnTrial.at("netsuite", "deposit", Map.of("class", "elsewhere=1, 7", "department", "3", "location", "elsewhere=2"), trial -> {
            trial.created();
            assertEquals("7 3 -", sent(trial).at("/class/id").asText("-") + " " + sent(trial).at("/department/id").asText("-") + " " + sent(trial).at("/location/id").asText("-"));
        });
    }

    @Test
    void inClosedBooksItIsBookedOnTheNextOpenDay() throws Exception {
        OnTrial.at("netsuite", "deposit", Map.of("closed-period", "next-open-day"), trial -> {
            // Given books that are closed on the day of the payment
            trial.vendor().refuse((name, call) -> name.equals("upsert") && trial.vendor().heard().size() < 3 ? CLOSED : null);
            // When: whose it is, the deposit, the day, the deposit
            trial.created();
            // Then
            assertEquals(4, trial.vendor().heard().size());
            assertTrue(sent(trial, 2).path("q").asText().contains("startdate > TO_DATE('2026-11-27', 'YYYY-MM-DD')"));
            assertEquals("2026-12-01 Paid on 2026-11-27; #1201 stripe ch_1", sent(trial, 3).path("tranDate").asText() + " " + sent(trial, 3).path("memo").asText());
            assertEquals("107", sent(trial, 3).at("/customer/id").asText());
        });
    }

    @Test
    void inClosedBooksItIsHeldWhereThePolicySaysNoOtherDay() throws Exception {
        OnTrial.at("netsuite", "deposit", Map.of(), trial -> {
            trial.vendor().refuse((name, call) -> name.equals("upsert") ? CLOSED : null);
            Lane lane = trial.lane().wants(trial.order(), false);
            assertEquals(State.HELD, lane.run());
            assertEquals("period-closed", lane.last().text("reason"));
        });
    }

    @Test
    void anOrderThatIsGoneThereBooksNothing() throws Exception {
        Said gone = new Said(404, null, JSON.readTree("{\"o:errorDetails\":[{\"detail\":\"The record instance does not exist.\",\"o:errorCode\":\"NONEXISTENT_ID\"}]}"), null, null, null);
        OnTrial.at("netsuite", "deposit", Map.of(), trial -> {
            trial.vendor().refuse((name, call) -> name.equals("order") ? gone : null);
            assertEquals(State.HELD, trial.lane().wants(trial.order(), false).run());
            assertEquals(0, trial.changes());
        });
    }

    private static JsonNode sent(Trial trial) throws Exception {
        return sent(trial, 1);
    }

    private static JsonNode sent(Trial trial, int call) throws Exception {
        return JSON.readTree(trial.vendor().heard().get(call).body());
    }
}
