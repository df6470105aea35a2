package io.orderweir.revision;

import io.orderweir.connector.ConnectorResources;
import io.orderweir.connector.Connectors;
import io.orderweir.mounted.Mounted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.jboss.logging.Logger;

/** Starts the routes of a mounted folder under the names of its revision, and ends those of an earlier one when their last call has ended. */
@ApplicationScoped
class FolderRoutes {

    private static final Logger LOG = Logger.getLogger(FolderRoutes.class);
    /** Whoever had found a route by its name has come to it. */
    private static final Duration ON_THE_WAY = Duration.ofSeconds(10);
    private static final String CALLED = "direct:";
    private static final String DOOR = "platform-http:";
    private static final String FILE = "file:";

    private record Ending(String folder, String serving, List<String> routes, Instant since) {
    }

    private final List<Ending> ending = new ArrayList<>();

    Clock clock = Clock.systemUTC();

    @Inject
    ConnectorResources resources;

    /**
     * Starts them; those that run go on.
     *
     * @throws Exception if they cannot be read or started: then none of them runs
     */
    void start(CamelContext camel, Mounted mounted, String folder, String serving) throws Exception {
        Connectors connectors = Connectors.of(mounted);
        resources.serve(serving, mounted);
        try {
            for (String file : connectors.routeFiles(folder).toList()) {
                byte[] routes = Renamed.routes(mounted.files().get(file), folder, serving);
                PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromBytes(FILE + mounted.directory().resolve(file), routes));
            }
        } catch (Exception e) {
            drop(camel, mounted, folder, serving);
            throw e;
        }
    }

    /** Removes what was started and never used. */
    void drop(CamelContext camel, Mounted mounted, String folder, String serving) {
        remove(camel, new Ending(folder, serving, ids(camel, mounted, folder, serving), clock.instant()));
    }

    /** From now on nothing new comes to the routes of a folder that are not called so. Its doors close at once: those of its successor are open. */
    void retire(CamelContext camel, Mounted mounted, String folder, String serving) throws Exception {
        List<String> old = new ArrayList<>(ids(camel, mounted, folder, ""));
        old.removeIf(id -> !serving.isEmpty() && id.startsWith(serving + "."));
        ending.stream().filter(other -> other.folder().equals(folder)).forEach(other -> old.removeAll(other.routes()));
        for (String id : old) {
            String reads = camel.getRoute(id).getEndpoint().getEndpointUri();
            if (reads.startsWith(DOOR)) {
                // a route that is stopped answers 503 until whoever is inside has left
                ServiceHelper.stopService(camel.getRoute(id).getConsumer());
            } else if (!reads.startsWith(CALLED)) {
                camel.getRouteController().stopRoute(id);
            }
        }
        // those of a revision have all one name before the dot, and the first ones that of the folder
        old.stream().collect(Collectors.groupingBy(id -> id.substring(0, id.indexOf('.')))).forEach((called, routes) -> ending.add(new Ending(folder, called, routes, clock.instant())));
    }

    /** Removes those whose last call has ended. */
    void end(CamelContext camel) {
        for (Ending each : List.copyOf(ending)) {
            if (clock.instant().isAfter(each.since().plus(ON_THE_WAY)) && each.routes().stream().allMatch(id -> camel.getInflightRepository().size(id) == 0)) {
                ending.remove(each);
                remove(camel, each);
            }
        }
    }

    /** Before routes start they can be taken out as if they had never been there. */
    void forget(CamelContext camel, Mounted mounted, String folder) throws Exception {
        ModelCamelContext model = (ModelCamelContext) camel;
        model.removeRouteDefinitions(of(model, mounted, folder));
    }

    private void remove(CamelContext camel, Ending old) {
        for (String id : old.routes()) {
            try {
                camel.getRouteController().stopRoute(id);
                camel.removeRoute(id);
            } catch (Exception e) {
                LOG.warnf("the route %s of an earlier revision is still there, and nothing comes to it: %s", id, e.getMessage());
            }
        }
        resources.forget(old.serving());
    }

    private static List<String> ids(CamelContext camel, Mounted mounted, String folder, String serving) {
        return of((ModelCamelContext) camel, mounted, folder).stream().map(RouteDefinition::getRouteId).filter(id -> serving.isEmpty() || id.startsWith(serving + ".")).toList();
    }

    private static List<RouteDefinition> of(ModelCamelContext camel, Mounted mounted, String folder) {
        String place = FILE + mounted.directory().resolve(folder) + "/";
        return camel.getRouteDefinitions().stream().filter(route -> route.getResource() != null && route.getResource().getLocation().startsWith(place)).toList();
    }
}
