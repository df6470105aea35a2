package io.orderweir.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeadlineTest {

    private static final Instant NOW = Instant.parse("2026-11-27T13:00:00Z");
    private static final Map<String, Object> BALANCED = Map.of("ordersToday", 2412L, "l1", Map.of("balanced", true));

    @Test
    void itIsGreenOnlyWhenItIsTrue() {
        Headline calm = Headline.of(BALANCED, List.of(Map.of("label", "NetSuite", "state", "flowing")), 0, 0, 0, NOW);
        assertEquals("All flowing. 2,412 orders in 24 hours, nothing needs you.", calm.sentence());
        assertTrue(calm.flowing());
        assertFalse(Headline.of(BALANCED, List.of(), 1, 0, 0, NOW).flowing());
        assertEquals("All flowing. 2,412 orders in 24 hours, 3 need you.", Headline.of(BALANCED, List.of(), 1, 1, 1, NOW).sentence());
    }

    @Test
    void troubleComesFirst() {
        Headline trouble = Headline.of(Map.of("ordersToday", 1L, "l1", Map.of("balanced", false)), List.of(Map.of("label", "NetSuite", "state", "paused")), 0, 0, 0, NOW);
        assertEquals("NetSuite is paused. The books do not balance. 1 order in 24 hours, 1 needs you.", trouble.sentence());
        assertFalse(trouble.flowing());
    }

    @Test
    void theLongestQueueSaysWhenItIsClear() {
        // Given one that is clear in a moment, and one that takes an hour
        List<Map<String, Object>> connections = List.of(Map.of("label", "WMS", "state", "flowing", "clearsAt", "2026-11-27T13:00:05.000Z"),
                Map.of("label", "NetSuite", "state", "flowing", "clearsAt", "2026-11-27T14:07:00.000Z"));
        // When
        Headline headline = Headline.of(BALANCED, connections, 0, 0, 0, NOW);
        // Then
        assertEquals("NetSuite", headline.clearing());
        assertEquals("2026-11-27T14:07:00.000Z", headline.clearsAt());
        assertNull(Headline.of(BALANCED, connections.subList(0, 1), 0, 0, 0, NOW).clearing(), "a moment is not worth a word");
    }
}
