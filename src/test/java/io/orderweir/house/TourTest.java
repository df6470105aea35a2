package io.orderweir.house;

import io.orderweir.connector.Connector;
import io.orderweir.connector.Connectors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tour of the routes names only routes and steps that are there. */
class TourTest {

    private static final String TOUR = "routes/README.md";
    /** A word in backticks such as `call.end`; files stand there with their folder, tables with their column. */
    private static final Pattern ID = Pattern.compile("`([a-z][a-z0-9-]*(?:\\.[a-z0-9-]+)+)`");

    @Test
    void everyIdOfTheTourIsThere() {
        Set<String> known = ids(RouteFile.all());
        Findings.none(unknown(RouteFile.read(RouteFile.RESOURCES.resolve(TOUR)), known));
        Findings.found(1, "deliver.nowhere", unknown("see `call.end`, `deliver.netsuite.call` and `deliver.nowhere`", known));
    }

    private static List<String> unknown(String tour, Set<String> known) {
        return ID.matcher(tour).results().map(found -> found.group(1)).distinct().filter(id -> !known.contains(id))
                .map(id -> TOUR + ": there is no route or step " + id + "; write the id it has now").toList();
    }

    /** Every id; those of a template once for each connection it is used for. */
    private static Set<String> ids(List<RouteFile> files) {
        Set<String> ids = new HashSet<>();
        List<String> connections = Connectors.in(null).all().filter(Connector::delivers).map(Connector::system).toList();
        files.stream().flatMap(file -> file.yaml().all()).filter(node -> node.key().equals("id") || node.key().equals("routeId")).map(YamlNode::text)
                .flatMap(id -> id.contains("{{connection}}") ? connections.stream().map(name -> id.replace("{{connection}}", name)) : Stream.of(id))
                .forEach(ids::add);
        return ids;
    }
}
