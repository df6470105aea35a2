package io.orderweir.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the demo compares with reads our mappings too: one by one, up to the order that is refused. */
class PlainConnectorTest {

    private static final Path ORDER = Path.of("src/test/resources/payloads/shopify/plain/in.json");

    private final List<String> booked = new CopyOnWriteArrayList<>();
    private HttpServer erp;

    @BeforeEach
    void anErpThatRefusesTheSecond() throws IOException {
        erp = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        erp.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            booked.add(body);
            boolean refused = body.contains("#second");
            byte[] answer = refused ? "{\"o:errorDetails\":[{\"detail\":\"the street is too long\"}]}".getBytes(StandardCharsets.UTF_8) : new byte[0];
            exchange.sendResponseHeaders(refused ? 400 : 204, refused ? answer.length : -1);
            if (refused) {
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        });
        erp.start();
    }

    @AfterEach
    void ends() {
        erp.stop(0);
    }

    @Test
    void itBooksOneByOneAndStopsAtTheOneThatIsRefused() throws IOException {
        // Given
        List<byte[]> arrived = List.of(order(1, "#first"), order(2, "#second"), order(3, "#third"));

        // When
        try (PlainConnector plain = new PlainConnector("http://127.0.0.1:" + erp.getAddress().getPort(), Tempo.of(false))) {
            PlainConnector.Run run = plain.run(arrived, 1, "#second");

            // Then
            assertEquals(2, run.place());
            assertEquals("the street is too long", run.answer());
            assertEquals(1, run.waiting());
        }
        assertTrue(booked.size() == 2 && booked.get(0).contains("#first"), booked.toString());
    }

    private static byte[] order(long id, String name) throws IOException {
        ObjectNode order = (ObjectNode) Http.JSON.readTree(Files.readString(ORDER));
        return order.put("id", id).put("name", name).toString().getBytes(StandardCharsets.UTF_8);
    }
}
