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

/** Process and settle: the statement that writes waits at the database for a lock that the test holds. */
final class BlockedStatement implements Trap {
    /** Longer than any call. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final BlackFriday day;
    private final String statement;
    private final String written;
    private final Connection lock;
    private final int holder;
    private final String locks;
    private long since;

    private BlockedStatement(BlackFriday day, String locks, String statement, String written) {
        this.day = day;
        this.locks = locks;
        this.statement = statement;
        this.written = written;
        try {
            lock = DriverManager.getConnection(day.tenant.jdbcUrl(), day.tenant.user(), null);
            lock.setAutoCommit(false);
            holder = lock.unwrap(PGConnection.class).getBackendPID();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        await("something to lock").atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofMillis(20)).until(this::locks);
    }

    /** Whatever is appended waits; locking the partitions themselves would stop a consumer that has just come up before it reads. */
    static BlockedStatement append(BlackFriday day) {
        return new BlockedStatement(day, "lock table orderweir.payload in share mode", "%orderweir.ledger_append(%",
                "select coalesce(sum(records), 0) from orderweir.intake");
    }

    /**
     * Permits of some calls under way cannot be given back, so the outcomes of those calls cannot be written, while others are made.
     * A lock on a table would catch a new session while it prepares the statement, which a dead client never executes;
     * on deliveries it would catch whoever plans a newer version as well.
     */
    static BlockedStatement settle(BlackFriday day) {
        return new BlockedStatement(day, """
                select p.slot
                from orderweir.permit p
                join orderweir.call c on c.id = p.holder
                where c.purpose = 'deliver' and c.called_at > clock_timestamp() - interval '1 second'
                limit 3 for update of p skip locked""",
                "%calls_end%", "select count(*) from orderweir.call_log");
    }

    private boolean locks() throws SQLException {
        lock.rollback();
        since = System.nanoTime();
        try (Statement locking = lock.createStatement()) {
            return !locking.execute(locks) || locking.getResultSet().next();
        }
    }

    @Override
    public Optional<String> caught() {
        try {
            if (System.nanoTime() - since > PATIENCE.toNanos()) {
                // what was locked belongs to an engine that is dead, or nothing else is left to do: let it go on a little
                locks();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        // for our lock: one that waits a moment for another of the engine's own is not what is meant
        int waiting = day.sql().rows("select pid from pg_stat_activity where " + WAITS + " and ? = any(pg_blocking_pids(pid))", statement, holder).size();
        return waiting > 0 ? Optional.of(waiting + " statements waiting in the database") : Optional.empty();
    }

    @Override
    public String release(boolean finish) {
        int orphans = waiting().size();
        assertTrue(orphans > 0, "the kill left no statement behind");
        // what was about to end has ended: all that is left waits
        await().atMost(Duration.ofMinutes(2)).until(() -> day.sql().number("select count(*) from pg_stat_activity where " + RUNS, statement) == waiting().size());
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
