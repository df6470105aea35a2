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
