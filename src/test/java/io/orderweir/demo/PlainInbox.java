package io.orderweir.demo;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Where the plain connector's webhooks arrive: kept in their order, read one by one. */
final class PlainInbox implements AutoCloseable {
    private final List<byte[]> arrived = new ArrayList<>();
    private final ExecutorService hands = Executors.newFixedThreadPool(8);
    private final HttpServer server;

    PlainInbox() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(hands);
        server.createContext("/plain", call -> {
            byte[] body = call.getRequestBody().readAllBytes();
            synchronized (arrived) {
                arrived.add(body);
            }
            call.sendResponseHeaders(202, -1);
            call.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/plain/" + Cast.SHOP;
    }

    List<byte[]> arrived() {
        synchronized (arrived) {
            return List.copyOf(arrived);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        hands.shutdownNow();
    }
}
