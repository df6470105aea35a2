package io.orderweir.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.capability.Configured;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** A route starts where its role is and its connection is configured, and nowhere else. */
class RolesTest {

    private static final Map<String, String> DRAWINGS = Map.of("orderweir.connections.drawings.system", "drawings",
            "orderweir.connections.drawings.settings.directory", "/var/drawings");

    @Test
    void aDropIsWatchedByWhoCapturesAndHasTheConnection() {
        assertEquals("true /var/drawings", said("capture,process", DRAWINGS));
    }

    @Test
    void withoutTheConnectionOrTheRoleNothingIsWatched() {
        assertEquals("false not-configured", said("capture,process", Map.of()));
        assertEquals("false not-configured", said("process,deliver", DRAWINGS));
    }

    @Test
    void aConnectionWithoutItsDirectoryRefusesTheStart() {
        Throwable refusal = assertThrows(RuntimeException.class, () -> said("capture", Map.of("orderweir.connections.drawings.system", "drawings")));
        while (refusal.getCause() != null) {
            refusal = refusal.getCause();
        }
        assertTrue(refusal.getMessage().contains("orderweir.connections.drawings.settings.directory is missing, and drawings needs it; set it, or remove the connection"), refusal.getMessage());
    }

    private static String said(String roles, Map<String, String> connections) {
        Map<String, String> keys = new HashMap<>(connections);
        keys.put("orderweir.roles", roles);
        Roles functions = new Roles();
        functions.connections = Configured.connections(keys);
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            functions.configure(camel);
            return camel.resolvePropertyPlaceholders("{{receives:drawings}} {{directoryOf:drawings}}");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
