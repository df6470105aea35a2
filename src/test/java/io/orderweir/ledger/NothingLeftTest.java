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
        plan.targets = new Targets(policies);
        plan.connections = Configured.connections(Map.of());
        plan.gates = new GateClasses(policies, Configured.connections(Map.of()));
    }

    @ParameterizedTest
    @CsvSource({"open", "closed", "cancelled"})
    void anOrderThatNamesNoLineIsHeldWithASentenceThatSaysWhatToDo(String status) throws JsonProcessingException {
        // Given
        Exchange exchange = order("[]", status, "12.50");
        // When
        Throwable nothing = assertThrows(RuntimeException.class, () -> plan.withLines(exchange));
        Refusal held = new Sentence().forError("#1001", nothing);
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
        plan.whole(exchange, "erp.order");
        plan.standardLines(exchange, "wms.fulfilment");
        // Then the goods are cancelled in any case, and the ERP keeps what it is still to book
        JsonNode planned = exchange.getVariable("deliveries", JsonNode.class);
        assertEquals(cancel, planned.get(0).path("cancel").asBoolean(), planned.toString());
        assertTrue(planned.get(1).path("cancel").asBoolean(), planned.toString());
    }

    @Test
    void theLedgerIsGivenAListOfLinesWhateverTheyAre() throws JsonProcessingException {
        // Given
        Exchange exchange = order("[]", "open", "0.00");
        // When
        plan.whole(exchange, "erp.order");
        // Then
        assertEquals("[]", exchange.getVariable("deliveries", JsonNode.class).get(0).path("line_ids").toString());
    }

    private static Exchange order(String lines, String status, String total) throws JsonProcessingException {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setVariable("captured", new Captured("t", 0, 0, "d", "web", "order", "web/7", "c", "2026-11-21T13:00:00Z", new byte[0]));
        exchange.setVariable("canonical", new ObjectMapper().readTree("{\"externalId\":\"7\",\"name\":\"#1001\",\"status\":\"" + status + "\",\"lineItems\":" + lines
                + (total.isEmpty() ? "" : ",\"totalPrice\":\"" + total + "\"") + "}"));
        return exchange;
    }
}
