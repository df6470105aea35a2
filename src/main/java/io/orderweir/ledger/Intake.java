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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.jboss.logging.Logger;

/**
 * Tells the Kafka consumer where to go on: what the ledger took in, never what Kafka believes was committed.
 * Keys are {@code topic/partition}, the state is an offset; Camel seeks to the one after it. The record taken in last is read once more, so that a log which has
 * another one in its place is noticed before anything new is taken for known.
 */
@ApplicationScoped
@Named("intake")
@RegisterForReflection
public class Intake extends ServiceSupport implements StateRepository<String, String> {

    private static final String ROUTE = "process";
    private static final Logger LOG = Logger.getLogger(Intake.class);
    private static final String ASSIGN = Sql.of("ledger/assign.sql");
    private static final String STOP = Sql.of("ledger/stop.sql");
    /** Of db/functions/ledger/R__ledger_append.sql. */
    private static final String OTHER_RECORDS = "OW003";
    private static final String STOPPED = "OW004";

    private final Set<String> passedOver = ConcurrentHashMap.newKeySet();

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
                passedOver.remove(key);
                return Long.toString(Math.max(0, next.getLong(1) - 1) - 1);
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

    /** Whether the ledger refused a batch because its partition stands still, or must. */
    static boolean standsStill(SQLException refused) {
        return OTHER_RECORDS.equals(refused.getSQLState()) || STOPPED.equals(refused.getSQLState());
    }

    /** What comes of this partition waits on Kafka, and the others go on. Throws {@link LedgerAway}: it must be stopped first and the ledger does not answer. */
    void passOver(String topic, int partition, SQLException refused) {
        if (OTHER_RECORDS.equals(refused.getSQLState())) {
            stop(topic, partition, refused);
        }
        passedOver.add(topic + "/" + partition);
    }

    private void stop(String topic, int partition, SQLException refused) {
        try (Connection connection = ledger.get().getConnection(); PreparedStatement stop = connection.prepareStatement(STOP)) {
            stop.setString(1, topic);
            stop.setInt(2, partition);
            try (ResultSet said = stop.executeQuery()) {
                said.next();
                if (said.getString("sentence") != null) {
                    LOG.errorf("%s (%s)", said.getString("sentence"), refused.getMessage());
                }
            }
        } catch (SQLException away) {
            throw new LedgerAway("partition " + partition + " of " + topic + " must stop, and the ledger does not note it: " + away.getMessage(), away);
        }
    }

    /** Whether something that was passed over may be read now. In: the rows of sql/ledger/look.sql. */
    public boolean flowsAgain(List<Map<String, Object>> partitions) {
        return partitions.stream().anyMatch(row -> !(Boolean) row.get("stopped") && passedOver.contains(row.get("topic") + "/" + row.get("partition")));
    }

    /** Assigns the partitions afresh, each from where the ledger stands now. */
    public void readAgain(CamelContext camel) throws Exception {
        camel.getRouteController().stopRoute(ROUTE);
        camel.getRouteController().startRoute(ROUTE);
    }
}
