package io.orderweir.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The first line of the page: is everything flowing, and what needs me?
 *
 * @param flowing only when it is true: nobody is paused or away, the books balance, and nothing waits for a person
 */
public record Headline(String sentence, boolean flowing) {

    static Headline of(Map<String, Object> counts, List<Map<String, Object>> connections) {
        List<String> trouble = new ArrayList<>();
        long paused = 0;
        for (Map<String, Object> connection : connections) {
            if ("paused".equals(connection.get("state"))) {
                paused++;
                trouble.add(connection.get("label") + " is paused");
            } else if ("away".equals(connection.get("state"))) {
                trouble.add(connection.get("label") + " has not taken anything for " + Shown.ago((String) connection.get("succeededAt"))
                        + ", and " + Shown.counted((Number) connection.get("due"), "delivery waits", "deliveries wait"));
            }
        }
        if (!Boolean.TRUE.equals(((Map<?, ?>) counts.get("l1")).get("balanced"))) {
            trouble.add("The books do not balance");
        }
        long needs = ((Number) counts.get("openHolds")).longValue() + paused;
        String start = trouble.isEmpty() ? "All flowing." : String.join(". ", trouble) + ".";
        return new Headline(start + " " + Shown.counted((Number) counts.get("orders"), "order", "orders") + ", "
                + (needs == 0 ? "nothing needs you." : Shown.counted(needs, "needs you.", "need you.")), trouble.isEmpty() && needs == 0);
    }
}
