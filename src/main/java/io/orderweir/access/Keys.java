package io.orderweir.access;

import io.orderweir.connection.Settings;
import io.orderweir.ledger.Sql;
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

    private static final String OPEN = Sql.of("access/open.sql");
    private static final String PASSWORD = Sql.of("access/password.sql");
    private static final String ENTER = Sql.of("access/enter.sql");
    private static final String KNOWN = Sql.of("access/known.sql");
    private static final String MISS = Sql.of("access/miss.sql");
    private static final String LEAVE = Sql.of("access/leave.sql");

    @Inject
    @io.quarkus.agroal.DataSource("console")
    Instance<DataSource> ledger;

    @Inject
    Settings settings;

    @Inject
    Passwords passwords;

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

    /**
     * A session for who knows the password; nothing for everybody else. From an address that guessed wrong at a name three times it is tried again
     * a second later, then two, at most a minute; from any other address at once.
     */
    public Optional<String> enter(String name, String password, String address) {
        String line = name.matches("\\P{Cntrl}{1,80}") ? name : "";
        return passwords.inTurn(address, () -> {
            boolean right = passwords.match(password, known(line, address));
            try (Connection connection = ledger.get().getConnection()) {
                if (right) {
                    return Optional.of(session(connection, line, address));
                }
                try (PreparedStatement miss = connection.prepareStatement(MISS)) {
                    miss.setString(1, line);
                    miss.setString(2, address);
                    miss.execute();
                }
                return Optional.empty();
            } catch (SQLException e) {
                throw new IllegalStateException("The ledger does not say who may enter: " + e.getMessage(), e);
            }
        });
    }

    /** The hash of her password, or null; the connection is given back before anything is compared with it. */
    private String known(String name, String address) {
        try (Connection connection = ledger.get().getConnection(); PreparedStatement ask = connection.prepareStatement(PASSWORD)) {
            ask.setString(1, name);
            ask.setString(2, address);
            try (ResultSet found = ask.executeQuery()) {
                found.next();
                if (found.getInt("wait") > 0) {
                    throw new TooOften(Duration.ofSeconds(found.getInt("wait")));
                }
                return found.getString("password");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The ledger does not say who may enter: " + e.getMessage(), e);
        }
    }

    /** A session for who has just set her password. */
    public String begin(String name, String address) {
        try (Connection connection = ledger.get().getConnection()) {
            return session(connection, name, address);
        } catch (SQLException e) {
            throw new IllegalStateException("The ledger does not let her in: " + e.getMessage(), e);
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
            return Optional.of(session(connection, name, null));
        } catch (SQLException e) {
            throw new IllegalStateException("The ledger does not let her in: " + e.getMessage(), e);
        }
    }

    private String session(Connection connection, String name, String address) throws SQLException {
        String key = Secret.fresh();
        try (PreparedStatement enter = connection.prepareStatement(ENTER)) {
            enter.setString(1, name);
            enter.setString(2, address);
            enter.setBytes(3, Secret.hash(key));
            enter.setLong(4, settings.console().session().toSeconds());
            enter.executeQuery();
        }
        return key;
    }

    public void leave(String key) {
        try (Connection connection = ledger.get().getConnection(); PreparedStatement leave = connection.prepareStatement(LEAVE)) {
            leave.setBytes(1, Secret.hash(key));
            leave.execute();
        } catch (SQLException e) {
            throw new IllegalStateException("The ledger does not end the session: " + e.getMessage(), e);
        }
    }

    /** How long a link that sets a password may be used. */
    public static Duration linkLasts() {
        return Duration.ofHours(24);
    }
}
