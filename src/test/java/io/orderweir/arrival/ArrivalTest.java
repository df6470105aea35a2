package io.orderweir.arrival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who connects says within a time what she wants, whole; the clock is turned by hand. */
class ArrivalTest {

    private final Arrival arrival = new Arrival(Duration.ofSeconds(10));
    private final EmbeddedChannel connection = new EmbeddedChannel();

    ArrivalTest() {
        connection.freezeTime();
        connection.pipeline().addFirst(arrival);
    }

    @Test
    void silenceAndDrippingHeadersEndAfterTheTime() {
        for (int second = 0; second < 9; second++) {
            says("x", 1);
        }
        assertTrue(connection.isOpen());
        says("x", 1);
        assertFalse(connection.isOpen());
    }

    @Test
    void whatIsServedMayTakeLonger() {
        says("GET / HTTP/1.1\r\n\r\n", 9);
        Arrival.of(connection).begins();
        says("a body", 60);
        assertTrue(connection.isOpen());
    }

    @Test
    void afterAnAnswerTheConnectionMayBeSilentAndThenTheNextRequestHasTheSameTime() {
        // Given
        arrival.begins();
        arrival.ends();
        passes(60);
        assertTrue(connection.isOpen());
        // When the next one begins and goes on, byte by byte
        for (int second = 0; second < 10; second++) {
            assertTrue(connection.isOpen());
            says("x", 1);
        }
        // Then
        assertFalse(connection.isOpen());
        assertEquals(10, connection.inboundMessages().size());
    }

    private void says(String text, int seconds) {
        connection.writeInbound(Unpooled.copiedBuffer(text.getBytes()));
        passes(seconds);
    }

    private void passes(int seconds) {
        connection.advanceTimeBy(seconds, TimeUnit.SECONDS);
        connection.runPendingTasks();
        connection.runScheduledPendingTasks();
    }
}
