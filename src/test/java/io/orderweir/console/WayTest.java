package io.orderweir.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WayTest {

    private static final Map<String, Object> COUNTS = Map.of("orders", 12_000, "closedGates", 2, "openHolds", 0, "ordersToday", 2412L, "l1", Map.of("records", 30_000, "balanced", true),
            "deliveries", Map.of("netsuite", Map.of("delivered", 11_000, "confirmed", 1, "ready", 5), "wms", Map.of("delivered", 9)));

    private static Map<String, Object> target(String state, Object... more) {
        Map<String, Object> row = new HashMap<>(Map.of("connection", "netsuite", "label", "NetSuite", "state", state, "due", 0, "sending", 0, "blocked", 0,
                "limits", List.of(Map.of("limit", "minute", "calls", 99, "taken", 99, "opened", 99))));
        for (int i = 0; i < more.length; i += 2) {
            row.put((String) more[i], more[i + 1]);
        }
        return row;
    }

    @Test
    void aQueueThatBacksUpSaysWhy() {
        assertEquals("at its limit, 99 of 99", Reason.of(target("flowing", "due", 7)).why());
        assertEquals("limit", Reason.of(target("flowing", "due", 7)).state());
        assertEquals(new Reason("away", "takes no connection", "2026-11-27T13:52:00.000Z"), Reason.of(target("away", "awaySince", "2026-11-27T13:52:00.000Z", "closed", true)));
        assertEquals("paused by Ann: stocktaking", Reason.of(target("paused", "pausedReason", "paused by Ann: stocktaking")).why());
        assertEquals("until another target has taken them, or a hold is released", Reason.of(target("idle", "blocked", 3)).why());
        assertNull(Reason.of(target("idle")), "nothing waits, so nothing is said");
    }

    @Test
    void thePictureHasTheWholeWay() {
        // Given / When
        Way way = Way.of(COUNTS, Map.of("takenPerMinute", 1200, "behindMs", 40), List.of(target("flowing", "due", 5, "madePerMinute", 99L, "clearsAt", "2026-11-27T14:07:00.000Z"),
                Map.of("connection", "shopify-us", "label", "Shop", "state", "receives", "receives", true)));
        // Then
        assertEquals(List.of("Storefronts and partners", "Captured", "Processed", "Gates"), way.before().stream().map(Station::name).toList());
        assertEquals("1,200", way.before().get(1).perMinute());
        assertEquals("gated", way.before().get(3).state());
        assertEquals(new Station("NetSuite", "/connections#netsuite", "limit", "5", "wait", "99", "at its limit, 99 of 99", null, "2026-11-27T14:07:00.000Z"), way.queues().get(0));
        assertEquals("11,010", way.delivered().number());
    }

    @Test
    void processThatIsBehindSaysHowMuch() {
        Way way = Way.of(COUNTS, Map.of("takenPerMinute", 10, "behindMs", 95_000), List.of());
        assertEquals("the last event waited 95 s to be read", way.before().get(2).why());
        assertEquals("waiting", way.before().get(2).state());
    }
}
