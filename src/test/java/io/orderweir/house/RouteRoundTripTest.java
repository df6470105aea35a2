package io.orderweir.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.house.RouteModel.Difference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A connector may be opened and saved by an editor that is built on Camel's own model: what it then says is what it said before. */
class RouteRoundTripTest {

    private static final String OURS = "4.17.0";
    /** Since 4.21 the writer is another (https://github.com/apache/camel/pull/23407). */
    private static final String NEW = "4.22.0";

    /** By version, what its writer loses of what a connector may say, and how. It may only become shorter. */
    private static final Map<String, Map<String, String>> LOST = Map.of(
            OURS, Map.of(
                    "RouteDefinition.description", "it is left out",
                    "RouteDefinition.errorHandler", "it is written as a step, in a place where no reader takes steps, so the file is refused",
                    "SetHeadersDefinition.headers", "they are left out, so nothing is set",
                    "SetVariablesDefinition.variables", "they are left out, so nothing is set",
                    "TryDefinition.catchClauses", "they are left out, as when none was there",
                    "TryDefinition.finallyClause", "it is left out",
                    "not written: empty", "an empty text ends the writer with an error, and nothing of the file is written"),
            NEW, Map.of(
                    "ConstantExpression.expression", "an empty text is left out, which is null and no text",
                    "TryDefinition.catchClauses", "they are left out, as when none was there",
                    "TryDefinition.finallyClause", "it is left out"));

    @Test
    void whatIsReadAndWrittenByCamelsModelMeansWhatItMeantBefore() throws Exception {
        BiFunction<String, Boolean, String> writer = CamelWriter.of(NEW);
        List<String> changed = new ArrayList<>();
        for (RouteFile file : connectors()) {
            // options of endpoints stand in the URI or below it, as who saves likes it
            for (boolean below : new boolean[] {false, true}) {
                String yaml = file.yaml().json().toString();
                RouteModel.differences(RouteModel.read(yaml), RouteModel.read(writer.apply(yaml, below))).forEach(difference -> changed.add(file.name() + difference
                        + "; " + LOST.get(NEW).getOrDefault(difference.field(), "the writer of Camel " + NEW + " does not know it") + "; say it in another way"));
            }
        }
        Findings.none(changed);
    }

    @Test
    void whatAWriterLosesIsListed() throws Exception {
        for (String version : LOST.keySet()) {
            BiFunction<String, Boolean, String> writer = CamelWriter.of(version);
            Map<String, String> lost = new TreeMap<>();
            for (RouteFile file : connectors()) {
                lost(file.yaml().json(), writer).forEach(field -> lost.putIfAbsent(field, file.name()));
            }
            for (JsonNode rare : RouteFile.parse("rare", RARE).yaml().json()) {
                lost(JsonNodeFactory.instance.arrayNode().add(rare), writer).forEach(field -> lost.putIfAbsent(field, rare.at("/route/id").asText()));
            }
            assertEquals(new TreeSet<>(LOST.get(version).keySet()), lost.keySet(),
                    "what the writer of Camel " + version + " loses stands in LOST with how, and what it loses no longer goes; found: " + lost);
        }
    }

    @Test
    void aConnectorHasPlainRoutesAndNothingElse() throws IOException {
        Findings.none(connectors().stream().flatMap(file -> other(file).stream()).toList());
        Findings.found(3, "routeTemplate", other(RouteFile.parse("connectors/a/routes.camel.yaml", """
                - routeTemplate: { id: a, from: { uri: direct:a, steps: [] } }
                - templatedRoute: { routeTemplateRef: a, routeId: b }
                - from: { uri: direct:c, steps: [] }
                """)));
    }

    /** Kaoto shows routes; of templates it says nothing (https://github.com/KaotoIO/kaoto/issues/2280). */
    private static List<String> other(RouteFile file) {
        return file.yaml().children().stream().flatMap(item -> item.children().stream()).filter(item -> !item.key().equals("route"))
                .map(item -> item.place() + ": '" + item.key() + "' is shown by no editor; write what it makes as routes").toList();
    }

