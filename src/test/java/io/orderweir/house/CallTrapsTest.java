package io.orderweir.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import io.orderweir.deliver.Evidence;
import io.orderweir.throttle.Rest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.util.StringHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Traps of calling other systems that lose or double data, each sprung on the real route files. */
class CallTrapsTest {

    private static final String ERRORS = PaperEngine.file("0-errors.camel.yaml");
    private static final String DELIVER = PaperEngine.file("4-deliver.camel.yaml");
    private static final String ALERT = PaperEngine.file("9-alert.camel.yaml");

    @Test
    void oneCallIsOneRequestWhateverTheTargetAnswers() throws Exception {
        for (int status : List.of(429, 503, 302)) {
            for (String method : List.of("GET", "POST", "PUT")) {
                assertEquals(1, requests(status, method, true), method + " answered with " + status
                        + " was sent again by camel-http; keep automatic-retries-disabled and redirect-handling-disabled in application.properties");
            }
        }
        // the trap: without the first of those lines the client sends it again by itself, past permits and attempts
        assertEquals(2, requests(503, "POST", false));
    }

    @Test
    void anOpenBreakerMeansLaterNeverDone() throws Exception {
        ConcurrentLinkedQueue<String> outcomes = new ConcurrentLinkedQueue<>();
        AtomicInteger calls = new AtomicInteger();

        deliverToATargetThatIsAway(DELIVER, outcomes, calls);

        assertEquals(List.of("later"), outcomes.stream().distinct().toList());
    }

    @Test
    void withoutTheCheckAnOpenBreakerGoesOnAsIfTheCallHadBeenMade() throws Exception {
        // the trap: the same route without the choice behind its breaker
        String unchecked = DELIVER.replaceFirst("(?s) +# an open breaker without this.*?(?= +doCatch:)", "");
        assertNotEquals(DELIVER, unchecked, "the check behind the breaker of 4-deliver is not where this test looks for it");
        ConcurrentLinkedQueue<String> outcomes = new ConcurrentLinkedQueue<>();

        deliverToATargetThatIsAway(unchecked, outcomes, new AtomicInteger());

        assertTrue(outcomes.contains("went on"), () -> "settled as " + outcomes);
    }

    @Test
    void aFailureInACalleeReachesItsCaller() throws Exception {
        try (PaperEngine engine = new PaperEngine().start(ERRORS, FAILING)) {
            assertEquals("no such order", engine.send("direct:tries", Map.of()).getVariable("caught"));
            Exchange handled = engine.send("direct:handles", Map.of());
            assertEquals("no such order", handled.getVariable("caught"));
            assertNull(handled.getException());
        }
        // the trap: without the nameless configuration the callee's own error handler has the last word
        try (PaperEngine engine = new PaperEngine().start(FAILING)) {
            assertNull(engine.send("direct:handles", Map.of()).getVariable("caught"));
        }
    }

    private static final String FAILING = """
            - routeConfiguration:
                id: catches
                errorHandler: { defaultErrorHandler: {} }
                onException:
                  - onException:
                      exception: [ java.lang.Exception ]
                      handled: { constant: "true" }
                      steps: [ { setVariable: { name: caught, simple: "${exception.message}" } } ]
            - route:
                id: tries
                from:
                  uri: direct:tries
                  steps:
                    - doTry:
                        steps: [ { to: direct:fails } ]
                        doCatch: [ { exception: [ java.lang.Exception ], steps: [ { setVariable: { name: caught, simple: "${exception.message}" } } ] } ]
            - route: { id: handles, routeConfigurationId: catches, from: { uri: direct:handles, steps: [ { to: direct:fails } ] } }
            - route: { id: fails, from: { uri: direct:fails, steps: [ { throwException: { exceptionType: java.lang.IllegalStateException, message: no such order } } ] } }
            """;

