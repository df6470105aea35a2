package io.orderweir.signin;

import io.orderweir.ledger.LedgerAway;
import io.orderweir.ledger.Sql;
import io.orderweir.privacy.Scrubber;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** The tokens that calls are made with, as the ledger has them for all replicas; each is read again after a second. */
@ApplicationScoped
public class Tokens {

    private static final String READ = Sql.of("token/read.sql");
    private static final String REFUSED = Sql.of("token/refused.sql");
    private static final String WORKED = Sql.of("token/worked.sql");
    private static final long FRESH_NANOS = 1_000_000_000;

    private final Map<String, Held> held = new ConcurrentHashMap<>();

    @Inject
    Instance<DataSource> ledger;

    @Inject
    TokenSeal seal;

    @Inject
    Scrubber scrubber;

    /** A token and which of all it is; {@code secret} is null where there is none that lives. */
    public record Held(long number, String secret, boolean worked, long readAt) {
    }

    /** What the connection is called with now. Throws {@link LedgerAway}. */
    public Held of(String connection) {
        Held known = held.get(connection);
        if (known != null && known.secret != null && System.nanoTime() - known.readAt < FRESH_NANOS) {
            return known;
        }
        Held read = asked("the token of " + connection + " cannot be read", READ, statement -> {
            statement.setString(1, connection);
            statement.setNull(2, Types.TIMESTAMP_WITH_TIMEZONE);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? new Held(row.getLong("number"), seal.open(connection, SignIn.TOKEN, row.getString("key"), row.getBytes("sealed")), row.getBoolean("worked"), System.nanoTime())
                        : new Held(0, null, false, System.nanoTime());
            }
        });
        // whoever asked for it has taken it out of all texts; each other process does with the first reading
        scrubber.learn(read.secret);
        held.put(connection, read);
        return read;
    }

    /** A call was refused that was made with a token: is another one there by now, or will it be in a moment? Throws {@link LedgerAway}. */
    public boolean refused(String connection, long number) {
        held.remove(connection);
        return asked("that the token of " + connection + " was refused is not noted", REFUSED, statement -> {
            statement.setString(1, connection);
            statement.setLong(2, number);
            statement.setNull(3, Types.TIMESTAMP_WITH_TIMEZONE);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return "again".equals(row.getString("next"));
            }
        });
    }

    /** A call was taken that was made with a token. Throws {@link LedgerAway}. */
    public void worked(String connection, long number) {
        Held known = held.get(connection);
        if (known != null && known.number == number && !known.worked) {
            asked("that the token of " + connection + " worked is not noted", WORKED, statement -> {
                statement.setString(1, connection);
                statement.setLong(2, number);
                return statement.execute();
            });
            held.replace(connection, known, new Held(number, known.secret, true, known.readAt));
        }
    }

    private interface Question<T> {
        T ask(PreparedStatement statement) throws SQLException;
    }

    private <T> T asked(String trouble, String sql, Question<T> question) {
        try (Connection session = ledger.get().getConnection(); PreparedStatement statement = session.prepareStatement(sql)) {
            return question.ask(statement);
        } catch (SQLException away) {
            throw new LedgerAway(trouble + ": " + away.getMessage(), away);
        }
    }
}
