package io.orderweir.stock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.orderweir.embedded.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger of stock on the real database: whatever comes late, twice, never, or in another order, and whenever a process ends. */
class StockLedgerTest {

    private Connection connection;
    private Books books;

    @BeforeEach
    void begin() throws SQLException {
        connection = TestDatabase.apart().open();
        books = new Books(connection);
        // no power is cut here, and every step is a commit
        books.run("set synchronous_commit = off");
    }

    @AfterEach
    void end() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whateverHappensNothingIsOversoldAndInTheEndEveryUnitIsSold(long seed) throws SQLException {
        // Given a pool on a channel of each kind, and a warehouse that numbers its movements or does not
        StockDay day = new StockDay(books, "day-" + seed, seed, seed % 2 == 0);
        day.opens("keyed", "compared", "refusing", "absolute");
        // When sales, cancels, calls, counts, picks and crashes come as they like
        day.goesOn(1000);
        // Then all of it is known in the end, and every unit can be sold
        assertEquals(0, day.ends());
        assertEquals(0, day.sellsOut());
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void afterTheBooksWerePutBackNothingIsOversoldEither(long seed) throws SQLException {
        // Given
        StockDay day = new StockDay(books, "back-" + seed, seed, seed % 2 == 0);
        day.opens("keyed", "compared", "refusing", "absolute");
        day.goesOn(500);
        // When
        day.isPutBack();
        // Then
        day.goesOn(500);
        assertEquals(0, day.ends());
        assertEquals(0, day.sellsOut());
    }

    @Test
    void whoeverGivesUnitsWaitsForWhomIsJustGivingThem() throws SQLException {
        // Given somebody is about to give everything to one channel
        new StockDay(books, "last", 1, false).opens("keyed", "refusing");
        try (Connection other = TestDatabase.apart().open()) {
            other.createStatement().execute("select orderweir.stock_raise('last', 'keyed', 6, null, now())");
            // When another one wants a unit for another channel
            books.run("set lock_timeout = '100ms'");
            // Then he must wait, and gets none
            assertThrows(SQLException.class, () -> books.at("orderweir.stock_raise", "last", "refusing", 1L, null));
            other.commit();
            assertNull(books.at("orderweir.stock_raise", "last", "refusing", 1L, null));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void whatSomebodyElseAddsIsFoundByTheCountAndExceedsItByNoMore(long seed) throws SQLException {
        // Given
        StockDay day = new StockDay(books, "strange-" + seed, seed, true);
        day.opens("keyed", "refusing");
        day.goesOn(200);
        day.ends();
        // When
        PretendChannel channel = day.aStrangerAddsOne();
        // Then the channel's own word about it is no echo of ours, and its count names the unit
        assertEquals(1, books.number("orderweir.stock_hear(?, ?, ?)", "strange-" + seed, channel.name, channel.shown));
        assertEquals(1, day.ends());
        day.goesOn(200);
    }
}
