package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A claim costs the same whatever waits: counted in pages it looks at, which no noise changes. */
class ClaimCostIT {

    private static final int FEW = 1_000;
    private static final int MANY = 100_000;
    private static final int OF_ONE_ORDER = 50_000;

    @AutoClose
    private Ledger few;
    @AutoClose
    private Ledger many;

    @Test
    void theClaimStaysFlat() throws Exception {
        // Given
        few = waiting(FEW);
        many = waiting(MANY);
        WaitingRows.writeBehindOneHeld(many, OF_ONE_ORDER);
        few.allow("erp", "window", 100, 60, null);
        many.allow("erp", "window", 100, 60, null);

        // When
        long pagesOfFew = pages(few);
        long pagesOfMany = pages(many);

        // Then: an index over a hundred times the rows is one or two levels deeper
        assertTrue(pagesOfMany <= 2 * pagesOfFew, () -> pagesOfMany + " pages instead of " + pagesOfFew);
    }

    @Test
    void noTableIsReadWhole() throws Exception {
        many = waiting(FEW * 20);
        many.allow("erp", "window", 6_000, 300, null);
        many.sql.run("update permit set free_at = now() where free_at > now()");
        many.sql.run("analyze");
        String plan = plan(many).toString();
        assertTrue(plan.contains("delivery_turn") && plan.contains("permit_free"), plan);
        assertEquals(List.of(), Ledger.JSON.readTree(plan).findParents("Relation Name").stream()
                .filter(node -> node.path("Node Type").asText().equals("Seq Scan") && List.of("delivery", "permit", "lane", "entity", "message", "payload").contains(node.path("Relation Name").asText()))
                .map(node -> node.path("Relation Name").asText()).toList(), "tables that are read whole");
    }

    private static Ledger waiting(int orders) {
        Ledger ledger = Ledger.fresh();
        WaitingRows.write(ledger, orders);
        return ledger;
    }

    private static long pages(Ledger ledger) throws Exception {
        ledger.sql.run("update permit set free_at = now() where free_at > now()");
        // the second one finds what a running engine has in memory
        plan(ledger);
        JsonNode plan = plan(ledger).path(0).path("Plan");
        return plan.path("Shared Hit Blocks").asLong() + plan.path("Shared Read Blocks").asLong();
    }

    private static JsonNode plan(Ledger ledger) throws SQLException, com.fasterxml.jackson.core.JsonProcessingException {
        Map<String, Object> claim = Map.of("connection", "erp", "most", 1, "ahead", 0.1, "lease", 10.0, "settles", 2.0);
        return Ledger.JSON.readTree(ledger.explain("deliver/take.sql", claim));
    }
}
