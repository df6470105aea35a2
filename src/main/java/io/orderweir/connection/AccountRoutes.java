package io.orderweir.connection;

import io.orderweir.connector.Connector;
import io.orderweir.connector.Connectors;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Map;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.CamelEvent.CamelContextStartedEvent;

/** Starts what a configured account needs in a process that delivers: workers that make its calls, and for a system through which somebody is told what sends the messages. */
@ApplicationScoped
@RegisterForReflection
public class AccountRoutes {

    @Inject
    Connections connections;

    @Inject
    Connectors connectors;

    void start(@Observes CamelContextStartedEvent started) throws Exception {
        if (!connections.hasRole("deliver")) {
            return;
        }
        ModelCamelContext camel = (ModelCamelContext) started.getContext();
        for (String account : connections.names()) {
            boolean delivers = connectors.find(connections.system(account)).filter(Connector::delivers).isPresent();
            if (delivers && connections.connection(account).url().isPresent()) {
                add(camel, "deliver", account, Map.of("connection", account, "workers", "{{workersOf:" + account + "}}"));
            }
        }
        for (Connector connector : connectors.all().filter(Connector::tells).filter(connector -> connections.tells(connector.system())).toList()) {
            boolean repeatable = !connector.repeatable(Connector.MESSAGE).isEmpty();
            add(camel, "alert.tell", connector.system(), Map.of("system", connector.system(), "repeatable", String.valueOf(repeatable)));
        }
    }

    private static void add(ModelCamelContext camel, String template, String of, Map<String, Object> parameters) throws Exception {
        TemplatedRouteBuilder.builder(camel, template).routeId(template + "." + of).parameters(parameters).add();
    }
}
