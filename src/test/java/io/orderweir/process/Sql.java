package io.orderweir.process;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks into a database from outside: with the connection of the question before where it still stands, or with one for all. */
public final class Sql implements AutoCloseable {
    /** Of the databases asked last: a question each tenth of a second cost a sign-in and a new backend each, which was a third of a processor. */
    private static final Map<String, Deque<Connection>> IDLE = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Connection>> eldest) {
            if (size() > 4) {
                eldest.getValue().forEach(Sql::end);
                return true;
            }
            return false;
        }
    };

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
        Connection connection = idle();
        try {
            T answer = use.of(connection);
            synchronized (IDLE) {
                IDLE.computeIfAbsent(user + "@" + url, first -> new ArrayDeque<>()).push(connection);
            }
            return answer;
        } catch (SQLException e) {
            end(connection);
            throw e;
        }
    }

    private Connection idle() throws SQLException {
        synchronized (IDLE) {
            Deque<Connection> known = IDLE.getOrDefault(user + "@" + url, new ArrayDeque<>());
            while (!known.isEmpty()) {
                Connection connection = known.pop();
                if (connection.isValid(5)) {
                    return connection;
                }
                end(connection);
            }
        }
        return DriverManager.getConnection(url, user, null);
    }

    private static void end(Connection connection) {
        try {
            connection.close();
        } catch (SQLException gone) {
            // as was wanted
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
