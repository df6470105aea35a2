package io.orderweir.hold;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.orderweir.ledger.Captured;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * What may be taken up again. In: variables hold and held (the row of sql/hold/discarded.sql). Out: variables captured and keys of the event that is planned anew, message,
 * and delivery (null for an event that was not understood).
 */
@RegisterForReflection
@ApplicationScoped
@Named("discarded")
public class Discarded {

    public void check(Exchange exchange) {
        Map<?, ?> held = exchange.getVariable("held", Map.class);
        if (held == null) {
            throw new Refused(404, "There is no hold " + exchange.getVariable("hold") + ".");
        }
        if (!Boolean.TRUE.equals(held.get("discarded"))) {
            throw new Refused(409, "Hold " + held.get("id") + " was not discarded: " + (held.get("resolution") == null ? "it is open" : held.get("resolution")) + ".");
        }
        if (held.get("deliveryId") != null && held.get("raw") == null) {
            throw new Refused(409, "The bytes of its order were removed after their retention, so it cannot be planned anew. Send it again from the shop.");
        }
        Captured captured = Edit.captured(held);
        exchange.setVariable("captured", captured);
        exchange.setVariable("keys", JsonNodeFactory.instance.arrayNode().add(captured.names()).toString());
        exchange.setVariable("message", held.get("messageId"));
        exchange.setVariable("delivery", held.get("deliveryId"));
    }
}
