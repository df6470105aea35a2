package io.orderweir.chaos;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.PGConnection;

/** Process and settle: the statement that writes waits at the database for a table that the test has locked. */
final class BlockedStatement implements Trap {
    private final BlackFriday day;
    private final String statement;
    private final String written;
    private final Connection lock;
    private final int holder;

    private BlockedStatement(BlackFriday day, String table, String statement, String written) {
        this.day = day;
        this.statement = statement;
        this.written = written;
        try {
            lock = DriverManager.getConnection(day.services.jdbcUrl(), day.services.user(), "");
            lock.setAutoCommit(false);
            try (Statement locks = lock.createStatement()) {
                holder = lock.unwrap(PGConnection.class).getBackendPID();
                locks.execute("lock table " + table + " in share mode");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whatever is appended waits; locking the partitions themselves would stop a consumer that has just come up before it reads. */
    static BlockedStatement append(BlackFriday day) {
        return new BlockedStatement(day, "orderweir.payload", "%orderweir.append(%",
                "select coalesce(sum(records), 0) from orderweir.intake");
    }

    /** No outcome of a call can be written; the first one waits while others are still open. */
    static BlockedStatement settle(BlackFriday day) {
        return new BlockedStatement(day, "orderweir.attempt", "%before as materialized%",
                "select count(*) from orderweir.attempt");
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
