package io.orderweir.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.connection.Hours;
import io.orderweir.connection.Priority;
import io.orderweir.connection.Settings;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The reference of keys is written from the code that reads them, and the plumbing stays short. */
class ConfigurationTest {

    private static final Path PAGE = Path.of("docs/reference/configuration.md");
    private static final Path SOURCE = Path.of("src/main/java/io/orderweir/connection/Settings.java");
    private static final int LIVE_LINES = 60;

    /** One key: what it takes, what it is without, what it means. */
    private record Key(String name, String takes, String otherwise, String meaning) {
    }

    /** Read before there is a typed configuration: by the launcher, and to find the routes. */
    private static final List<Key> EARLIER = List.of(
            new Key("orderweir.data", "folder", "orderweir-data", "Where the embedded database and broker keep their files, when none are configured."),
            new Key("orderweir.connectors.dir", "folder", "none", "Each folder in it is a connector beside the packaged ones. A change is checked, and taken up while it runs."),
            new Key("orderweir.accounts.dir", "folder", "none", "Each properties file in it says orderweir.connections.* of one or several accounts. A change is checked, and taken up while it runs."),
            new Key("orderweir.types.dir", "folder", "none", "Each folder in it is a type of events beside the packaged ones. Read at the start, after a check. The same in all roles."));

    @Test
    void theReferenceIsWhatTheCodeReads() throws IOException {
        String page = page(keys(Settings.class, "orderweir", RouteFile.read(SOURCE)));
        if (Boolean.getBoolean("update-docs")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.exists(PAGE) ? Files.readString(PAGE) : "", PAGE + " is stale; write it with mvn test -Dtest=ConfigurationTest -Dupdate-docs=true and read the difference");
    }

    @Test
    void everyKeyIsExplained() {
        Findings.none(unexplained(keys(Settings.class, "orderweir", RouteFile.read(SOURCE))));
        Findings.found(1, "orderweir.connections.<name>.system", unexplained(keys(Settings.class, "orderweir", RouteFile.read(SOURCE).replaceFirst("/\\*\\* Whose connector.*?\\*/", ""))));
    }

    @Test
    void everyKeyThatIsKnownIsInTheReference() {
        String known = RouteFile.read(SOURCE.resolveSibling("UnknownKeys.java"));
        String page = page(keys(Settings.class, "orderweir", RouteFile.read(SOURCE)));
        Findings.none(missing(known, page));
        Findings.found(1, "orderweir.new.knob", missing("Set.of(\"orderweir.new.knob\", \"orderweir.capture.max-body\", \"orderweir.launcher.\")", page));
    }

    @Test
    void thePlumbingStaysShortAndAlive() {
        Findings.none(tooMuch(ApplicationProperties.text()));
        Findings.found(2, "60", tooMuch("a.b=1\n".repeat(61) + "# quarkus.http.port=9090\n# because a=b is needed\n"));
    }

    /** Every key under a prefix, in the order of the source. */
    private static List<Key> keys(Class<?> type, String prefix, String source) {
        Map<String, String> meanings = meanings(source);
        List<Key> keys = new ArrayList<>();
        for (Method method : inOrder(type, source)) {
            String name = prefix + "." + dashed(method.getName());
            Type value = method.getGenericReturnType();
            if (value instanceof ParameterizedType map && map.getRawType() == Map.class) {
                name += map.getActualTypeArguments()[0] == Priority.class ? ".<kind>" : type == Settings.class || map.getActualTypeArguments()[1] != String.class ? ".<name>" : ".<key>";
                value = map.getActualTypeArguments()[1];
            }
            if (value instanceof Class<?> group && group.getEnclosingClass() == Settings.class) {
                keys.addAll(keys(group, name, source));
                continue;
            }
            boolean optional = value != method.getGenericReturnType() || method.getReturnType() == java.util.Optional.class;
            WithDefault otherwise = method.getAnnotation(WithDefault.class);
            keys.add(new Key(name, method.getName().equals("dir") ? "folder" : words(value), otherwise != null ? otherwise.value() : optional ? "none" : "required", meanings.getOrDefault(type.getSimpleName() + "." + method.getName(), "")));
        }
        return keys;
    }

    private static List<Method> inOrder(Class<?> type, String source) {
        String body = source.substring(source.indexOf("interface " + type.getSimpleName() + " {"));
        return List.of(type.getDeclaredMethods()).stream().filter(method -> !method.isSynthetic())
                .sorted((a, b) -> Integer.compare(body.indexOf(" " + a.getName() + "();"), body.indexOf(" " + b.getName() + "();"))).toList();
    }

