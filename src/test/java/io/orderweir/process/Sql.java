package io.orderweir.process;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks into a database from outside, one connection per question. */
public record Sql(String url, String user) {

    public List<Map<String, Object>> rows(String query, Object... values) {
        return ask(query, values, result -> {
            List<Map<String, Object>> rows = new ArrayList<>();
            while (result.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.put(result.getMetaData().getColumnLabel(column), result.getObject(column));
                }
                rows.add(row);
            }
            return rows;
        });
    }

    public long number(String query, Object... values) {
        return ask(query, values, result -> result.next() ? result.getLong(1) : 0);
    }

    public String text(String query, Object... values) {
        return ask(query, values, result -> result.next() ? result.getString(1) : null);
    }

    /** Runs a statement that answers nothing; gives the number of rows it changed. */
    public int run(String statement, Object... values) {
        try (Connection connection = DriverManager.getConnection(url, user, "");
                PreparedStatement prepared = prepare(connection, statement, values)) {
            return prepared.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(statement + ": " + e.getMessage(), e);
        }
    }

    private <T> T ask(String query, Object[] values, Read<T> read) {
        try (Connection connection = DriverManager.getConnection(url, user, "");
                PreparedStatement prepared = prepare(connection, query, values);
                ResultSet result = prepared.executeQuery()) {
            return read.from(result);
        } catch (SQLException e) {
            throw new IllegalStateException(query + ": " + e.getMessage(), e);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object[] values) throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            prepared.setObject(i + 1, values[i]);
        }
        return prepared;
    }

    private interface Read<T> {
        T from(ResultSet result) throws SQLException;
    }
}