    /** The fields that are not there again; or that the writer fails, with the name of the first route. */
    private static Set<String> lost(JsonNode routes, BiFunction<String, Boolean, String> writer) throws Exception {
        Set<String> lost = new TreeSet<>();
        String yaml = routes.toString();
        try {
            String written = writer.apply(yaml, false);
            if (routes.findValue("errorHandler") != null && !isRead(written)) {
                lost.add("RouteDefinition.errorHandler");
                // whoever refuses it says nothing of the rest
                routes.forEach(item -> ((ObjectNode) item.get("route")).remove("errorHandler"));
                yaml = routes.toString();
                written = writer.apply(yaml, false);
            }
            RouteModel.differences(RouteModel.read(yaml), RouteModel.read(written)).stream().map(Difference::field).forEach(lost::add);
        } catch (IllegalStateException e) {
            lost.add("not written: " + routes.at("/0/route/id").asText());
        }
        return lost;
    }

    private static boolean isRead(String yaml) {
        try {
            RouteModel.read(yaml);
            return true;
        } catch (Exception refused) {
            return false;
        }
    }

    /** Those that are packaged, those that the contract suite is tried with, and that of the tutorial. */
    private static List<RouteFile> connectors() throws IOException {
        List<RouteFile> all = new ArrayList<>(RouteFile.all().stream().filter(file -> file.room() == RouteFile.Room.CONNECTOR).toList());
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/contract"))) {
            files.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().forEach(file -> all.add(RouteFile.parse(file.toString(), RouteFile.read(file))));
        }
        String tutorial = Files.readString(Path.of("docs/howto/write-a-connector.md"));
        int from = tutorial.indexOf("# connectors/lumen/routes.camel.yaml");
        all.add(RouteFile.parse("connectors/lumen/routes.camel.yaml", tutorial.substring(from, tutorial.indexOf("# end", from))));
        return all;
    }

    /** What the packaged connectors do without and another may say, a route each. */
    private static final String RARE = """
            - route:
                id: conditions
                autoStartup: "{{startsIn:capture}}"
                precondition: "{{startsIn:capture}} == 'true'"
                from:
                  uri: timer:tick
                  parameters: { period: "{{every}}", repeatCount: 3 }
                  variableReceive: came
                  steps:
                    - stop: {}
            - route:
                id: redelivery
                errorHandler: { deadLetterChannel: { deadLetterUri: direct:dead, redeliveryPolicy: { maximumRedeliveries: "{{tries}}" } } }
                from: { uri: direct:redelivery, steps: [ { stop: {} } ] }
            - route:
                id: try
                from:
                  uri: direct:try
                  steps:
                    - doTry:
                        steps:
                          - to: { uri: direct:a, variableSend: asked, variableReceive: answered }
                        doCatch:
                          - exception: [ java.io.IOException, java.lang.IllegalStateException ]
                            onWhen: { simple: "${exception.message} contains 'gone'" }
                            steps:
                              - stop: {}
                        doFinally:
                          steps:
                            - removeVariable: { name: asked }
            - route:
                id: split
                from:
                  uri: direct:split
                  steps:
                    - split:
                        jq: { expression: '.lines[]', source: "variable:answered", resultType: java.util.List }
                        aggregationStrategy: all
                        stopOnException: true
                        steps:
                          - choice:
                              when:
                                - jq: '.sku == "A"'
                                  steps:
                                    - choice:
                                        when:
                                          - header: a
                                            steps:
                                              - to: { uri: "seda:b", pattern: InOnly }
                                        otherwise:
                                          steps:
                                            - stop: {}
                              otherwise:
                                steps:
                                  - log: { message: "${body}", loggingLevel: WARN }
            - route:
                id: dynamic
                from:
                  uri: direct:dynamic
                  steps:
                    - toD: { uri: "direct:${variable.next}", cacheSize: 5 }
                    - enrich: { simple: "direct:${variable.where}", variableReceive: more }
                    - loop: { simple: "${variable.turns}", doWhile: true, steps: [ { delay: { constant: "5" } } ] }
                    - throwException: { exceptionType: java.lang.IllegalArgumentException, message: "no: ${body}" }
            - route:
                id: texts
                from:
                  uri: direct:texts
                  steps:
                    - setBody: { simple: { expression: " ${body} ", trim: false, resultType: java.lang.String } }
                    - setHeaders: { headers: [ { name: A, constant: "null" }, { name: B, constant: "true" }, { name: C, constant: "a: 'b' # {c}" } ] }
            - route:
                id: empty
                from: { uri: direct:empty, steps: [ { setBody: { constant: "" } } ] }
            """;
}
