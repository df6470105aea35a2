package io.orderweir.stock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.orderweir.embedded.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
    }

    @AfterEach
    void end() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverHappensNothingIsOversoldAndInTheEndEveryUnitIsSold(long seed) throws SQLException {
        // Given a pool on a channel of each kind, and a warehouse that numbers its movements or does not
        StockDay day = new StockDay(books, "day-" + seed, seed, seed % 2 == 0);
        day.opens("keyed", "compared", "refusing", "absolute");
        // When sales, cancels, calls, counts, picks and crashes come as they like
        day.goesOn(1500);
        // Then all of it is known in the end, and every unit can be sold
        assertEquals(0, day.ends());
        assertEquals(0, day.sellsOut());
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
