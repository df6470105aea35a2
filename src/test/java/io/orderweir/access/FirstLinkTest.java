package io.orderweir.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.orderweir.embedded.TestDatabase;
import io.orderweir.ledger.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Every start prints a link as long as nobody has used one, into a log that is kept: only the newest opens anything. */
class FirstLinkTest {

    @Test
    void onlyTheLinkOfTheLastStartOpensAnything() throws SQLException {
        try (Connection ledger = TestDatabase.shared().open()) {
            // Given a start
            start(ledger, "first");
            // When another one follows
            start(ledger, "second");
            // Then
            try (PreparedStatement ask = ledger.prepareStatement("select string_agg(convert_from(hash, 'UTF8'), ' ') from orderweir.key where kind = 'link'"); ResultSet links = ask.executeQuery()) {
                links.next();
                assertEquals("second", links.getString(1));
            }
        }
    }

    private static void start(Connection ledger, String link) throws SQLException {
        try (PreparedStatement first = ledger.prepareStatement(Sql.of("access/first.sql"))) {
            first.setString(1, "admin");
            first.setString(2, null);
            first.setBytes(3, link.getBytes());
            first.setLong(4, 3600);
            first.executeQuery().close();
        }
    }
}
