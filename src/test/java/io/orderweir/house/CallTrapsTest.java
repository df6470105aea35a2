package io.orderweir.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.orderweir.call.CallEnd;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.util.StringHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** Traps of calling other systems that lose or double data, each sprung on the real route files. */
class CallTrapsTest {

    private static final String ERRORS = PaperEngine.file("0-errors.camel.yaml");
    private static final String WORKER = """
            - templatedRoute:
                routeTemplateRef: deliver
                routeId: deliver.acme
                parameters: [ { name: connection, value: acme }, { name: workers, value: "1" } ]
            """;

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
        try (PaperEngine engine = PaperCalls.start(PaperCalls.engine(), ABSENT)) {
            Exchange looked = engine.send("direct:deliver.port", Map.of("system", "acme", "port", "order", "verb", "create", "lookUp", true, "looks", true, "repeatable", "update"));
            assertNull(looked.getException());
            assertEquals("hold: Orderweir cannot look at acme.", looked.getVariable("outcome") + ": " + looked.getVariable("sentence"));
        }
    }

    @ParameterizedTest
    @CsvSource({"create,,false,'',create", "create,,true,'',find", "create,,true,update,find", "create,,true,'create update',create", "cancel,,true,'update cancel',find",
        "update,r1,false,'',update", "update,r1,true,'create update',update", "cancel,r1,true,'update cancel',cancel",
        // timeline: an update is sent, its answer is lost; the target has the record, and nobody can say whether it has the change. A second one is not sent blindly
        "update,r1,true,'',hold", "update,r1,true,create,hold", "cancel,r1,true,update,hold"})
    void whatMayBeDoneIsLookedUpOrDecidedByAPersonForEveryVerb(String verb, String remoteId, boolean lookUp, String repeatable, String becomes) throws Exception {
        try (PaperEngine engine = PaperCalls.start(PaperCalls.engine(), ABSENT, port("create"), port("update"), port("cancel"), port("find"))) {
            // Given
            Map<String, Object> claimed = new HashMap<>(Map.of("system", "acme", "port", "order", "verb", verb, "lookUp", lookUp, "looks", false, "repeatable", repeatable,
                    "label", "Acme", "orderName", "#1201"));
            claimed.put("remoteId", remoteId);
            // When
            Exchange made = engine.send("direct:deliver.port", claimed);
            // Then
            assertNull(made.getException());
            assertEquals(becomes.equals("hold") ? null : becomes, made.getVariable("asked"));
            assertEquals(becomes.equals("hold") ? "maybe-done" : null, made.getVariable("reason"));
        }
    }

    @Test
    void whoeverWakesTheDeliveriesLeavesThemNothingOfItsOwn() throws Exception {
        // Given one delivery that is due, and somebody whose own call was refused, had a step and a time to wait
        AtomicBoolean due = new AtomicBoolean();
        BlockingQueue<Map<String, Object>> ended = new LinkedBlockingQueue<>();
        // another test may have opened the breaker, which is one for the process
        try (PaperEngine engine = PaperCalls.engine().bean("envelope", new PaperCalls.Opened() {
            @Override
            public JsonNode open(Exchange exchange) {
                exchange.getMessage().getBody(Map.class).forEach((column, value) -> exchange.setVariable(column.toString(), value));
                return super.open(exchange);
            }
        }).bean("callEnd", new CallEnd() {
            @Override
            public void write(Exchange exchange) {
                ended.add(new HashMap<>(exchange.getVariables()));
            }
        }).statement("deliver/due.sql", exchange -> List.of(Map.of("connection", "acme", "open", true)))
                .statement("deliver/take.sql", exchange -> !due.getAndSet(false) ? List.of() : List.of(new HashMap<>(Map.of("call", 1L, "id", 1L, "port", "order", "verb", "create", "lookUp", false, "looks", false, "waitMillis", 0L))))) {
            engine.start(Stream.concat(Stream.of(PaperCalls.FILES).map(ErrorTrapsTest::withoutBreaker), Stream.of(PaperCalls.ALERT, WORKER, port("create"))).toArray(String[]::new));
            engine.camel().getRouteController().stopRoute("deliver.look");
            due.set(true);
            // When
            engine.send("seda:deliver.due?size=1&blockWhenFull=true&waitForTaskToComplete=Always", Map.of("failure", "refused", "reason", "its own", "wait", 5, "step", "its own", "session", "its own", "sessionIs", "/result"));
            Map<String, Object> call = ended.poll(60, TimeUnit.SECONDS);
            // Then
            assertEquals("create", call.get("asked"));
            call.keySet().retainAll(Set.of("failure", "reason", "wait", "step", "session", "sessionIs"));
            assertEquals(Map.of(), call);
        }
    }

    @Test
    void anOpenBreakerMeansNothingWasTaken() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        try (PaperEngine engine = PaperCalls.start(PaperCalls.engine().statement("deliver/due.sql", exchange -> {
            asked.incrementAndGet();
            throw new CannotGetJdbcConnectionException("the ledger is away");
        }).statement("deliver/take.sql", exchange -> List.of(taken.incrementAndGet())))) {
            for (int look = 0; look < 20; look++) {
                assertNull(engine.send("seda:deliver.due?size=1&blockWhenFull=true&waitForTaskToComplete=Always", Map.of()).getException());
            }
        }
        assertTrue(asked.get() < 20, "the breaker kept nothing back");
        assertEquals(0, taken.get());
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

    private static final String ABSENT = "- route: { id: back, from: { uri: direct:hold.ask, steps: [ { setVariable: { name: outcome, constant: hold } }, "
            + "{ setVariable: { name: sentence, simple: '${bean:look?method=cannot}' } } ] } }";

    private static String port(String verb) {
        return "- route: { id: acme.order." + verb + ", from: { uri: direct:acme.order." + verb + ", steps: [ { setVariable: { name: asked, constant: " + verb + " } } ] } }";
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
        try (PaperEngine engine = PaperCalls.engine()) {
            if (asConfigured) {
                configure(engine.camel().getComponent("http", HttpComponent.class));
            }
            PaperCalls.start(engine, ABSENT);
            Exchange called = engine.send("direct:call", Map.of("method", method, "path", "/orders", "label", "Acme", "timeoutMillis", 5000, "connection", "acme",
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
}
