package io.orderweir.ledger;

import io.orderweir.connection.Connections;
import io.orderweir.ledger.Casting.Part;
import io.orderweir.ledger.Flows.Flow;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.CamelContextCustomizer;
import org.jboss.logging.Logger;

/**
 * Compares at the start what flows ask with the connections there are and the ports that routes serve. A port that nobody serves refuses the start; a connection
 * that is not configured is warned of, because it matters only when such an order comes.
 */
@Unremovable
@ApplicationScoped
public class Destinations implements CamelContextCustomizer, StartupListener {

    private static final Logger LOG = Logger.getLogger(Destinations.class);
    /** The door of a port, whatever it is made of, and of whichever revision. */
    private static final Pattern CREATE = Pattern.compile("(?:direct:/{0,2})([^?._]+)(?:_\\d+)?([.][^?]+)[.]create");

    private final Flows flows;
    private final Connections connections;

    /** For the client proxy only. */
    protected Destinations() {
        this(null, null);
    }

    @Inject
    public Destinations(Flows flows, Connections connections) {
        this.flows = flows;
        this.connections = connections;
    }

    @Override
    public void configure(CamelContext camel) {
        // the other roles may know fewer accounts
        if (connections.hasRole("process")) {
            warnings().forEach(LOG::warn);
            try {
                camel.addStartupListener(this);
            } catch (Exception e) {
                throw new IllegalStateException("the ports of connectors cannot be looked at before they start", e);
            }
        }
    }

    @Override
    public void onCamelContextStarting(CamelContext camel, boolean alreadyStarted) {
        refuseUnserved(((ModelCamelContext) camel).getRouteDefinitions().stream().map(route -> CREATE.matcher(route.getInput().getEndpointUri())).filter(Matcher::matches)
                .map(create -> create.group(1) + create.group(2)).collect(Collectors.toSet()));
    }

    @Override
    public void onCamelContextStarted(CamelContext camel, boolean alreadyStarted) {
        // looked at before
    }

    /** One sentence for each row that leads to, or is for, a connection that is not configured; none where no shop is configured either. */
    Set<String> warnings() {
        Set<String> warnings = new LinkedHashSet<>();
        for (Flow flow : flows.all()) {
            warnOfShops("a flow to " + flow.name(), flow.shops(), warnings);
            for (Part part : flows.parts(flow)) {
                warnOfShops("a row of the role " + part.role(), part.shops(), warnings);
                if (!connections.names().contains(part.connection())) {
                    warnings.add(unconfigured(flow, part));
                }
            }
        }
        return connections.names().isEmpty() ? Set.of() : warnings;
    }

    /**
     * Looks at every flow.
     *
     * @param served the ports that routes serve, each as {@code <system>.<port>}
     * @throws IllegalStateException for the first that leads to a port nobody serves
     */
    public void refuseUnserved(Set<String> served) {
        for (Flow flow : flows.all()) {
            if (flow.toSource() && isServedByNobody(flow, served)) {
                throw flow.row().wrong("no connector has the port '" + flow.port() + "', so no shop is ever told; correct it, or take the row out");
            }
            for (Part part : flows.parts(flow)) {
                String system = connections.names().contains(part.connection()) ? connections.system(part.connection()) : null;
                if (system != null && !served.contains(system + "." + flow.port())) {
                    Set<String> ports = served.stream().filter(port -> port.startsWith(system + ".")).map(port -> port.substring(system.length() + 1)).collect(Collectors.toCollection(TreeSet::new));
                    throw flow.row().wrong("it leads to the port '" + flow.port() + "' of connection '" + part.connection() + "', and " + (ports.isEmpty()
                            ? "its system " + system + " has no port; correct orderweir.connections." + part.connection() + ".system, or the row of the role " + part.role()
                            : "the connector of its system " + system + " has " + ports + " only; correct port, or the row of the role " + part.role()));
                }
            }
        }
        // of connections that are still to be configured
        flows.all().stream().filter(flow -> isServedByNobody(flow, served)).findFirst().ifPresent(flow -> {
            throw flow.row().wrong("no connector has the port '" + flow.port() + "', so nobody is ever asked; correct it, or take the row out");
        });
    }

    private static boolean isServedByNobody(Flow flow, Set<String> served) {
        return served.stream().noneMatch(port -> port.endsWith("." + flow.port()));
    }

    /**
     * What a warning says of the built-in table refuses a mounted one: there it is a name that somebody wrote.
     *
     * @param usual the connections that the built-in table names
     * @throws IllegalStateException for the first row that leads to another one that is not configured; never where no shop is configured either
     */
    public void refuseUnconfigured(Set<String> usual) {
        for (Flow flow : flows.all()) {
            flows.parts(flow).stream().filter(part -> !connections.names().isEmpty() && !connections.names().contains(part.connection()) && !usual.contains(part.connection())).findFirst()
                    .ifPresent(part -> {
                        throw part.row().wrong(unconfigured(flow, part));
                    });
        }
    }

    private static String unconfigured(Flow flow, Part part) {
        return "connection '" + part.connection() + "' is not configured, and " + (flow.made() == null ? "orders go" : "lines of the class " + flow.made() + " go")
                + " to it by the flow to " + flow.name() + " of flows.yaml: such an order will be held. Set orderweir.connections." + part.connection()
                + ".system, .url and a limit, or take the row out of flows";
    }

    private void warnOfShops(String which, Set<String> shops, Set<String> warnings) {
        if (shops != null) {
            shops.stream().filter(shop -> !connections.names().contains(shop)).forEach(shop -> warnings.add("connection '" + shop
                    + "' is not configured, and " + which + " of flows.yaml is for its orders: none ever comes to it. Correct the name, or set orderweir.connections." + shop + ".system"));
        }
    }
}
