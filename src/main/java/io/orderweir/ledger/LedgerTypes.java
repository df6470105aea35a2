package io.orderweir.ledger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.orderweir.type.Types;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelContextCustomizer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Tells the ledger, before any route starts, which types of events there are: what its triggers keep of a message goes by the kind of its type. */
@Unremovable
@ApplicationScoped
public class LedgerTypes implements CamelContextCustomizer {

    /** Who only captures, or plays the vendors, takes nothing in. */
    @ConfigProperty(name = "quarkus.datasource.active", defaultValue = "true")
    boolean hasLedger;

    @Inject
    Types types;

    @Inject
    Instance<DataSource> ledger;

    @Override
    public void configure(CamelContext camel) {
        if (!hasLedger) {
            return;
        }
        try (Connection connection = ledger.get().getConnection()) {
            tell(connection, types);
        } catch (SQLException e) {
            throw new IllegalStateException("The ledger does not take the types of events: " + e.getMessage(), e);
        }
    }

    /** A type that has another kind than its messages in the ledger refuses the start: they would be read as what they are not. */
    static void tell(Connection connection, Types types) throws SQLException {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        types.all().forEach(type -> rows.addObject().put("type", type.type()).put("kind", type.kind().word()).put("tellsProductTypes", type.tellsProductTypes()));
        try (PreparedStatement tell = connection.prepareStatement(Sql.of("ledger/types.sql"))) {
            tell.setString(1, rows.toString());
            try (ResultSet other = tell.executeQuery()) {
                if (other.next()) {
                    throw new IllegalStateException("Orderweir does not start: the type '" + other.getString("type") + "' is of the kind " + other.getString("given")
                            + ", and the ledger knows it as " + other.getString("known") + "; give it a name of its own, or its kind back");
                }
            }
        }
    }
}
