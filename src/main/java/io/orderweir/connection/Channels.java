package io.orderweir.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds what is wrong with the channels of alerts before an alert does. */
final class Channels {

    private static final Set<String> KINDS = Set.of("hold", "queue", "lag", "away", "auth", "late", "silence", "clock", "disk", "books", "door", "end", "notice");

    private Channels() {
    }

    static List<String> wrong(Settings settings) {
        List<String> wrong = new ArrayList<>();
        unknown("orderweir.alerts.urgent", settings.alerts().urgent(), wrong);
        if (settings.alerts().diskFree() < 0 || settings.alerts().diskFree() > 99) {
            wrong.add("orderweir.alerts.disk-free = " + settings.alerts().diskFree() + " is no percentage; use 0 to 99");
        }
        settings.alerts().channels().forEach((name, channel) -> {
            String key = "orderweir.alerts.channels." + name;
            Settings.Connection connection = settings.connections().get(channel.connection());
            if (connection == null || connection.url().isEmpty()) {
                wrong.add(key + ".connection = " + channel.connection() + " is no connection that can be called; add orderweir.connections."
                        + channel.connection() + ".system and .url, or correct the name");
            }
            if (channel.step() < 1) {
                wrong.add(key + ".step = " + channel.step() + " is never told; use 1 or more");
            }
            unknown(key + ".kinds", channel.kinds().orElse(List.of()), wrong);
        });
        return wrong;
    }

    private static void unknown(String key, List<String> kinds, List<String> wrong) {
        kinds.stream().filter(kind -> !KINDS.contains(kind))
                .forEach(kind -> wrong.add(key + " = " + kind + " is no kind of alert; use some of " + new TreeSet<>(KINDS)));
    }
}
