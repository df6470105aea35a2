package io.orderweir.chaos;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** Process and settle: the statement that writes waits at the database for a lock that the test holds. */
final class BlockedStatement implements Trap {
    private final BlackFriday day;
    private final String statement;
    private final String written;
    private final Connection lock;
    private final long holder;

    private BlockedStatement(BlackFriday day, String rows, String statement, String written) {
        this.day = day;
        this.statement = statement;
        try {
            lock = DriverManager.getConnection(day.services.jdbcUrl(), day.services.user(), "");
            lock.setAutoCommit(false);
            holder = Long.parseLong(lock("select pg_backend_pid()"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        String locked = await("rows to lock").atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofMillis(20)).until(() -> lock(rows), keys -> !keys.isEmpty());
        this.written = written.replace("LOCKED", locked);
    }

    /** Whatever is appended waits; locking the partitions themselves would stop a consumer that has just come up before it reads. */
    static BlockedStatement append(BlackFriday day) {
        return new BlockedStatement(day, "lock table orderweir.payload in share mode", "%orderweir.append(%",
                "select coalesce(sum(records), 0) from orderweir.intake");
    }

    /** Deliveries whose call is under way: its outcome cannot be written, while other calls come and go. */
    static BlockedStatement settle(BlackFriday day) {
        return new BlockedStatement(day, "select id from orderweir.delivery where state = 'sending' and called_at is not null limit 3 for update skip locked",
                "%before as materialized%", "select count(*) from orderweir.attempt where delivery_id in (LOCKED)");
    }

    private String lock(String rows) throws SQLException {
        StringJoiner keys = new StringJoiner(", ");
        try (Statement select = lock.createStatement()) {
            if (!select.execute(rows)) {
                return "the table";
            }
            ResultSet result = select.getResultSet();
            while (result.next()) {
                keys.add(result.getString(1));
            }
        }
        return keys.toString();
    }

    @Override
    public Optional<String> caught() {
        int waiting = day.sql().rows("select pid from pg_stat_activity where " + WAITS + " and ? = any(pg_blocking_pids(pid))", statement, holder).size();
        // one that waits a moment for another of the engine's own is not what is meant
        return waiting > 0 ? Optional.of(waiting + " statements waiting in the database") : Optional.empty();
    }

    @Override
    public String release(boolean finish) {
        int orphans = waiting().size();
        assertTrue(orphans > 0, "the kill left no statement behind");
        long before = day.sql().number(written);
        if (!finish) {
            day.sql().rows("select pg_terminate_backend(pid) from pg_stat_activity where " + WAITS, statement);
            await().atMost(Duration.ofMinutes(2)).until(() -> waiting().isEmpty());
        }
        close();
        if (finish) {
            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertTrue(day.sql().number(written) > before, "the orphans wrote nothing"));
            await().atMost(Duration.ofMinutes(2)).until(() -> day.sql().number("select count(*) from pg_stat_activity where " + RUNS, statement) == 0);
        } else {
            assertEquals(before, day.sql().number(written), "what was cut off was written");
        }
        return finish ? orphans + " orphans committed " + (day.sql().number(written) - before) : orphans + " orphans cut off, nothing written";
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final String RUNS = "query like ? and state = 'active' and pid <> pg_backend_pid()";
    private static final String WAITS = RUNS + " and wait_event_type = 'Lock'";

    private List<Map<String, Object>> waiting() {
        return day.sql().rows("select pid from pg_stat_activity where " + WAITS, statement);
    }
}
