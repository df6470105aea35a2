package io.orderweir.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigValue;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
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

    private static String entities(Map<String, String> keys) {
        Map<String, String> said = new HashMap<>();
        for (ConfigSource source : new RoleRoutes().getConfigSources(new Keys(keys))) {
            said.putAll(source.getProperties());
        }
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
