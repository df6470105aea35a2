package io.orderweir.access;

import io.orderweir.connection.Settings;
import io.orderweir.ledger.Sql;
import io.quarkus.elytron.security.common.BcryptUtil;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/** Opens and ends the keys people and programs enter with. */
@ApplicationScoped
public class Keys {

    /** What a name that nobody has is compared with, so that it takes as long as a name that somebody has. */
    private static final String NOBODYS = BcryptUtil.bcryptHash("nobody's");
    private static final String OPEN = Sql.of("access/open.sql");
    private static final String PASSWORD = Sql.of("access/password.sql");
    private static final String ENTER = Sql.of("access/enter.sql");
    private static final String KNOWN = Sql.of("access/known.sql");
    private static final String MISS = Sql.of("access/miss.sql");
    private static final String LEAVE = Sql.of("access/leave.sql");

    @Inject
    Instance<DataSource> ledger;

    @Inject
    Settings settings;

    Optional<Entry> open(String key) {
        try (Connection connection = ledger.get().getConnection(); PreparedStatement open = connection.prepareStatement(OPEN)) {
            open.setBytes(1, Secret.hash(key));
            open.setLong(2, settings.console().idle().toSeconds());
            try (ResultSet found = open.executeQuery()) {
                return found.next() ? Optional.of(new Entry(found.getLong("id"), found.getString("kind"), found.getString("person"), found.getString("role")))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The ledger does not say whose key this is: " + e.getMessage(), e);
        }
    }

    /** A session for who knows the password; nothing for everybody else, and for a name that was guessed at too often, for five minutes. */
    public Optional<String> enter(String name, String password) {
        try (Connection connection = ledger.get().getConnection()) {
            String known = null;
            try (PreparedStatement ask = connection.prepareStatement(PASSWORD)) {
                ask.setString(1, name);
                try (ResultSet found = ask.executeQuery()) {
                    known = found.next() ? found.getString(1) : null;
                }
            }
            boolean right = BcryptUtil.matches(password, known == null ? NOBODYS : known) && known != null;
            if (!right) {
                try (PreparedStatement miss = connection.prepareStatement(MISS)) {
                    miss.setString(1, name);
                    miss.executeUpdate();
                }
                return Optional.empty();
            }
            return Optional.of(session(connection, name));
        } catch (SQLException e) {
            throw new IllegalStateException("The ledger does not say who may enter: " + e.getMessage(), e);
        }
    }

    /**
     * A session for whom a directory knows, as what it says she is; a person of this name who has a password of ours, or is locked out,
     * is not hers to become.
     */
    public Optional<String> enterKnown(String name, String role) {
        try (Connection connection = ledger.get().getConnection()) {
            try (PreparedStatement known = connection.prepareStatement(KNOWN)) {
                known.setString(1, name);
                known.setString(2, role);
                if (!known.executeQuery().next()) {
                    return Optional.empty();
                }
            }
            return Optional.of(session(connection, name));
        } catch (SQLException e) {
            throw new IllegalStateException("The ledger does not let her in: " + e.getMessage(), e);
        }
    }

    private String session(Connection connection, String name) throws SQLException {
        String key = Secret.fresh();
        try (PreparedStatement enter = connection.prepareStatement(ENTER)) {
            enter.setString(1, name);
            enter.setBytes(2, Secret.hash(key));
            enter.setLong(3, settings.console().session().toSeconds());
            enter.executeQuery();
        }
        return key;
    }

    public void leave(String key) {
        try (Connection connection = ledger.get().getConnection(); PreparedStatement leave = connection.prepareStatement(LEAVE)) {
            leave.setBytes(1, Secret.hash(key));
            leave.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("The ledger does not end the session: " + e.getMessage(), e);
        }
    }

    /** How long a link that sets a password may be used. */
    public static Duration linkLasts() {
        return Duration.ofHours(24);
    }
}
