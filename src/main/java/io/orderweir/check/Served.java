package io.orderweir.check;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.model.RouteDefinition;

/** The names after {@code direct:} that some route reads, and what they say of connectors: which systems there are, and which ports each has. */
final class Served {

    private static final String DIRECT = "direct:";
    private static final Pattern PORT = Pattern.compile("([^.]+)\\.(.+)\\.create");
    /** What besides a port makes a system: it tells people, or it has a door. */
    private static final Pattern OTHER = Pattern.compile("([^.]+)\\.(message\\.send|name)");

    private final Map<String, RouteDefinition> readers = new TreeMap<>();
    private final Set<String> asWritten = new TreeSet<>();
    private final Set<String> mounted = new TreeSet<>();
    private final Set<String> unread = new TreeSet<>();

    void add(CamelContext camel, RouteDefinition route) {
        String uri = ofTemplate(route, route.getInput() == null ? "" : route.getInput().getEndpointUri());
        if (uri.startsWith(DIRECT)) {
            readers.putIfAbsent(name(uri.contains("{{") ? camel.resolvePropertyPlaceholders(uri) : uri), route);
        }
    }

    /** The names that a text reads, which is not understood, or need not be. */
    void addAsWritten(RouteText text) {
        text.readAsWritten().forEach(asWritten::add);
    }

    /** A mounted connector, by the name of its folder or file; of one that is not understood nobody knows all that it serves. */
    void addConnector(String name, boolean understood) {
        mounted.add(name);
        if (!understood) {
            unread.add(name);
        }
    }

    Set<String> names() {
        Set<String> names = new TreeSet<>(readers.keySet());
        names.addAll(asWritten);
        return names;
    }

    Optional<RouteDefinition> reader(String name) {
        return Optional.ofNullable(readers.get(name));
    }

    Set<String> systems() {
        Set<String> systems = new TreeSet<>();
        names().forEach(name -> {
            for (Pattern kind : new Pattern[] {PORT, OTHER}) {
                Matcher found = kind.matcher(name);
                if (found.matches()) {
                    systems.add(found.group(1));
                }
            }
        });
        return systems;
    }

    boolean isConnector(String system) {
        return mounted.contains(system) || systems().contains(system);
    }

    /** Whether all that a connector serves is known. */
    boolean isUnderstood(String system) {
        return !unread.contains(system);
    }

    /** The ports of a system; of all systems where it is null. */
    Set<String> ports(String system) {
        Set<String> ports = new TreeSet<>();
        names().forEach(name -> {
            Matcher found = PORT.matcher(name);
            if (found.matches() && (system == null || system.equals(found.group(1)))) {
                ports.add(found.group(2));
            }
        });
        return ports;
    }

    static String name(String uri) {
        return uri.replaceFirst("^" + DIRECT + "(//)?", "").replaceFirst("\\?.*", "");
    }

    /** What a template is given stands in the place of its parameters. */
    static String ofTemplate(RouteDefinition route, String text) {
        String filled = text;
        if (route.getTemplateParameters() != null) {
            for (Map.Entry<String, Object> given : route.getTemplateParameters().entrySet()) {
                filled = filled.replace("{{" + given.getKey() + "}}", String.valueOf(given.getValue()));
            }
        }
        return filled;
    }
}
