package io.orderweir.check;

import io.orderweir.capture.RouteCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetVariableDefinition;
import org.apache.camel.model.SetVariablesDefinition;
import org.apache.camel.model.ToDefinition;

/** All routes of a process, the engine's and those that are mounted. Only of what is mounted faults are told; what the engine brings its own tests look at. */
final class Routes {

    private static final List<String> VERBS = List.of("update", "cancel", "find");

    private final DefaultCamelContext camel;
    private final Beans beans;
    private final Faults faults;
    private final Served served;
    /** Where each route id stands. */
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, RouteDefinition> doors = new HashMap<>();
    private final Map<RouteBuilder, RouteText> builders = new LinkedHashMap<>();
    private final Set<String> mounted = new HashSet<>();
    private int files;

    /** What is read is kept in {@code served}. */
    Routes(DefaultCamelContext camel, Beans beans, Served served, Faults faults) {
        this.camel = camel;
        this.beans = beans;
        this.served = served;
        this.faults = faults;
    }

    /** How many files are mounted. */
    int files() {
        return files;
    }

    /** How many routes they hold. */
    long routes() {
        return camel.getRouteDefinitions().stream().filter(this::isMounted).count();
    }

    /** A file that is packaged with the engine. */
    void read(RouteText text) throws Exception {
        for (RouteBuilder builder : text.read(camel, faults)) {
            builder.getRouteCollection().getRoutes().removeIf(route -> takes(route, text.file()));
            camel.addRoutes(builder);
            builders.put(builder, text);
        }
    }

    /** A file of a connector that is mounted under this name. */
    void read(RouteText text, String connector) throws Exception {
        files++;
        mounted.add(text.file());
        read(text);
        boolean understood = !faults.anyOf(text.file());
        if (!understood) {
            // what is told is that one thing, and not everything that leads there
            served.addAsWritten(text);
        }
        served.addConnector(connector, understood);
        Whole.look(text, faults);
    }

    /** Looks at what is mounted, when everything is read. */
    void look() {
        builders.forEach((builder, text) -> {
            builder.getTemplatedRouteCollection().getTemplatedRoutes().removeIf(route -> isTaken(route.getRouteId(), text.file(), text.line("routeId: " + route.getRouteId())));
            try {
                camel.addTemplatedRoutes(builder);
            } catch (Exception refused) {
                faults.add(text.file(), text.line("templatedRoute"), Faults.said(refused) + "; there are "
                        + camel.getRouteTemplateDefinitions().stream().map(template -> template.getId()).sorted().collect(Collectors.joining(", ")));
            }
        });
        List<RouteDefinition> all = new ArrayList<>(camel.getRouteDefinitions());
        all.forEach(route -> served.add(camel, route));
        for (RouteDefinition route : all) {
            if (isMounted(route)) {
                new Steps(camel, beans, served.names(), faults).look(route);
                RouteCheck.undeclared(route).forEach(says -> add(route, says));
                answersAtItsDoor(route);
            }
        }
        served.names().forEach(this::hasAllVerbs);
    }

    /** Whether the route is left out, because it has no name, no beginning, or those of another. */
    private boolean takes(RouteDefinition route, String file) {
        if (route.getInput() == null) {
            faults.add(file, route.getLineNumber(), "the route '" + route.getRouteId() + "' reads nowhere; say from: and uri:");
            return true;
        }
        if (!route.hasCustomIdAssigned()) {
            faults.add(file, route.getLineNumber(), "the route from " + route.getInput().getEndpointUri() + " has no id; give it one that begins with its system, such as acme.order.create");
            return false;
        }
        if (isTaken(route.getRouteId(), file, route.getLineNumber())) {
            return true;
        }
        String door = RouteCheck.door(route);
        RouteDefinition reader = door == null ? null : doors.putIfAbsent(door, route);
        if (reader != null) {
            faults.add(file, route.getLineNumber(), "it reads " + door + ", which " + reader.getRouteId() + " (" + place(reader) + ") reads: what comes would be one's alone."
                    + " Rename one; a connector's own names begin with its system");
        }
        return false;
    }

    private boolean isTaken(String id, String file, int line) {
        String other = id == null ? null : ids.putIfAbsent(id, file + ":" + line);
        if (other != null) {
            faults.add(file, line, "the route id '" + id + "' is taken by " + other + "; rename one; a connector's own names begin with its system");
        }
        return other != null;
    }

    /** The engine asks all of them of a port that creates. */
    private void hasAllVerbs(String name) {
        RouteDefinition create = served.reader(name).orElse(null);
        if (name.endsWith(".create") && create != null && isMounted(create)) {
            String port = name.substring(0, name.length() - "create".length());
            VERBS.stream().filter(verb -> !served.names().contains(port + verb)).forEach(verb ->
                    add(create, "no route reads direct:" + port + verb + ", which the engine asks of a port that has create; write it, or see whether the file is whole"));
        }
    }

    /** Whoever is let in at a door is asked for its name, and what it brings for its shape. */
    private void answersAtItsDoor(RouteDefinition route) {
        if (leadsTo(route, "direct:capture.door")) {
            said(route, "system").forEach(system -> wants(route, system + ".name", "is asked who has come when the signature holds"));
        }
        if (leadsTo(route, "direct:capture") && route.getRouteId() != null) {
            String system = route.getRouteId().split("\\.")[0];
            said(route, "type").filter(List.of("order", "product", "signal")::contains).forEach(type -> {
                wants(route, system + "." + type + ".map", "is asked for the shape of every " + type);
                if (type.equals("order")) {
                    wants(route, system + ".order.products", "is asked before a batch of orders which products they name");
                }
            });
        }
    }

    private void wants(RouteDefinition route, String name, String why) {
        if (!served.names().contains(name)) {
            add(route, "no route reads direct:" + name + ", which " + why + "; write it, or see whether the file is whole");
        }
    }

    private static boolean leadsTo(RouteDefinition route, String uri) {
        return all(route, ToDefinition.class).anyMatch(to -> uri.equals(to.getEndpointUri()));
    }

    /** The constants that a variable is set to. */
    private static Stream<String> said(RouteDefinition route, String variable) {
        return Stream.concat(all(route, SetVariableDefinition.class), all(route, SetVariablesDefinition.class).flatMap(set -> set.getVariables().stream()))
                .filter(set -> variable.equals(set.getName()) && set.getExpression() != null && "constant".equals(set.getExpression().getLanguage()))
                .map(set -> set.getExpression().getExpression());
    }

    private static <T> Stream<T> all(RouteDefinition route, Class<T> type) {
        return ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), type).stream();
    }

    private void add(RouteDefinition route, String says) {
        faults.add(RouteText.shown(route.getResource().getLocation()), route.getLineNumber(), says);
    }

    private boolean isMounted(RouteDefinition route) {
        return route.getResource() != null && mounted.contains(RouteText.shown(route.getResource().getLocation()));
    }

    private static String place(RouteDefinition route) {
        return RouteText.shown(route.getResource().getLocation()) + ":" + route.getLineNumber();
    }
}
