package io.orderweir.chaos;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.process.PlainServer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * L4 at servers that nobody here has written: they say Connection: keep-alive, Keep-Alive, Date and Server in their own way, or close after every answer. With -Pchaos,
 * where nothing else runs on the machine: 1,000 orders, and the allowance is used.
 */
class PlainServersIT {

    private static final int ORDERS = BlackFriday.isLong() ? 1_000 : 200;
    private static final int LIMIT = BlackFriday.ERP_CALLS_PER_WINDOW;
    private static final double WINDOW_MS = 3_000;

    @ParameterizedTest
    @ValueSource(strings = {"node", "python"})
    void theLimitOfAPlainServerIsUsedAndKept(String language) throws Exception {
        try (PlainServer erp = language.equals("node") ? PlainServer.node("erp.mjs") : PlainServer.python("erp.py");
                BlackFriday day = BlackFriday.opensTo("plain-" + language, erp.url())) {
            // Given a backlog
            day.stopsTheErp();
            day.store.sends(ORDERS).with(traffic -> traffic.put("cancels", 0).put("edits", 0).put("duplicates", 0).put("bto", 0));
            day.pilesUp(ORDERS);
            // When it is let go
            await().atMost(Duration.ofMinutes(3)).until(() -> day.sql().number("select count(*) from orderweir.delivery where connection = 'netsuite' and state <> 'delivered'") == 0);
            // Then
            JsonNode report = erp.report();
            assertEquals(List.of(ORDERS, 0, ORDERS), List.of(report.path("orders").asInt(), report.path("twice").asInt(), report.path("calls").size()), "orders, doubled ones, calls");
            double[][] calls = StreamSupport.stream(report.path("calls").spliterator(), false).map(call -> new double[] {call.path(0).asDouble(), call.path(1).asDouble()})
                    .sorted((one, other) -> Double.compare(one[0], other[0])).toArray(double[][]::new);
            long most = mostInAnyWindow(calls);
            double used = used(calls);
            System.out.printf(Locale.ROOT, "%s: %d orders, at most %d of %d in any window, %.1f %% of the allowance%n", language, ORDERS, most, LIMIT, 100 * used);
            assertTrue(most <= LIMIT, () -> most + " calls in one window");
            assertTrue(!BlackFriday.isLong() || used >= 0.97, () -> "used " + used);
        }
    }

    private static long mostInAnyWindow(double[][] calls) {
        int first = 0;
        int most = 0;
        for (int last = 0; last < calls.length; last++) {
            while (calls[last][0] - calls[first][0] >= WINDOW_MS) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    /** How long the allowance makes the last call wait for the first, beside how long it did: each slot is used again one window and one answer after it was. */
    private static double used(double[][] calls) {
        double took = 0;
        for (double[] call : calls) {
            took += call[1] - call[0];
        }
        int rounds = (calls.length - 1) / LIMIT;
        return rounds * (WINDOW_MS + took / calls.length) / (calls[calls.length - 1][0] - calls[0][0]);
    }
}
