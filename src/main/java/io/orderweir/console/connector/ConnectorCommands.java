package io.orderweir.console.connector;

import io.orderweir.console.Tell;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/** What people do with connectors; the same for API and pages. */
@ApplicationScoped
public class ConnectorCommands {

    @Inject
    Tell tell;

    /** Lets a change be taken up that waits for a person, because it touches what waits. */
    public Map<String, Object> consent(String person) {
        return tell.tell("direct:revision.consent", Map.of("by", person));
    }

    /** Brings the connectors and the policy of an earlier revision back, for all processes. */
    public Map<String, Object> restore(long number, String person) {
        return tell.tell("direct:revision.restore", Map.of("number", number, "by", person));
    }
}
