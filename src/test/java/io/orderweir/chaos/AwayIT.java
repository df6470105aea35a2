package io.orderweir.chaos;

import static io.orderweir.chaos.Store.everythingThatHappens;
import static io.orderweir.chaos.Store.newsOfThemFor;
import static io.orderweir.chaos.Store.nothingElse;
import static io.orderweir.chaos.Store.orders;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.process.Access;
import io.orderweir.process.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A day on which a person stops the ERP, then the ERP goes down, then the database: the console says when what waited is done, nobody is blamed, capture does not
 * notice, and work starts again by itself. With -Pchaos: 5,000 orders that wait, 400 at each outage of the ERP, and twice 150 and 10 seconds at each of the database.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ParameterizedClass
@MethodSource("ways")
class AwayIT {
    private static final int WAITING = BlackFriday.isLong() ? 5_000 : 450;
    private static final int WITHOUT_ERP = BlackFriday.isLong() ? 400 : 150;
    private static final int WITHOUT_DATABASE = BlackFriday.isLong() ? 150 : 60;
    /** Longer than two windows: what was used up when it began is free again while it lasts. */
    private static final int OUTAGE_MS = 8_000;
    /** Longer than the engine waits for a session of its pool (5 s). */
    private static final Duration DATABASE_AWAY = Duration.ofSeconds(BlackFriday.isLong() ? 10 : 6);

    @Parameter
    private Access access;
    private BlackFriday day;

    static Stream<Access> ways() {
        return BlackFriday.ways(Access.CLEAR);
    }

    @BeforeParameterizedClassInvocation
    void open() {
        day = BlackFriday.opensAlone("chaos-away", access);
    }

    @AfterParameterizedClassInvocation
    void close() {
        if (day != null) {
            day.close();
        }
    }

    /** "Clears at 14:07": what the console says of a backlog comes true. */
    @Test
    @Order(1)
    void theBacklogIsClearWhenTheConsoleSaidSo() {
        // Given a backlog behind a pause
        day.stopsTheErp();
        day.store.sends(orders(WAITING)).with(nothingElse());
        day.pilesUp(WAITING);

        // When a fifth of it is done
        await("a fifth").atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofMillis(100)).until(() -> day.waitingForTheErp() <= WAITING * 4 / 5);
        Instant said = Instant.now();
        Instant clearsAt = Instant.parse(netsuite().path("clearsAt").asText());
        await("the end").atMost(Duration.ofMinutes(10)).until(() -> day.waitingForTheErp() == 0);

        // Then within a tenth; beside other tests within a quarter, because what they take is not in the forecast
        Instant clear = Instant.ofEpochMilli(day.sql().number("select (extract(epoch from max(done_at)) * 1000)::bigint from orderweir.delivery where connection = 'netsuite'"));
        double seconds = Duration.between(said, clear).toMillis() / 1000.0;
        double forecast = Duration.between(said, clearsAt).toMillis() / 1000.0;
        System.out.printf("%d orders: forecast %.1f s, it took %.1f s%n", WAITING, forecast, seconds);
        assertEquals(seconds, forecast, seconds / (BlackFriday.isLong() ? 10 : 4), "seconds until the queue was clear");
    }

    /** Connections cut without an answer, or every call answered 503. */
    @ParameterizedTest
    @Order(2)
    @ValueSource(strings = {"refuse", "503"})
    void anOutageIsNotTheOrdersFault(String mode) {
        // Given
        Books books = new Books(day);
        long before = atTheErp();
        day.store.sends(orders(WITHOUT_ERP)).with(everythingThatHappens(), newsOfThemFor(10));
        await("orders at the ERP").atMost(Duration.ofMinutes(5)).until(() -> atTheErp() > before + 20);

        // When
        day.sandbox.post("/sandbox/netsuite/outage", Map.of("ms", OUTAGE_MS, "mode", mode));
        await("the open breaker").atMost(Duration.ofMinutes(2)).until(() ->
                day.sql().number("select count(*) from orderweir.connection_state where connection = 'netsuite' and away_since is not null") > 0);
        JsonNode outages = day.report().path("netsuite").path("outages");
        long back = outages.path(outages.size() - 1).path("to").asLong();
        books.awaitQuiet(Duration.ofMinutes(5));

        // Then
        assertEquals(0, day.sql().number("select count(*) from orderweir.delivery where attempts > 0"), "deliveries that were blamed");
        allIsWell(books);
        System.out.printf("ERP outage (%s): first delivery %s s after its return, %s calls into the outage%n", mode, firstDelivery(back),
                day.report().path("netsuite").path("outageArrivals"));
    }

    @Test
    @Order(3)
    void aFrozenDatabaseStopsNoWebhookAndLosesNothing() {
        ordersComeInWhile(day.services()::pauseDatabase, day.services()::resumeDatabase);
    }

    @Test
    @Order(4)
    void aDatabaseThatEndsAndRefusesSessionsStopsNoWebhookAndLosesNothing() {
        Sql server = new Sql(day.tenant.jdbcUrl().replaceFirst("/[^/]*$", "/postgres"), "postgres");
        ordersComeInWhile(() -> {
            server.run("alter database orderweir allow_connections false");
            server.rows("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'orderweir'");
        }, () -> server.run("alter database orderweir allow_connections true"));
    }

    private void ordersComeInWhile(Runnable goes, Runnable returns) {
        // Given
        Books books = new Books(day);
        long before = atTheErp();
        day.store.sends(orders(WITHOUT_DATABASE)).with(everythingThatHappens(), newsOfThemFor(5));
        await("orders at the ERP").atMost(Duration.ofMinutes(5)).until(() -> atTheErp() > before + 20);

        // When
        Instant gone = Instant.now();
        goes.run();
        try {
            day.store.sends(orders(WITHOUT_DATABASE)).with(everythingThatHappens(), newsOfThemFor(5));
            await("every webhook answered 2xx without a database").atMost(Duration.ofMinutes(3)).until(day.store::isDone);
            await("the database away long enough").atMost(Duration.ofMinutes(3)).until(() -> Instant.now().isAfter(gone.plus(DATABASE_AWAY)));
        } finally {
            returns.run();
        }
        books.awaitQuiet(Duration.ofMinutes(5));

        // Then
        allIsWell(books);
    }

    private void allIsWell(Books books) {
        assertEquals(List.of(), books.holds());
        books.balance();
        BothEnds ends = new BothEnds(day);
        ends.agree();
        ends.limitsHeld();
    }

    private long atTheErp() {
        return day.report().path("netsuite").path("distinct").asLong();
    }

    private String firstDelivery(long back) {
        return day.sql().text("""
                select round(extract(epoch from min(a.ended_at)) - ?::numeric / 1000, 2)
                from orderweir.call_log a
                where a.connection = 'netsuite' and a.outcome = 'done' and a.ended_at >= to_timestamp(?::numeric / 1000)""", back, back);
    }

    private JsonNode netsuite() {
        for (JsonNode connection : day.console().when().get("/api/connections").as(JsonNode.class).path("connections")) {
            if (connection.path("connection").asText().equals("netsuite")) {
                return connection;
            }
        }
        throw new IllegalStateException("the console does not know netsuite");
    }
}
