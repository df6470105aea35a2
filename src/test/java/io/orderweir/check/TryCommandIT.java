package io.orderweir.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.embedded.TestDatabase;
import io.orderweir.process.Folders;
import io.orderweir.process.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The packaged program tries a change where it is typed: it reads a ledger, and starts nothing. */
class TryCommandIT {

    @Test
    void thePackagedProgramSaysWhatAChangeMakesAndEndsWithItsCode() throws Exception {
        // Given a ledger with what came and what runs, and a change
        TestDatabase ledger = TestDatabase.shared().named("tried_packaged");
        KeptOrders.in(ledger, List.of("plain"));
        Path work = Folders.fresh("try-command");
        Mounted mounted = new Mounted(work);
        KeptOrders.run(ledger, mounted);
        mounted.instead("acme/fulfilment.out.jq", "sku:      .sku", "sku:      (\"A-\" + .sku)");
        List<String> options = new ArrayList<>(List.of("-Dorderweir.connections.acme.system=acme", "-Dorderweir.connections.acme.url=http://127.0.0.1:1", "-Dorderweir.connections.acme.credentials.token=their-own-token",
                "-Dorderweir.connections.acme.limits.at-once.calls=1", "-Dorderweir.connections.acme.limits.at-once.window=0s"));
        ledger.keys().forEach((key, value) -> options.add("-D" + key + "=" + value));
        Map<String, String> password = Map.of("PGPASSFILE", System.getProperty("org.postgresql.pgpassfile"));
        // When
        try (Launch tried = Launch.of(Folders.orderweir(), work, List.of(), options, password, "try", "connectors", "--policy", "policy")) {
            // Then
            assertEquals(1, tried.exitCode(), tried.said());
            List<String> said = tried.said().lines().toList();
            assertEquals("acme fulfilment.create: 1 compared, 1 differs", said.get(0));
            assertTrue(said.get(1).startsWith("  body.lines[].sku: in 1, first " + KeptOrders.name("plain") + ": "), tried.said());
            assertEquals("try: 0 messages and 1 delivery compared with revision 1: 1 differs; no call was made", said.get(said.size() - 1));
            assertFalse(tried.said().contains("their-own-token"), tried.said());
        }
        assertFalse(Files.exists(work.resolve("orderweir-data")), "it starts no services");
        // When no ledger is named
        try (Launch tried = Launch.of(Folders.orderweir(), work, List.of(), List.of(), Map.of(), "try", "connectors")) {
            // Then
            assertEquals(2, tried.exitCode(), tried.said());
            assertTrue(tried.said().startsWith("try: no ledger is configured, "), tried.said());
        }
    }
}
