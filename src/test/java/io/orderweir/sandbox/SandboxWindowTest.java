package io.orderweir.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SandboxWindowTest {
    @Test
    void countsAsTheNaiveOracleDoes() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            // Given
            long window = 1 + random.nextInt(50);
            long[] stamps = random.longs(1 + random.nextInt(300), 0, 400).sorted().toArray();
            WindowCounter counter = new WindowCounter();

            // When
            for (long stamp : stamps) {
                counter.add(stamp);
                long[] soFar = LongStream.of(stamps).limit(counter.size()).toArray();
                assertEquals(LongStream.of(soFar).filter(one -> one > stamp - window).count(), counter.inWindowEndingAt(stamp, window));
            }

            // Then
            long most = LongStream.of(stamps).map(start -> LongStream.of(stamps).filter(one -> one >= start && one < start + window).count()).max().orElse(0);
            assertEquals(most, counter.mostInAnyWindow(window));
        }
    }

    @Test
    void twoArrivalsExactlyOneWindowApartAreNotInTheSameWindow() {
        WindowCounter counter = new WindowCounter();
        counter.add(-5);
        counter.add(5);
        assertEquals(1, counter.mostInAnyWindow(10));
        assertEquals(2, counter.mostInAnyWindow(11));
        assertEquals(1, counter.inWindowEndingAt(5, 10));
    }

    @Test
    void aStampThatGoesBackwardsIsRefused() {
        WindowCounter counter = new WindowCounter();
        counter.add(2);
        assertThrows(IllegalArgumentException.class, () -> counter.add(1));
    }

    @Test
    void allowanceLeavesOutTheOutageAndTheSecondAfterIt() {
        // Given a call every 100 ms for 20 s, none from 8 s to 11 s, and a window of 1 s with 10 calls
        long ms = 1_000_000;
        long[] calls = LongStream.range(0, 201).map(i -> i * 100).filter(at -> at < 8_000 || at >= 11_000).map(at -> at * ms).toArray();
        ObjectNode report = Json.object();

        // When
        Allowance.write(report, calls, 1_000 * ms, 10, 0, List.of(new Outages.Outage(8_000 * ms, 10_000 * ms, false)), null);

        // Then t is 1 s to 19 s without 8 s to 11 s
        assertEquals(15.0, report.path("allowanceSeconds").asDouble(), 1e-9);
        assertEquals(151, report.path("allowanceCalls").asInt());
        assertEquals(151 / 150.0, report.path("allowanceUsed").asDouble(), 1e-9);
    }
}
