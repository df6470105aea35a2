package io.orderweir.capability;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.connection.Connections;
import io.orderweir.throttle.Door;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A knock tells an open door from a closed one, without a word. */
class DoorTest {

    @Test
    void anOpenDoorTakesAConnection() throws IOException {
        int port;
        try (ServerSocket target = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = target.getLocalPort();
            assertTrue(new Door(wms("http://127.0.0.1:" + port + "/v1")).opens("wms"));
        }
        assertFalse(new Door(wms("http://127.0.0.1:" + port + "/v1")).opens("wms"));
        assertFalse(new Door(wms("https://nobody.invalid")).opens("wms"));
    }

    private static Connections wms(String url) {
        return Configured.connections(Map.of("orderweir.connections.wms.system", "wms", "orderweir.connections.wms.url", url,
                "orderweir.connections.wms.limits.at-once.calls", "1", "orderweir.connections.wms.limits.at-once.window", "0S"));
    }
}
