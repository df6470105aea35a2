package io.orderweir.console;

import io.quarkus.qute.TemplateData;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The first line of the page: is everything flowing, what needs me, and when will it be clear?
 *
 * @param flowing only when it is true: nobody is paused or away, the books balance, and nothing waits for a person
 * @param clearing the target whose queue takes longest, when that is worth a word, or null
 * @param clearsAt when that queue will be empty, an instant, or null
 */
@TemplateData
public record Headline(String sentence, boolean flowing, String clearing, String clearsAt) {

    /** A queue that is empty before that is not spoken of. */
    private static final Duration SOON = Duration.ofSeconds(10);

    /** Of the answers of counts and connections, with so many holds that nobody has put off, late gates and open alerts, at this instant. */
    static Headline of(Map<String, Object> counts, List<Map<String, Object>> connections, long held, long lateGates, long alerts, Instant now) {
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
        long needs = held + paused + lateGates + alerts;
        String start = trouble.isEmpty() ? "All flowing." : String.join(". ", trouble) + ".";
        Map<String, Object> slowest = connections.stream().filter(one -> one.get("clearsAt") != null && Instant.parse((String) one.get("clearsAt")).isAfter(now.plus(SOON)))
                .max(Comparator.comparing(one -> (String) one.get("clearsAt"))).orElse(Map.of());
        return new Headline(start + " " + Shown.counted((Number) counts.get("ordersToday"), "order", "orders") + " in 24 hours, "
                + (needs == 0 ? "nothing needs you." : Shown.counted(needs, "needs you.", "need you.")), trouble.isEmpty() && needs == 0,
                (String) slowest.get("label"), (String) slowest.get("clearsAt"));
    }
}
