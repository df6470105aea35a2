package io.orderweir.chaos;

import static io.orderweir.chaos.Store.everythingThatHappens;
import static io.orderweir.chaos.Store.newsOfThemFor;
import static io.orderweir.chaos.Store.orders;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ERP goes down for a while: no order is blamed, nobody has to do anything, and work starts again by itself. With -Pchaos: 400 orders each time. */
class ErpAwayIT {
    private static final int ORDERS = BlackFriday.isLong() ? 400 : 150;
    /** Longer than two windows: what was used up when it began is free again while it lasts. */
    private static final int OUTAGE_MS = 8_000;

    private static BlackFriday day;

    @BeforeAll
    static void open() {
        day = BlackFriday.opens("chaos-erp");
    }

    @AfterAll
    static void close() {
        if (day != null) {
            day.close();
        }
    }

    /** Connections cut without an answer, or every call answered 503. */
    @ParameterizedTest
    @ValueSource(strings = {"refuse", "503"})
    void anOutageIsNotTheOrdersFault(String mode) {
        // Given
        Books books = new Books(day);
        long before = day.report().path("netsuite").path("distinct").asLong();
        day.store.sends(orders(ORDERS)).with(everythingThatHappens(), newsOfThemFor(10));
        await("orders at the ERP").atMost(Duration.ofMinutes(5)).until(() -> day.report().path("netsuite").path("distinct").asLong() > before + 20);

        // When
        day.sandbox.post("/sandbox/netsuite/outage", Map.of("ms", OUTAGE_MS, "mode", mode));
        await("the open breaker").atMost(Duration.ofMinutes(2)).until(() ->
                day.sql().number("select count(*) from orderweir.connection_state where connection = 'netsuite' and away_since is not null") > 0);
        JsonNode outages = day.report().path("netsuite").path("outages");
        long back = outages.path(outages.size() - 1).path("to").asLong();
        books.awaitQuiet(Duration.ofMinutes(5));

        // Then
        assertEquals(List.of(), books.holds());
        assertEquals(0, day.sql().number("select count(*) from orderweir.delivery where attempts > 0"), "deliveries that were blamed");
        books.balance();
        BothEnds ends = new BothEnds(day);
        ends.agree();
        ends.limitsHeld();
        System.out.printf("ERP outage (%s): first delivery %s s after its return, %s calls into the outage%n", mode, firstDelivery(back),
                day.report().path("netsuite").path("outageArrivals"));
    }

    private static String firstDelivery(long back) {
        return day.sql().text("""
                select round(extract(epoch from min(a.ended_at)) - ?::numeric / 1000, 2)
                from orderweir.call_log a
                where a.connection = 'netsuite' and a.outcome = 'done' and a.ended_at >= to_timestamp(?::numeric / 1000)""", back, back);
    }
}
