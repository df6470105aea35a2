package io.orderweir.connection;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.connection.Settings.Connection;
import io.orderweir.connection.Settings.TakesOver;
import io.orderweir.connector.Connector;
import io.orderweir.connector.Connectors;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The keys by which another connector booked the orders of a shop at an account that was taken over from it: patterns with {@code {number}} or {@code {id}} in them. */
final class LegacyKeys {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final Set<String> KNOWN = Set.of("number", "id");

    private LegacyKeys() {
    }

    /**
     * The key of a canonical order, or of a line of it, which has the line's id behind it; null for an order that was placed when the account was ours.
     * An order that does not say when it was placed may have been sent before.
     *
     * @param line the id of a line that is asked for alone, or null
     */
    static String of(TakesOver takesOver, Connection shop, JsonNode order, String line) {
        String placed = order.path("createdAt").textValue();
        if (placed != null && !Instant.parse(placed).isBefore(from(takesOver).atZone(shop.zone()).toInstant())) {
            return null;
        }
        String id = order.path("externalId").asText();
        String key = takesOver.legacyKey().replace("{number}", order.path("name").asText(id).replaceFirst("^#", "")).replace("{id}", id);
        return line == null ? key : key + "-" + line;
    }

    /** Adds to {@code wrong} what is wrong with what the account {@code name} takes over. */
    static void check(String name, Map<String, Connection> connections, Connectors connectors, List<String> wrong) {
        String key = "orderweir.connections." + name + ".takes-over";
        Connection account = connections.get(name);
        Map<String, String> patterns = new TreeMap<>();
        new TreeMap<>(account.takesOver()).forEach((shop, takesOver) -> {
            if (shop.equals(name) || !connections.containsKey(shop)) {
                wrong.add(key + "." + shop + " is no shop; name the connection that the orders come from, one of " + others(name, connections));
            }
            try {
                from(takesOver);
            } catch (DateTimeException none) {
                wrong.add(key + "." + shop + ".from = " + takesOver.from() + " is no day and no time of one; write it like 2026-11-24 or 2026-11-24T06:00");
            }
            String pattern = takesOver.legacyKey();
            what(pattern).forEach(said -> wrong.add(key + "." + shop + ".legacy-key = " + pattern + said));
            String twin = patterns.put(pattern, shop);
            if (twin != null && !pattern.contains("{id}")) {
                wrong.add(key + "." + shop + ".legacy-key = " + pattern + " is that of " + twin + ", too, so an order of one would be taken for one of the other; tell them apart");
            }
        });
        if (!account.takesOver().isEmpty()) {
            connectors.find(account.system()).map(LegacyKeys::blind).filter(port -> port != null).ifPresent(port -> wrong.add(key + " looks for orders, and the connector "
                    + account.system() + " cannot: " + port + "; add it to the connector (docs/reference/connector.md), or take it out and see to the orders from before by hand"));
        }
    }

    /** A day, from its beginning, or a minute of it; of one that the clocks show twice the first. */
    private static LocalDateTime from(TakesOver takesOver) {
        String written = takesOver.from().strip();
        return written.contains("T") ? LocalDateTime.parse(written) : LocalDate.parse(written).atStartOfDay();
    }

    private static List<String> what(String pattern) {
        List<String> wrong = new ArrayList<>();
        List<String> names = PLACEHOLDER.matcher(pattern).results().map(MatchResult::group).map(each -> each.substring(1, each.length() - 1)).toList();
        names.stream().filter(each -> !KNOWN.contains(each)).forEach(each -> wrong.add(" asks for {" + each + "}; there are {number}, the order's number without its #, and {id}, its id in the shop"));
        if (names.isEmpty()) {
            wrong.add(" is the same for all orders; write it with {number} or {id}, such as SHOP-{number}");
        }
        if (!PLACEHOLDER.matcher(pattern).replaceAll("").matches("[A-Za-z0-9._-]{0,60}")) {
            wrong.add(" is no key; use at most 60 letters, digits, '.', '_' and '-' around {number} or {id}");
        }
        return wrong;
    }

    /** What of a connector keeps an account from being taken over; null where all it makes can be looked for. */
    private static String blind(Connector connector) {
        List<String> made = connector.ports().entrySet().stream().filter(port -> port.getValue() != null && port.getValue().containsKey("create")).map(Map.Entry::getKey).sorted().toList();
        return made.isEmpty() ? "it makes no records"
                : made.stream().filter(port -> !connector.ports().get(port).containsKey("find")).findFirst().map(port -> "its port " + port + " has no verb find").orElse(null);
    }

    private static Set<String> others(String name, Map<String, Connection> connections) {
        Set<String> others = new TreeSet<>(connections.keySet());
        others.remove(name);
        return others;
    }
}
