package io.orderweir.deliver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings.Connection;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Exchange;

/** States the terms of a connection's calls, all times in seconds, as variables for the deliver route and its statements. */
@ApplicationScoped
@Named("terms")
@RegisterForReflection
public class Terms {

    /** Time a claim may spend with us besides the call itself: waiting for its permit, and writing down the outcome. */
    private static final double SLACK = 5;
    private static final double CONNECT = 2;
    /** A permit that is free this soon is taken now and waited for. */
    private static final double AHEAD = 0.1;
    private static final int PATIENCE = 8;

    @Inject
    Connections connections;

    public void state(Exchange exchange) {
        String name = exchange.getVariable("connection", String.class);
        Connection connection = connections.connection(name);
        double call = CONNECT + seconds(connection.timeout()) + seconds(connection.grace());
        exchange.setVariable("system", connection.system());
        exchange.setVariable("label", connection.label().orElse(name));
        exchange.setVariable("url", connection.url().orElseThrow(() ->
                new IllegalStateException("orderweir.connections." + name + ".url is missing: nothing can be delivered there")));
        exchange.setVariable("timeoutMillis", connection.timeout().toMillis());
        exchange.setVariable("limits", connection.limits().size());
        exchange.setVariable("most", 1);
        exchange.setVariable("ahead", AHEAD);
        exchange.setVariable("needs", call);
        exchange.setVariable("lease", call + SLACK);
        exchange.setVariable("grace", seconds(connection.grace()));
        exchange.setVariable("settles", seconds(connection.settlesWithin()));
        exchange.setVariable("patience", PATIENCE);
    }

    /** Around half a second, each a little different, so that what waits for a target does not come back as one herd. */
    public double awayWait() {
        return ThreadLocalRandom.current().nextDouble(0.3, 0.7);
    }

    /** How long each target may work on an unanswered call: array of {connection, settles}. */
    public String settling() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        connections.names().forEach(name -> all.addObject().put("connection", name)
                .put("settles", seconds(connections.connection(name).settlesWithin())));
        return all.toString();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
