package io.orderweir.call;

import io.orderweir.ledger.Sql;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Holds a session of the ledger for as long as this process lives. Its end tells the other replicas that what this one had claimed is theirs,
 * before the leases do. A session that was lost is replaced by one with another number.
 */
@ApplicationScoped
@Named("replicaSession")
@RegisterForReflection
public class ReplicaSession {

    private static final Logger LOG = Logger.getLogger(ReplicaSession.class);
    private static final String ENTER = Sql.of("call/enter.sql");
    private static final String PRESENT = Sql.of("call/present.sql");

    @Inject
    Instance<DataSource> ledger;

    private Connection session;
    private volatile Integer number;

    /** Of this replica; null while it holds no session: then only leases tell of its end. */
    public Integer number() {
        return number;
    }

    /** Makes sure that the session is there; called again and again. */
    public void hold() {
        try {
            if (session != null && !present()) {
                leave();
            }
            if (session == null) {
                enter();
            }
        } catch (SQLException away) {
            LOG.warnf("The session that tells the others that this replica lives is lost: %s", away.getMessage());
            leave();
        }
    }

    private boolean present() throws SQLException {
        try (PreparedStatement ask = session.prepareStatement(PRESENT)) {
            ask.setInt(1, number);
            try (ResultSet answer = ask.executeQuery()) {
                return answer.next();
            }
        }
    }

    private void enter() throws SQLException {
        session = ledger.get().getConnection();
        try (PreparedStatement enter = session.prepareStatement(ENTER); ResultSet answer = enter.executeQuery()) {
            answer.next();
            number = answer.getInt("number");
        }
    }

    @PreDestroy
    void leave() {
        number = null;
        try (Connection ended = session) {
            session = null;
        } catch (SQLException gone) {
            LOG.debugf("a session that is gone cannot be closed: %s", gone.getMessage());
        }
    }
}
