package io.orderweir.ledger;

import io.orderweir.connection.Connections;
import io.orderweir.gate.GateClasses;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelContextCustomizer;
import org.jboss.logging.Logger;

/**
 * Compares at the start what the policy asks of targets with the connections there are. A request of a target that {@code sync.yaml} does not have
 * refuses the start; one whose connection is not configured is warned of, because it matters only when such an order comes.
 */
@Unremovable
@ApplicationScoped
public class Destinations implements CamelContextCustomizer {

    private static final Logger LOG = Logger.getLogger(Destinations.class);

    private final Targets targets;
    private final GateClasses gates;
    private final Connections connections;

    /** For the client proxy only. */
    protected Destinations() {
        this(null, null, null);
    }

    @Inject
    public Destinations(Targets targets, GateClasses gates, Connections connections) {
        this.targets = targets;
        this.gates = gates;
        this.connections = connections;
    }

    @Override
    public void configure(CamelContext camel) {
        Set<String> warnings = warnings();
        if (connections.hasRole("process")) {
            warnings.forEach(LOG::warn);
        }
    }

    /**
     * One sentence for each class and target that cannot be reached; none where no shop is configured either.
     *
     * @throws IllegalStateException if a class asks a target that is not in the table
     */
    public Set<String> warnings() {
        Set<String> warnings = new TreeSet<>();
        gates.asking().forEach((target, classes) -> {
            if (!targets.names().contains(target)) {
                throw new IllegalStateException("gates.yaml: class '" + classes.get(0) + "' requests target '" + target + "', which sync.yaml does not have; there are " + targets.names());
            }
            targets.account(target).filter(account -> !connections.names().contains(account)).ifPresent(account -> warnings.add(
                    "connection '" + account + "' is not configured, and " + (classes.size() == 1 ? "the class " : "the classes ") + String.join(", ", classes)
                            + " of gates.yaml requests " + target + " of it: such an order will be held. Set orderweir.connections." + account
                            + ".system, .url and a limit, or take the row out of requests"));
        });
        return connections.names().isEmpty() ? Set.of() : warnings;
    }
}
