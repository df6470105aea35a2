package io.orderweir.hold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParseException;
import io.orderweir.capability.Configured;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The document of a delivery was read when it was captured: what cannot be read at a port was made there. */
class BrokenDeliveryTest {

    @Test
    void whatAConnectorMadeUnreadableIsItsOwnFault() {
        // Given a body of a login that is no JSON, because a password has a quotation mark
        Throwable thrown = new IllegalStateException("no body", new JsonParseException(null, "Unexpected character ('s')"));
        // When
        Refusal refusal = new Sentence(Configured.connectors(Map.of())).forDelivery("#1201", thrown, () -> new Fault("acme", "the route acme.login, step setBody", "Unexpected character ('s')"));
        // Then
        assertEquals("connector-failed", refusal.reason());
        assertTrue(refusal.sentence().startsWith("Order #1201: the route acme.login, step setBody failed with"), refusal::sentence);
        assertTrue(refusal.sentence().contains("The connector acme is at fault, not the order"), refusal::sentence);
    }
}
