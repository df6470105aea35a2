package io.orderweir.connection;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The limits that vendors publish, by plan: a connection with a {@code plan} has those of {@code policy/plans.yaml}, or of the file of that name in
 * {@code orderweir.policy.dir}. What the connection says of a limit itself counts before them, key by key.
 */
public class Plans implements ConfigSourceFactory {

    private static final String BUILT_IN = "policy/plans.yaml";
    private static final Pattern SYSTEM = Pattern.compile("(orderweir\\.connections\\.[^.]+)\\.system");
    private static final List<String> NEEDED = List.of("system", "plan", "limit", "calls", "window");
    private static final List<String> OF_A_LIMIT = List.of("calls", "window", "bucket", "cost");
    private static final ObjectMapper YAML = YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    /** Less than any other place in which somebody says a limit. */
    private static final int ORDINAL = 50;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        Map<String, String> limits = new TreeMap<>();
        context.iterateNames().forEachRemaining(name -> {
            Matcher connection = SYSTEM.matcher(name);
            String plan = connection.matches() ? RoleRoutes.value(context, connection.group(1) + ".plan") : null;
            if (plan != null) {
                String system = RoleRoutes.value(context, name);
                String directory = RoleRoutes.value(context, "orderweir.policy.dir");
                rows(directory == null ? null : Path.of(directory)).stream().filter(row -> row.path("system").asText().equals(system) && row.path("plan").asText().equals(plan))
                        .forEach(row -> OF_A_LIMIT.stream().filter(row::has)
                                .forEach(key -> limits.put(connection.group(1) + ".limits." + row.path("limit").asText() + "." + key, row.path(key).asText())));
            }
        });
        return limits.isEmpty() ? List.of() : List.of(new PropertiesConfigSource(limits, BUILT_IN, ORDINAL));
    }

    /** The plans of a system; {@code directory} is that of mounted tables, or null. */
    public static Set<String> of(String system, Path directory) {
        Set<String> plans = new TreeSet<>();
        rows(directory).stream().filter(row -> row.path("system").asText().equals(system)).forEach(row -> plans.add(row.path("plan").asText()));
        return plans;
    }

    private static List<JsonNode> rows(Path directory) {
        Path mounted = directory == null ? null : directory.resolve("plans.yaml");
        String file = mounted != null && Files.exists(mounted) ? mounted.toString() : BUILT_IN;
        try (InputStream in = file.equals(BUILT_IN) ? Plans.class.getResourceAsStream("/" + BUILT_IN) : Files.newInputStream(mounted)) {
            JsonNode table = YAML.readTree(in);
            if (!table.isArray()) {
                throw new IllegalStateException(file + ": it is one list of rows; see the head of the built-in " + BUILT_IN);
            }
            List<JsonNode> rows = new ArrayList<>();
            table.forEach(row -> rows.add(checked(file, rows.size() + 1, row)));
            return rows;
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read: " + e.getMessage() + "; correct it, or remove it and the built-in one counts", e);
        }
    }

    private static JsonNode checked(String file, int number, JsonNode row) {
        NEEDED.stream().filter(key -> !row.hasNonNull(key)).findFirst().ifPresent(key -> {
            throw new IllegalStateException(file + ": row " + number + " has no " + key + "; a row has " + NEEDED + ", and may have bucket and cost");
        });
        row.fieldNames().forEachRemaining(key -> {
            if (!NEEDED.contains(key) && !OF_A_LIMIT.contains(key)) {
                throw new IllegalStateException(file + ": row " + number + ": '" + key + "' is not a column; a row has " + NEEDED + ", and may have bucket and cost");
            }
        });
        return row;
    }
}
