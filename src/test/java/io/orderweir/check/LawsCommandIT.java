package io.orderweir.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.process.Folders;
import io.orderweir.process.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The packaged program tries connectors where it is typed, without a database, a broker or data of its own. */
@Execution(ExecutionMode.CONCURRENT)
class LawsCommandIT {

    @Test
    void thePackagedProgramSaysTheTableAndEndsWithItsCode() {
        // Given a connector that is right, and the configuration of a real account of it
        Path work = Folders.fresh("test-command");
        Mounted mounted = new Mounted(work);
        List<String> account = List.of("-Dorderweir.connections.acme.system=acme", "-Dorderweir.connections.acme.url=http://127.0.0.1:1", "-Dorderweir.connections.acme.credentials.token=their-own-token",
                "-Dorderweir.connections.acme.limits.at-once.calls=1", "-Dorderweir.connections.acme.limits.at-once.window=0s");
        // When, Then nobody calls that account
        try (Launch test = Launch.of(Folders.orderweir(), work, List.of(), account, Map.of(), "test", "connectors")) {
            assertEquals(0, test.exitCode(), test.said());
            List<String> said = test.said().lines().toList();
            assertTrue(said.contains("acme  fulfilment  silence-then-commit  green"), test.said());
            assertTrue(said.get(said.size() - 1).startsWith("test: 1 connector: "), test.said());
            assertEquals(0, said.stream().filter(line -> !line.startsWith("acme  ") && !line.startsWith("test: ")).count(), test.said());
            assertFalse(test.said().contains("their-own-token"), test.said());
        }
        assertFalse(Files.exists(work.resolve("orderweir-data")), "it needs no data");
        // When it is broken
        mounted.instead(Mistakes.ROUTES, "name: final", "name: finally");
        try (Launch test = Launch.of(Folders.orderweir(), work, List.of(), List.of(), Map.of(), "test", "connectors")) {
            // Then
            assertEquals(1, test.exitCode(), test.said());
            assertTrue(test.said().lines().anyMatch(line -> line.startsWith("acme  fulfilment  final-cancel         red: ")), test.said());
        }
    }
}
