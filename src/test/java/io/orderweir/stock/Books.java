package io.orderweir.stock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** The ledger of stock, one function in a transaction; the clock is turned by whoever asks. */
final class Books {

    private final Connection connection;
    Instant now = Instant.parse("2026-11-27T00:00:00Z");

    Books(Connection connection) {
        this.connection = connection;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** Calls a function with the time as its last parameter; its number, or null. */
    Long at(String function, Object... parameters) throws SQLException {
        Object[] all = Arrays.copyOf(parameters, parameters.length + 1);
        all[parameters.length] = now.toString();
        return number(function + "(" + "?, ".repeat(parameters.length) + "?::text::timestamptz)", all);
    }

    /** An expression's number, or null; false is 0 and true is 1. */
    Long number(String expression, Object... parameters) throws SQLException {
        Object value = value(expression, parameters);
        return value == null ? null : value instanceof Boolean ? ((Boolean) value ? 1L : 0L) : ((Number) value).longValue();
    }

    Object value(String expression, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select " + expression)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                Object value = row.next() ? row.getObject(1) : null;
                row.close();
                connection.commit();
                return value;
            }
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    void run(String statement) throws SQLException {
        try (Statement running = connection.createStatement()) {
            running.execute(statement);
        }
        connection.commit();
    }

    /** The process ends before the function's transaction does. */
    void dieIn(String function, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select " + function + "(" + "?, ".repeat(parameters.length) + "?::text::timestamptz)")) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.setObject(parameters.length + 1, now.toString());
            statement.execute();
        } finally {
            connection.rollback();
        }
    }
}