    /** The comment above each method, by interface and method. */
    private static Map<String, String> meanings(String source) {
        Matcher found = Pattern.compile("interface (\\w+) \\{|/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*[\\w<>, .]+ (\\w+)\\(\\);").matcher(source);
        Map<String, String> meanings = new HashMap<>();
        String within = "";
        while (found.find()) {
            if (found.group(1) != null) {
                within = found.group(1);
            } else {
                meanings.put(within + "." + found.group(3), found.group(2).replaceAll("\\s*\\n\\s*\\*?\\s*", " ").replaceAll("\\{@\\w+ ([^}]*)}", "`$1`").strip());
            }
        }
        return meanings;
    }

    private static String words(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type inner = generic.getActualTypeArguments()[0];
            return generic.getRawType() == List.class ? (inner == Hours.class ? "hours: SAT 22:00-SUN 02:00, daily 02:00-02:30" : "list, separated by commas") : words(inner);
        }
        return switch (((Class<?>) type).getSimpleName()) {
            case "String" -> "text";
            case "boolean" -> "true or false";
            case "int", "Integer", "short", "long" -> "number";
            case "MemorySize" -> "size: 512K, 2M";
            case "Duration" -> "time: 500MS, 10S, 4H";
            case "ZoneId" -> "zone: UTC, Europe/Berlin";
            case "Path" -> "file";
            default -> throw new IllegalStateException("say in words what a " + type + " looks like, in this test");
        };
    }

    private static String page(List<Key> keys) {
        StringBuilder page = new StringBuilder("""
                # Configuration

                Written by a test from `io.orderweir.connection.Settings`; change the comment there.
                Keys are read from `-D`, the environment, `config/application.properties` beside the working directory, and any file named by
                `-Dquarkus.config.locations=…`. An unknown key or a wrong value refuses the start and says what to do. Values of unknown keys
                are not shown, because a misspelt key may carry a secret.
                Database and broker are those of Quarkus: `quarkus.datasource.jdbc.url`, `.username`, `.password` and `kafka.bootstrap.servers`, [TLS and logins](../howto/tls-and-logins.md) by `kafka.security.protocol`, `.sasl.*` and `.ssl.*`.

                | key | takes | without it | meaning |
                |---|---|---|---|
                """);
        keys.forEach(key -> page.append(row(key)));
        page.append("\nRead before the rest:\n\n| key | takes | without it | meaning |\n|---|---|---|---|\n");
        EARLIER.forEach(key -> page.append(row(key)));
        return page.append("""

                In the environment a name is written in capitals with `_` for everything else, and the connection must be known from its
                `system` key: `ORDERWEIR_CONNECTIONS_SHOPIFY_US_SECRETS`. For `settings`, `credentials` and `limits`, whose names have dashes of
                their own, refer to a variable instead: `orderweir.connections.netsuite.credentials.consumer-key=${NETSUITE_CONSUMER_KEY}`.
                """).toString();
    }

    private static String row(Key key) {
        boolean word = key.otherwise().equals("none") || key.otherwise().equals("required");
        return "| `" + key.name() + "` | " + key.takes() + " | " + (word ? key.otherwise() : "`" + key.otherwise() + "`") + " | " + key.meaning() + " |\n";
    }

    private static List<String> unexplained(List<Key> keys) {
        assertTrue(keys.size() > 10, "the keys of Settings are not found");
        return keys.stream().filter(key -> key.meaning().isEmpty()).map(key -> SOURCE + ": " + key.name() + " has no meaning; write a comment /** ... */ above its method").toList();
    }

    private static List<String> missing(String source, String page) {
        // the last is where RoleRoutes puts the patterns it chose; nobody sets it
        return Pattern.compile("\"(orderweir\\.[a-z.-]*[a-z])\"").matcher(source).results().map(found -> found.group(1))
                .filter(key -> !page.contains("`" + key + "`") && !key.equals("orderweir.routes"))
                .map(key -> "UnknownKeys knows " + key + ", " + PAGE + " does not; add it to Settings, or to EARLIER of this test if it is read before").toList();
    }

    private static List<String> tooMuch(String properties) {
        List<String> found = new ArrayList<>();
        long live = properties.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).count();
        if (live > LIVE_LINES) {
            found.add("application.properties has " + live + " live lines, more than " + LIVE_LINES + "; a knob stands with its default where it is used");
        }
        properties.lines().filter(line -> line.matches("#\\s*[\\w%\".-]+=.*")).forEach(line -> found.add("application.properties: '" + line + "' is commented out; remove it"));
        return found;
    }

    private static String dashed(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase();
    }
}
