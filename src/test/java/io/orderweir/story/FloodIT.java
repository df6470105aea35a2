package io.orderweir.story;

import static io.orderweir.process.Stranger.answer;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.process.Api;
import io.orderweir.process.Stranger;
import io.orderweir.process.Token;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes from people whom nobody knows takes nothing from those who are known: not the memory, not the connections, not the database. */
@Timeout(120)
class FloodIT {

    private static final String DOOR = "/capture/shopify/shopify-us";
    private static final String TOO_MUCH = "too much is under way";

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.opens("flood", Map.of("orderweir.capture.max-body", "1M", "orderweir.capture.max-under-way", "8M",
                "orderweir.arrivals.within", "4S", "orderweir.arrivals.per-address", "100"));
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void halfSentBodiesHaveAnEndAndWebhooksAreTakenMeanwhile() throws IOException {
        try (Stranger one = new Stranger("127.0.0.2", shop.engine.url()); Stranger other = new Stranger("127.0.0.3", shop.engine.url())) {
            // When 80 MB are announced to a name that is there, and never sent
            List<Socket> held = Stream.of(one, other).flatMap(stranger -> IntStream.range(0, 40).mapToObj(i -> stranger.begins(post(DOOR, 1_000_000) + "x".repeat(10_000)))).toList();
            // Then a webhook is taken at once
            assertTrue(millis(() -> shop.sends("{\"id\":1}".getBytes())) < 1_000);
            await().atMost(Duration.ofSeconds(3)).untilAsserted(() -> assertTrue(underWay("capture") > 3_000_000 && underWay("capture") < 8 << 20, () -> underWay("capture") + " bytes"));
            // and what found no room was told so before it was read, the rest when its time was over
            List<String> answers = held.stream().map(Stranger::answer).toList();
            long refused = answers.stream().filter(answer -> answer.startsWith("HTTP/1.1 503 ") && answer.contains(TOO_MUCH) && answer.toLowerCase(Locale.ROOT).contains("retry-after: 5")).count();
            assertTrue(refused >= 70, () -> refused + " of 80 were refused");
            assertEquals(80 - refused, answers.stream().filter(answer -> answer.startsWith("HTTP/1.1 408 ")).count());
            await().atMost(Duration.ofSeconds(3)).untilAsserted(() -> assertEquals(0, underWay("capture")));
        }
    }

    @Test
    void aBodyThatDoesNotSayItsLengthIsCountedAsItComes() {
        try (Stranger stranger = new Stranger("127.0.0.2", shop.engine.url())) {
            // 40 times 48 KB, of which an address has room for 1 MB
            String chunk = "c000\r\n" + "x".repeat(0xc000) + "\r\n";
            List<Socket> held = IntStream.range(0, 40).mapToObj(i -> stranger.begins(head(DOOR) + "Transfer-Encoding: chunked\r\n\r\n" + chunk)).toList();
            assertTrue(held.stream().map(Stranger::answer).filter(answer -> answer.contains(TOO_MUCH)).count() >= 19);
        }
    }

    @Test
    void whoNamesNoConnectionIsNotReadButAnsweredLikeWhoCannotSign() {
        try (Stranger stranger = new Stranger("127.0.0.2", shop.engine.url())) {
            // a large one is answered before a byte of it was sent
            assertTrue(millis(() -> assertTrue(answer(stranger.begins(post("/capture/shopify/nobody", 100_000))).startsWith("HTTP/1.1 401 "))) < 2_000);
            // chunked, when it gets large
            assertTrue(answer(stranger.begins(head("/capture/shopify/nobody") + "Transfer-Encoding: chunked\r\n\r\n8000\r\n" + "x".repeat(0x8000) + "\r\n")).startsWith("HTTP/1.1 401 "));
        }
        Set<String> answers = new TreeSet<>();
        for (String name : List.of("nobody", "shopify-us", "netsuite")) {
            answers.add(Api.at(shop.engine.url()).body("{}").when().post("/capture/shopify/" + name).then().statusCode(401).extract().asString());
        }
        assertEquals(1, answers.size(), answers.toString());
    }

