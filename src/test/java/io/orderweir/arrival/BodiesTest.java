package io.orderweir.arrival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** However much is announced, there is an end to it, and room for a small one. */
class BodiesTest {

    private static final long MB = 1 << 20;

    private final Bodies bodies = new Bodies(16 * MB);

    @Test
    void aSmallBodyFindsRoomHoweverManyLargeOnesAreHeldOpen() {
        // When everybody announces 2 MB, from many addresses
        List<Bodies.Body> held = IntStream.range(0, 100).mapToObj(i -> bodies.from("10.0.0." + i)).filter(body -> body.grow(2 * MB)).toList();
        // Then
        assertEquals(6, held.size());
        assertFalse(bodies.from("10.1.0.1").grow(Bodies.SMALL + 1));
        assertTrue(bodies.from("10.1.0.1").grow(Bodies.SMALL));
        held.get(0).end();
        assertTrue(bodies.from("10.1.0.1").grow(2 * MB));
    }

    @Test
    void oneAddressLeavesRoomForOthers() {
        long small = IntStream.range(0, 100).filter(i -> bodies.from("10.0.0.1").grow(Bodies.SMALL)).count();
        long large = IntStream.range(0, 100).filter(i -> bodies.from("10.0.0.1").grow(2 * MB)).count();
        assertEquals(List.of(32L, 3L), List.of(small, large));
        assertTrue(bodies.from("10.0.0.2").grow(Bodies.SMALL));
        assertTrue(bodies.from("10.0.0.2").grow(2 * MB));
    }

    @Test
    void aBodyOfUnknownLengthTakesRoomAsItComesAndGivesAllOfItBackOnce() {
        // Given
        Bodies.Body body = bodies.from("10.0.0.1");
        List<Long> underWay = new ArrayList<>();
        // When
        for (long more : List.of(40_000L, 40_000L, 40_000L)) {
            assertTrue(body.grow(more));
            underWay.add(bodies.underWay());
        }
        body.end();
        body.end();
        underWay.add(bodies.underWay());
        // Then
        assertEquals(List.of(40_000L, 80_000L, 120_000L, 0L), underWay);
        assertFalse(body.grow(1));
    }

    @Test
    void threeTimesTheLargestIsRoomForOneOfThem() {
        // what the configuration asks for at least
        assertTrue(new Bodies(6 * MB).from("10.0.0.1").grow(2 * MB));
    }
}
