package io.orderweir.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process does without, by its roles. */
class RoleRoutesTest {

    @Test
    void onlyAConsoleReadsEntities() {
        assertEquals("false", entities(Map.of("orderweir.roles", "process, deliver")));
        assertEquals("true", entities(Map.of("orderweir.roles", "capture, console")));
        assertEquals("true", entities(Map.of()));
        assertEquals("false", entities(Map.of("orderweir.roles", "sandbox")));
    }

    @Test
    void withoutALedgerItReadsWhatCapturesAndTheDoorsOfAllConnectors() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources/connectors"))) {
            Set<String> doors = files.filter(file -> file.endsWith("door.camel.yaml")).map(file -> "classpath:" + Path.of("src/main/resources").relativize(file)).collect(Collectors.toSet());
            doors.addAll(List.of("classpath:routes/1-capture.camel.yaml", "classpath:routes/9-alert.camel.yaml"));
            assertEquals(doors, Set.of(said(Map.of("orderweir.roles", "capture", "quarkus.datasource.active", "false")).get("orderweir.routes").split(",")));
        }
        assertTrue(said(Map.of("orderweir.roles", "capture")).get("orderweir.routes").contains("classpath:connectors/wms/routes.camel.yaml"));
    }

    @Test
    void ofAMountedDirectoryItReadsTheFolderOfEachConnectorAndNothingElse(@TempDir Path directory) throws IOException {
        for (String file : List.of("flat.camel.yaml", "acme/routes.camel.yaml", "acme/door.camel.yaml", "acme/..data/routes.camel.yaml", "acme/fixtures/deep.camel.yaml", "acme/order.out.jq", "README.md")) {
            Files.createDirectories(directory.resolve(file).getParent());
            Files.writeString(directory.resolve(file), "");
        }
        String dir = directory.toString();
        assertEquals(List.of("acme/door.camel.yaml", "acme/routes.camel.yaml"), mounted(directory, Map.of("orderweir.connectors.dir", dir)));
        assertEquals(List.of("acme/door.camel.yaml"), mounted(directory, Map.of("orderweir.connectors.dir", dir, "quarkus.datasource.active", "false")));
        assertEquals(List.of(), mounted(directory, Map.of("orderweir.connectors.dir", dir + "/none")));
    }

    private static List<String> mounted(Path directory, Map<String, String> keys) {
        return Stream.of(said(keys).get("orderweir.routes").split(",")).filter(file -> file.startsWith("file:")).map(file -> directory.relativize(Path.of(file.substring(5))).toString()).toList();
    }

    private static Map<String, String> said(Map<String, String> keys) {
        Map<String, String> said = new HashMap<>();
        for (ConfigSource source : new RoleRoutes().getConfigSources(new Keys(keys))) {
            said.putAll(source.getProperties());
        }
        return said;
    }

    private static String entities(Map<String, String> keys) {
        Map<String, String> said = said(keys);
        assertEquals(said.get("quarkus.hibernate-orm.active"), said.get("quarkus.datasource.console.active"));
        return said.get("quarkus.hibernate-orm.active");
    }

    private record Keys(Map<String, String> keys) implements ConfigSourceContext {

        @Override
        public ConfigValue getValue(String name) {
            return keys.containsKey(name) ? ConfigValue.builder().withName(name).withValue(keys.get(name)).build() : null;
        }

        @Override
        public Iterator<String> iterateNames() {
            return keys.keySet().iterator();
        }
    }
}
