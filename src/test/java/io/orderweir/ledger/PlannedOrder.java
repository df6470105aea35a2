package io.orderweir.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One order in a ledger that takes in what process plans for it; all of it is gone at the end. */
final class PlannedOrder implements AutoCloseable {

    private static final String RECORD = "[{\"offset\":%1$d,\"ce_id\":\"web:%1$d\",\"connection\":\"web\",\"type\":\"order\",\"entity_key\":\"web/1\",\"name\":\"#1001\",\"correlation_id\":\"c\","
            + "\"captured_at\":\"2026-11-27T00:00:00Z\",\"version\":\"2026-11-27T00:00:%1$02dZ\",\"hash\":\"h%1$d\",\"canonical\":%2$s,\"deliveries\":[%3$s]}]";

    private final Connection connection;
    private int versions;

    PlannedOrder(Connection connection) throws SQLException {
        this.connection = connection;
        run("set search_path to orderweir");
        run("insert into intake (topic, partition, next_offset) values ('planned-order', 0, 0)");
    }

    /** The next version of it, with what is planned for it. */
    void comes(String... deliveries) throws SQLException {
        append("{}", String.join(",", deliveries));
    }

    /** The same with a document of its own. */
    void append(String canonical, String deliveries) throws SQLException {
        try (PreparedStatement append = connection.prepareStatement("select orderweir.ledger_append('planned-order', 0, ?::jsonb, array['\\x00'::bytea])")) {
            append.setString(1, RECORD.formatted(versions++, canonical, deliveries));
            append.execute();
        }
    }

    /** Its deliveries in the order in which they were planned: connection, port, part and state. */
    List<String> deliveries() throws SQLException {
        return rows("select concat_ws(' ', connection, port, part, state) from delivery order by id");
    }

    List<String> lanes() throws SQLException {
        return rows("select concat_ws(' ', connection, port, part) from lane order by 1");
    }

    /** The first column of what a query finds. */
    List<String> rows(String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query); ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    /** Says of deliveries what a call would, and lets what waits for them go on. */
    void settles(String update) throws SQLException {
        run(update);
        rows("select lanes_go_on(array(select id from entity))");
    }

    void run(String statement) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            prepared.execute();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
    }
}
