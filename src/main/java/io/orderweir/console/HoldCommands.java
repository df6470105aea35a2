package io.orderweir.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.hold.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/** What people do with what is held; the same for API and pages. */
@ApplicationScoped
public class HoldCommands {

    @Inject
    Tell tell;

    public Map<String, Object> release(long hold, JsonNode request, String person) {
        return tell.tell("direct:hold.release", Map.of("hold", hold, "by", person, "request", request));
    }

    public Map<String, Object> discard(long hold, String reason, String person) {
        if (reason == null || reason.isBlank()) {
            throw new Refused(400, "Say why it is discarded: the reason stays with the order.");
        }
        return tell.tell("direct:hold.discard", Map.of("hold", hold, "by", person, "reason", Asked.text(reason)));
    }
}
