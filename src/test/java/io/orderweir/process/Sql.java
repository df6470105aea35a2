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

/** Looks into a database from outside: one connection per question, or one for all. */
public final class Sql implements AutoCloseable {
    private final String url;
    private final String user;
    private final Connection standing;

    public Sql(String url, String user) {
        this(url, user, null);
    }

    private Sql(String url, String user, Connection standing) {
        this.url = url;
        this.user = user;
        this.standing = standing;
    }

    /** For thousands of questions to a database that does not go away. */
    public static Sql standing(String url, String user) throws SQLException {
        return new Sql(url, user, DriverManager.getConnection(url, user, null));
    }

    @Override
    public void close() throws SQLException {
        if (standing != null) {
            standing.close();
        }
    }

    public String user() {
        return user;
    }

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
        try {
            return with(connection -> {
                try (PreparedStatement prepared = prepare(connection, statement, values)) {
                    return prepared.executeUpdate();
                }
            });
        } catch (SQLException e) {
            throw new IllegalStateException(statement + ": " + e.getMessage(), e);
        }
    }

    private <T> T ask(String query, Object[] values, Read<T> read) {
        try {
            return with(connection -> {
                try (PreparedStatement prepared = prepare(connection, query, values); ResultSet result = prepared.executeQuery()) {
                    return read.from(result);
                }
            });
        } catch (SQLException e) {
            throw new IllegalStateException(query + ": " + e.getMessage(), e);
        }
    }

    private <T> T with(Use<T> use) throws SQLException {
        if (standing != null) {
            return use.of(standing);
        }
        try (Connection connection = DriverManager.getConnection(url, user, null)) {
            return use.of(connection);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object[] values) throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            prepared.setObject(i + 1, values[i]);
        }
        return prepared;
    }

    private interface Use<T> {
        T of(Connection connection) throws SQLException;
    }

    private interface Read<T> {
        T from(ResultSet result) throws SQLException;
    }
}
