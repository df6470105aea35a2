package io.orderweir.sandbox;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a pretend partner's calls look like from the door they come to. */
class SandboxCallbackTest {
    /** One try as it arrived; the answer is chosen by how many arrived before it. */
    private record Arrival(String id, String timestamp, String signature, String body) {
    }

    private final Settings settings = Settings.factory();
    private final HandClock clock = new HandClock("2026-11-21T13:00:00Z");
    private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
    private final Callbacks callbacks = new Callbacks("factory", settings, FactoryFloor::signed, clock);
    private volatile int refusals;
    private HttpServer door;

    @BeforeEach
    void open() throws IOException {
        door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.setExecutor(Executors.newFixedThreadPool(4));
        door.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean refused;
            synchronized (arrivals) {
                refused = arrivals.size() < refusals;
                arrivals.add(new Arrival(exchange.getRequestHeaders().getFirst("webhook-id"), exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                        exchange.getRequestHeaders().getFirst("webhook-signature"), body));
                clock.turn(Duration.ofSeconds(1));
            }
            exchange.sendResponseHeaders(refused ? 503 : 202, -1);
            exchange.close();
        });
        door.start();
        set("{\"target\":\"http://127.0.0.1:" + door.getAddress().getPort() + "/capture/factory/factory\",\"duplicates\":0.0,\"late\":0.0,\"retryAfterMs\":1}");
    }

    @AfterEach
    void close() {
        callbacks.stop();
        door.stop(0);
    }

    @Test
    void aCallIsRepeatedUntilItIsTakenAndSignedAnewAtEveryTry() {
        // Given
        refusals = 2;

        // When
        callbacks.send("msg_1", "{\"type\":\"work-order.built\"}", 0);

        // Then
        await().untilAsserted(() -> assertEquals(0, callbacks.report().path("pending").asInt()));
        assertEquals(3, arrivals.size());
        assertEquals(1, arrivals.stream().map(Arrival::id).distinct().count());
        assertEquals(3, arrivals.stream().map(Arrival::timestamp).distinct().count());
        for (Arrival arrival : arrivals) {
            assertEquals(Signature.standard(List.of(settings.text("secret")), "msg_1", Long.parseLong(arrival.timestamp()),
                    arrival.body().getBytes(StandardCharsets.UTF_8)), arrival.signature());
        }
        assertEquals(2, callbacks.report().path("answered503").asInt());
        assertEquals(1, callbacks.report().path("acknowledged").asInt());
    }

    @Test
    void aDoubledCallHasOneId() {
        set("{\"duplicates\":1.0}");
        callbacks.send("msg_1", "{}", 0);
        await().untilAsserted(() -> assertEquals(2, callbacks.report().path("acknowledged").asInt()));
        assertEquals(List.of("msg_1", "msg_1"), arrivals.stream().map(Arrival::id).toList());
    }

    @Test
    void aLateCallIsOvertaken() {
        // Given
        callbacks.send("msg_1", "{}", 600);

        // When
        callbacks.send("msg_2", "{}", 0);

        // Then
        await().untilAsserted(() -> assertEquals(List.of("msg_2", "msg_1"), arrivals.stream().map(Arrival::id).toList()));
    }

    @Test
    void withoutATargetNothingIsSentAndAResetForgetsWhatWaits() {
        // Given
        callbacks.send("msg_1", "{}", 600_000);
        assertEquals(1, callbacks.report().path("pending").asInt());

        // When
        callbacks.reset();
        set("{\"target\":\"\"}");
        callbacks.send("msg_2", "{}", 0);

        // Then
        assertEquals(0, callbacks.report().path("pending").asInt());
        assertEquals(1, callbacks.report().path("withoutTarget").asInt());
        assertEquals(List.of(), arrivals);
    }

    @Test
    void sharesOfLateAndDoubledCallsAreThoseOfTheSettings() {
        // Given
        set("{\"duplicates\":0.2,\"late\":0.1,\"lateMs\":2000}");
        Random random = new Random(1);
        List<List<Long>> planned = new ArrayList<>();

        // When
        for (int i = 0; i < 2_000; i++) {
            planned.add(Callbacks.delays(settings, random));
        }

        // Then
        long late = planned.stream().filter(delays -> delays.get(0) > 0).count();
        long doubled = planned.stream().filter(delays -> delays.size() == 2).count();
        assertTrue(late > 140 && late < 260, late + " late");
        assertTrue(doubled > 320 && doubled < 480, doubled + " doubled");
        assertTrue(planned.stream().flatMap(List::stream).allMatch(delay -> delay >= 0 && delay <= 4_001));
    }

    @Test
    void stripeSignsEveryTryWithItsOwnHeader() throws Exception {
        byte[] body = "{\"id\":\"evt_1\"}".getBytes(StandardCharsets.UTF_8);
        assertEquals(Map.of("Stripe-Signature", Signature.stripe(List.of("whsec_test"), 1_700_000_000, body)),
                StripeLevers.signed(List.of("whsec_test"), 1_700_000_000, body));
        assertEquals(202, callbacks.once(body, Map.of()));
        assertEquals("{\"id\":\"evt_1\"}", arrivals.get(0).body());
    }

    private void set(String changes) {
        settings.use(settings.checked(Json.readObject(changes)));
    }
}
