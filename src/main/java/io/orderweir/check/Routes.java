package io.orderweir.check;

import io.orderweir.capture.RouteCheck;
import io.orderweir.connector.Connector;
import io.orderweir.connector.Connectors;
import io.orderweir.type.Kind;
import io.orderweir.type.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    private static final String CREATE = "create";
    /** What is asked of whatever was created. */
    private static final List<String> CHANGES = List.of("update", "cancel");
    /** Asked after a create that may have been made and may not be repeated. */
    private static final String FIND = "find";
    private static final Map<String, List<RouteBuilder>> PACKAGED = new ConcurrentHashMap<>();

    private final DefaultCamelContext camel;
    private final Beans beans;
    private final Connectors connectors;
    private final Types types;
    private final Faults faults;
    private final Served served;
    /** Where each route id stands. */
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, RouteDefinition> doors = new HashMap<>();
    /** The connector that each mounted file of routes belongs to. */
    private final Map<String, Connector> mounted = new HashMap<>();

    /** What is read is kept in {@code served}. */
    Routes(DefaultCamelContext camel, Beans beans, Connectors connectors, Types types, Served served, Faults faults) {
        this.camel = camel;
        this.beans = beans;
        this.connectors = connectors;
        this.types = types;
        this.served = served;
        this.faults = faults;
    }

    /** How many routes they hold. */
    long routes() {
        return camel.getRouteDefinitions().stream().filter(this::isMounted).count();
    }

    /** A file that is packaged with the engine. It is right, and stays as it is: a process reads it once, and puts it into the context of each check. */
    void read(String packaged) throws Exception {
        RouteText text = RouteText.at(packaged);
        List<RouteBuilder> builders = PACKAGED.get(packaged);
        if (builders == null) {
            builders = text.read(camel);
            PACKAGED.put(packaged, builders);
        }
        add(text, builders);
    }

    private void add(RouteText text, List<RouteBuilder> builders) throws Exception {
        for (RouteBuilder builder : builders) {
            builder.getRouteCollection().getRoutes().removeIf(route -> takes(route, text.file()));
            if (builder.getTemplatedRouteCollection().getTemplatedRoutes().removeIf(route -> mounted.containsKey(text.file()))) {
                faults.add(text.file(), text.line("templatedRoute"), "the engine starts what each account needs by itself, so it would run twice; take the templatedRoute out");
            }
            camel.addRoutes(builder);
        }
    }

    /** A file of a connector that is mounted. */
    void read(RouteText text, Connector connector) throws Exception {
        mounted.put(text.file(), connector);
        add(text, text.read(camel, faults));
        if (faults.anyOf(text.file())) {
            // what is told is that one thing, and not everything that leads there
            served.addAsWritten(text);
            served.addUnread(connector);
        }
        Whole.look(text, faults);
    }

    /** Looks at what is mounted, when everything is read. */
    void look() {
        List<RouteDefinition> all = new ArrayList<>(camel.getRouteDefinitions());
        all.forEach(route -> served.add(camel, route));
        for (RouteDefinition route : all) {
            if (isMounted(route)) {
                new Steps(camel, beans, connectors, served.names(), faults).look(route);
                RouteCheck.undeclared(route, types).forEach(says -> add(route, says));
                answersAtItsDoor(route);
            }
        }
        connectors.all().filter(connector -> mounted.containsValue(connector) && served.isRead(connector)).forEach(this::servesWhatItSays);
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
        String other = ids.putIfAbsent(route.getRouteId(), file + ":" + route.getLineNumber());
        if (other != null) {
            faults.add(file, route.getLineNumber(), "the route id '" + route.getRouteId() + "' is taken by " + other + "; rename one; a connector's own names begin with its system");
            return true;
        }
        if (mounted.containsKey(file) && !route.getRouteId().startsWith(mounted.get(file).system() + ".")) {
            faults.add(file, route.getLineNumber(), "the route id '" + route.getRouteId() + "' does not begin with its system, " + mounted.get(file).system() + ", so it may be another's, or the engine's; rename it");
        }
        String door = RouteCheck.door(route);
        RouteDefinition reader = door == null ? null : doors.putIfAbsent(door, route);
        if (reader != null) {
            faults.add(file, route.getLineNumber(), "it reads " + door + ", which " + reader.getRouteId() + " (" + place(reader) + ") reads: what comes would be one's alone."
                    + " Rename one; a connector's own names begin with its system");
        }
        return false;
    }

    /** Its descriptor and its routes name the same ports: by the one the engine decides what it may repeat, the others it calls. */
    private void servesWhatItSays(Connector connector) {
        connector.ports().keySet().forEach(port -> hasItsVerbs(connector, port));
        String prefix = connector.system() + ".";
        connector.knows().keySet().stream().map(name -> prefix + name + ".fetch").filter(name -> !served.names().contains(name)).forEach(name -> faults.add(descriptor(connector), 0,
                "it lists '" + name.split("\\.")[1] + "' under knows, and no route reads direct:" + name + ", which asks for it; write it, or take it out of knows"));
        served.names().stream().filter(name -> name.startsWith(prefix) && name.endsWith("." + CREATE)).map(name -> name.substring(prefix.length(), name.length() - CREATE.length() - 1))
                .filter(port -> !connector.ports().containsKey(port)).forEach(port -> served.reader(prefix + port + "." + CREATE).ifPresent(route ->
                        add(route, "it serves the port '" + port + "', which connector.yaml does not list under ports; " + Faults.meant(port, connector.ports().keySet()))));
    }

    private void hasItsVerbs(Connector connector, String port) {
        String prefix = connector.system() + "." + port + ".";
        Set<String> verbs = new LinkedHashSet<>(connector.ports().get(port).keySet());
        if (verbs.contains(CREATE)) {
            verbs.addAll(CHANGES);
            if (!connector.repeatable(port).contains(CREATE)) {
                verbs.add(FIND);
            }
        }
        Optional<RouteDefinition> some = verbs.stream().map(verb -> served.reader(prefix + verb)).flatMap(Optional::stream).findFirst();
        if (some.isEmpty()) {
            faults.add(descriptor(connector), 0,
                    "it lists the port '" + port + "', and no route reads direct:" + prefix + String.join(" or ", verbs) + "; write its routes, or take it out of ports");
        }
        some.ifPresent(route -> verbs.stream().filter(verb -> !served.names().contains(prefix + verb)).forEach(verb -> add(route, "no route reads direct:" + prefix + verb + ", which "
                + (connector.ports().get(port).containsKey(verb) ? "connector.yaml lists" : "the engine asks of a port that has create") + "; write it, or see whether the file is whole")));
    }

    private String descriptor(Connector connector) {
        return RouteText.shown(connectors.place(connector.system() + "/" + Connectors.DESCRIPTOR));
    }

    /** Whoever is let in at a door is asked for its name, and what it brings for its shape. */
    private void answersAtItsDoor(RouteDefinition route) {
        if (leadsTo(route, "direct:capture.door")) {
            said(route, "system").forEach(system -> wants(route, system + ".name", "is asked who has come when the signature holds"));
        }
        if (leadsTo(route, "direct:capture") && route.getRouteId() != null) {
            String system = route.getRouteId().split("\\.")[0];
            said(route, "type").map(types::find).flatMap(Optional::stream).forEach(type -> {
                wants(route, system + "." + type.type() + ".map", "is asked for the shape of every " + type.word());
                if (type.kind() == Kind.ORDER) {
                    wants(route, system + "." + type.type() + ".products", "is asked before a batch of orders which products they name");
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
        return route.getResource() != null && mounted.containsKey(RouteText.shown(route.getResource().getLocation()));
    }

    private static String place(RouteDefinition route) {
        return RouteText.shown(route.getResource().getLocation()) + ":" + route.getLineNumber();
    }
}
