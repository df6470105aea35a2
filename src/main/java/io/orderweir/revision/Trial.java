package io.orderweir.revision;

import io.orderweir.connection.Accounts;
import io.orderweir.connection.Connections;
import io.orderweir.connector.Connectors;
import io.orderweir.gate.Calendars;
import io.orderweir.gate.GateClasses;
import io.orderweir.hold.FieldLimits;
import io.orderweir.ledger.Flows;
import io.orderweir.mounted.Revision;
import io.orderweir.policy.Policies;
import java.util.ArrayList;
import java.util.List;

/** Whether this process can run by a revision: with its own connections, which another replica that looked at it may not have. */
final class Trial {

    private Trial() {
    }

    /** @throws IllegalStateException by the sentence of the first that refuses it */
    static void of(Revision next, Accounts.Configured accounts) {
        Connectors connectors = Connectors.of(next.connectors());
        List<String> wrong = new ArrayList<>();
        Connections connections = Connections.looked(accounts.settings(), connectors, accounts.config(), wrong);
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(String.join("; ", wrong));
        }
        Policies policies = new Policies(next.policy());
        new FieldLimits(connectors, policies);
        new Calendars(policies);
        new Flows(policies, new GateClasses(policies, connections));
    }
}
