package io.orderweir.law;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.embedded.TestDatabase;
import io.orderweir.ledger.Captured;
import io.orderweir.ledger.Understanding;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** What a shop sends, understood by the engine's own routes and taken in by the ledger's own statements, one event after the other. */
final class ShopNews implements AutoCloseable {

    static final String SHOP = "web-us";

    final Ledger ledger;
    private final Understanding understanding;
    private int offset;

    /** On an empty ledger of its own. */
    ShopNews(Understanding understanding, String database) throws SQLException {
        this.understanding = understanding;
        ledger = Ledger.in(TestDatabase.shared().named(database));
    }

    /** One event about an order; its quotes may be single ones, {@code triggeredAt} is what its sender says beside it, or null. Returns what the ledger was asked to take. */
    ObjectNode comes(long order, String told, String triggeredAt) throws SQLException {
        String body = told.replace('\'', '"');
        Captured captured = new Captured("t", 0, offset, SHOP + ":news:" + offset, SHOP, "order", SHOP + "/" + order, "c" + offset, "2026-12-27T13:00:00Z", body.getBytes(UTF_8), true, triggeredAt);
        List<Map<String, Object>> requested = ledger.run("ledger/requested.sql",
                Map.of("keys", Ledger.JSON.createArrayNode().add(Ledger.JSON.createObjectNode().put("connection", SHOP).put("type", "order").put("key", captured.entity())).toString()));
        ObjectNode entry = understanding.entry(captured, requested);
        offset++;
        ledger.append(entry.put("raw", body));
        return entry;
    }

    /** The state of each message of an order, in the order in which they came. */
    List<String> messages(long order) {
        return column("select m.state from message m join entity e on e.id = m.entity_id where e.key = ? order by m.id", SHOP + "/" + order);
    }

    List<String> column(String query, Object... values) {
        return ledger.sql.rows(query, values).stream().map(row -> String.valueOf(row.values().iterator().next())).toList();
    }

    @Override
    public void close() throws SQLException {
        ledger.close();
    }

    static JsonNode json(Object text) {
        try {
            return Ledger.JSON.readTree(text.toString());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
