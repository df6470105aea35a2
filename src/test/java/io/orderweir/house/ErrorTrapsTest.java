package io.orderweir.house;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.process.LoudTarget;
import io.orderweir.process.LoudTarget.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/**
 * An Error in one call ends no loop: what looks, what takes and what works goes on, sprung on the real routes.
 *
 * <p>An answer without an end took all memory in one call; the thread that took deliveries of its connection ended, and nothing was sent there until a restart.
 */
class ErrorTrapsTest {

    private static final String WORKERS = """
            - templatedRoute:
                routeTemplateRef: deliver
                routeId: deliver.acme
                parameters:
                  - { name: connection, value: acme }
                  - { name: workers, value: "2" }
            - route: { id: nobody, from: { uri: direct:hold.ask, steps: [ { log: asked } ] } }
            - route:
                id: acme.order.create
                from:
                  uri: direct:acme.order.create
                  steps: [ { bean: { ref: asked, method: map } }, { to: direct:call } ]
            """;

    private static final List<String> PLACES = List.of("idle", "due.sql", "terms", "free", "take.sql", "worker", "open", "map", "start", "keep", "write", "end");
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void whatLooksAndTakesAndWorksGoesOn() throws Exception {
        Failing failing = new Failing();
        try (LoudTarget target = LoudTarget.that(request -> new Answer(200, List.of(), "{}"))) {
            AtomicLong calls = new AtomicLong();
            PaperEngine engine = PaperCalls.engine().bean("callTerms", failing.new Terms(target.url())).bean("workers", failing.new Few()).bean("envelope", failing.new Opened())
                    .bean("sent", failing.new Kept()).bean("callStart", failing.new Leaving()).bean("callEnd", failing.new Ended()).bean("asked", failing.new Asked())
                    .statement("deliver/due.sql", exchange -> failing.at("due.sql", List.of(Map.of("connection", "acme", "open", true))))
                    .statement("deliver/take.sql", exchange -> failing.at("take.sql", List.of(new ConcurrentHashMap<>(Map.of("call", calls.incrementAndGet(), "id", 1L, "port", "order", "verb", "create",
                            "lookUp", false, "looks", false, "waitMillis", 0L)))));
            try (engine) {
                engine.camel().getShutdownStrategy().setTimeout(1);
                engine.start(Stream.concat(Stream.of(PaperCalls.FILES).map(ErrorTrapsTest::withoutBreaker), Stream.of(PaperCalls.ALERT, WORKERS)).toArray(String[]::new));
                for (String place : PLACES) {
                    // When there is no memory, three times
                    failing.beginsAt(place);
                    await("an Error in " + place).atMost(LONG).untilAsserted(() -> assertEquals(0, failing.left.get()));
                    // Then more calls are made than there are workers
                    int before = target.requests.size();
                    await("calls after an Error in " + place).atMost(LONG).untilAsserted(() -> assertTrue(target.requests.size() >= before + 6));
                }
            }
        }
    }

    /** The breaker of the ledger works in the first Camel of a JVM alone: with that one its threads end. What catches failures in its place catches no more. */
    static String withoutBreaker(String routes) {
        return routes.replaceAll("(?s)- circuitBreaker:(\\s+id: \\S+)\\s+faultToleranceConfiguration:.*?(\\s+steps:)", "- doTry:$1$2")
                .replaceAll("(\n +)onFallback:(\n +)steps:", "$1doCatch:$2- exception: [ java.lang.Exception ]$2  steps:");
    }

    /** Has no memory left, at one place, three times. */
    private static final class Failing {

        private volatile String where = "";
        private final AtomicInteger left = new AtomicInteger();

        void beginsAt(String place) {
            where = place;
            left.set(3);
        }

        <T> T at(String place, T value) {
            if (place.equals(where) && left.getAndUpdate(times -> Math.max(0, times - 1)) > 0) {
                throw new InternalError("no memory for " + place);
            }
            return value;
        }

        public final class Terms extends PaperCalls.Terms {
            private final String url;

            Terms(String url) {
                this.url = url;
            }

            @Override
            public void state(Exchange exchange) {
                super.state(exchange);
                Map.of("url", at("terms", url), "timeoutMillis", 5000).forEach(exchange::setVariable);
            }
        }

        public final class Few extends PaperCalls.OneWorker {
            private final AtomicInteger busy = new AtomicInteger();

            @Override
            public String idle(Exchange exchange) {
                return at("idle", super.idle(exchange));
            }

            @Override
            public int free(String connection) {
                return at("free", 2 - busy.get());
            }

            @Override
            public void begin(String connection) {
                at("worker", 0);
                busy.incrementAndGet();
            }

            @Override
            public void end(String connection) {
                busy.decrementAndGet();
                at("end", 0);
            }
        }

        public final class Opened extends PaperCalls.Opened {
            @Override
            public JsonNode open(Exchange exchange) {
                exchange.getMessage().getBody(Map.class).forEach((column, value) -> exchange.setVariable(column.toString(), value));
                return at("open", super.open(exchange));
            }
        }

        public final class Asked {
            public String map(Exchange exchange) {
                exchange.setVariable("method", "POST");
                exchange.setVariable("path", "/orders");
                return at("map", "{}");
            }
        }

        public final class Leaving extends PaperCalls.Leaving {
            @Override
            public void begin(Exchange exchange) {
                super.begin(exchange);
                at("start", 0);
            }
        }

        public final class Kept extends PaperCalls.Kept {
            @Override
            public void keep(Exchange exchange) {
                at("keep", 0);
                super.keep(exchange);
            }
        }

        public final class Ended extends PaperCalls.Ended {
            @Override
            public void write(Exchange exchange) {
                at("write", 0);
            }
        }
    }
}
