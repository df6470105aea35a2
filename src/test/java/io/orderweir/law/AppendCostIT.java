package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What an append costs is a matter of its batch, whatever the ledger has already. */
class AppendCostIT {

    private static final int BATCH = 50;
    private static final int BATCHES = 20;

    @Test
    void paidOrdersCostTheSameHoweverManyThereAre() throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            // Given
            ledger.append(paid(0));
            // When
            long first = rowsRead(ledger, 1);
            for (int batch = 2; batch < BATCHES; batch++) {
                ledger.append(paid(batch));
            }
            long last = rowsRead(ledger, BATCHES);
            // Then
            assertTrue(last <= 1.2 * first, () -> "rows read: " + last + " instead of " + first);
            assertEquals(BATCH * (BATCHES + 1), ledger.sql.number("select count(*) from gate_decision where decision = 'opened' and by = 'shop'"));
            assertEquals(0, count(ledger, "select n_tup_upd as n from pg_stat_user_tables where schemaname = 'orderweir' and relname = 'gate'"), "gates opened one by one");
        }
    }

    private static long rowsRead(Ledger ledger, int batch) throws SQLException {
        long before = count(ledger, READ);
        ledger.append(paid(batch));
        return count(ledger, READ) - before;
    }

    private static long count(Ledger ledger, String query) throws SQLException {
        return (Long) ledger.counters(query).get("n");
    }

    private static final String READ = "select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint as n from pg_stat_user_tables where schemaname = 'orderweir'";

    /** Orders with goods that wait until they are paid, and are paid. */
    private static JsonNode[] paid(int batch) {
        JsonNode[] orders = new JsonNode[BATCH];
        for (int n = 0; n < BATCH; n++) {
            int offset = batch * BATCH + n;
            ObjectNode order = Ledger.event(offset, "o" + offset, 1);
            Ledger.delivery(order, "erp", "order", false);
            ObjectNode goods = Ledger.delivery(order, "wms", "order", false).put("goods_moving", true).put("class", "standard").put("gate_basis", "standard");
            goods.putObject("after").put("connection", "erp").put("part", "order");
            goods.withArray("gates").addObject().put("name", "payment").put("lasting", true)
                    .putObject("said").put("open", true).put("by", "shop").put("reason", "payment status paid").putObject("evidence").put("paymentStatus", "paid");
            orders[n] = order;
        }
        return orders;
    }
}
