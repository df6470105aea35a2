package io.orderweir.connection;

import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/** Finds keys that nothing reads, because a misspelt limit would silently be no limit. */
final class UnknownKeys {

    private static final String CONNECTIONS = "orderweir.connections.";
    private static final Set<String> PLAIN = Set.of("orderweir.capture.max-body", "orderweir.capture.old-after",
            "orderweir.capture.partitions", "orderweir.capture.replicas", "orderweir.console.key", "orderweir.routes", "orderweir.routes.dir", "orderweir.data");
    private static final Set<String> OF_A_CONNECTION = Set.of("system", "url", "label", "zone", "secrets-file",
            "timeout", "grace", "settles-within");

    private UnknownKeys() {
    }

    /** The values are left out: a misspelt key may carry a secret. */
    static List<String> in(Config config) {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(key -> key.startsWith("orderweir.")).filter(key -> !known(key)).distinct().sorted()
                .map(key -> key + " (in " + config.getConfigValue(key).getSourceName() + ", value not shown) is not a key of Orderweir; "
                        + (key.startsWith(CONNECTIONS) ? "a connection has system, url, label, zone, secrets, secrets-file, timeout, grace, "
                                + "settles-within, settings.<key>, credentials.<key>, limits.<name>.calls and .window"
                                : "known are orderweir.roles, " + String.join(", ", PLAIN.stream().sorted().toList())
                                        + " and orderweir.connections.<name>.*")
                        + "; correct or remove it")
                .toList();
    }

    private static boolean known(String key) {
        if (!key.startsWith(CONNECTIONS)) {
            return PLAIN.contains(key) || listed(key, "orderweir.roles");
        }
        String[] parts = key.substring(CONNECTIONS.length()).split("\\.", 3);
        return switch (parts.length) {
            case 2 -> OF_A_CONNECTION.contains(parts[1]) || listed(parts[1], "secrets");
            case 3 -> switch (parts[1]) {
                case "settings", "credentials" -> true;
                case "limits" -> parts[2].endsWith(".calls") || parts[2].endsWith(".window");
                default -> false;
            };
            default -> false;
        };
    }

    private static boolean listed(String key, String name) {
        return key.equals(name) || key.startsWith(name + "[");
    }
}
