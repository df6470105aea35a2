package io.orderweir.house;

import io.orderweir.house.RouteFile.Endpoint;
import io.orderweir.house.RouteFile.Room;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The walls between the rooms of routes/: who may call whom, and who may know what. */
class RouteWallsTest {

    private static final List<RouteFile> FILES = RouteFile.all();

    private static final Set<String> DOORS = Set.of("direct:capture", "direct:capture.door", "direct:capture.answer", "direct:signal", "direct:call", "direct:call.usual.too-fast", "direct:call.usual.several",
            "direct:call.usual.refused", "direct:alert");
    private static final Set<String> SCHEMES = Set.of("direct", "sql", "kafka", "timer", "json-validator", "platform-http", "file", "seda");
    /** The one route that calls other systems; there the address is the connection's. */
    private static final String EXIT = "call.make";
    private static final Set<String> ENGINE_STEPS = Set.of("doTry", "onException", "redeliveryPolicy", "deadLetterChannel", "defaultErrorHandler", "circuitBreaker",
            "throttle", "idempotentConsumer", "loop", "onFallback", "routeConfiguration", "routeConfigurationId", "intercept", "interceptFrom",
            "interceptSendToEndpoint", "onCompletion", "aggregate", "resequence", "saga", "transacted");
    private static final Set<String> MAPPING = Set.of("jq", "jsonpath", "transform", "xpath", "jslt", "datasonnet", "groovy");

    @Test
    void connectorsUseOnlyTheDoorsAndTheirOwnRoutes() {
        Findings.none(each(Room.CONNECTOR, RouteWallsTest::strangersOfAConnector));
        Findings.found(6, "direct:deliver.settle", strangersOfAConnector(connector("acme", """
                - route: { from: { uri: direct:acme.order.create, steps: [ { to: direct:deliver.settle }, { to: direct:acme.call }, { to: direct:call } ] } }
                - route: { from: { uri: platform-http:/capture/other/x, steps: [ { to: { uri: "direct:globex.order.find" } }, { toD: "direct:${variable.x}" } ] } }
                - route: { from: { uri: direct:capture.acme } }
                - route: { from: { uri: "file:/tmp/globex", steps: [ { to: direct:capture.door } ] } }
                - route: { from: { uri: "file:{{directoryOf:acme}}", steps: [ { to: direct:alert } ] } }
                """)));
    }

    @Test
    void connectorsKnowNoTablesPolicyOtherConnectorsOrForeignMappings() {
        Findings.none(each(Room.CONNECTOR, file -> foreignToAConnector(file, systems(FILES))));
        Findings.found(4, "sql:", foreignToAConnector(connector("acme", """
                - route:
                    from:
                      uri: direct:acme.order.create
                      steps:
                        - to: sql:classpath:sql/deliver/take.sql
                        - transform: { jq: { expression: "resource:connector:globex/order.out.jq" } }
                        - transform: { jq: { expression: "resource:connector:acme/order.out.jq" } }
                        - setBody: { constant: "classpath:policy/gates.yaml" }
                        - setBody: { constant: ask globex first }
                """), Set.of("acme", "globex")));
    }

    @Test
    void connectorsDoNotRetryOrCatch() {
        Findings.none(each(Room.CONNECTOR, RouteWallsTest::engineWorkInAConnector));
        Findings.found(3, "redeliveryPolicy", engineWorkInAConnector(connector("acme", """
                - route:
                    errorHandler: { deadLetterChannel: { deadLetterUri: direct:x, redeliveryPolicy: { maximumRedeliveries: 3 } } }
                    from: { uri: direct:acme.x, steps: [ { doTry: { steps: [ { to: direct:call } ] } } ] }
                - route: { errorHandler: { noErrorHandler: {} }, from: { uri: direct:acme.y } }
                """)).stream().sorted((a, b) -> Boolean.compare(b.contains("redelivery"), a.contains("redelivery"))).toList());
    }

    @Test
    void theEngineKnowsNoVendor() {
        Findings.none(each(Room.ENGINE, file -> vendorsInTheEngine(file, systems(FILES))));
        Findings.found(5, "acme", vendorsInTheEngine(RouteFile.parse("routes/2-process.camel.yaml", """
                - route:
                    description: Sends it to Acme.
                    from:
                      uri: direct:process.order
                      steps:
                        - setBody: { simple: "plan(acme.order)" }
                        - toD: direct:acme.order.create
                        - setHeader: { name: X-Acme-Id, constant: "1" }
                        - setBody: { constant: "https://api.example.org/orders" }
                """), Set.of("acme")));
    }

