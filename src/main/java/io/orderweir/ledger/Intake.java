package io.orderweir.ledger;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Tells the Kafka consumer where to go on: what the ledger took in, never what Kafka believes was committed.
 * Keys are {@code topic/partition}, the state is the last offset taken in. Camel seeks to the one after it.
 */
@ApplicationScoped
@Named("intake")
@RegisterForReflection
public class Intake extends ServiceSupport implements StateRepository<String, String> {

    private static final String ASSIGN = Sql.of("ledger/assign.sql");

    @Inject
    Instance<DataSource> ledger;

    @Override
    public String getState(String key) {
        int slash = key.lastIndexOf('/');
        try (Connection connection = ledger.get().getConnection(); PreparedStatement assign = connection.prepareStatement(ASSIGN)) {
            assign.setString(1, key.substring(0, slash));
            assign.setInt(2, Integer.parseInt(key.substring(slash + 1)));
            try (ResultSet next = assign.executeQuery()) {
                next.next();
                return Long.toString(next.getLong(1) - 1);
            }
        } catch (SQLException e) {
            // the consumer must not begin anywhere else: it fails, reconnects and asks again
            throw new IllegalStateException("the ledger does not say where to read " + key + " on: " + e.getMessage(), e);
        }
    }

    /** Nothing to do: the append moved the ledger's offset in the transaction of the messages. */
    @Override
    public void setState(String key, String value) {
    }
}
