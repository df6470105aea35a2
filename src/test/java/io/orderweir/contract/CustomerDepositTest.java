package io.orderweir.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.contract.Lane.State;
import io.orderweir.contract.Recordings.Said;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A payment at NetSuite is a customer deposit of the sales order, on its customer, for what was paid. */
class CustomerDepositTest {

    private static final ObjectMapper JSON = new ObjectMapper();

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
    void anOrderThatIsGoneThereBooksNothing() throws Exception {
        Said gone = new Said(404, null, JSON.readTree("{\"o:errorDetails\":[{\"detail\":\"The record instance does not exist.\",\"o:errorCode\":\"NONEXISTENT_ID\"}]}"), null, null, null);
        OnTrial.at("netsuite", "deposit", Map.of(), trial -> {
            trial.vendor().refuse((name, call) -> name.equals("order") ? gone : null);
            assertEquals(State.HELD, trial.lane().wants(trial.order(), false).run());
            assertEquals(0, trial.changes());
        });
    }

    private static JsonNode sent(Trial trial) throws Exception {
        return JSON.readTree(trial.vendor().heard().get(1).body());
    }
}