    @Test
    void onlyConnectorsMapPayloads() {
        Findings.none(each(Room.ENGINE, RouteWallsTest::mappingsInTheEngine));
        Findings.found(2, "jq", mappingsInTheEngine(RouteFile.parse("routes/2-process.camel.yaml", """
                - route: { from: { uri: direct:process.order, steps: [ { setBody: { jq: { expression: .customer.email } } }, { choice: { when: [ { jsonpath: $.id } ] } } ] } }
                """)));
    }

    @Test
    void onlyTheExitCallsOtherSystems() {
        Findings.none(FILES.stream().flatMap(file -> otherExits(file).stream()).toList());
        Findings.found(8, "http://x", otherExits(connector("acme", """
                - route:
                    id: acme.order.create
                    from:
                      uri: direct:acme.order.create
                      steps:
                        - to: http://x
                        - toD: { uri: "https:${variable.host}/y" }
                        - wireTap: { uri: "${variable.url}" }
                        - enrich: { expression: { simple: "${header.target}" } }
                        - recipientList: { expression: { simple: "${header.targets}" } }
                        - setHeader: { name: CamelHttpUri, simple: "${variable.elsewhere}" }
                        - setVariable: { name: url, constant: elsewhere }
                        - to: "{{where}}"
                """)));
        Findings.found(0, "", otherExits(RouteFile.parse("routes/4-deliver.camel.yaml", """
                - route: { id: call.make, from: { uri: direct:call.make, steps: [ { toD: { uri: "${variable.url}" } } ] } }
                """)));
    }

    @Test
    void theSandboxUsesNothingOfTheEngineAndTheEngineNothingOfTheSandbox() {
        Findings.none(FILES.stream().flatMap(file -> acrossTheSandboxWall(file).stream()).toList());
        Findings.found(4, "direct:capture", acrossTheSandboxWall(RouteFile.parse("routes/sandbox/acme.camel.yaml", """
                - route:
                    from:
                      uri: direct:sandbox.acme
                      steps:
                        - to: direct:capture
                        - bean: { ref: connections, method: system }
                        - transform: { jq: { expression: "resource:connector:acme/order.out.jq" } }
                        - to: kafka:orderweir.captured.order
                        - bean: { ref: sandboxCount, method: add }
                """)));
        Findings.found(2, "direct:sandbox.acme", acrossTheSandboxWall(RouteFile.parse("routes/4-deliver.camel.yaml", """
                - route: { from: { uri: direct:x, steps: [ { to: direct:sandbox.acme }, { bean: { ref: sandboxCount } } ] } }
                """)));
    }

    static List<String> strangersOfAConnector(RouteFile file) {
        String own = "direct:" + file.subject() + ".";
        return file.endpoints().stream().filter(endpoint -> !endpoint.uri().startsWith(own))
                .filter(endpoint -> endpoint.kind().equals("from") ? !endpoint.uri().startsWith("platform-http:/capture/" + file.subject() + "/")
                        && !endpoint.uri().equals("file:{{directoryOf:" + file.subject() + "}}") : !DOORS.contains(endpoint.uri()))
                .map(endpoint -> endpoint + " is beyond the connector's walls; use " + new TreeSet<>(DOORS) + ", " + own + "* or a door platform-http:/capture/"
                        + file.subject() + "/... or file:{{directoryOf:" + file.subject() + "}}").toList();
    }

    static List<String> foreignToAConnector(RouteFile file, Set<String> systems) {
        List<String> found = new ArrayList<>();
        file.yaml().texts().forEach(text -> {
            if (text.text().contains("sql:")) {
                found.add(text.place() + ": sql: in a connector; tables belong to the engine, hand the fact over in a variable or through direct:capture");
            }
            if (text.text().contains("policy/")) {
                found.add(text.place() + ": policy in a connector; add a column to the policy table and let the engine read it");
            }
            if (text.text().contains("connector:") && !text.text().contains("connector:" + file.subject() + "/")) {
                found.add(text.place() + ": '" + text.text() + "' is another system's file; write connector:" + file.subject() + "/");
            } else {
                systems.stream().filter(system -> !system.equals(file.subject())).filter(system -> names(text.text(), system))
                        .forEach(system -> found.add(text.place() + ": a connector does not know other systems, this one names " + system + "; let process or policy decide"));
            }
        });
        return found;
    }

    static List<String> engineWorkInAConnector(RouteFile file) {
        return file.yaml().all().filter(node -> ENGINE_STEPS.contains(node.key()))
                .map(node -> node.place() + ": " + node.key() + " in a connector; only the deliver route catches, retries and paces: let the failure travel up").toList();
    }

