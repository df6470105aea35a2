package io.orderweir.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.embedded.TestDatabase;
import io.orderweir.ledger.Sql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Orders of the connection store as a ledger keeps them, with what is planned of each for the connection acme, and the connectors that run. */
final class KeptOrders {

    private static final ObjectMapper JSON = new ObjectMapper();

    private KeptOrders() {
    }

    /** Takes some folders of payloads in, such as plain. */
    static void in(TestDatabase ledger, List<String> orders) throws SQLException, IOException {
        try (Connection connection = ledger.open(); Statement statement = connection.createStatement()) {
            statement.execute("insert into orderweir.intake (topic, partition, next_offset) values ('orders', 0, 0)");
            for (int i = 0; i < orders.size(); i++) {
                append(connection, i, i, orders.get(i), false);
            }
            connection.commit();
        }
    }

    /** The first one is delivered, and comes again: changed, or cancelled. */
    static void again(TestDatabase ledger, int offset, String order, boolean cancelled) throws SQLException, IOException {
        try (Connection connection = ledger.open(); Statement statement = connection.createStatement()) {
            statement.execute("set search_path to orderweir");
            statement.execute("update delivery set state = 'sending', call_id = 1 where state = 'ready'");
            statement.execute("update delivery set state = 'delivered', call_id = null, head = false, remote_id = 'W7', done_at = now() where state = 'sending'");
            statement.execute("update lane set remote_id = 'W7'");
            append(connection, offset, 0, order, cancelled);
            connection.commit();
        }
    }

    /** A price of the connection pay, as its sender says it, and as it is kept. */
    static void price(TestDatabase ledger) throws SQLException {
        byte[] price = "{\"schemaVersion\":1,\"externalId\":\"TEA-01\",\"amount\":\"9.50\",\"currency\":\"EUR\",\"updatedAt\":\"2026-11-27T00:00:00.000Z\"}".getBytes(StandardCharsets.UTF_8);
        try (Connection connection = ledger.open(); Statement statement = connection.createStatement(); PreparedStatement append = connection.prepareStatement(Sql.of("ledger/append.sql"))) {
            statement.execute("insert into orderweir.event_type (type, kind, tells_product_types) values ('price', 'record', false)");
            statement.execute("insert into orderweir.intake (topic, partition, next_offset) values ('prices', 0, 0)");
            ArrayNode batch = JSON.createArrayNode();
            batch.addObject().put("offset", 0).put("ce_id", "pay:1").put("connection", "pay").put("type", "price").put("entity_key", "pay/TEA-01").put("name", "TEA-01").put("correlation_id", "p1")
                    .put("captured_at", "2026-11-27T00:00:00Z").put("version", "2026-11-27T00:00:00Z").put("hash", "p1").set("canonical", JSON.valueToTree(Map.of("externalId", "TEA-01")));
            append.setString(1, "prices");
            append.setInt(2, 0);
            append.setBytes(3, batch.toString().getBytes(StandardCharsets.UTF_8));
            append.setArray(4, connection.createArrayOf("bytea", new byte[][] {price}));
            append.execute();
            connection.commit();
        }
    }

    /** What the directories hold now is what runs. */
    static void run(TestDatabase ledger, Mounted mounted) throws SQLException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        io.orderweir.mounted.Mounted.read(mounted.connectors).files().forEach((name, bytes) -> files.put("connectors/" + name, bytes));
        io.orderweir.mounted.Mounted.read(mounted.policy).files().forEach((name, bytes) -> files.put("policy/" + name, bytes));
        try (Connection connection = ledger.open(); PreparedStatement take = connection.prepareStatement(Sql.of("revision/take.sql"))) {
            take.setString(1, io.orderweir.mounted.Mounted.of(mounted.connectors, files).digest());
            take.setString(2, null);
            take.setBoolean(3, true);
            take.setArray(4, connection.createArrayOf("text", files.keySet().toArray()));
            take.setArray(5, connection.createArrayOf("bytea", files.values().toArray(byte[][]::new)));
            take.setNull(6, Types.TIMESTAMP_WITH_TIMEZONE);
            take.execute();
            connection.commit();
        }
    }

    private static void append(Connection connection, int offset, int entity, String order, boolean cancelled) throws SQLException, IOException {
        JsonNode canonical = canonical(order);
        ArrayNode batch = JSON.createArrayNode();
        ObjectNode event = batch.addObject().put("offset", offset).put("ce_id", "store:" + offset).put("connection", "store").put("type", "order").put("entity_key", "store/" + entity)
                .put("name", name(order)).put("correlation_id", "c" + offset).put("captured_at", "2026-11-27T00:00:00Z").put("version", "2026-11-27T00:00:0" + offset + "Z").put("hash", order + offset);
        event.set("canonical", canonical);
        ObjectNode delivery = event.putArray("deliveries").addObject().put("connection", "acme").put("port", "fulfilment").put("part", "order").put("external_id", "store-" + entity).put("priority", 0)
                .put("goods_moving", false).put("cancel", cancelled).put("fingerprint", order + offset);
        ArrayNode lines = delivery.putArray("line_ids");
        canonical.path("lineItems").forEach(line -> lines.add(line.path("id")));
        delivery.putArray("gates");
        try (PreparedStatement append = connection.prepareStatement(Sql.of("ledger/append.sql"))) {
            append.setString(1, "orders");
            append.setInt(2, 0);
            append.setBytes(3, batch.toString().getBytes(StandardCharsets.UTF_8));
            append.setArray(4, connection.createArrayOf("bytea", new byte[][] {Files.readAllBytes(payload(order).resolve("in.json"))}));
            append.execute();
        }
    }

    /** How people call it. */
    static String name(String order) throws IOException {
        return canonical(order).path("name").asText();
    }

    /** What is planned of it. */
    static JsonNode canonical(String order) throws IOException {
        return JSON.readTree(payload(order).resolve("canonical.json").toFile());
    }

    private static Path payload(String order) {
        return Path.of("src/test/resources/payloads/shopify", order);
    }
}