    @Test
    void halfSentHeadersAreClosedAndSoManyConnectionsOfOneAddressAreLetIn() throws IOException {
        try (Stranger stranger = new Stranger("127.0.0.2", shop.engine.url())) {
            // When
            List<Socket> held = IntStream.range(0, 150).mapToObj(i -> stranger.begins("POST " + DOOR + " HTTP/1.1\r\nHost: half")).toList();
            // Then
            assertTrue(millis(() -> shop.sends("{\"id\":2}".getBytes())) < 1_000);
            long start = System.nanoTime();
            List<Long> ends = held.stream().map(socket -> {
                assertEquals("", answer(socket));
                return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            }).toList();
            assertTrue(ends.get(149) > 1_500 && ends.get(149) < 8_000, () -> "the last was closed after " + ends.get(149) + " ms");
        }
        // 50 of them were closed at once
        try (Stranger stranger = new Stranger("127.0.0.4", shop.engine.url())) {
            List<Socket> held = IntStream.range(0, 150).mapToObj(i -> stranger.begins("")).toList();
            for (Socket late : held.subList(100, 150)) {
                late.setSoTimeout(1_500);
                assertEquals("", answer(late));
            }
        }
    }

    @Test
    void formsOfTheConsoleAreShortAndWholeInTime() {
        try (Stranger stranger = new Stranger("127.0.0.2", shop.engine.url())) {
            assertTrue(answer(stranger.begins(post("/login", 65_537))).startsWith("HTTP/1.1 413 "));
            assertTrue(answer(stranger.begins(head("/login") + "Transfer-Encoding: chunked\r\n\r\n")).startsWith("HTTP/1.1 411 "));
            assertTrue(answer(stranger.begins(post("/login", 100) + "name=a")).startsWith("HTTP/1.1 408 "));
            // where nothing is sent nothing is read
            assertTrue(answer(stranger.begins("GET /drawings/0/a HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n\r\nx")).startsWith("HTTP/1.1 413 "));
            // a held order that is corrected may be as long as one that comes in; who sends it is asked then
            assertTrue(answer(stranger.begins(post("/holds/1/release", 100_000) + "a".repeat(100_000))).startsWith("HTTP/1.1 303 "));
        }
    }

    @Test
    void aFloodOfWrongLoginsStopsNeitherOrdersNorPeople() throws Exception {
        ExecutorService strangers = Executors.newFixedThreadPool(60);
        AtomicBoolean over = new AtomicBoolean();
        Set<String> answers = ConcurrentHashMap.newKeySet();
        try {
            // Given 60 who guess, from three addresses, without a pause
            List<CompletableFuture<Void>> guesses = IntStream.range(0, 60).mapToObj(i -> CompletableFuture.runAsync(() -> {
                Stranger stranger = new Stranger("127.0.0." + (2 + i % 2), shop.engine.url());
                for (int guess = 0; !over.get(); guess++) {
                    answers.add(stranger.posts("/login", "name=" + (guess % 2 == 0 ? Shop.PERSON : "nobody" + guess) + "&password=wrong").substring(9, 12));
                }
            }, strangers)).toList();
            await().atMost(Duration.ofSeconds(20)).until(() -> answers.contains("401") && answers.contains("429"));
            // When an order comes, from a shop that waits a second for a connection and then tries again
            JsonNode order = await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> shop.sells(Map.of(), false), Objects::nonNull);
            // Then it is delivered, pages answer, and who knows the password enters
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> !shop.atErp(order).path("shippingAddress").path("zip").asText().isEmpty());
            assertTrue(millis(() -> shop.reads("/api/connections")) < 5_000);
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> Api.browser(shop.engine.url()).formParam("name", Shop.PERSON).formParam("password", Token.PASSWORD)
                    .when().post("/login").then().statusCode(303));
            over.set(true);
            guesses.forEach(CompletableFuture::join);
        } finally {
            over.set(true);
            strangers.shutdownNow();
        }
        assertTrue(Set.of("401", "429").containsAll(answers), answers::toString);
        // and the audit log tells of it in few rows
        List<String> told = shop.given().queryParam("limit", 200).when().get("/api/audit").then().extract().path("changes.findAll { it.action == 'access.refused' }.detail.answer");
        assertTrue(told.size() >= 2 && told.size() <= 8, told::toString);
        assertTrue(told.stream().anyMatch(answer -> answer.contains("that of " + Shop.PERSON)), told::toString);
    }

    private static String head(String path) {
        return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    }

    private static String post(String path, int length) {
        return head(path) + "Content-Length: " + length + "\r\n\r\n";
    }

    private static double underWay(String door) {
        String metric = "orderweir_bodies_bytes{door=\"" + door + "\"}";
        return Api.at(shop.engine.url()).when().get("/q/metrics").then().body(containsString(metric)).extract().asString().lines()
                .filter(line -> line.startsWith(metric)).mapToDouble(line -> Double.parseDouble(line.substring(metric.length()).strip())).findFirst().orElseThrow();
    }

    private static long millis(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
