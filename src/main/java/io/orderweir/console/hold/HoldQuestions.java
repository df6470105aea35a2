package io.orderweir.console.hold;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.connection.Connections;
import io.orderweir.console.Ask;
import io.orderweir.console.Asked;
import io.orderweir.console.hold.HoldAnswers.EarlierHold;
import io.orderweir.console.hold.HoldAnswers.HeldOrder;
import io.orderweir.console.hold.HoldAnswers.HoldPlan;
import io.orderweir.console.hold.HoldAnswers.HoldWork;
import io.orderweir.console.hold.HoldAnswers.PlannedValue;
import io.orderweir.console.hold.HoldAnswers.WaitingDelivery;
import io.orderweir.hold.Causes;
import io.orderweir.hold.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What people ask about the Error Hold bin; the same for API and pages. */
@ApplicationScoped
public class HoldQuestions {

    private static final int MOST_WORKS = 5;
    private static final int MOST_FAILURES = 20;
    private static final int MOST_NOTES = 50;
    private static final int MOST_EARLIER = 50;
    private static final int MOST_WAITING = 1_000;

    private final Causes causes = new Causes();

    @Inject
    Ask ask;

    @Inject
    Connections connections;

    public List<Map<String, Object>> groups() {
        return groups(null);
    }

    /** The causes that somebody must see to: not those that are put off. */
    public List<Map<String, Object>> needing() {
        return groups(null).stream().filter(group -> ((Number) group.get("awake")).longValue() > 0).toList();
    }

    /** The open holds by cause, each with its bin (data, target, system), what the cause is called and what helps; only one bin's, or all with null. */
    public List<Map<String, Object>> groups(String bin) {
        List<Map<String, Object>> groups = ask.rows("hold-groups");
        groups.forEach(this::explain);
        return bin == null ? groups : groups.stream().filter(group -> bin.equals(group.get("bin"))).toList();
    }

    /** How many holds each bin has: {bin, holds, awake, groups}; awake are those that nobody has put off. */
    public static List<Map<String, Object>> bins(List<Map<String, Object>> groups) {
        return Causes.BINS.stream().map(bin -> {
            List<Map<String, Object>> own = groups.stream().filter(group -> bin.equals(group.get("bin"))).toList();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("bin", bin);
            row.put("groups", own.size());
            row.put("holds", own.stream().mapToLong(group -> ((Number) group.get("holds")).longValue()).sum());
            row.put("awake", own.stream().mapToLong(group -> ((Number) group.get("awake")).longValue()).sum());
            return row;
        }).toList();
    }

    /** One cause with its newest works and notes; 404 when nothing is held for it and nothing ever was done about it. */
    public Map<String, Object> group(String fingerprint) {
        List<HoldWork> works = works(fingerprint);
        Map<String, Object> group = groups(null).stream().filter(each -> each.get("fingerprint").equals(fingerprint)).findFirst().orElseGet(() -> {
            if (works.isEmpty()) {
                throw new Refused(404, "Nothing is held for this cause: " + fingerprint + ".");
            }
            Map<String, Object> empty = new LinkedHashMap<>(Map.of("fingerprint", fingerprint, "holds", 0L, "awake", 0L, "reason", reason(fingerprint), "sentence", "Nothing is held for this cause any more."));
            empty.put("path", null);
            explain(empty);
            return empty;
        });
        group.put("works", works);
        group.put("notes", ask.list(HoldNote.of(fingerprint), MOST_NOTES));
        return group;
    }

    /** A fingerprint is connection, reason and path. */
    private static String reason(String fingerprint) {
        String[] parts = fingerprint.split("\\|", 3);
        return parts.length > 1 ? parts[1] : "";
    }

    private void explain(Map<String, Object> group) {
        Causes.Cause cause = causes.of((String) group.get("reason"), (String) group.get("path"));
        group.put("bin", cause.bin());
        group.put("cause", cause.word());
        group.put("fix", cause.fix());
        String connection = ((String) group.get("fingerprint")).split("\\|", 2)[0];
        group.put("connection", connection);
        group.put("label", connections.label(connection));
    }