    /** Claims one delivery after the other for a target that refuses connections, until the breaker has kept some of them back. */
    private static void deliverToATargetThatIsAway(String deliver, ConcurrentLinkedQueue<String> outcomes, AtomicInteger calls) throws Exception {
        Processor away = exchange -> {
            calls.incrementAndGet();
            exchange.setVariable("outcome", "away");
            exchange.setVariable("reason", "Acme cannot be reached");
        };
        try (PaperEngine engine = engine().bean("away", away)
                .statement("deliver/claim.sql", exchange -> Map.of("port", "order", "verb", "create", "lookUp", false, "waitMillis", 0))
                .statement("deliver/settle.sql", exchange -> outcomes.add(exchange.getVariable("outcome", "went on", String.class)))
                .start(ERRORS, deliver, ALERT, """
                        - templatedRoute:
                            routeTemplateRef: deliver
                            routeId: deliver.acme
                            parameters: [ { name: connection, value: acme }, { name: active, value: "true" }, { name: pace, value: "5" }, { name: workers, value: "2" }, { name: repeatable, value: update } ]
                        - route: { id: acme.order.create, from: { uri: direct:acme.order.create, steps: [ { process: { ref: away } } ] } }
                        """)) {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> outcomes.size() > calls.get() + 5);
        }
    }

    private static PaperEngine engine() {
        return new PaperEngine().bean("terms", new Terms()).bean("evidence", new Evidence()).bean("envelope", new Envelope()).bean("rest", new Rest()).bean("refusal", new Refuse()).bean("limits", new Limits());
    }

    /** How many requests one pass through direct:call makes at a target that answers with this status. */
    private static int requests(int status, String method, boolean asConfigured) throws Exception {
        AtomicInteger arrived = new AtomicInteger();
        HttpServer target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.createContext("/", call -> {
            arrived.incrementAndGet();
            call.getRequestBody().readAllBytes();
            call.getResponseHeaders().add("Location", "/elsewhere");
            call.sendResponseHeaders(call.getRequestURI().getPath().equals("/elsewhere") ? 200 : status, -1);
            call.close();
        });
        target.start();
        try (PaperEngine engine = engine().statement("deliver/start.sql", exchange -> Map.of("startedAt", "now"))) {
            if (asConfigured) {
                configure(engine.camel().getComponent("http", HttpComponent.class));
            }
            engine.start(ERRORS, DELIVER, ALERT);
            Exchange called = engine.send("direct:call", Map.of("method", method, "path", "/orders", "label", "Acme", "timeoutMillis", 5000,
                    "evidence", new HashMap<>(), "url", "http://127.0.0.1:" + target.getAddress().getPort()));
            assertNull(called.getException());
            assertFalse(called.getVariables().containsKey("failure"), () -> "the call failed: " + called.getVariable("reason"));
            return arrived.get();
        } finally {
            target.stop(0);
        }
    }

    /** The lines camel.component.http.* of application.properties, as they stand. */
    private static void configure(HttpComponent http) {
        Properties properties = ApplicationProperties.values();
        String prefix = "camel.component.http.";
        properties.stringPropertyNames().stream().filter(key -> key.startsWith(prefix)).forEach(key -> {
            String option = StringHelper.dashToCamelCase(key.substring(prefix.length()));
            assertTrue(PropertyBindingSupport.build().bind(http.getCamelContext(), http, option, properties.getProperty(key)),
                    () -> "application.properties: camel-http has no option " + option + " (" + key + ")");
        });
    }

    /** The real beans with what they would ask of a configuration and a claim said by hand. */
    public static final class Terms extends io.orderweir.deliver.Terms {
        @Override
        public void state(Exchange exchange) {
            exchange.setVariable("label", "Acme");
            exchange.setVariable("system", "acme");
        }

        @Override
        public String settling() {
            return "[]";
        }
    }

    public static final class Envelope extends io.orderweir.deliver.Envelope {
        @Override
        public JsonNode open(Exchange exchange) {
            Map<?, ?> claimed = exchange.getMessage().getBody(Map.class);
            claimed.forEach((column, value) -> exchange.setVariable(column.toString(), value));
            return JsonNodeFactory.instance.objectNode();
        }
    }

    public static final class Limits extends io.orderweir.throttle.Limits {
        @Override
        public List<Map<String, Object>> list() {
            return List.of();
        }
    }

    public static final class Refuse extends io.orderweir.hold.Refuse {
        @Override
        public void notSendable(Exchange exchange) {
            exchange.setVariable("outcome", "hold");
        }
    }
}
