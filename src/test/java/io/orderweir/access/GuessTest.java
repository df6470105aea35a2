package io.orderweir.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.orderweir.embedded.TestDatabase;
import io.orderweir.ledger.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who guesses waits longer and longer; nobody else does, and the audit log is not filled. */
class GuessTest {

    private static final String HERE = "10.0.0.1";
    private static final String ELSEWHERE = "10.0.0.2";

    @AutoClose
    private final Connection ledger;

    GuessTest() throws SQLException {
        ledger = TestDatabase.shared().open();
    }

    @BeforeEach
    void ann() throws SQLException {
        rows("delete from orderweir.guess");
        rows("insert into orderweir.person (name, role, password) values ('Ann', 'admin', 'a hash')");
    }

    @Test
    void theWaitGrowsWithEachWrongPasswordFromOneAddressToAMinute() throws SQLException {
        List<Integer> waits = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            rows(Sql.of("access/miss.sql"), "ann", HERE);
            waits.add(wait("Ann", HERE));
        }
        assertEquals(List.of(0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60), waits);
        assertEquals(0, wait("Ann", ELSEWHERE));
        assertEquals(0, wait("Bob", HERE));
    }

    @Test
    void whoEntersIsCountedNoMoreAndTheOthersAre() throws SQLException {
        for (int i = 0; i < 5; i++) {
            rows(Sql.of("access/miss.sql"), "ann", HERE);
            rows(Sql.of("access/miss.sql"), "ann", ELSEWHERE);
        }
        rows(Sql.of("access/enter.sql"), "ANN", HERE, new byte[] {1}, 60.0);
        assertEquals(0, wait("Ann", HERE));
        assertEquals(4, wait("Ann", ELSEWHERE));
        assertEquals(List.of("Ann"), rows("select person from orderweir.key where kind = 'session' and hash = '\\x01'"));
    }

    @Test
    void aNameThatNobodyHasWaitsToo() throws SQLException {
        for (int i = 0; i < 3; i++) {
            rows(Sql.of("access/miss.sql"), "nobody", HERE);
        }
        assertEquals(1, wait("nobody", HERE));
        assertNull(rows(Sql.of("access/password.sql"), "nobody", ELSEWHERE).get(0));
    }

    @Test
    void theAuditLogHasTheFirstTheTenthAndTheHundredth() throws SQLException {
        // When 150 come from as many addresses, and 30 for names that nobody has
        for (int i = 0; i < 150; i++) {
            rows(Sql.of("access/miss.sql"), "ann", "10.1.0." + i);
        }
        for (int i = 0; i < 30; i++) {
            rows(Sql.of("access/miss.sql"), "nobody " + i, HERE);
        }
        // Then
        assertEquals(List.of("Somebody tried to enter with a password that is not that of Ann, last from 10.1.0.0.",
                "Somebody tried 10 times to enter with a password that is not that of Ann, last from 10.1.0.9.",
                "Somebody tried 100 times to enter with a password that is not that of Ann, last from 10.1.0.99.",
                "Somebody tried to enter with a password that is not anybody's, last from 10.0.0.1.",
                "Somebody tried 10 times to enter with a password that is not anybody's, last from 10.0.0.1."),
                rows("select detail ->> 'answer' from orderweir.audit where action = 'access.refused' order by id"));
    }

    @Test
    void afterAnHourNothingIsKept() throws SQLException {
        for (int i = 0; i < 4; i++) {
            rows(Sql.of("access/miss.sql"), "ann", HERE);
        }
        rows("update orderweir.guess set at = at - interval '61 minutes'");
        rows(Sql.of("access/miss.sql"), "ann", ELSEWHERE);
        assertEquals(List.of("ann//1", "ann/" + ELSEWHERE + "/1"), rows("select name || '/' || address || '/' || times from orderweir.guess order by address"));
    }

    private int wait(String name, String address) throws SQLException {
        try (PreparedStatement asked = ledger.prepareStatement(Sql.of("access/password.sql"))) {
            asked.setString(1, name);
            asked.setString(2, address);
            try (ResultSet answer = asked.executeQuery()) {
                answer.next();
                return Math.max(0, answer.getInt("wait"));
            }
        }
    }

    /** The first column of each row. */
    private List<String> rows(String statement, Object... values) throws SQLException {
        try (PreparedStatement asked = ledger.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                asked.setObject(i + 1, values[i]);
            }
            List<String> rows = new ArrayList<>();
            if (asked.execute()) {
                try (ResultSet answer = asked.getResultSet()) {
                    while (answer.next()) {
                        rows.add(answer.getString(1));
                    }
                }
            }
            return rows;
        }
    }
}
