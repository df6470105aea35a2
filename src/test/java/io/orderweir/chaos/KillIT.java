package io.orderweir.chaos;

import static io.orderweir.chaos.Store.everythingThatHappens;
import static io.orderweir.chaos.Store.newsOfThemFor;
import static io.orderweir.chaos.Store.oneBadAddressAt;
import static io.orderweir.chaos.Store.orders;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.process.Access;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** kill -9 of the engine in the middle of everything it does: none lost, none doubled. With -Pchaos: twenty times the orders, four times the kills. */
@ParameterizedClass
@MethodSource("ways")
class KillIT {
    private static final int ORDERS = BlackFriday.isLong() ? 5_000 : 250;
    private static final int KILLS = BlackFriday.isLong() ? 20 : 4;
    private static final int BAD = 201;

    private final List<Kill> kills = new ArrayList<>();
    @Parameter
    private Access access;
    private BlackFriday day;

    static Stream<Access> ways() {
        return BlackFriday.ways(Access.CLEAR);
    }

    @BeforeEach
    void open() {
        day = BlackFriday.opensAlone("chaos-kill", access);
    }

    @AfterEach
    void close() {
        kills.forEach(System.out::println);
        if (day != null) {
            day.close();
        }
    }

    @Test
    void noKillLosesOrDoublesAnOrder() {
        // Given
        Books books = new Books(day);
        day.vendorsMisbehave();

        // When
        day.store.sends(orders(ORDERS)).with(everythingThatHappens(), oneBadAddressAt(BAD), newsOfThemFor(KILLS * 10));
        await("first calls").atMost(Duration.ofMinutes(5)).until(() -> day.callsInFlight() > 0);
        for (int number = 1; number <= KILLS; number++) {
            kills.add(Kill.strikes(day, number, phase(number), everythingAt(number), orphansFinishAt(number)));
            books.balance();
            day.engine.restart();
        }
        books.awaitQuiet(Duration.ofMinutes(15));

        // Then
        for (Phase phase : Phase.values()) {
            long hit = kills.stream().filter(kill -> kill.phase() == phase).count();
            assertTrue(hit >= KILLS / Phase.values().length, phase + " was hit " + hit + " times");
        }
        books.balance();
        BothEnds ends = new BothEnds(day);
        ends.agree();
        ends.limitsHeld();
        assertEquals(1, books.holds().size(), () -> "one address is impossible, held are " + books.holds());
        assertTrue(books.holds().get(0).startsWith("#" + BAD + ":"), () -> books.holds().get(0));
    }

    private static Phase phase(int number) {
        return Phase.values()[(number - 1) % Phase.values().length];
    }

    /** Engine, broker and database together: once in four, three times in twenty, in call, process and capture. */
    private static boolean everythingAt(int number) {
        return number % 7 == 4;
    }

    private static boolean orphansFinishAt(int number) {
        return (number - 1) / Phase.values().length % 2 == 0;
    }
}
