package io.orderweir.console;

import io.orderweir.console.alert.Alert;
import io.orderweir.console.alert.AlertQuestions;
import io.orderweir.console.flow.Recount;
import io.orderweir.console.hold.HoldQuestions;
import io.orderweir.hold.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Is everything flowing? The totals, the picture of the way, what needs a person, and the last hours of every queue. */
@ApplicationScoped
public class FlowQuestions {

    /** However many look on, the ledger is asked once in this time. */
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Map<String, Duration> RANGES = new TreeMap<>(Map.of("hour", Duration.ofHours(1), "day", Duration.ofDays(1)));

    private static final int MOST_RECOUNTS = 30;

    @Inject
    Ask ask;

    @Inject
    ConnectionQuestions connections;

    @Inject
    HoldQuestions holds;

    @Inject
    AlertQuestions needs;

    private Map<String, Object> known;
    private Instant knownAt = Instant.MIN;
    private String lastPulse;

    /** The running totals, or with {@code exact} everything counted row by row. */
    public Map<String, Object> counts(boolean exact) {
        return ask.one(exact ? "counts-exact" : "counts").orElseThrow();
    }

    /** The last full countings of the books. */
    public List<Recount> recounts() {
        return ask.list(Recount.newest(), MOST_RECOUNTS);
    }

    /** What the page of the flow shows, at most a second old: headline, way, counts, and what needs a person. */
    public synchronized Map<String, Object> now() {
        if (knownAt.plus(FRESH).isBefore(Instant.now())) {
            known = look();
            knownAt = Instant.now();
        }
        return known;
    }

    /** Changes whenever the picture does; a picture from before is not shown any more, or whoever asks because of the change would see it. */
    public String pulse() {
        String felt = (String) ask.one("pulse").orElseThrow().get("pulse");
        synchronized (this) {
            if (!felt.equals(lastPulse)) {
                lastPulse = felt;
                knownAt = Instant.MIN;
            }
        }
        return felt;
    }

    private Map<String, Object> look() {
        Map<String, Object> now = new LinkedHashMap<>();
        Map<String, Object> counts = counts(false);
        List<Map<String, Object>> all = connections.all();
        List<Map<String, Object>> late = ask.rows("late-gates");
        List<Map<String, Object>> groups = holds.needing();
        List<Map<String, Object>> paused = all.stream().filter(one -> "paused".equals(one.get("state"))).toList();
        List<Alert> alerts = needs.besides();
        now.put("counts", counts);
        Map<?, ?> books = (Map<?, ?>) counts.get("l1");
        now.put("missing", ((Number) books.get("records")).longValue() - ((Number) books.get("messages")).longValue() - ((Number) books.get("repeats")).longValue());
        now.put("connections", all);
        now.put("way", Way.of(counts, ask.one("rates").orElseThrow(), all.stream().filter(one -> !ConnectionQuestions.isMessenger(one)).toList()));
        now.put("alerts", alerts);
        now.put("paused", paused);
        now.put("groups", groups);
        now.put("late", late);
        now.put("nothing", alerts.isEmpty() && paused.isEmpty() && groups.isEmpty() && late.isEmpty());
        now.put("headline", Headline.of(counts, all, sum(groups, "awake"), sum(late, "gates"), alerts.size(), Instant.now()));
        return now;
    }

    private static long sum(List<Map<String, Object>> rows, String column) {
        return rows.stream().mapToLong(row -> ((Number) row.get(column)).longValue()).sum();
    }

    /**
     * Depth and lag of every target's queue.
     *
     * @param range hour or day
     * @return since, until, and a series of points per connection; colour is the connection's place among all of them
     */
    public Map<String, Object> samples(String range) {
        Duration length = RANGES.get(range);
        if (length == null) {
            throw new Refused(400, "There is no range " + range + ". There are " + String.join(" and ", RANGES.keySet()) + ".");
        }
        Instant until = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String since = until.minus(length).toString();
        Map<Object, List<Map<String, Object>>> points = new LinkedHashMap<>();
        for (Map<String, Object> point : ask.rows("samples", since, since, until.toString())) {
            points.computeIfAbsent(point.remove("connection"), none -> new ArrayList<>()).add(point);
        }
        List<Map<String, Object>> series = new ArrayList<>();
        for (Map<String, Object> connection : connections.ofOrders()) {
            if (!"receives".equals(connection.get("state"))) {
                series.add(Map.of("connection", connection.get("connection"), "label", connection.get("label"), "colour", connection.get("colour"),
                        "points", points.getOrDefault(connection.get("connection"), List.of())));
            }
        }
        return Map.of("since", since, "until", until.toString(), "series", series);
    }
}
