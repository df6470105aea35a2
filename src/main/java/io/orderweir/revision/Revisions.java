package io.orderweir.revision;

import io.orderweir.ledger.LedgerAway;
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

/** The revisions that the ledger keeps. All methods throw {@link LedgerAway} while it is. */
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
    long take(Revision seen, String by, boolean starts) {
        Map<String, byte[]> files = new TreeMap<>();
        keep(CONNECTORS, seen.connectors(), files);
        keep(POLICY, seen.policy(), files);
        return rows(TAKE, take -> {
            take.setString(1, seen.digest());
            take.setString(2, by);
            take.setBoolean(3, starts);
            take.setArray(4, take.getConnection().createArrayOf("text", files.keySet().toArray()));
            take.setArray(5, take.getConnection().createArrayOf("bytea", files.values().toArray(byte[][]::new)));
            take.setNull(6, Types.TIMESTAMP_WITH_TIMEZONE);
        }, row -> row.getLong("number")).get(0);
    }

    boolean isKnown(String digest) {
        return rows(KNOWN, ask -> ask.setString(1, digest), row -> row.getBoolean("known")).get(0);
    }

    /** 0 where none was ever taken. */
    long newest() {
        return rows(NEWEST, ask -> { }, row -> row.getLong("number")).stream().findFirst().orElse(0L);
    }

    /** One as it is kept; its files are said to stand where this process has its own. */
    Revision read(long number) {
        SortedMap<String, byte[]> connectors = new TreeMap<>();
        SortedMap<String, byte[]> policy = new TreeMap<>();
        rows(FILES, ask -> ask.setLong(1, number), row -> {
            String path = row.getString("path");
            return (path.startsWith(CONNECTORS) ? connectors : policy).put(path.substring(path.indexOf('/') + 1), row.getBytes("content"));
        });
        return new Revision(number, mounted(mounts.connectorsDirectory(), connectors), mounted(mounts.policyDirectory(), policy), Map.of());
    }

    /** {@code waits}: nothing is wrong with it, and a person has to allow it. */
    void refuse(String digest, List<String> faults, boolean waits) {
        rows(REFUSE, refuse -> {
            refuse.setString(1, digest);
            refuse.setArray(2, refuse.getConnection().createArrayOf("text", faults.toArray()));
            refuse.setBoolean(3, waits);
            refuse.setNull(4, Types.TIMESTAMP_WITH_TIMEZONE);
        }, row -> null);
    }

    /** Sentences on what a change would do to what waits. */
    List<String> touched(List<String> classes, List<String> gone) {
        return rows(TOUCHED, ask -> {
            ask.setArray(1, ask.getConnection().createArrayOf("text", classes.toArray()));
            ask.setArray(2, ask.getConnection().createArrayOf("text", gone.toArray()));
        }, row -> row.getString("sentence"));
    }

    /** Who allowed a change; null where nobody did. */
    String consented(String digest) {
        return rows(CONSENTED, ask -> ask.setString(1, digest), row -> row.getString("by")).stream().findFirst().orElse(null);
    }

    /** Nothing but this may be refused any more. */
    void agree(String digest) {
        rows(AGREE, agree -> agree.setString(1, digest), row -> null);
    }

    private <T> List<T> rows(String statement, Giving values, Reading<T> reading) {
        List<T> rows = new ArrayList<>();
        try (Connection connection = ledger.get().getConnection(); PreparedStatement ask = connection.prepareStatement(statement)) {
            values.to(ask);
            if (ask.execute()) {
                try (ResultSet found = ask.getResultSet()) {
                    while (found.next()) {
                        rows.add(reading.of(found));
                    }
                }
            }
            return rows;
        } catch (SQLException away) {
            throw new LedgerAway("the revisions are not known: " + away.getMessage(), away);
        }
    }

    private interface Giving {

        void to(PreparedStatement statement) throws SQLException;
    }

    private interface Reading<T> {

        T of(ResultSet row) throws SQLException;
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
