package io.orderweir.check;

import io.orderweir.connector.Connector;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.model.RouteDefinition;

/** The names after {@code direct:} that some route reads, and which ports are served by that. */
final class Served {

    private static final String DIRECT = "direct:";
    private static final String CREATE = ".create";

    private final Map<String, RouteDefinition> readers = new TreeMap<>();
    private final Set<String> asWritten = new TreeSet<>();
    private final Set<Connector> unread = new HashSet<>();

    void add(CamelContext camel, RouteDefinition route) {
        String uri = route.getInput() == null ? "" : route.getInput().getEndpointUri();
        if (uri.startsWith(DIRECT)) {
            readers.putIfAbsent(name(uri.contains("{{") ? camel.resolvePropertyPlaceholders(uri) : uri), route);
        }
    }

    /** The names that a text reads, which is not understood, or need not be. */
    void addAsWritten(RouteText text) {
        text.readAsWritten().forEach(asWritten::add);
    }

    /** Of a connector of which some text is not understood nobody knows all that it serves. */
    void addUnread(Connector connector) {
        unread.add(connector);
    }

    /** Whether all that it serves is known. */
    boolean isRead(Connector connector) {
        return !unread.contains(connector);
    }

    Set<String> names() {
        Set<String> names = new TreeSet<>(readers.keySet());
        names.addAll(asWritten);
        return names;
    }

    Optional<RouteDefinition> reader(String name) {
        return Optional.ofNullable(readers.get(name));
    }

    /** The ports that are served, each as {@code <system>.<port>}; of a connector that is not understood, all that it may have. */
    Set<String> ports() {
        Set<String> ports = new TreeSet<>();
        names().stream().filter(name -> name.endsWith(CREATE)).forEach(name -> ports.add(name.substring(0, name.length() - CREATE.length())));
        unread.forEach(connector -> connector.ports().keySet().forEach(port -> ports.add(connector.system() + "." + port)));
        return ports;
    }

    static String name(String uri) {
        return uri.replaceFirst("^" + DIRECT + "(//)?", "").replaceFirst("\\?.*", "");
    }
}
