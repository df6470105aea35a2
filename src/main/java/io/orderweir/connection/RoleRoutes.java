package io.orderweir.connection;

import io.orderweir.connector.Connectors;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Says which route files this process reads: the pretend vendors' for the role sandbox; without a ledger what captures, with the doors of all connectors; else everything of the
 * engine and the connectors, packaged and mounted.
 * Only a console reads entities, and asks on connections of its own, so no other process takes the time and memory for them.
 */
public class RoleRoutes implements ConfigSourceFactory {

    private static final String ENGINE = "classpath:routes/*.camel.yaml";
    /** Written by the build, because a pattern finds no file without Camel. */
    private static final String ENGINE_FILES = "/routes/routes.index";
    /** What takes webhooks while the database is away. */
    private static final List<String> WITHOUT_LEDGER = List.of("classpath:routes/1-capture.camel.yaml", "classpath:routes/9-alert.camel.yaml");
    private static final String DOOR = "/door.camel.yaml";

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        if ("sandbox".equals(value(context, "orderweir.roles"))) {
            // no database and no broker: a pretend vendor knows nothing of the engine
            return List.of(source(Map.of("orderweir.routes", "classpath:routes/sandbox/*.camel.yaml",
                    "quarkus.datasource.active", "false", "quarkus.datasource.console.active", "false", "quarkus.hibernate-orm.active", "false", "quarkus.flyway.active", "false",
                    "kafka.bootstrap.servers", "none:9092")));
        }
        String roles = value(context, "orderweir.roles");
        boolean lists = roles == null || Arrays.stream(roles.split(",")).map(String::strip).anyMatch("console"::equals);
        boolean ledger = !"false".equals(value(context, "quarkus.datasource.active"));
        Stream<String> connectors = Connectors.understood(value(context, "orderweir.connectors.dir")).routeFiles().filter(file -> ledger || file.endsWith(DOOR));
        Stream<String> engine = ledger ? Stream.of(ENGINE) : WITHOUT_LEDGER.stream();
        return List.of(source(Map.of("orderweir.routes", Stream.concat(engine, connectors).collect(Collectors.joining(",")),
                "quarkus.hibernate-orm.active", String.valueOf(lists), "quarkus.datasource.console.active", String.valueOf(lists))));
    }

    /** Where the route files of the engine stand, as Camel's loader takes it. */
    public static List<String> engine() {
        try (InputStream index = RoleRoutes.class.getResourceAsStream(ENGINE_FILES)) {
            return new String(index.readAllBytes(), StandardCharsets.UTF_8).lines().map(file -> "classpath:" + file).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConfigSource source(Map<String, String> values) {
        return new PropertiesConfigSource(values, "roles", 50);
    }

    static String value(ConfigSourceContext context, String key) {
        ConfigValue value = context.getValue(key);
        return value == null ? null : value.getValue();
    }
}
