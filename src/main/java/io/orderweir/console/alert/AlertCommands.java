package io.orderweir.console.alert;

import io.orderweir.console.Tell;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/** What people do with alerts; the same for API and pages. */
@ApplicationScoped
public class AlertCommands {

    @Inject
    Tell tell;

    public Map<String, Object> acknowledge(long alert, String person) {
        return tell.tell("direct:alert.acknowledge", Map.of("alert", alert, "by", person));
    }
}
