package io.orderweir.deliver;

import io.orderweir.connection.Connections;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.CamelEvent.CamelContextStartedEvent;

/**
 * Starts a deliver route for every account that is called. A connector's file asks for one of the account that is called like its system;
 * another account of that system (a second store) gets one with the same terms.
 */
@ApplicationScoped
@RegisterForReflection
public class Accounts {

    private static final String ROUTE = "deliver.";

    @Inject
    Connections connections;

    void start(@Observes CamelContextStartedEvent started) throws Exception {
        if (!connections.hasRole("deliver")) {
            return;
        }
        ModelCamelContext camel = (ModelCamelContext) started.getContext();
        for (String account : connections.names()) {
            RouteDefinition first = camel.getRouteDefinition(ROUTE + connections.system(account));
            if (first != null && connections.connection(account).url().isPresent() && camel.getRouteDefinition(ROUTE + account) == null) {
                Map<String, Object> terms = new HashMap<>(first.getTemplateParameters());
                terms.putAll(Map.of("connection", account, "active", "true", "workers", "{{workersOf:" + account + "}}"));
                TemplatedRouteBuilder.builder(camel, "deliver").routeId(ROUTE + account).parameters(terms).add();
            }
        }
    }
}
