package io.orderweir.house;

import io.orderweir.house.RouteFile.Endpoint;
import io.orderweir.house.RouteFile.Room;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every route looks like, so that a stranger can read all of them in ten minutes and the console shows names he knows. */
class RouteRulesTest {

    private static final List<RouteFile> FILES = RouteFile.all();

    private static final int DESCRIPTION = 30;
    /** Steps that do something, nested ones too; see RouteNode.doings for those that are read in passing. */
    private static final int STEPS = 12;
    private static final int CHOICES = 2;
    private static final Pattern GENERATED = Pattern.compile("(?:route|template|from|to|toD|choice|when|otherwise|setBody|setHeader|setVariable|bean|step|log|process|split|filter|doTry)?-?\\d+");

    /** No packaged connector lists reference data; what a mounted one lists is checked at the start. */
    private static final String OF_MOUNTED = "}.fetch";

    @Test
    void everyRouteSaysWhatItIsAndWhy() {
        Findings.none(FILES.stream().flatMap(file -> file.routes().stream()).flatMap(route -> undescribed(route).stream()).toList());
        Findings.found(4, "no id", example("routes/4-deliver.camel.yaml", """
                - route: { from: { uri: direct:x } }
                - routeTemplate: { id: deliver, route: { group: deliver, description: Sends what is due.} }
                """).stream().flatMap(route -> undescribed(route).stream()).toList());
    }

    @Test
    void idsAreUniqueAndNamedAfterTheirFile() {
        Findings.none(wrongIds(FILES));
        Findings.found(6, "deliver.x", wrongIds(List.of(RouteFile.parse("routes/4-deliver.camel.yaml", """
                - route: { id: deliver.x, from: { uri: direct:x, steps: [ { to: { id: deliver.x, uri: direct:y } }, { to: { id: to7, uri: direct:y } } ] } }
                - route: { id: route-3714, from: { uri: direct:y } }
                - templatedRoute: { routeTemplateRef: deliver }
                """))));
    }

    @Test
    void aRouteIsNoLongerThanAReaderHolds() {
        Findings.none(FILES.stream().flatMap(file -> file.routes().stream()).flatMap(route -> tooLong(route).stream()).toList());
        String choices = "{ choice: { when: [ { simple: a, steps: [ %s ] } ] } }";
        Findings.found(2, "13 steps", example("routes/2-process.camel.yaml", """
                - route: { id: process, from: { uri: direct:x, steps: [ { setBody: { constant: a } }%s ] } }
                - route: { id: process.y, from: { uri: direct:y, steps: [ %s ] } }
                """.formatted(", { to: direct:y }".repeat(13), choices.formatted(choices.formatted(choices.formatted("")))))
                .stream().flatMap(route -> tooLong(route).stream()).toList());
    }

    @Test
    void anOpenBreakerIsNeverTakenForSuccess() {
        Findings.none(FILES.stream().flatMap(file -> RouteNode.steps(file.yaml()).stream()).flatMap(step -> breakerWithoutCheck(step).stream()).toList());
        Findings.found(2, "open breaker", example("routes/4-deliver.camel.yaml", """
                - route: { id: a, from: { uri: direct:x, steps: [ { circuitBreaker: { steps: [ { to: direct:y } ] } } ] } }
                - route: { id: b, from: { uri: direct:x, steps: [ { circuitBreaker: { steps: [] } }, { to: direct:settle },
                    { choice: { when: [ { simple: "${exchangeProperty.CamelCircuitBreakerResponseRejected} == true", steps: [ { throwException: {} } ] } ] } } ] } }
                - route: { id: c, from: { uri: direct:x, steps: [ { circuitBreaker: { steps: [], onFallback: { steps: [ { throwException: {} } ] } } } ] } }
                - route: { id: d, from: { uri: direct:x, steps: [ { circuitBreaker: { steps: [] } },
                    { choice: { when: [ { simple: "${exchangeProperty.CamelCircuitBreakerResponseRejected} == true", steps: [ { throwException: {} } ] } ] } } ] } }
                """).stream().flatMap(route -> route.steps().stream()).flatMap(step -> breakerWithoutCheck(step).stream()).toList());
    }

    @Test
    void aKafkaConsumerLosesNothing() {
        Findings.none(FILES.stream().flatMap(file -> file.routes().stream()).flatMap(route -> forgetfulConsumer(route).stream()).toList());
        Findings.found(2, "breakOnFirstError", example("routes/2-process.camel.yaml", """
                - route: { id: a, from: { uri: kafka:x, parameters: { groupId: g } } }
                - route: { id: b, from: { uri: kafka:x, parameters: { breakOnFirstError: true, offsetRepository: "#intake" } } }
                """).stream().flatMap(route -> forgetfulConsumer(route).stream()).toList());
    }

