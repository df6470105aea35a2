package io.orderweir.connection;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Says which route files this process reads: the pretend vendors' for the role sandbox; without a ledger what captures, with the doors of all connectors; else everything of the
 * engine and the connectors. And a mounted directory's.
 * Only a console reads entities, and asks on connections of its own, so no other process takes the time and memory for them.
 */
public class RoleRoutes implements ConfigSourceFactory {

    /** How the name of a file of routes ends. */
    public static final String ROUTES = ".camel.yaml";
    private static final String ENGINE = "classpath:routes/*.camel.yaml";
    /** Written by the build, as that of the connectors. */
    private static final String ENGINE_FILES = "/routes/routes.index";
    /** What takes webhooks while the database is away. */
    private static final List<String> WITHOUT_LEDGER = List.of("classpath:routes/1-capture.camel.yaml", "classpath:routes/9-alert.camel.yaml");
    /** Written by the build: the route files of all connectors, one a line. */
    private static final String CONNECTORS = "/connectors/routes.index";
    private static final String DOOR = "/door.camel.yaml";

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        if ("sandbox".equals(value(context, "orderweir.roles"))) {
            // no database and no broker: a pretend vendor knows nothing of the engine
            return List.of(source(Map.of("orderweir.routes", "classpath:routes/sandbox/*.camel.yaml",
                    "quarkus.datasource.active", "false", "quarkus.datasource.console.active", "false", "quarkus.hibernate-orm.active", "false", "quarkus.flyway.active", "false",
                    "kafka.bootstrap.servers", "none:9092")));
        }
        String mounted = value(context, "orderweir.routes.dir");
        String roles = value(context, "orderweir.roles");
        boolean lists = roles == null || Arrays.stream(roles.split(",")).map(String::strip).anyMatch("console"::equals);
        boolean ledger = !"false".equals(value(context, "quarkus.datasource.active"));
        Stream<String> connectors = connectors().filter(file -> ledger || file.endsWith(DOOR)).map(file -> "classpath:" + file);
        Stream<String> engine = ledger ? Stream.of(ENGINE) : WITHOUT_LEDGER.stream();
        // a mounted folder is a connector like those beside it; a file that lies alone is for whoever mounts it
        Stream<String> files = mounted == null ? Stream.of() : mounted(Path.of(mounted)).stream().filter(file -> file.toString().endsWith(ROUTES))
                .filter(file -> ledger || file.toString().endsWith(DOOR) || file.getParent().equals(Path.of(mounted))).map(file -> "file:" + file);
        String routes = Stream.of(engine, connectors, files).flatMap(each -> each).collect(Collectors.joining(","));
        return List.of(source(Map.of("orderweir.routes", routes,
                "quarkus.hibernate-orm.active", String.valueOf(lists), "quarkus.datasource.console.active", String.valueOf(lists))));
    }

    /**
     * The files of a directory of connectors, and of the folder of each, whatever they hold. A name with a dot before it is not ours: Kubernetes keeps the versions of a mounted
     * ConfigMap beside its files. None where there is no such directory.
     */
    public static List<Path> mounted(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory, 2, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(Files::isRegularFile).filter(file -> StreamSupport.stream(directory.relativize(file).spliterator(), false).noneMatch(name -> name.toString().startsWith(".")))
                    .sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The route files of the engine and of its connectors, as they are packaged. */
    public static List<String> builtIn() {
        return Stream.concat(index(ENGINE_FILES), connectors()).toList();
    }

    private static Stream<String> connectors() {
        return index(CONNECTORS);
    }

    private static Stream<String> index(String file) {
        try (InputStream index = RoleRoutes.class.getResourceAsStream(file)) {
            return new String(index.readAllBytes(), StandardCharsets.UTF_8).lines().toList().stream();
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
