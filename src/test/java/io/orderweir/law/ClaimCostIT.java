package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Taking and ending a call costs the same whatever waits: counted in pages that are looked at, which no noise changes. */
class ClaimCostIT {

    private static final int FEW = 1_000;
    private static final int MANY = Ledger.LENGTH == 1 ? 50_000 : 100_000;
    private static final int OF_ONE_ORDER = MANY / 2;
    private static final int CALLS = 15;

    @AutoClose
    private Ledger few;
    @AutoClose
    private Ledger many;

    @Test
    void takingAndEndingStayFlat() throws Exception {
        // Given
        few = waiting(FEW);
        many = waiting(MANY);
        WaitingRows.writeBehindOneHeld(many, OF_ONE_ORDER);
        few.allow("erp", "window", 100, 60, null);
        many.allow("erp", "window", 100, 60, null);

        // When each makes some calls, of which the target takes some
        for (String outcome : List.of("done", "later")) {
            Pages ofFew = pages(few, outcome);
            Pages ofMany = pages(many, outcome);

            // Then: an index over fifty times the rows is one or two levels deeper
            assertTrue(ofMany.take <= 1.2 * ofFew.take, () -> "to take: " + ofMany.take + " pages instead of " + ofFew.take);
            assertTrue(ofMany.end <= 1.5 * ofFew.end, () -> "to end one that is " + outcome + ": " + ofMany.end + " pages instead of " + ofFew.end);
        }
    }

    @Test
    void noTableIsReadWhole() throws Exception {
        // Given
        many = waiting(FEW * 20);
        many.allow("erp", "window", 6_000, 300, null);
        many.sql.run("update permit set free_at = now() where free_at > now()");
        many.sql.run("analyze");
        Map<String, Object> before = read();
        // When
        Map<String, Object> claimed = take(many).get(0);
        many.start(claimed, 1, null);
        many.end(ended(claimed, "done"));
        // Then
        Map<String, Object> after = read();
        assertEquals(before.get("whole"), after.get("whole"), "tables that were read whole");
        assertTrue(((Map<?, ?>) json(after.get("indexes"))).keySet().containsAll(List.of("delivery_turn", "permit_free", "delivery_call", "permit_taken")), after.toString());
    }

    /** How often tables that grow were read from their beginning to their end, and which indexes were used. */
    private Map<String, Object> read() throws SQLException {
        return many.counters("""
                select (select jsonb_object_agg(relname, seq_scan)::text from pg_stat_user_tables
                        where schemaname = 'orderweir' and relname in ('delivery', 'permit', 'lane', 'entity', 'message', 'payload', 'hold')) as whole,
                       (select jsonb_object_agg(indexrelname, idx_scan)::text from pg_stat_user_indexes where schemaname = 'orderweir' and idx_scan > 0) as indexes""");
    }

    private static Object json(Object text) throws com.fasterxml.jackson.core.JsonProcessingException {
        return Ledger.JSON.readValue(text.toString(), Map.class);
    }

    private static Ledger waiting(int orders) {
        Ledger ledger = Ledger.fresh();
        WaitingRows.write(ledger, orders);
        return ledger;
    }

    private record Pages(long take, long end) {
    }

    /** In the middle of some calls, after the first few: plans and pages are then in memory, as in a running engine. */
    private static Pages pages(Ledger ledger, String outcome) throws Exception {
        long[] take = new long[CALLS];
        long[] end = new long[CALLS];
        for (int call = 0; call < CALLS; call++) {
            ledger.sql.run("update permit set free_at = now() where free_at > now()");
            take[call] = pages(ledger.explain("deliver/take.sql", TAKE));
            Map<String, Object> claimed = ledger.sql.rows("select id as call from call").get(0);
            ledger.start(claimed, 1, null);
            end[call] = pages(ledger.explainEnd(List.of(ended(claimed, outcome)), null));
        }
        return new Pages(median(take), median(end));
    }

    private static final Map<String, Object> TAKE = Map.of("connection", "erp", "most", 1, "ahead", 0.1, "lease", 10.0, "settles", 2.0);

    private static List<Map<String, Object>> take(Ledger ledger) throws SQLException {
        return ledger.run("deliver/take.sql", TAKE);
    }

    private static Map<String, Object> ended(Map<String, Object> claimed, String outcome) {
        Map<String, Object> became = new HashMap<>(claimed);
        became.putAll(Map.of("outcome", outcome, "because", "not-now", "patience", 12, "breaks", 8, "settles", 2.0, "grace", 0.2, "wait", 0.0, "status", 200, "remoteId", "r"));
        return became;
    }

    private static long pages(String plan) throws com.fasterxml.jackson.core.JsonProcessingException {
        JsonNode root = Ledger.JSON.readTree(plan).path(0).path("Plan");
        return root.path("Shared Hit Blocks").asLong() + root.path("Shared Read Blocks").asLong();
    }

    private static long median(long[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
