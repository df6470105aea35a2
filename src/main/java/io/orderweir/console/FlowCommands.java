package io.orderweir.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/** What a person may ask of the books. */
@ApplicationScoped
public class FlowCommands {

    @Inject
    Tell tell;

    /** Counts everything row by row, and sets the running totals right where they differ. */
    public Map<String, Object> recount(String person) {
        return tell.tell("direct:process.recount", Map.of("by", person));
    }
}
