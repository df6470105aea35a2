package io.orderweir.console;

import io.orderweir.connection.Connections;
import io.orderweir.hold.Causes;
import io.orderweir.hold.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What people ask about the Error Hold bin; the same for API and pages. */
@ApplicationScoped
public class HoldQuestions {

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
        List<Map<String, Object>> works = new ArrayList<>(ask.rows("hold-jobs", fingerprint));
        if (!works.isEmpty()) {
            works.set(0, work(((Number) works.get(0).get("id")).longValue()));
        }
        Map<String, Object> group = groups(null).stream().filter(each -> each.get("fingerprint").equals(fingerprint)).findFirst().orElseGet(() -> {
            if (works.isEmpty()) {
                throw new Refused(404, "Nothing is held for this cause: " + fingerprint + ".");
            }
            Map<String, Object> empty = new LinkedHashMap<>(Map.of("fingerprint", fingerprint, "holds", 0L, "awake", 0L, "reason", reason(fingerprint), "sentence", "Nothing is held for this cause any more."));
            explain(empty);
            return empty;
        });
        group.put("works", works);
        group.put("notes", ask.rows("hold-notes", fingerprint, null));
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

    /** A page of open holds, newest first; {@code before} is the last one of the page before. */
    public List<Map<String, Object>> holds(String group, Long before, int most) {
        int limit = Asked.page(most);
        return group == null ? ask.rows("holds", before, before, limit) : ask.rows("holds-of-group", group, before, before, limit);
    }

    public Map<String, Object> hold(long id) {
        Map<String, Object> hold = ask.one("hold", id).orElseThrow(() -> new Refused(404, "There is no hold " + id + "."));
        Object target = hold.get("connection");
        explain(hold);
        hold.put("connection", target);
        hold.put("waiting", ask.rows("hold-waiting", id));
        hold.put("earlier", ask.rows("hold-earlier", id));
        hold.put("notes", ask.rows("hold-notes", hold.get("fingerprint"), id));
        return hold;
    }

    /** How far the work on a group is. */
    public Map<String, Object> work(long id) {
        return ask.one("hold-job", id).orElseThrow(() -> new Refused(404, "There is no work " + id + "."));
    }

    public List<Map<String, Object>> works(String group) {
        return ask.rows("hold-jobs", group);
    }
}