    /** The values that stand at the field of the holds of a cause, the most frequent first. */
    public List<PlannedValue> present(String fingerprint, String path) {
        return values(ask.rows("hold-plan", path, fingerprint, true, null));
    }

    /**
     * What work on a cause would do. {@code change}: {path, value, replaced}, without replaced where any value changes; a missing node where nothing is corrected.
     *
     * @throws Refused 404 when nothing is held for the cause
     */
    public HoldPlan plan(String fingerprint, String what, JsonNode change) {
        String path = change.path("path").textValue();
        List<Map<String, Object>> rows = ask.rows("hold-plan", path, fingerprint, !change.has("replaced"), change.path("replaced").asText(null));
        if (rows.isEmpty()) {
            throw new Refused(404, "Nothing is held for this cause any more: " + fingerprint + ".");
        }
        return new HoldPlan(fingerprint, what, number(rows.get(0), "total"), number(rows.get(0), "changed"), path, change.path("value").asText(null), values(rows));
    }

    private static List<PlannedValue> values(List<Map<String, Object>> rows) {
        return rows.stream().map(row -> new PlannedValue((String) row.get("value"), number(row, "holds"), number(row, "countries"), (String) row.get("orders"),
                (String) row.get("worth"), (Boolean) row.get("changes"))).toList();
    }

    private static long number(Map<String, Object> row, String column) {
        return ((Number) row.get(column)).longValue();
    }

    /** A page of all open holds, newest first; {@code before} is the last one of the page before. */
    public List<Map<String, Object>> holds(Long before, int most) {
        return ask.rows("holds", before, before, Asked.page(most));
    }

    /** A page of what was discarded and not taken up again, the newest first; {@code before} is the last one of the page before. */
    public List<Map<String, Object>> discarded(Long before, int most) {
        return ask.rows("hold-discarded", before, before, Asked.page(most));
    }

    /** A page of those of one cause. */
    public List<HeldOrder> ofCause(String group, Long before, int most) {
        Hold last = before == null ? null : one(before);
        HoldArrangement all = ask.list(HoldArrangement.of(group), 1).stream().findFirst().orElseGet(HoldArrangement::new);
        Instant now = Instant.now();
        return ask.list(Hold.open(group, last), Asked.page(most)).stream().map(hold -> HeldOrder.of(hold, all, now)).toList();
    }

    private Hold one(long id) {
        return ask.list(Hold.one(id), 1).stream().findFirst().orElseThrow(() -> new Refused(404, "There is no hold " + id + "."));
    }

    public Map<String, Object> hold(long id) {
        Map<String, Object> hold = ask.one("hold", id).orElseThrow(() -> new Refused(404, "There is no hold " + id + "."));
        Object target = hold.get("connection");
        explain(hold);
        hold.put("connection", target);
        Hold known = one(id);
        hold.put("waiting", known.closedAt != null ? List.of() : ask.list(known.waiting(), MOST_WAITING).stream().map(WaitingDelivery::of).toList());
        hold.put("earlier", ask.list(known.earlier(), MOST_EARLIER).stream().map(EarlierHold::of).toList());
        hold.put("notes", ask.list(HoldNote.of((String) hold.get("fingerprint"), id), MOST_NOTES));
        return hold;
    }

    /** How far the work on a group is. */
    public HoldWork work(long id) {
        return ask.list(HoldJob.one(id), 1).stream().map(this::withFailures).findFirst().orElseThrow(() -> new Refused(404, "There is no work " + id + "."));
    }

    /** The newest works on a group, the newest with what failed. */
    public List<HoldWork> works(String group) {
        List<HoldJob> jobs = ask.list(HoldJob.of(group), MOST_WORKS);
        return jobs.stream().map(job -> job == jobs.get(0) ? withFailures(job) : HoldWork.of(job, List.of())).toList();
    }

    private HoldWork withFailures(HoldJob job) {
        return HoldWork.of(job, ask.list(HoldJobStep.failed(job.id), MOST_FAILURES));
    }
}