    @Test
    void everyTargetHasARouteThatTakesIt() {
        Findings.none(unanswered(FILES));
        Findings.found(3, "direct:nobody", unanswered(List.of(RouteFile.parse("routes/2-process.camel.yaml", """
                - route: { id: a, from: { uri: direct:a, steps: [ { to: direct:nobody }, { to: direct:acme.order.find }, { toD: "direct:${variable.system}.order.update" },
                    { toD: "direct:${bean:connections?method=system(${variable.x})}.${variable.port}.find" }, { to: { uri: direct:capture.nobody } } ] } }
                - route: { id: b, from: { uri: direct:acme.order.find } }
                """))));
    }

    @Test
    void everyDoorThatJavaKnocksAtHasARoute() {
        Findings.none(SourceFiles.java().stream().flatMap(file -> unansweredInJava(file.toString(), RouteFile.read(file), FILES).stream()).toList());
        Findings.found(1, "A.java:2", unansweredInJava("A.java", "tell(\"direct:hold.discard\");\ntell(\"direct:hold.nobody\");\ntell(\"direct:sandbox.\" + vendor);", FILES));
    }

    @Test
    void whatIsCreatedCanBeFound() {
        Findings.none(FILES.stream().filter(file -> file.room() == Room.CONNECTOR).flatMap(file -> creationsNobodyFinds(file).stream()).toList());
        Findings.found(1, "acme.order.find", creationsNobodyFinds(RouteFile.parse("connectors/acme/routes.camel.yaml", """
                - route: { id: acme.order.create, from: { uri: direct:acme.order.create } }
                """)));
    }

    static List<String> undescribed(RouteNode route) {
        List<String> found = new ArrayList<>();
        if (route.id().isEmpty()) {
            found.add(route + " has no id; name it <file>.<what it does>, as a console user would");
        }
        if (route.body().text("group").isEmpty()) {
            found.add(route + " has no group" + (route.isTemplate() ? " inside route:" : "") + "; write the stage or the system");
        }
        String description = route.body().text("description").strip();
        if (description.length() < DESCRIPTION || !description.endsWith(".")) {
            found.add(route + " is described by '" + description + "'; say in a sentence of " + DESCRIPTION + " letters or more, with a period, why it is there");
        }
        return found;
    }

    static List<String> wrongIds(List<RouteFile> files) {
        List<String> found = new ArrayList<>();
        Map<String, String> seen = new HashMap<>();
        for (RouteFile file : files) {
            String prefix = file.room() == Room.SANDBOX ? "sandbox" : file.subject();
            Stream<YamlNode> ids = file.yaml().all().filter(node -> node.key().equals("id") || node.key().equals("routeId"));
            for (YamlNode id : ids.toList()) {
                boolean configuration = id.parent().key().equals("routeConfiguration");
                String before = seen.putIfAbsent(id.text(), id.place());
                if (before != null) {
                    found.add(id.place() + ": the id " + id.text() + " is taken at " + before + "; give each its own");
                }
                if (GENERATED.matcher(id.text()).matches()) {
                    found.add(id.place() + ": " + id.text() + " looks generated; name what the step does");
                }
                boolean instance = id.key().equals("routeId");
                if (!configuration && !instance && !id.text().equals(prefix) && !id.text().startsWith(prefix + ".")) {
                    found.add(id.place() + ": the id " + id.text() + " does not begin with " + prefix + ".; whoever sees it must find the file");
                }
                if (instance && !id.text().startsWith(id.parent().text("routeTemplateRef") + ".")) {
                    found.add(id.place() + ": the id " + id.text() + " does not begin with its template's, " + id.parent().text("routeTemplateRef") + ".");
                }
            }
            file.yaml().all().filter(node -> node.key().equals("templatedRoute") && node.text("routeId").isEmpty())
                    .forEach(node -> found.add(node.place() + ": templatedRoute without routeId gets a generated one; write " + node.text("routeTemplateRef") + ".<connection>"));
        }
        return found;
    }

