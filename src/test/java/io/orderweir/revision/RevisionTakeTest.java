package io.orderweir.revision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.embedded.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All processes run by the newest revision, however late one of them sees a change, and whatever one starts with. */
class RevisionTakeTest {

    private static final String NOON = "2026-11-30T12:00:00Z";

    private Connection ledger;

    @BeforeEach
    void begin() throws SQLException {
        ledger = TestDatabase.shared().open();
    }

    @AfterEach
    void end() throws SQLException {
        ledger.close();
    }

    @Test
    void aChangeIsOneRevisionHoweverManySeeIt() throws SQLException {
        assertEquals(1, starts("a", NOON));
        assertEquals(1, starts("a", NOON));
        assertEquals(2, changes("b", NOON));
        assertEquals(2, changes("b", NOON));
        // and an earlier state that somebody writes again is a change like any other
        assertEquals(3, changes("a", NOON));
        assertEquals("a", text("select convert_from(content, 'UTF8') from orderweir.revision_file where number = 3 and path = 'policy/flows.yaml'"));
    }

    @Test
    void whoStartsWithOlderDirectoriesBringsNothingBack() throws SQLException {
        starts("a", NOON);
        changes("b", NOON);
        assertEquals(2, starts("a", NOON));
        assertEquals(3, starts("c", NOON));
    }

    @Test
    void whoSeesAChangeLateDoesNotUndoWhatAPersonTookBackMeanwhile() throws SQLException {
        starts("a", NOON);
        changes("b", NOON);
        assertEquals("3", restore(1));
        // When a replica whose directory is a minute behind sees it
        assertEquals(3, changes("b", "2026-11-30T12:01:00Z"));
        // and when somebody writes it again an hour later
        assertEquals(4, changes("b", "2026-11-30T13:01:00Z"));
    }

    @Test
    void whatRunsOrIsNotKnownCannotComeBack() throws SQLException {
        starts("a", NOON);
        changes("b", NOON);
        assertTrue(assertThrows(SQLException.class, () -> restore(9)).getMessage().contains("There is no revision 9."));
        ledger.rollback();
        starts("a", NOON);
        changes("b", NOON);
        assertTrue(assertThrows(SQLException.class, () -> restore(2)).getMessage().contains("Revision 2 is what runs."));
    }

    @Test
    void theFilesOfTheNewestHundredAreKept() throws SQLException {
        for (int i = 1; i <= 105; i++) {
            changes("state " + i, NOON);
        }
        assertEquals("6..105", text("select min(number) || '..' || max(number) from orderweir.revision_file"));
        assertTrue(assertThrows(SQLException.class, () -> restore(5)).getMessage().contains("The files of revision 5 are not kept any more"));
    }

    private long starts(String state, String at) throws SQLException {
        return take(state, true, at);
    }

    private long changes(String state, String at) throws SQLException {
        return take(state, false, at);
    }

    private long take(String state, boolean starts, String at) throws SQLException {
        try (PreparedStatement take = ledger.prepareStatement("select orderweir.revision_take(?, null, ?, ?, ?, ?::timestamptz)")) {
            take.setString(1, state);
            take.setBoolean(2, starts);
            take.setArray(3, ledger.createArrayOf("text", new Object[] {"policy/flows.yaml"}));
            take.setArray(4, ledger.createArrayOf("bytea", new byte[][] {state.getBytes(StandardCharsets.UTF_8)}));
            take.setString(5, at);
            try (ResultSet row = take.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private String restore(long number) throws SQLException {
        return text("select orderweir.revision_restore(" + number + ", 'ann', '" + NOON + "') ->> 'number'");
    }

    private String text(String query) throws SQLException {
        try (PreparedStatement ask = ledger.prepareStatement(query); ResultSet row = ask.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }
}
