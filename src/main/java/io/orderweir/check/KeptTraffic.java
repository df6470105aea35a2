package io.orderweir.check;

import io.orderweir.connection.SigningIn;
import io.orderweir.ledger.Captured;
import io.orderweir.ledger.Sql;
import io.smallrye.config.SmallRyeConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.postgresql.Driver;

/** What the ledger of this process keeps of what came and what was sent, as it is at one moment: it is read in one transaction, and nothing is changed. */
final class KeptTraffic implements AutoCloseable {

    static final String LEDGER = "quarkus.datasource.jdbc.url";
    static final String USER = "quarkus.datasource.username";
    private static final String PASSWORD = "quarkus.datasource.password";
    private static final String NEWEST = Sql.of("revision/newest.sql");
    private static final String FILES = Sql.of("revision/files.sql");
    private static final String MESSAGES = Sql.of("try/messages.sql");
    private static final String DELIVERIES = Sql.of("try/deliveries.sql");
    private static final String REFERENCE = Sql.of("try/reference.sql");
    private static final String ORDERS = Sql.of("console/orders.sql");
    private static final String LANES = Sql.of("explain/lanes.sql");
    /** So many are in memory: each may be a webhook of megabytes. */
    private static final int AT_ONCE = 10;

    private final Connection connection;

    private KeptTraffic(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    }

    /** Empty where the configuration names no ledger. */
    static Optional<KeptTraffic> of(SmallRyeConfig config) throws SQLException {
        Optional<String> url = config.getOptionalValue(LEDGER, String.class);
        if (url.isEmpty()) {
            return Optional.empty();
        }
        Properties who = new Properties();
        config.getOptionalValue(USER, String.class).ifPresent(user -> who.setProperty("user", user));
        config.getOptionalValue(PASSWORD, String.class).ifPresent(password -> who.setProperty("password", password));
        Connection opened = new Driver().connect(url.get(), who);
        if (opened == null) {
            throw new SQLException(LEDGER + " is no address of a PostgreSQL server, such as jdbc:postgresql://host:5432/orderweir");
        }
        return Optional.of(new KeptTraffic(opened));
    }

    /** What stands in the way of reading it. */
    static String why(SQLException away, SmallRyeConfig config) {
        return "the ledger cannot be read: " + SigningIn.atTheDatabase(away, config.getOptionalValue(LEDGER, String.class), config.getOptionalValue(USER, String.class))
                + "; its user must be granted the schema orderweir";
    }

    /** The number of the revision that runs; 0 where none was ever taken. */
    long revision() throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement(NEWEST); ResultSet row = ask.executeQuery()) {
            return row.next() ? row.getLong("number") : 0;
        }
    }

    /** What is mounted in a revision, {@code connectors} or {@code policy}: its files by names such as {@code acme/order.out.jq}. */
    SortedMap<String, byte[]> files(long revision, String mounted) throws SQLException {
        String folder = mounted + "/";
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (PreparedStatement ask = connection.prepareStatement(FILES)) {
            ask.setLong(1, revision);
            try (ResultSet rows = ask.executeQuery()) {
                while (rows.next()) {
                    if (rows.getString("path").startsWith(folder)) {
                        files.put(rows.getString("path").substring(folder.length()), rows.getBytes("content"));
                    }
                }
            }
        }
        return files;
    }

    /** Each of the newest messages with the name of its order, the newest first. */
    void messages(Collection<String> accounts, int most, BiConsumer<String, Captured> each) throws SQLException {
        try (PreparedStatement ask = ask(MESSAGES, accounts, most); ResultSet row = ask.executeQuery()) {
            while (row.next()) {
                each.accept(row.getString("name"), new Captured(row.getString("topic"), row.getInt("partition"), row.getLong("offset"), row.getString("delivery"), row.getString("connection"),
                        row.getString("type"), row.getString("entity"), row.getString("correlation"), row.getString("capturedAt"), row.getBytes("raw")));
            }
        }
    }

    /** Each of the newest deliveries as a claim would bring it, the newest first. */
    void deliveries(Collection<String> accounts, int most, Consumer<Map<String, Object>> each) throws SQLException {
        try (PreparedStatement ask = ask(DELIVERIES, accounts, most); ResultSet rows = ask.executeQuery()) {
            while (rows.next()) {
                each.accept(row(rows));
            }
        }
    }

    /** What is kept of the reference data of each account. */
    Map<String, List<Map<String, Object>>> reference(Collection<String> accounts) throws SQLException {
        Map<String, List<Map<String, Object>>> all = new HashMap<>();
        try (PreparedStatement ask = ask(REFERENCE, accounts, 0); ResultSet rows = ask.executeQuery()) {
            while (rows.next()) {
                all.computeIfAbsent(rows.getString("connection"), first -> new ArrayList<>()).add(row(rows));
            }
        }
        return all;
    }

    /** The orders that a person may mean by what she typed, and by the keys that may be. */
    List<Map<String, Object>> orders(String typed, String[] keys) throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement(ORDERS)) {
            for (int i = 1; i <= 3; i++) {
                ask.setString(i, typed);
            }
            ask.setArray(4, connection.createArrayOf("text", keys));
            return rows(ask);
        }
    }

    /** Why each lane of an order is as it is. */
    List<Map<String, Object>> lanes(long order) throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement(LANES)) {
            ask.setLong(1, order);
            return rows(ask);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private PreparedStatement ask(String statement, Collection<String> accounts, int most) throws SQLException {
        PreparedStatement ask = connection.prepareStatement(statement);
        ask.setFetchSize(AT_ONCE);
        ask.setArray(1, connection.createArrayOf("text", accounts.toArray()));
        if (most > 0) {
            ask.setInt(2, most);
        }
        return ask;
    }

    private static List<Map<String, Object>> rows(PreparedStatement ask) throws SQLException {
        List<Map<String, Object>> all = new ArrayList<>();
        try (ResultSet rows = ask.executeQuery()) {
            while (rows.next()) {
                all.add(row(rows));
            }
        }
        return all;
    }

    private static Map<String, Object> row(ResultSet rows) throws SQLException {
        Map<String, Object> row = new HashMap<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            row.put(rows.getMetaData().getColumnLabel(i), rows.getObject(i));
        }
        return row;
    }
}
