package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.capability.Configured;
import io.orderweir.connection.Connections;
import io.orderweir.gate.GateClasses;
import io.orderweir.house.PaperEngine;
import io.orderweir.policy.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The start says which accounts nobody can be reached at, and which ports nobody serves, before an order finds it out. */
class DestinationsTest {

    private static final Map<String, String> ALL = systems("web-us", "shopify", "netsuite", "netsuite", "wms", "wms", "design", "design", "factory", "factory");

    @TempDir
    Path directory;

    @Test
    void aRowWhoseConnectionIsNotConfiguredIsWarnedOf() throws IOException {
        // Given the built-in table and a shop, an ERP and a warehouse, but neither a design desk nor a factory
        Set<String> warnings = destinations(null, systems("web-us", "shopify", "netsuite", "netsuite", "wms", "wms")).warnings();
        // Then
        assertEquals(2, warnings.size(), warnings.toString());
        assertTrue(warnings.contains("connection 'design' is not configured, and lines of the class factory-built go to it by the flow to design/drawing of flows.yaml: such an order will be held. "
                + "Set orderweir.connections.design.system, .url and a limit, or take the row out of flows"), warnings.toString());
        // and whoever has configured nothing yet is not told of everything
        assertEquals(Set.of(), destinations(null, Map.of()).warnings());
        assertEquals(Set.of(), destinations(null, ALL).warnings());
    }

    @Test
    void aShopThatIsNotConfiguredIsWarnedOf() throws IOException {
        assertEquals(Set.of("connection 'web-eu' is not configured, and a row of the role erp of flows.yaml is for its orders: none ever comes to it. Correct the name, or set "
                + "orderweir.connections.web-eu.system"), destinations("roles:\n|roles:\n  - {role: erp, for: [web-eu], connection: netsuite}\n", ALL).warnings());
    }

    @Test
    void everyPortOfTheBuiltInTableIsServedByTheConnectorsThatAreBuiltIn() throws Exception {
        destinations(null, ALL).refuseUnserved(served());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "port: work-order|port: work-ordr|it leads to the port 'work-ordr' of connection 'factory', and the connector of its system factory has [work-order] only; correct port, or the row of the role factory",
            "port: hold|port: hodl|no connector has the port 'hodl', so no shop is ever told; correct it, or take the row out"})
    void aPortThatNobodyServesRefusesTheStart(String right, String wrong, String said) throws Exception {
        Destinations destinations = destinations(right + "|" + wrong, ALL);
        Set<String> served = served();
        String refusal = assertThrows(IllegalStateException.class, () -> destinations.refuseUnserved(served)).getMessage();
        assertTrue(refusal.contains("flows.yaml: " + said) && refusal.matches("(?s).*\\(line \\d+\\)"), refusal);
    }

    @Test
    void aSystemWithoutPortsRefusesTheStart() throws Exception {
        Map<String, String> keys = new HashMap<>(ALL);
        keys.put("orderweir.connections.netsuite.system", "stripe");
        Destinations destinations = destinations(null, keys);
        Set<String> served = served();
        String refusal = assertThrows(IllegalStateException.class, () -> destinations.refuseUnserved(served)).getMessage();
        assertTrue(refusal.contains("no route serves a port of its system stripe; correct orderweir.connections.netsuite.system, or mount its connector"), refusal);
    }

    @Test
    void theRoutesAreLookedAtBeforeTheyStart() throws Exception {
        // Given an engine that has the doors of no connector
        Destinations destinations = destinations(null, ALL);
        try (PaperEngine engine = new PaperEngine()) {
            destinations.configure(engine.camel());
            // When, Then
            Exception refused = assertThrows(Exception.class, () -> engine.start("- route: { id: netsuite.order.create, from: { uri: direct:netsuite.order.create, steps: [ { log: none } ] } }"));
            assertTrue(Stream.iterate((Throwable) refused, each -> each != null, Throwable::getCause).anyMatch(each -> String.valueOf(each.getMessage())
                    .contains("it leads to the port 'fulfilment' of connection 'wms'")), refused.toString());
        }
    }

    /** What the packaged connectors read. */
    private static Set<String> served() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources/connectors"))) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml")).flatMap(file -> {
                try {
                    return Files.readAllLines(file).stream();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }).filter(line -> line.matches("      uri: direct:.*\\.create")).map(line -> line.replaceAll(".*direct:|\\.create", "")).collect(Collectors.toSet());
        }
    }

    /** With the built-in table, or with one of which a part is another: right|wrong. */
    private Destinations destinations(String change, Map<String, String> keys) throws IOException {
        if (change != null) {
            String[] parts = change.split("\\|");
            String builtIn = Files.readString(Path.of("src/main/resources/policy/flows.yaml"));
            assertTrue(builtIn.contains(parts[0]), parts[0]);
            Files.writeString(directory.resolve("flows.yaml"), builtIn.replace(parts[0], parts[1]));
        }
        Policies policies = new Policies(Configured.settings(change == null ? Map.of() : Map.of("orderweir.policy.dir", directory.toString())));
        Connections connections = Configured.connections(keys);
        return new Destinations(new Flows(policies, new GateClasses(policies, Configured.connections(Map.of()))), connections);
    }

    private static Map<String, String> systems(String... names) {
        Map<String, String> keys = new HashMap<>();
        for (int i = 0; i < names.length; i += 2) {
            keys.put("orderweir.connections." + names[i] + ".system", names[i + 1]);
        }
        keys.put("orderweir.connections.web-us.secrets", "hush");
        return keys;
    }
}
