package io.orderweir.console.alert;

import io.orderweir.connection.Settings;
import io.orderweir.console.Ask;
import io.orderweir.console.Asked;
import io.orderweir.console.ConnectionQuestions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What needs a person, and who was told. */
@ApplicationScoped
public class AlertQuestions {

    private static final int MOST_OPEN = 200;
    private static final Set<String> SHOWN_ELSEWHERE = Set.of("hold", "late", "auth", "end");

    @Inject
    Ask ask;

    @Inject
    Settings settings;

    @Inject
    ConnectionQuestions connections;

    /** Those that are not over, untaken ones first. */
    public List<Alert> open() {
        return ask.list(Alert.notOver(), MOST_OPEN);
    }

    /**
     * Those that nobody has taken, besides held orders, late gates and refused accounts, which a page that shows what needs a person shows by themselves, and what a vendor ends,
     * which is for a day of the next weeks and stands with the connections.
     */
    public List<Alert> besides() {
        return open().stream().filter(alert -> alert.state.equals("open") && !SHOWN_ELSEWHERE.contains(alert.kind)).toList();
    }

    /** Those that are over, the newest first, a page that begins after the alert {@code before}. */
    public List<Alert> over(Long before, int most) {
        return ask.list(Alert.over(before), Asked.page(most));
    }

    /** Who is told, by step and name: channel, step, kinds (null = all), and of its connection: connection, label, state, pausedReason, awaySince, succeededAt. */
    public List<Map<String, Object>> channels() {
        Map<Object, Map<String, Object>> accounts = new HashMap<>();
        connections.all().forEach(row -> accounts.put(row.get("connection"), row));
        List<Map<String, Object>> channels = new ArrayList<>();
        settings.alerts().channels().forEach((name, channel) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("channel", name);
            row.put("step", channel.step());
            row.put("kinds", channel.kinds().orElse(null));
            Map<String, Object> account = accounts.getOrDefault(channel.connection(), Map.of());
            for (String column : List.of("connection", "label", "state", "pausedReason", "awaySince", "succeededAt")) {
                row.put(column, account.get(column));
            }
            channels.add(row);
        });
        channels.sort(Comparator.comparing((Map<String, Object> row) -> (Integer) row.get("step")).thenComparing(row -> (String) row.get("channel")));
        return channels;
    }

    /** When somebody last looked for what needs a person; null when nobody ever did. */
    public String lookedAt() {
        return (String) ask.one("watching").orElseThrow().get("lookedAt");
    }
}
