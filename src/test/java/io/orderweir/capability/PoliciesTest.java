package io.orderweir.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.gate.Calendars;
import io.orderweir.gate.GateClasses;
import io.orderweir.hold.FieldLimits;
import io.orderweir.ledger.Flows;
import io.orderweir.policy.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mounted file takes the place of the built-in one of its name, and whatever is wrong with it refuses the start by name. */
class PoliciesTest {

    @TempDir
    Path directory;

    @Test
    void everyBuiltInFileIsReadAndFollowed() throws IOException {
        // Given the files as they are packaged
        Policies builtIn = new Policies(Configured.settings(Map.of()));
        Set<String> packaged;
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/policy"))) {
            packaged = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
        // When each is mounted, Then none is a stranger
        for (String name : packaged) {
            assertEquals("policy/" + name, builtIn.read(name).file());
            mount(name, "[]");
        }
        mounted();
        new Flows(builtIn, new GateClasses(builtIn, Configured.connections(Map.of())));
        assertEquals(List.of(), new Calendars(builtIn).all());
    }

    @Test
    void aMountedFileReplacesTheOneOfItsNameAndTheOthersStayBuiltIn() throws IOException {
        // Given
        mount("gates.yaml", """
                gates: [{gate: finance, for: order, opened-by: [finance-approved], closed-by: [finance-refused]}]
                classes: [{class: every-line, connection: shop-eu, gates: [finance]}]
                """);
        // When
        Policies policies = mounted();
        GateClasses gates = new GateClasses(policies, Configured.connections(Map.of()));
        // Then
        assertEquals("every-line", gates.of("shop-eu", json("{}"), json("{}")).orElseThrow().name());
        assertTrue(gates.of("shop-us", json("{}"), json("{\"sku\":\"BTO-1\"}")).isEmpty(), "the built-in classes are gone");
        assertEquals(directory.resolve("gates.yaml").toString(), policies.read("gates.yaml").file());
        assertEquals("policy/flows.yaml", policies.read("flows.yaml").file());
    }

    @Test
    void anEmptyDirectoryChangesNothingAndWhatKubernetesKeepsThereIsNoFile() throws IOException {
        // Given a ConfigMap as it is mounted: the files are links into a directory that is exchanged as a whole
        Path version = Files.createDirectory(directory.resolve("..2026_11_21"));
        Files.createSymbolicLink(directory.resolve("..data"), version);
        // When, Then
        assertEquals("policy/gates.yaml", mounted().read("gates.yaml").file());
        // and
        Files.writeString(version.resolve("limits.yaml"), "[]");
        Files.createSymbolicLink(directory.resolve("limits.yaml"), directory.resolve("..data").resolve("limits.yaml"));
        assertEquals(List.of(), new FieldLimits(Configured.connectors(Map.of()), mounted()).check(json("{}"), "acme-erp", "order", "Acme ERP"));
    }

    @Test
    void aFileNobodyReadsRefusesTheStart() throws IOException {
        mount("gates.yml", "gates: []");
        mount("README.md", "ours");
        assertEquals("Orderweir does not start: orderweir.policy.dir = " + directory + " holds [README.md, gates.yml], which nobody reads; use some of "
                + "[flows.yaml, gates.yaml, limits.yaml], and remove the others", assertThrows(IllegalStateException.class, this::mounted).getMessage());
    }

    @Test
    void aDirectoryThatCannotBeReadRefusesTheStart() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        for (Path wrong : List.of(directory.resolve("nowhere"), file)) {
            assertEquals("Orderweir does not start: orderweir.policy.dir = " + wrong + " is no directory; mount it, correct the path, or remove the key",
                    assertThrows(IllegalStateException.class, () -> mounted(wrong)).getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "gates.yaml | gates: [ | cannot be read",
            "gates.yaml | # nothing | it is empty; write its tables, or remove the file",
            "gates.yaml | {gates: [], gates: []} | Duplicate field 'gates'",
            "gates.yaml | {gates: [{gate: a, due: soon}]} | due is a time such as 14d",
            "gates.yaml | {gate: []} | 'gate' is not a table",
            "limits.yaml | {limits: []} | it is one list of rows",
            "limits.yaml | [{system: wms, path: name, says: short}] | a row needs system and path, may name a port, and says required",
            "limits.yaml | [{system: wms, port: [a], path: name, says: required}] | a row needs system and path, may name a port",
            "limits.yaml | [{system: wms, path: name, says: required, maximum: 7}] | 'maximum' is not a column",
            "flows.yaml | {targets: []} | 'targets' is not a table; use some of [flows, roles]",
            "flows.yaml | {flows: []} | it has no flows, so no order would go anywhere"})
    void whatIsWrongInAMountedFileIsToldWithItsOwnName(String name, String content, String said) throws IOException {
        // Given
        mount(name, content);
        Policies policies = mounted();
        // When
        String refusal = assertThrows(IllegalStateException.class, () -> {
            GateClasses gates = new GateClasses(policies, Configured.connections(Map.of()));
            new FieldLimits(Configured.connectors(Map.of()), policies);
            new Flows(policies, gates);
        }).getMessage();
        // Then
        assertTrue(refusal.startsWith(directory.resolve(name).toString()) && refusal.contains(said), refusal);
    }

    private void mount(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
    }

    private Policies mounted() {
        return mounted(directory);
    }

    private static Policies mounted(Path where) {
        return new Policies(Configured.settings(Map.of("orderweir.policy.dir", where.toString())));
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
