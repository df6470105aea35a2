package io.orderweir.chaos;

import static io.orderweir.chaos.Store.nothingElse;
import static io.orderweir.chaos.Store.orders;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** "Clears at 14:07": what the console says of a backlog comes true. With -Pchaos: 5,000 orders. */
class ForecastIT {
    private static final int ORDERS = BlackFriday.isLong() ? 5_000 : 450;

    @Test
    void theBacklogIsClearWhenTheConsoleSaidSo() {
        try (BlackFriday day = BlackFriday.opens("chaos-forecast")) {
            // Given a backlog behind a pause
            day.stopsTheErp();
            day.store.sends(orders(ORDERS)).with(nothingElse());
            day.pilesUp(ORDERS);

            // When a fifth of it is done
            await("a fifth").atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofMillis(100)).until(() -> day.waitingForTheErp() <= ORDERS * 4 / 5);
            Instant said = Instant.now();
            Instant clearsAt = Instant.parse(netsuite(day).path("clearsAt").asText());
            await("the end").atMost(Duration.ofMinutes(10)).until(() -> day.waitingForTheErp() == 0);

            // Then within a tenth; beside other tests within a quarter, because what they take is not in the forecast
            Instant clear = Instant.ofEpochMilli(day.sql().number("select (extract(epoch from max(done_at)) * 1000)::bigint from orderweir.delivery where connection = 'netsuite'"));
            double seconds = Duration.between(said, clear).toMillis() / 1000.0;
            double forecast = Duration.between(said, clearsAt).toMillis() / 1000.0;
            System.out.printf("%d orders: forecast %.1f s, it took %.1f s%n", ORDERS, forecast, seconds);
            assertEquals(seconds, forecast, seconds / (BlackFriday.isLong() ? 10 : 4), "seconds until the queue was clear");
        }
    }

    private static JsonNode netsuite(BlackFriday day) {
        for (JsonNode connection : day.console().when().get("/api/connections").as(JsonNode.class).path("connections")) {
            if (connection.path("connection").asText().equals("netsuite")) {
                return connection;
            }
        }
        throw new IllegalStateException("the console does not know netsuite");
    }
}
