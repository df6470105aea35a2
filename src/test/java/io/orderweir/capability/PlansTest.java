package io.orderweir.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.connection.Settings.Limit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection has the limits its vendor publishes for its plan, and what it says itself counts before them. */
class PlansTest {

    private static final String SHOP = "orderweir.connections.shopify-us.";

    @Test
    void aPlanGivesTheLimitsThatItsVendorPublishes() {
        Limit points = limits(Map.of(SHOP + "plan", "plus")).get("points");
        assertEquals(285, points.calls());
        assertEquals(Duration.ofSeconds(20), points.window());
        assertTrue(points.bucket());
        assertEquals(70, points.cost());
    }

    @Test
    void whatTheConnectionSaysCountsBeforeIt() {
        Map<String, Limit> limits = limits(Map.of(SHOP + "plan", "plus", SHOP + "limits.points.calls", "14", SHOP + "limits.points.reserved", "20",
                SHOP + "limits.at-once.calls", "3", SHOP + "limits.at-once.window", "0s"));
        assertEquals(Set.of("points", "at-once"), limits.keySet());
        assertEquals("14 calls, 20 % left to others, PT20S", "%d calls, %d %% left to others, %s".formatted(limits.get("points").calls(), limits.get("points").reserved(),
                limits.get("points").window()));
    }

    @Test
    void withoutAPlanNothingIsGiven() {
        assertEquals(Map.of(), limits(Map.of()));
    }

    @Test
    void aPlanThatNobodyKnowsRefusesTheStartAndNamesThoseThereAre() {
        assertTrue(refusal("golden").contains(SHOP + "plan = golden is no plan of shopify; use one of [advanced, enterprise, plus, standard]"), refusal("golden"));
        assertTrue(refusal("tier-1").contains("use one of [advanced, enterprise, plus, standard]"), "another vendor's");
    }

    @Test
    void aMountedConnectorHasItsOwn(@TempDir Path connectors) throws IOException {
        Files.createDirectory(connectors.resolve("acme"));
        Files.writeString(connectors.resolve("acme/connector.yaml"), "{ system: acme, label: Acme, plans: [ { plan: agreed, limit: points, calls: 1000, window: 10s } ] }");
        Map<String, Limit> limits = limits(Map.of(SHOP + "system", "acme", SHOP + "plan", "agreed", "orderweir.connectors.dir", connectors.toString()));
        assertEquals(1_000, limits.get("points").calls());
    }

    private static Map<String, Limit> limits(Map<String, String> more) {
        return Configured.settings(shop(more)).connections().get("shopify-us").limits();
    }

    private static String refusal(String plan) {
        return assertThrows(IllegalStateException.class, () -> Configured.connections(shop(Map.of(SHOP + "plan", plan)))).getMessage();
    }

    private static Map<String, String> shop(Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(Map.of(SHOP + "system", "shopify", SHOP + "url", "http://127.0.0.1:9"));
        keys.putAll(more);
        return keys;
    }
}
