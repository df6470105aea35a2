package io.orderweir.call;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.apache.camel.Exchange;

/** What a target can be asked without changing anything there: its connector's port {@code <system>.test}. */
@ApplicationScoped
@Named("testCall")
@RegisterForReflection
public class TestCall {

    /** A person waits so long for a permit, s; and looks so often for one, 50 ms apart. */
    private static final double WAITS = 2;
    private static final int TRIES = 40;

    @Inject
    Connections connections;

    @Inject
    Settings settings;

    /**
     * Prepares a test call. In: variables connection and system. Out: variables zone (of the times a person is told), waits (s), tries, verb and envelope (of nothing);
     * when no call can be made outcome (unreadable or resting) and reason.
     */
    public void test(Exchange exchange) {
        String connection = exchange.getVariable("connection", String.class);
        String system = exchange.getVariable("system", String.class);
        exchange.setVariable("zone", settings.alerts().zone().getId());
        exchange.setVariable("waits", WAITS);
        exchange.setVariable("tries", TRIES);
        exchange.setVariable("verb", "test");
        exchange.setVariable("envelope", JsonNodeFactory.instance.objectNode());
        if (exchange.getContext().getRoute(connections.serving(connection) + ".test") == null) {
            exchange.setVariable("outcome", Outcome.UNREADABLE);
            exchange.setVariable("reason", "The connector " + system + " has no read to test with: it lacks the port " + system + ".test");
        } else if (!connections.hasRole("deliver") && connections.connection(connection).credentials().isEmpty()) {
            exchange.setVariable("outcome", Outcome.UNREADABLE);
            exchange.setVariable("reason", "This process has no credentials of " + exchange.getVariable("label", String.class)
                    + ": where roles run apart, only those with the role deliver may have them");
        } else if (connections.inMaintenance(connection)) {
            exchange.setVariable("outcome", "resting");
            exchange.setVariable("reason", "These are the hours of maintenance of " + exchange.getVariable("label", String.class) + ", in which nothing is sent to it");
        }
    }

    /** Whether permits are looked for, again. In: variables call and why, both null before the first look. In and out: variable tries. */
    public boolean looksOn(Exchange exchange) {
        int tries = exchange.getVariable("tries", Integer.class);
        exchange.setVariable("tries", tries - 1);
        return tries > 0 && exchange.getVariable("call") == null && exchange.getVariable("why", "limit", String.class).equals("limit");
    }
}
