package io.orderweir.connection;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/** Finds keys that nothing reads, because a misspelt limit would silently be no limit. */
final class UnknownKeys {

    private static final String CONNECTIONS = "orderweir.connections.";
    private static final Set<String> PLAIN = Set.of("orderweir.capture.max-body", "orderweir.capture.max-under-way", "orderweir.capture.old-after", "orderweir.arrivals.within", "orderweir.arrivals.per-address",
            "orderweir.capture.partitions", "orderweir.capture.replicas", "orderweir.process.budget", "orderweir.console.admin", "orderweir.console.admin-password", "orderweir.console.session", "orderweir.console.idle",
            "orderweir.console.oidc.enabled", "orderweir.console.oidc.url", "orderweir.console.oidc.client-id", "orderweir.console.oidc.secret",
            "orderweir.console.oidc.roles-claim", "orderweir.console.oidc.name-claim", "orderweir.console.hawtio-url", "orderweir.routes", "orderweir.connectors.dir", "orderweir.accounts.dir", "orderweir.types.dir",
            "orderweir.data", "orderweir.calls-kept", "orderweir.retention.payloads", "orderweir.capture.seals", "orderweir.tokens.keys", "orderweir.policy.dir", "orderweir.topics.prefix", "orderweir.environment", "orderweir.environment-was",
            "orderweir.database.username-file", "orderweir.database.password-file", "orderweir.broker.username-file", "orderweir.broker.password-file");
    private static final String OF_ALERTS = "orderweir\\.alerts\\.(url|zone|escalate-after|away-grace|disk-free|database-size|(quiet|urgent)(\\[\\d+])?|objectives\\.[^.]+"
            + "|channels\\.[^.]+\\.(connection|to|step|kinds(\\[\\d+])?))";
    /** Read by the launcher and by the pretend vendors, which check their own. */
    private static final List<String> OF_OTHERS = List.of("orderweir.launcher.", "orderweir.sandbox.");
    private static final Set<String> OF_A_CONNECTION = Set.of("system", "url", "label", "environment", "zone", "secrets-file",
            "timeout", "grace", "settles-within", "patience", "longest-wait", "breaks-after", "max-answer", "plan");

    private static final List<String> PRIORITIES = Arrays.stream(Priority.values()).map(priority -> priority.name().toLowerCase(Locale.ROOT)).toList();

    private UnknownKeys() {
    }

    /** The values are left out: a misspelt key may carry a secret. */
    static List<String> in(Config config, Set<String> connections) {
        Set<String> inTheEnvironment = connections.stream().flatMap(name -> Stream.concat(OF_A_CONNECTION.stream(), Stream.of("secrets", "may-say", "maintenance"))
                .map(key -> environmentName(CONNECTIONS + name + "." + key))).collect(Collectors.toSet());
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(key -> key.startsWith("orderweir.")).filter(key -> !known(key))
                .filter(key -> !inTheEnvironment.contains(environmentName(key)) || !sourceOf(config, key).startsWith("EnvConfigSource")).distinct().sorted()
                .map(key -> key + " (in " + sourceOf(config, key) + ", value not shown) is not a key of Orderweir; "
                        + (key.startsWith(CONNECTIONS) ? "a connection has system, url, label, environment, zone, secrets, secrets-file, timeout, grace, "
                                + "settles-within, patience, longest-wait, breaks-after, max-answer, plan, may-say, maintenance, settings.<key>, credentials.<key>, shares.<" + String.join("|", PRIORITIES)
                                + ">, limits.<name>.calls, .window, .reserved, .bucket and .cost, takes-over.<shop>.from and .legacy-key"
                                : "known are orderweir.roles, " + String.join(", ", PLAIN.stream().sorted().toList())
                                        + ", orderweir.retention.payloads-of.<type>, orderweir.alerts.* as docs/reference/configuration.md lists them and orderweir.connections.<name>.*")
                        + "; correct or remove it")
                .toList();
    }

    /** A variable's name does not tell '-' from '.', so SHOPIFY_US is first seen as shopify.us. */
    private static String environmentName(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static String sourceOf(Config config, String key) {
        return String.valueOf(config.getConfigValue(key).getSourceName());
    }

    private static boolean known(String key) {
        if (!key.startsWith(CONNECTIONS)) {
            return PLAIN.contains(key) || key.matches(OF_ALERTS) || key.matches("orderweir\\.retention\\.payloads-of\\.[^.]+") || listed(key, "orderweir.roles") || listed(key, "orderweir.capture.seals") || listed(key, "orderweir.tokens.keys") || OF_OTHERS.stream().anyMatch(key::startsWith);
        }
        String[] parts = key.substring(CONNECTIONS.length()).split("\\.", 3);
        return switch (parts.length) {
            case 2 -> OF_A_CONNECTION.contains(parts[1]) || listed(parts[1], "secrets") || listed(parts[1], "may-say") || listed(parts[1], "maintenance");
            case 3 -> switch (parts[1]) {
                case "settings", "credentials" -> true;
                case "limits" -> parts[2].matches(".+\\.(calls|window|reserved|bucket|cost)");
                case "takes-over" -> parts[2].matches(".+\\.(from|legacy-key)");
                case "shares" -> PRIORITIES.contains(parts[2]);
                default -> false;
            };
            default -> false;
        };
    }

    private static boolean listed(String key, String name) {
        return key.equals(name) || key.startsWith(name + "[");
    }
}