    static List<String> vendorsInTheEngine(RouteFile file, Set<String> systems) {
        List<String> found = new ArrayList<>();
        file.yaml().texts().forEach(text -> {
            String words = text.text();
            for (String system : systems) {
                if (names(words, system)) {
                    found.add(text.place() + ": the engine names the system " + system + " in '" + text.text() + "'; move it to connectors/" + system + ".camel.yaml");
                }
            }
            if (words.matches("(?s).*\\w+://.*")) {
                found.add(text.place() + ": an address in the engine, '" + text.text() + "'; it belongs to the connection's configuration");
            }
        });
        return found;
    }

    static List<String> mappingsInTheEngine(RouteFile file) {
        return file.yaml().all().filter(node -> MAPPING.contains(node.key()))
                .map(node -> node.place() + ": " + node.key() + " reads a payload in the engine; map it in a connector, to or from the canonical document").toList();
    }

    static List<String> otherExits(RouteFile file) {
        List<String> found = new ArrayList<>();
        for (Endpoint endpoint : file.endpoints()) {
            boolean exit = inRoute(endpoint.node(), EXIT) && endpoint.uri().equals("${variable.url}");
            if (!exit && !SCHEMES.contains(endpoint.scheme())) {
                found.add(endpoint + " may leave the house; every call goes through direct:call (permit, attempt, time-outs). A new kind of endpoint that calls nobody is listed in SCHEMES of this test");
            }
        }
        file.yaml().texts().filter(text -> text.text().matches("CamelHttpUri|CamelRestHttpUri|Exchange.HTTP_URI"))
                .forEach(text -> found.add(text.place() + ": " + text.text() + " sends a call elsewhere; the address is the connection's url"));
        file.yaml().all().filter(node -> node.text("name").equals("url")).filter(node -> Set.of("setVariable", "setHeader", "").contains(node.key()))
                .forEach(node -> found.add(node.place() + ": sets url, which direct:call calls; only deliver.Terms states it, from the connection"));
        return found;
    }

    static List<String> acrossTheSandboxWall(RouteFile file) {
        boolean sandbox = file.room() == Room.SANDBOX;
        List<String> found = new ArrayList<>();
        for (Endpoint endpoint : file.endpoints()) {
            boolean ofTheSandbox = endpoint.uri().startsWith("direct:sandbox.") || endpoint.kind().equals("from") && endpoint.uri().startsWith("platform-http:/sandbox");
            if (sandbox != ofTheSandbox && (sandbox || endpoint.uri().contains("sandbox"))) {
                found.add(endpoint + (sandbox ? " is the engine's; a pretend vendor has only direct:sandbox.* and platform-http:/sandbox/..." : " is the sandbox's; the engine meets vendors by their address alone"));
            }
        }
        for (YamlNode text : file.yaml().texts().toList()) {
            boolean bean = text.key().equals("ref");
            boolean ofTheSandbox = text.text().replace("#bean:", "").startsWith("sandbox");
            if (bean && sandbox != ofTheSandbox) {
                found.add(text.place() + ": bean " + text.text() + " is on the other side of the sandbox's wall; beans named sandbox* are the sandbox's, all others the engine's");
            }
            if (sandbox && text.text().matches(".*\\b((connectors|schemas|sql|policy)/|connector:).*")) {
                found.add(text.place() + ": '" + text.text() + "' is the engine's; the pretend vendor checks by its own rules");
            }
        }
        return found;
    }

    private static boolean inRoute(YamlNode node, String id) {
        for (YamlNode at = node; at != null; at = at.parent()) {
            if (at.key().equals("route") && at.text("id").equals(id)) {
                return true;
            }
        }
        return false;
    }

    /** As a word of its own or as part of a dotted or dashed name, in any case. */
    private static boolean names(String text, String system) {
        return Pattern.compile("(?<![a-z0-9])" + Pattern.quote(system) + "|" + Pattern.quote(system) + "(?![a-z0-9])", Pattern.CASE_INSENSITIVE).matcher(text).find();
    }

    private static Set<String> systems(List<RouteFile> files) {
        return new TreeSet<>(files.stream().filter(file -> file.room() == Room.CONNECTOR).map(RouteFile::subject).toList());
    }

    private static RouteFile connector(String system, String yaml) {
        return RouteFile.parse("connectors/" + system + "/routes.camel.yaml", yaml);
    }

    private interface Rule {
        List<String> of(RouteFile file);
    }

    private static List<String> each(Room room, Rule rule) {
        return FILES.stream().filter(file -> file.room() == room).flatMap(file -> rule.of(file).stream()).toList();
    }
}
