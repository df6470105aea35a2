package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.capability.Configured;
import io.orderweir.gate.GateClasses;
import io.orderweir.policy.Policies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start says which targets nobody can be reached at, before an order finds it out. */
class DestinationsTest {

    private static final String CLASS = "gates: [{gate: drawing}]\nclasses: [{class: made, sku-prefix: X-, gates: [drawing]}]\n";

    @TempDir
    Path policy;

    @Test
    void aClassThatAsksForATargetWithoutAConnectionIsWarnedOf() throws Exception {
        // Given the built-in table and a shop, but neither a design desk nor a factory
        Set<String> warnings = warnings(null, Map.of("orderweir.connections.web-us.system", "shopify"));
        // Then
        assertEquals(2, warnings.size(), warnings.toString());
        assertTrue(warnings.contains("connection 'design' is not configured, and the class factory-built of gates.yaml requests design.drawing of it: such an order will be held. "
                + "Set orderweir.connections.design.system, .url and a limit, or take the row out of requests"), warnings.toString());
        // and what is configured, or belongs to the shop itself, is not
        assertEquals(1, warnings(null, Map.of("orderweir.connections.design.system", "design")).size());
    }

    @Test
    void whereNoClassAsksNothingIsMissing() throws Exception {
        assertEquals(Set.of(), warnings(CLASS, Map.of("orderweir.connections.web-us.system", "shopify")));
    }

    @Test
    void aTargetThatIsNotInTheTableRefusesTheStart() {
        assertTrue(assertThrows(IllegalStateException.class, () -> warnings(CLASS + "requests: [{class: made, target: desing.drawing, behind: []}]\n", Map.of()))
                .getMessage().startsWith("gates.yaml: class 'made' requests target 'desing.drawing', which sync.yaml does not have; there are [erp.order,"));
    }

    private Set<String> warnings(String gates, Map<String, String> keys) throws Exception {
        if (gates != null) {
            Files.writeString(policy.resolve("gates.yaml"), gates);
        }
        Policies policies = new Policies(Configured.settings(gates == null ? Map.of() : Map.of("orderweir.policy.dir", policy.toString())));
        return new Destinations(new Targets(policies), new GateClasses(policies, Configured.connections(Map.of())), Configured.connections(keys)).warnings();
    }
}
