package io.orderweir.ledger;

import io.orderweir.connection.Settings;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelContextCustomizer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses the start where the ledger is that of another environment: a copy of it would ask targets for what the original asks them for. */
@Unremovable
@ApplicationScoped
public class Environment implements CamelContextCustomizer {

    /** Who only captures, or plays the vendors, calls nobody. */
    @ConfigProperty(name = "quarkus.datasource.active", defaultValue = "true")
    boolean hasLedger;

    @Inject
    Settings settings;

    @Inject
    Instance<DataSource> ledger;

    /** Before any route starts. */
    @Override
    public void configure(CamelContext camel) {
        if (!hasLedger) {
            return;
        }
        try (Connection connection = ledger.get().getConnection()) {
            enter(connection, settings);
        } catch (SQLException e) {
            throw new IllegalStateException("The ledger does not say whose it is: " + e.getMessage(), e);
        }
    }

    /** The accounts that something is sent to. */
    private static Object[] called(Settings settings) {
        return settings.connections().entrySet().stream().filter(account -> account.getValue().url().isPresent()).map(Map.Entry::getKey).toArray();
    }

    static void enter(Connection connection, Settings settings) throws SQLException {
        String environment = settings.environment().orElse(null);
        try (PreparedStatement ask = connection.prepareStatement(Sql.of("ledger/environment.sql"))) {
            ask.setString(1, environment);
            ask.setString(2, settings.environmentWas().orElse(null));
            ask.setArray(3, connection.createArrayOf("text", called(settings)));
            try (ResultSet answer = ask.executeQuery()) {
                answer.next();
                String known = answer.getString("known");
                if (known != null) {
                    throw new IllegalStateException("Orderweir does not start: the ledger is that of the environment '" + known + "', and orderweir.environment is "
                            + (environment == null ? "not set" : "'" + environment + "'") + ". Nothing was sent. Name the right database; or, where it is a copy, set orderweir.environment to a name of its own and"
                            + " orderweir.environment-was = " + known + ": then it starts with every connection paused");
                }
            }
        }
    }
}
