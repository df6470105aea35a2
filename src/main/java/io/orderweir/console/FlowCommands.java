package io.orderweir.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
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

    /**
     * Takes in again what stands still since the broker lost records, or is another one; what is known already counts as a repeat.
     *
     * @param topic null = all that stand still, partition null = all of the topic, offset null = from the beginning of the log
     */
    public Map<String, Object> takeIn(String topic, Integer partition, Long offset, String person) {
        Map<String, Object> asked = new HashMap<>(Map.of("by", person));
        asked.put("topic", topic);
        asked.put("partition", partition);
        asked.put("offset", offset);
        return tell.tell("direct:process.take-in", asked);
    }
}