    static List<String> tooLong(RouteNode route) {
        List<String> found = new ArrayList<>();
        if (route.doings() > STEPS) {
            found.add(route + " has " + route.doings() + " steps, more than " + STEPS + "; split it by door (direct:)");
        }
        route.steps().stream().filter(step -> step.key().equals("choice") && choicesAround(step) > CHOICES)
                .forEach(step -> found.add(step.place() + ": choice inside " + CHOICES + " others; give the inner decision a route of its own"));
        return found;
    }

    private static int choicesAround(YamlNode step) {
        int depth = 0;
        for (YamlNode at = step; at != null; at = at.parent()) {
            depth += at.key().equals("choice") ? 1 : 0;
        }
        return depth;
    }

    static List<String> breakerWithoutCheck(YamlNode step) {
        if (!step.key().equals("circuitBreaker") || step.get("onFallback", "steps").isPresent()) {
            return List.of();
        }
        YamlNode item = step.parent();
        List<YamlNode> siblings = item.parent().children();
        int next = siblings.indexOf(item) + 1;
        boolean checked = next < siblings.size() && siblings.get(next).get("choice", "when").stream().flatMap(when -> when.children().stream())
                .anyMatch(when -> when.texts().anyMatch(text -> text.text().contains("CamelCircuitBreakerResponseRejected"))
                        && when.all().anyMatch(node -> node.key().equals("throwException")));
        return checked ? List.of() : List.of(step.place() + ": an open breaker goes on as if the call had succeeded; right behind it throw when "
                + "${exchangeProperty.CamelCircuitBreakerResponseRejected} == true, or throw in onFallback");
    }

    static List<String> forgetfulConsumer(RouteNode route) {
        List<String> found = new ArrayList<>();
        if (route.from().startsWith("kafka:")) {
            if (!route.body().text("from", "parameters", "breakOnFirstError").equals("true")) {
                found.add(route + ": breakOnFirstError is not true; a failed batch would be skipped and the next commit would cover the gap");
            }
            // news are said again while they are true, and are no events
            if (!route.from().endsWith("orderweir.news") && !route.body().text("from", "parameters", "offsetRepository").startsWith("#")) {
                found.add(route + ": no offsetRepository; Kafka's committed offset alone loses what was committed and not taken in. Write offsetRepository: \"#intake\"");
            }
        }
        return found;
    }

    static List<String> unanswered(List<RouteFile> files) {
        Set<String> taken = taken(files);
        return files.stream().flatMap(file -> file.endpoints().stream()).filter(endpoint -> !endpoint.kind().equals("from") && endpoint.uri().startsWith("direct:") && !endpoint.uri().endsWith(OF_MOUNTED))
                .filter(endpoint -> taken.stream().noneMatch(pattern(endpoint.uri()).asMatchPredicate()))
                .map(endpoint -> endpoint + " has no route that takes it; the taken ones begin with from: { uri: direct:... }").toList();
    }

    private static List<String> unansweredInJava(String name, String source, List<RouteFile> files) {
        Set<String> taken = taken(files);
        List<String> found = new ArrayList<>();
        String[] lines = source.split("\n");
        for (int i = 0; i < lines.length; i++) {
            String place = name + ":" + (i + 1);
            // a name that ends in a dot is completed at run time
            Pattern.compile("\"(direct:[^\"]*[^\".])\"").matcher(lines[i]).results().map(literal -> literal.group(1)).filter(uri -> !taken.contains(uri))
                    .forEach(uri -> found.add(place + ": " + uri + " has no route that takes it; correct the name"));
        }
        return found;
    }

    private static Set<String> taken(List<RouteFile> files) {
        return files.stream().flatMap(file -> file.endpoints().stream()).filter(endpoint -> endpoint.kind().equals("from")).map(Endpoint::uri).collect(Collectors.toSet());
    }

    /** What a computed name can become: a word for every expression, which may hold expressions itself. */
    private static Pattern pattern(String uri) {
        StringBuilder regex = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
                if (depth == 0) {
                    regex.append("[^:.]+");
                }
            } else if (depth == 0 && c != '$') {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString());
    }

    static List<String> creationsNobodyFinds(RouteFile file) {
        Set<String> ids = Set.copyOf(file.routes().stream().map(RouteNode::id).toList());
        return file.routes().stream().filter(route -> route.id().endsWith(".create")).filter(route -> !ids.contains(route.id().replaceFirst("create$", "find")))
                .map(route -> route + " has no " + route.id().replaceFirst("create$", "find") + "; an unknown outcome is looked up before a second create").toList();
    }

    private static List<RouteNode> example(String file, String yaml) {
        return RouteFile.parse(file, yaml).routes();
    }
}
