package io.orderweir.throttle;

import io.orderweir.connection.Connections;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Map;

/** Knocks at a target that took no connection: opens one and closes it, without a word that would count as a call. */
@RegisterForReflection
@ApplicationScoped
@Named("door")
public class Door {

    private static final int WAIT_MILLIS = 2_000;
    private static final Map<String, Integer> PORTS = Map.of("http", 80, "https", 443, "smtp", 587, "smtps", 465);
    private static final double NANOS_IN_MILLI = 1e6;

    private final Connections connections;

    @Inject
    public Door(Connections connections) {
        this.connections = connections;
    }

    /** For the client proxy only. */
    protected Door() {
        this(null);
    }

    public boolean opens(String connection) {
        return millis(connection) >= 0;
    }

    /** How long the door took to open, in milliseconds; -1 when it did not. */
    public double millis(String connection) {
        long began = System.nanoTime();
        URI url = URI.create(connections.connection(connection).url().orElseThrow());
        int port = url.getPort() > 0 ? url.getPort() : PORTS.getOrDefault(url.getScheme(), 80);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(url.getHost(), port), WAIT_MILLIS);
            return (System.nanoTime() - began) / NANOS_IN_MILLI;
        } catch (IOException closed) {
            return -1;
        }
    }
}
