package io.orderweir.call;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings;
import io.orderweir.connection.Settings.Connection;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import org.apache.camel.Exchange;

/** States the terms of a connection's calls, all times in seconds, as variables for routes and statements. */
@ApplicationScoped
@Named("callTerms")
@RegisterForReflection
public class CallTerms {

    /** Time a claim may spend with us besides the call itself: waiting for its permit, and writing down the outcome. */
    private static final double SLACK = 5;
    private static final double CONNECT = 2;
    /** A permit that is free this soon is taken now and waited for. */
    private static final double AHEAD = 0.1;

    @Inject
    Connections connections;

    @Inject
    Settings settings;

    @Inject
    ReplicaSession session;

    public void state(Exchange exchange) {
        String name = exchange.getVariable("connection", String.class);
        Connection connection = connections.connection(name);
        double call = CONNECT + seconds(connection.timeout()) + seconds(connection.grace());
        exchange.setVariable("system", connection.system());
        exchange.setVariable("label", connections.label(name));
        exchange.setVariable("url", connection.url().orElseThrow(() ->
                new IllegalStateException("orderweir.connections." + name + ".url is missing: nothing can be delivered there")));
        exchange.setVariable("timeoutMillis", connection.timeout().toMillis());
        exchange.setVariable("limits", connection.limits().size());
        exchange.setVariable("replica", session.number());
        exchange.setVariable("ahead", AHEAD);
        exchange.setVariable("needs", call);
        exchange.setVariable("lease", call + SLACK);
        exchange.setVariable("grace", seconds(connection.grace()));
        exchange.setVariable("settles", seconds(connection.settlesWithin()));
        exchange.setVariable("patience", connection.patience());
        exchange.setVariable("longestWait", seconds(connection.longestWait()));
        exchange.setVariable("breaks", connection.breaksAfter());
    }

    /** How far ahead of its time a permit is taken and waited for, in seconds. */
    public double ahead() {
        return AHEAD;
    }

    /** How long the log of calls is kept, in seconds. */
    public double kept() {
        return seconds(settings.callsKept());
    }

    /** How long an unanswered call may take to reach its target, and how long that may work on it: array of {connection, reaches, settles}. */
    public String settling() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        connections.names().forEach(name -> all.addObject().put("connection", name)
                .put("reaches", CONNECT + seconds(connections.connection(name).grace()))
                .put("settles", seconds(connections.connection(name).settlesWithin())));
        return all.toString();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
