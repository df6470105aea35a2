package io.orderweir.console;

import io.quarkus.qute.TemplateData;
import java.util.List;
import java.util.Map;

/**
 * The whole way of an order in one picture: storefronts, capture, process, gates, the queue of every target, and what arrived.
 *
 * @param before the stations that all orders share, in their order
 * @param queues one per target
 * @param delivered the end of the way
 */
@TemplateData
public record Way(List<Station> before, List<Station> queues, Station delivered) {

    /** Behind by more than this, process is said to be behind. */
    private static final long BEHIND_MILLIS = 10_000;

    /** Puts the picture together from the answers of counts, rates and the connections of orders. */
    static Way of(Map<String, Object> counts, Map<String, Object> rates, List<Map<String, Object>> connections) {
        List<Map<String, Object>> shops = connections.stream().filter(one -> Boolean.TRUE.equals(one.get("receives"))).toList();
        List<Map<String, Object>> targets = connections.stream().filter(one -> !"receives".equals(one.get("state"))).toList();
        String taken = Shown.number(rates.get("takenPerMinute"));
        boolean flowing = number(rates, "takenPerMinute") > 0;
        boolean behind = flowing && number(rates, "behindMs") > BEHIND_MILLIS;
        long gated = number(counts, "closedGates");
        Map<?, ?> books = (Map<?, ?>) counts.get("l1");
        long made = targets.stream().mapToLong(one -> number(one, "madePerMinute")).sum();
        return new Way(List.of(
                new Station("Storefronts and partners", "/connections", flowing ? "flowing" : "idle", Shown.number(shops.size()), shops.size() == 1 ? "sends to us" : "send to us", null, null, null, null),
                new Station("Captured", "/connections", flowing ? "flowing" : "idle", Shown.number(books.get("records")), "events taken in", taken, null, null, null),
                new Station("Processed", "/find", behind ? "waiting" : flowing ? "flowing" : "idle", Shown.number(counts.get("orders")), "orders", taken,
                        behind ? "the last event waited " + Shown.lasting(rates.get("behindMs")) + " to be read" : null, null, null),
                new Station("Gates", "/gates", gated > 0 ? "gated" : "idle", Shown.number(gated), gated == 1 ? "closed gate" : "closed gates", null, null, null, null)),
                targets.stream().map(Way::queue).toList(),
                new Station("Delivered", "/connections", made > 0 ? "flowing" : "idle", Shown.number(delivered(counts)), "deliveries made", Shown.number(made), null, null, null));
    }

    private static Station queue(Map<String, Object> target) {
        long due = number(target, "due") + number(target, "sending");
        long waiting = due + number(target, "blocked");
        Reason reason = Reason.of(target);
        String state = reason == null ? due > 0 ? "flowing" : waiting > 0 ? "waiting" : "idle" : reason.state();
        return new Station((String) target.get("label"), "/connections#" + target.get("connection"), state, Shown.number(waiting), waiting == 1 ? "waits" : "wait",
                Shown.number(number(target, "madePerMinute")), reason == null ? null : reason.why(), reason == null ? null : reason.since(), (String) target.get("clearsAt"));
    }

    private static long delivered(Map<String, Object> counts) {
        return ((Map<?, ?>) counts.get("deliveries")).values().stream().mapToLong(states -> number((Map<?, ?>) states, "delivered") + number((Map<?, ?>) states, "confirmed")).sum();
    }

    private static long number(Map<?, ?> row, String column) {
        return row.get(column) instanceof Number number ? number.longValue() : 0;
    }
}
