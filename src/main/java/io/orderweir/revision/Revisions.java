package io.orderweir.revision;

import io.orderweir.ledger.Sql;
import io.orderweir.mounted.Mounted;
import io.orderweir.mounted.Mounts;
import io.orderweir.mounted.Revision;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;

/** The revisions that the ledger keeps. All methods throw {@link SQLException} while it is away. */
@ApplicationScoped
class Revisions {

    private static final String TAKE = Sql.of("revision/take.sql");
    private static final String NEWEST = Sql.of("revision/newest.sql");
    private static final String KNOWN = Sql.of("revision/known.sql");
    private static final String FILES = Sql.of("revision/files.sql");
    private static final String REFUSE = Sql.of("revision/refuse.sql");
    private static final String AGREE = Sql.of("revision/agree.sql");
    private static final String TOUCHED = Sql.of("revision/touched.sql");
    private static final String CONSENTED = Sql.of("revision/consented.sql");
    private static final String CONNECTORS = "connectors/";
    private static final String POLICY = "policy/";

    @Inject
    Instance<DataSource> ledger;

    @Inject
    Mounts mounts;

    /** Numbers what this process sees, which a person allowed, or nobody had to ({@code by} is null); returns the number of the revision that runs now, which may be another one. */
    long take(Revision seen, String by, boolean starts) throws SQLException {
        Map<String, byte[]> files = new TreeMap<>();
        keep(CONNECTORS, seen.connectors(), files);
        keep(POLICY, seen.policy(), files);
        try (Connection connection = ledger.get().getConnection(); PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setString(1, seen.digest());
            take.setString(2, by);
            take.setBoolean(3, starts);
            take.setArray(4, connection.createArrayOf("text", files.keySet().toArray()));
            take.setArray(5, connection.createArrayOf("bytea", files.values().toArray(byte[][]::new)));
            take.setNull(6, Types.TIMESTAMP_WITH_TIMEZONE);
            try (ResultSet row = take.executeQuery()) {
                row.next();
                return row.getLong("number");
            }
        }
    }

    boolean isKnown(String digest) throws SQLException {
        try (Connection connection = ledger.get().getConnection(); PreparedStatement ask = connection.prepareStatement(KNOWN)) {
            ask.setString(1, digest);
            try (ResultSet row = ask.executeQuery()) {
                return row.next() && row.getBoolean("known");
            }
        }
    }

    /** 0 where none was ever taken. */
    long newest() throws SQLException {
        try (Connection connection = ledger.get().getConnection(); PreparedStatement ask = connection.prepareStatement(NEWEST); ResultSet row = ask.executeQuery()) {
            return row.next() ? row.getLong("number") : 0;
        }
    }

    /** One as it is kept; its files are said to stand where this process has its own. */
    Revision read(long number) throws SQLException {
        SortedMap<String, byte[]> connectors = new TreeMap<>();
        SortedMap<String, byte[]> policy = new TreeMap<>();
        try (Connection connection = ledger.get().getConnection(); PreparedStatement ask = connection.prepareStatement(FILES)) {
            ask.setLong(1, number);
            try (ResultSet rows = ask.executeQuery()) {
                while (rows.next()) {
                    String path = rows.getString("path");
                    (path.startsWith(CONNECTORS) ? connectors : policy).put(path.substring(path.indexOf('/') + 1), rows.getBytes("content"));
                }
            }
        }
        return new Revision(number, mounted(mounts.connectorsDirectory(), connectors), mounted(mounts.policyDirectory(), policy), Map.of());
    }

    /** {@code waits}: nothing is wrong with it, and a person has to allow it. */
    void refuse(String digest, List<String> faults, boolean waits) throws SQLException {
        try (Connection connection = ledger.get().getConnection(); PreparedStatement refuse = connection.prepareStatement(REFUSE)) {
            refuse.setString(1, digest);
            refuse.setArray(2, connection.createArrayOf("text", faults.toArray()));
            refuse.setBoolean(3, waits);
            refuse.setNull(4, Types.TIMESTAMP_WITH_TIMEZONE);
            refuse.executeUpdate();
        }
    }

    /** Sentences on what a change would do to what waits. */
    List<String> touched(List<String> classes, List<String> gone) throws SQLException {
        List<String> touched = new ArrayList<>();
        try (Connection connection = ledger.get().getConnection(); PreparedStatement ask = connection.prepareStatement(TOUCHED)) {
            ask.setArray(1, connection.createArrayOf("text", classes.toArray()));
            ask.setArray(2, connection.createArrayOf("text", gone.toArray()));
            try (ResultSet rows = ask.executeQuery()) {
                while (rows.next()) {
                    touched.add(rows.getString("sentence"));
                }
            }
        }
        return touched;
    }

    /** Who allowed a change; null where nobody did. */
    String consented(String digest) throws SQLException {
        try (Connection connection = ledger.get().getConnection(); PreparedStatement ask = connection.prepareStatement(CONSENTED)) {
            ask.setString(1, digest);
            try (ResultSet row = ask.executeQuery()) {
                return row.next() ? row.getString("by") : null;
            }
        }
    }

    void agree(String digest) throws SQLException {
        try (Connection connection = ledger.get().getConnection(); PreparedStatement agree = connection.prepareStatement(AGREE)) {
            agree.setString(1, digest);
            agree.executeUpdate();
        }
    }

    private static void keep(String where, Mounted mounted, Map<String, byte[]> files) {
        if (mounted != null) {
            mounted.files().forEach((name, bytes) -> files.put(where + name, bytes));
        }
    }

    private static Mounted mounted(Optional<Path> directory, SortedMap<String, byte[]> files) {
        return directory.map(where -> Mounted.of(where, files)).orElse(null);
    }
}
