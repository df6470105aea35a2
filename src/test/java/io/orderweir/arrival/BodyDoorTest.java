package io.orderweir.arrival;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderweir.process.Stranger;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A door with room for 8 MB and bodies of up to 1 MB, at a real HTTP server that tells how many bytes it was given. */
@Timeout(30)
class BodyDoorTest {

    private static final int MB = 1 << 20;

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private Stranger sender;

    @BeforeEach
    void open() {
        BodyDoor door = new BodyDoor("test", 8 * MB, Duration.ofSeconds(30), metrics);
        BodyDoor hurried = new BodyDoor("hurried", 8 * MB, Duration.ofMillis(300), metrics);
        Router router = Router.router(vertx);
        router.route("/hurried").handler(context -> hurried.read(context, MB, () -> BodyDoor.refuse(context, 413, "too large")));
        // as who answers forms does: it stops the request while it works
        router.route("/hurried").handler(context -> {
            context.request().pause();
            vertx.setTimer(700, worked -> context.response().end("answered late"));
        });
        router.route().handler(context -> door.read(context, MB, () -> BodyDoor.refuse(context, 413, "too large")));
        router.route().handler(context -> context.response().end("read " + context.body().buffer().length()));
        HttpServer server = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0)).requestHandler(router)
                .listen().toCompletionStage().toCompletableFuture().join();
        sender = new Stranger("127.0.0.1", "http://127.0.0.1:" + server.actualPort());
    }

    @AfterEach
    void close() {
        sender.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aBodyIsReadWhole() {
        assertTrue(says("Content-Length: 5\r\n\r\nhello").endsWith("read 5"));
        assertTrue(says("Content-Length: " + MB + "\r\n\r\n" + "x".repeat(MB)).endsWith("read " + MB));
        assertTrue(says("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n").endsWith("read 5"));
        assertTrue(says("Content-Length: 0\r\n\r\n").endsWith("read 0"));
        assertTrue(says("Expect: 100-continue\r\nContent-Length: 5\r\n\r\nhello").startsWith("HTTP/1.1 100 "));
        await().until(() -> underWay() == 0);
    }

    @Test
    void aBodyHasATimeToArriveInAndItsAnswerHasMore() {
        assertTrue(saysTo("/hurried", "Content-Length: 5\r\n\r\nhello").endsWith("answered late"));
        assertTrue(saysTo("/hurried", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n").endsWith("answered late"));
        assertTrue(saysTo("/hurried", "Content-Length: 5\r\n\r\nhell").startsWith("HTTP/1.1 408 "));
        assertTrue(saysTo("/hurried", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n").startsWith("HTTP/1.1 408 "));
    }

    @Test
    void whatFindsNoRoomIsToldSoBeforeItIsReadAndWhoLeavesGivesRoomBack() throws IOException {
        // Given an address that announces 10 MB, and holds its half of what is for large bodies
        List<Socket> held = IntStream.range(0, 10).mapToObj(i -> begins("Content-Length: " + MB + "\r\n\r\nx")).toList();
        await().until(() -> underWay() == 3 * MB);
        // Then
        for (Socket refused : held.subList(3, 10)) {
            String answer = Stranger.answer(refused);
            assertTrue(answer.startsWith("HTTP/1.1 503 ") && answer.toLowerCase(Locale.ROOT).contains("retry-after: 5"), answer);
        }
        assertTrue(says("Content-Length: 5\r\n\r\nhello").endsWith("read 5"));
        for (Socket gone : held.subList(0, 3)) {
            gone.close();
        }
        await().until(() -> underWay() == 0);
        assertTrue(says("Content-Length: " + MB + "\r\n\r\n" + "x".repeat(MB)).endsWith("read " + MB));
    }

    @Test
    void aBodyOfUnknownLengthEndsWhereItIsTooLargeOrFindsNoRoom() {
        String chunk = Integer.toHexString(600_000) + "\r\n" + "x".repeat(600_000) + "\r\n";
        assertTrue(says("Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk).startsWith("HTTP/1.1 413 "));
        await().until(() -> underWay() == 0);
        // five of them are most of an address's half, and the sixth is more
        for (int i = 1; i <= 5; i++) {
            int there = i * 600_000;
            begins("Transfer-Encoding: chunked\r\n\r\n" + chunk);
            await().until(() -> underWay() == there);
        }
        assertTrue(says("Transfer-Encoding: chunked\r\n\r\n" + chunk).startsWith("HTTP/1.1 503 "));
        await().until(() -> underWay() == 3_000_000);
    }

    private String says(String rest) {
        return saysTo("/", rest);
    }

    private String saysTo(String path, String rest) {
        return Stranger.answer(begins(path, rest));
    }

    private Socket begins(String rest) {
        return begins("/", rest);
    }

    private Socket begins(String path, String rest) {
        return sender.begins("POST " + path + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n" + rest);
    }

    private double underWay() {
        return metrics.get("orderweir.bodies.bytes").tag("door", "test").gauge().value();
    }
}
