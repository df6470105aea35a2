package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.capability.Configured;
import io.orderweir.gate.GateClasses;
import io.orderweir.hold.Refusal;
import io.orderweir.hold.Sentence;
import io.orderweir.policy.Policies;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders of which nothing can be shipped: they never had a line, or every line was taken out. */
class NothingLeftTest {

    private static final String REMOVED = "{\"id\":\"1\",\"sku\":\"MUG\",\"quantity\":0,\"orderedQuantity\":2},{\"id\":\"2\",\"sku\":\"PEN\",\"quantity\":0,\"orderedQuantity\":1}";

    private final Policies policies = new Policies(Configured.settings(Map.of()));
    private final Plan plan = new Plan();

    NothingLeftTest() {
        plan.connections = Configured.connections(Map.of());
        plan.gates = new GateClasses(policies, Configured.connections(Map.of()));
        plan.flows = new Flows(policies, plan.gates);
    }

    @ParameterizedTest
    @CsvSource({"open", "closed", "cancelled"})
    void anOrderThatNamesNoLineIsHeldWithASentenceThatSaysWhatToDo(String status) throws JsonProcessingException {
        // Given
        Exchange exchange = order("[]", status, "12.50");
        // When
        Throwable nothing = assertThrows(RuntimeException.class, () -> plan.withLines(exchange));
        Refusal held = new Sentence(Configured.connectors(Map.of())).forError("#1001", nothing);
        // Then
        assertEquals("no-lines lineItems", held.reason() + " " + held.canonicalPath());
        assertEquals("Order #1001: it has no lines, so there is nothing to book and nothing to ship. Add a line in the shop: its next event takes the place of this one."
                + " Or discard it; if something of it was sent before, cancel that at the target.", held.sentence());
    }

    @Test
    void anOrderWithALineIsPlanned() throws JsonProcessingException {
        plan.withLines(order("[" + REMOVED + "]", "open", "0.00"));
    }

    @ParameterizedTest
    @CsvSource({"0.00, true", "'', true", "4.90, false"})
    void anOrderOfWhichEveryLineWasTakenOutIsACancelUnlessSomethingIsStillCharged(String total, boolean cancel) throws JsonProcessingException {
        // Given
        Exchange exchange = order("[" + REMOVED + "]", "open", total);
        // When
        JsonNode booked = plan.whole(asked(exchange, 0)).get(0);
        JsonNode goods = plan.standardLines(asked(exchange, 1)).get(0);
        // Then the goods are cancelled in any case, and the ERP keeps what it is still to book
        assertEquals(cancel, booked.path("cancel").asBoolean(), booked.toString());
        assertTrue(goods.path("cancel").asBoolean(), goods.toString());
    }

    @Test
    void theLedgerIsGivenAListOfLinesWhateverTheyAre() throws JsonProcessingException {
        // Given
        Exchange exchange = order("[]", "open", "0.00");
        // When
        JsonNode planned = plan.whole(asked(exchange, 0)).get(0);
        // Then
        assertEquals("[]", planned.path("line_ids").toString());
    }

    /** The order as the route hands it to one of its flows. */
    private Exchange asked(Exchange exchange, int flow) {
        exchange.setVariable("flow", plan.flows.all().get(flow));
        return exchange;
    }

    private static Exchange order(String lines, String status, String total) throws JsonProcessingException {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setVariable("captured", new Captured("t", 0, 0, "d", "web", "order", "web/7", "c", "2026-11-21T13:00:00Z", new byte[0]));
        exchange.setVariable("canonical", new ObjectMapper().readTree("{\"externalId\":\"7\",\"name\":\"#1001\",\"status\":\"" + status + "\",\"lineItems\":" + lines
                + (total.isEmpty() ? "" : ",\"totalPrice\":\"" + total + "\"") + "}"));
        return exchange;
    }
}
