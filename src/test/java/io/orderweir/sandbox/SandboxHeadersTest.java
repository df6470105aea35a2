package io.orderweir.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is on the wire: every vendor's door, with a route behind it that answers what its caller's header Answer says. */
class SandboxHeadersTest {
    private static final Vendors VENDORS = new Vendors();
    private static final Vertx VERTX = Vertx.vertx();
    private static final DefaultCamelContext CAMEL = new DefaultCamelContext();
    private static final FrontDoor DOOR = new FrontDoor(VENDORS, CAMEL, List.of("sandbox"));
    private static HttpServer server;

    @BeforeAll
    static void start() throws Exception {
        CAMEL.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (Vendor vendor : VENDORS.all()) {
                    from("direct:sandbox." + vendor.name).process(exchange -> {
                        String answer = exchange.getMessage().getHeader("Answer", String.class);
                        if (answer.equals("broken")) {
                            throw new IllegalStateException("broken");
                        }
                        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, answer);
                        exchange.getMessage().setBody("{}");
                    });
                }
            }
        });
        CAMEL.start();
        Router router = Router.router(VERTX);
        Filters filters = new Filters();
        DOOR.open(filters);
        filters.getFilters().forEach(filter -> router.route().handler(filter.getHandler()));
        server = VERTX.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get();
    }

    @AfterAll
    static void stop() {
        DOOR.close();
        CAMEL.stop();
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void forget() {
        VENDORS.all().forEach(vendor -> {
            vendor.settings.reset();
            vendor.forget();
        });
    }

    static Stream<String> answers() {
        return VENDORS.all().stream().flatMap(vendor -> Stream.of("200", "204", "429", "503", "broken").map(answer -> vendor.name + " " + answer));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void everyAnswerHasTheHeadersOfARealFrontEnd(String asked) throws IOException {
        // Given
        String vendor = asked.split(" ")[0];
        String answer = asked.split(" ")[1];

        // When
        List<String> head = head(vendor, answer, "");

        // Then
        assertTrue(head.get(0).startsWith("HTTP/1.1 " + answer.replace("broken", "500")), head.toString());
        assertEquals(List.of("keep-alive"), values(head, "Connection").map(value -> value.toLowerCase(Locale.ROOT)).toList());
        assertEquals(List.of("timeout=5"), values(head, "Keep-Alive").toList());
        assertEquals(1, values(head, "Server").count());
        Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(values(head, "Date").findFirst().orElseThrow(), Instant::from);
        assertTrue(Duration.between(date, Instant.now()).abs().compareTo(Duration.ofMinutes(1)) < 0, date.toString());
        assertTrue(head.stream().skip(1).collect(Collectors.groupingBy(line -> name(line).toLowerCase(Locale.ROOT), Collectors.counting())).values().stream()
                .anyMatch(times -> times > 1), head.toString());
        assertFalse(head.toString().contains("${"), head.toString());
    }

    @Test
    void namesAreSpelledAsEachFrontEndSpellsThem() throws IOException {
        assertTrue(head("shopify", "200", "").contains("connection: keep-alive"));
        assertTrue(head("netsuite", "200", "").contains("Connection: Keep-Alive"));
        assertTrue(head("factory", "200", "").contains("CONNECTION: Keep-Alive"));
        assertTrue(head("factory", "200", "").contains("Outcome: OK"));
        assertTrue(head("wms", "429", "").contains("Status: 429 Too Many Requests"));
        assertEquals(List.of("shopify", "shopify"), values(head("shopify", "200", ""), "server-timing").map(value -> "shopify").toList());
        assertEquals(2, values(head("netsuite", "200", ""), "Set-Cookie").count());
    }

    @Test
    void whoWantsTheConnectionClosedIsToldThatItIs() throws IOException {
        List<String> head = head("wms", "200", "Connection: close\r\n");
        assertEquals(List.of("close"), values(head, "Connection").toList());
        assertEquals(0, values(head, "Keep-Alive").count());
    }

    @Test
    void whatIsLeftOfALimitIsSaidWhereThereIsOne() throws IOException {
        // Given
        assertEquals(0, values(head("wms", "200", ""), "X-RateLimit-Limit").count());
        VENDORS.settings("wms").use(VENDORS.settings("wms").checked(Json.readObject("{\"limit\":3}")));
        VENDORS.get("wms").forget();

        // When
        head("wms", "200", "");
        List<String> second = head("wms", "200", "");

        // Then
        assertEquals(List.of("3"), values(second, "X-RateLimit-Limit").toList());
        assertEquals(List.of("1"), values(second, "X-RateLimit-Remaining").toList());
    }

    private static List<String> head(String vendor, String answer, String more) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), server.actualPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(("GET /" + vendor + "/x HTTP/1.1\r\nHost: sandbox\r\nAnswer: " + answer + "\r\n" + more + "\r\n").getBytes(StandardCharsets.US_ASCII));
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = socket.getInputStream().read();
                assertTrue(next >= 0, "closed after " + head);
                head.append((char) next);
            }
            return head.toString().strip().lines().toList();
        }
    }

    private static Stream<String> values(List<String> head, String name) {
        return head.stream().skip(1).filter(line -> name(line).equalsIgnoreCase(name)).map(line -> line.substring(line.indexOf(": ") + 2));
    }

    private static String name(String line) {
        return line.substring(0, line.indexOf(':'));
    }
}
