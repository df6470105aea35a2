package io.orderweir.throttle;

import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings.Limit;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.FluentProducerTemplate;
import org.jboss.logging.Logger;

/** Writes the configured limits of every connection into the permit table when the engine starts. */
@ApplicationScoped
public class Limits {

    private static final Logger LOG = Logger.getLogger(Limits.class);

    @Inject
    Connections connections;

    @Inject
    FluentProducerTemplate camel;

    void state(@Observes @Priority(10_000) StartupEvent start) {
        if (connections.hasRole("deliver")) {
            connections.names().forEach(name -> connections.connection(name).limits().forEach((limit, value) -> allow(name, limit, value)));
        }
    }

    private void allow(String connection, String limitName, Limit limit) {
        Map<String, Object> row = new HashMap<>();
        row.put("connection", connection);
        row.put("limitName", limitName);
        row.put("slots", limit.calls());
        row.put("window", limit.window().toMillis() / 1000.0);
        camel.to("direct:throttle.allow").withBody(row).send();
        LOG.infof("%s may be called %d times per %s (%s)", connection, limit.calls(), limit.window(), limitName);
    }
}
