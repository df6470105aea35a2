package io.orderweir.contract;

import io.orderweir.connector.Connectors;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Predicate;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Takes routes of the engine and of connectors into a context of its own: those that are asked, and none that reads a timer, a queue or a door. */
final class EngineRoutes {

    private static final String DIRECT = "direct:";

    private EngineRoutes() {
    }

    /** A file of the engine's routes by its name, such as {@code 4-call}. */
    static Resource file(String file) throws IOException {
        String name = "routes/" + file + Connectors.ROUTES;
        try (InputStream in = EngineRoutes.class.getResourceAsStream("/" + name)) {
            return ResourceHelper.fromBytes("file:" + name, in.readAllBytes());
        }
    }

    /** A file of a connector, such as {@code acme/routes.camel.yaml}. */
    static Resource of(Connectors connectors, String file) {
        return ResourceHelper.fromBytes("file:" + connectors.place(file), connectors.bytes(file).orElseThrow());
    }

    /** {@code keep} is asked first, and may give a route another input. */
    static void load(DefaultCamelContext camel, Resource resource, Predicate<RouteDefinition> keep) throws Exception {
        for (RoutesBuilder each : PluginHelper.getRoutesLoader(camel).findRoutesBuilders(List.of(resource))) {
            RouteBuilder builder = (RouteBuilder) each;
            builder.configureRoutes(camel);
            builder.getRouteCollection().getRoutes().removeIf(route -> !keep.test(route) || !route.getInput().getEndpointUri().startsWith(DIRECT));
            builder.getTemplatedRouteCollection().getTemplatedRoutes().clear();
            if (each instanceof RouteConfigurationsBuilder configurations) {
                camel.addRoutesConfigurations(configurations);
            }
            camel.addRoutes(builder);
        }
    }

    /** Every route of a process with all roles. */
    static final class EveryRole implements PropertiesFunction {

        @Override
        public String getName() {
            return "startsIn";
        }

        @Override
        public String apply(String role) {
            return "true";
        }
    }
}
