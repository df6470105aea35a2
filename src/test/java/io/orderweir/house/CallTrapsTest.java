package io.orderweir.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import io.orderweir.deliver.CallTime;
import io.orderweir.deliver.IdempotencyKey;
import io.orderweir.deliver.Reads;
import io.orderweir.deliver.Sent;
import io.orderweir.throttle.Quota;
import io.orderweir.throttle.Rest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.util.StringHelper;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** Traps of calling other systems that lose or double data, each sprung on the real route files. */
class CallTrapsTest {

    private static final String ERRORS = PaperEngine.file("0-errors.camel.yaml");
    private static final String DELIVER = PaperEngine.file("4-deliver.camel.yaml");
    private static final String ALERT = "- route: { id: alert, from: { uri: direct:alert, steps: [ { log: told } ] } }";

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
    void whatNobodyCanLookForGoesBackToTheBinForItsReason() throws Exception {
        try (PaperEngine engine = engine().start(ERRORS, DELIVER, ALERT, "- route: { id: back, from: { uri: direct:hold.absent, steps: [ { setVariable: { name: sentence, variable: cannot } } ] } }")) {
            Exchange looked = engine.send("direct:deliver.port", Map.of("system", "acme", "port", "order", "verb", "create", "lookUp", true, "looks", true, "repeatable", "update"));
            assertNull(looked.getException());
            assertEquals("absent: Orderweir cannot look at acme.", looked.getVariable("outcome") + ": " + looked.getVariable("sentence"));
        }
    }

    @Test
    void anOpenBreakerMeansNothingWasClaimed() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (PaperEngine engine = engine().statement("deliver/claim.sql", exchange -> {
            asked.incrementAndGet();
            throw new CannotGetJdbcConnectionException("the ledger is away");
        }).start(ERRORS, DELIVER, ALERT)) {
            for (int claim = 0; claim < 20; claim++) {
                Exchange claimed = engine.send("direct:deliver.claim", Map.of("connection", "acme"));
                assertNull(claimed.getException());
                assertNull(claimed.getMessage().getBody());
                assertNull(claimed.getVariable("id"));
            }
        }
        assertTrue(asked.get() < 20, "the breaker kept nothing back");
    }

    @Test
    void withoutAFallbackAnOpenBreakerGoesOnAsIfTheCallHadBeenMade() throws Exception {
        // the trap: after some failures nothing fails any more, and nothing is done
        try (PaperEngine engine = new PaperEngine().start(ERRORS, """
                - route: { id: fails, from: { uri: direct:fails, steps: [ { throwException: { exceptionType: java.net.ConnectException, message: away } } ] } }
                - route:
                    id: goesOn
                    from:
                      uri: direct:goesOn
                      steps:
                        - circuitBreaker: { faultToleranceConfiguration: { requestVolumeThreshold: 4, failureRatio: 75 }, steps: [ { to: direct:fails } ] }
                        - setVariable: { name: went, constant: "on" }
                """)) {
            Exchange last = null;
            for (int call = 0; call < 20; call++) {
                last = engine.send("direct:goesOn", Map.of());
            }
            assertNull(last.getException());
            assertEquals("on", last.getVariable("went"));
        }
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

    private static PaperEngine engine() {
        return new PaperEngine().bean("terms", new Terms()).bean("presence", new Presence()).bean("envelope", new Envelope()).bean("rest", new Rest())
                .bean("quota", new Quota(new ObjectMapper())).bean("refusal", new Refuse()).bean("limits", new Limits()).bean("reads", new Reads()).bean("look", new Look()).bean("sent", new Sent() {
                    @Override
                    public void keep(Exchange exchange) {
                        exchange.setVariable("request", "kept");
                    }
                }).bean("callTime", new CallTime()).bean("idempotencyKey", new IdempotencyKey());
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
                    "url", "http://127.0.0.1:" + target.getAddress().getPort()));
            assertNull(called.getException());
            assertFalse(called.getVariables().containsKey("failure"), () -> "the call failed: " + called.getVariable("reason"));
            return arrived.get();
        } finally {
            target.stop(0);
        }
    }

    /** The lines camel.component.http.* of application.properties, as they stand. */
    static void configure(HttpComponent http) {
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

        @Override
        public double attemptsKept() {
            return 0;
        }
    }

    public static final class Presence extends io.orderweir.deliver.Presence {
        @Override
        public void hold() {
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

    public static final class Look extends io.orderweir.hold.Look {
        @Override
        public String cannot(Exchange exchange) {
            return "Orderweir cannot look at acme.";
        }
    }

    public static final class Refuse extends io.orderweir.hold.Refuse {
        @Override
        public void notSendable(Exchange exchange) {
            exchange.setVariable("outcome", "hold");
        }
    }
}
