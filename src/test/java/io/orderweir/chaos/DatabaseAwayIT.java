package io.orderweir.chaos;

import static io.orderweir.chaos.Store.everythingThatHappens;
import static io.orderweir.chaos.Store.newsOfThemFor;
import static io.orderweir.chaos.Store.orders;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.orderweir.process.Access;
import io.orderweir.process.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The database goes away while orders come in: capture does not notice, and the rest goes on by itself afterwards. With -Pchaos: twice 150 orders, 10 seconds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ParameterizedClass
@MethodSource("ways")
class DatabaseAwayIT {
    private static final int ORDERS = BlackFriday.isLong() ? 150 : 60;
    /** Longer than the engine waits for a session of its pool (5 s). */
    private static final Duration AWAY = Duration.ofSeconds(BlackFriday.isLong() ? 10 : 6);
    @Parameter
    private Access access;
    private BlackFriday day;

    static Stream<Access> ways() {
        return BlackFriday.ways(Access.CLEAR);
    }

    @BeforeParameterizedClassInvocation
    void open() {
        day = BlackFriday.opensAlone("chaos-database", access);
    }

    @AfterParameterizedClassInvocation
    void close() {
        if (day != null) {
            day.close();
        }
    }

    @Test
    void aFrozenDatabaseStopsNoWebhookAndLosesNothing() {
        ordersComeInWhile(day.services()::pauseDatabase, day.services()::resumeDatabase);
    }

    @Test
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
        long before = day.report().path("netsuite").path("distinct").asLong();
        day.store.sends(orders(ORDERS)).with(everythingThatHappens(), newsOfThemFor(5));
        await("orders at the ERP").atMost(Duration.ofMinutes(5)).until(() -> day.report().path("netsuite").path("distinct").asLong() > before + 20);

        // When
        Instant gone = Instant.now();
        goes.run();
        try {
            day.store.sends(orders(ORDERS)).with(everythingThatHappens(), newsOfThemFor(5));
            await("every webhook answered 2xx without a database").atMost(Duration.ofMinutes(3)).until(day.store::isDone);
            await("the database away long enough").atMost(Duration.ofMinutes(3)).until(() -> Instant.now().isAfter(gone.plus(AWAY)));
        } finally {
            returns.run();
        }
        books.awaitQuiet(Duration.ofMinutes(5));

        // Then
        books.balance();
        BothEnds ends = new BothEnds(day);
        ends.agree();
        ends.limitsHeld();
        assertEquals(List.of(), books.holds());
    }
}
