package io.orderweir.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.embedded.TestDatabase;
import io.orderweir.ledger.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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

    @Test
    void replicasThatStartAtTheSameTimeMakeOneAdmin() throws Exception {
        TestDatabase apart = TestDatabase.shared().named("first_admins");
        List<Connection> replicas = new ArrayList<>();
        ExecutorService together = Executors.newFixedThreadPool(4);
        try {
            for (int i = 0; i < 4; i++) {
                replicas.add(apart.open());
                replicas.get(i).setAutoCommit(true);
            }
            for (int round = 0; round < 100; round++) {
                // Given an empty house
                run(replicas.get(0), "delete from orderweir.person");
                // When four replicas start
                List<Callable<Void>> starts = new ArrayList<>();
                CyclicBarrier gate = new CyclicBarrier(replicas.size());
                for (Connection replica : replicas) {
                    starts.add(() -> {
                        gate.await(30, TimeUnit.SECONDS);
                        start(replica, "link " + replicas.indexOf(replica));
                        return null;
                    });
                }
                for (Future<Void> started : together.invokeAll(starts)) {
                    // Then none fails
                    started.get();
                }
            }
        } finally {
            together.shutdownNow();
            for (Connection replica : replicas) {
                replica.close();
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

    @Test
    void whereTheDirectoryLetsAnAdminInNoLinkIsPrintedAnyMore() throws SQLException {
        try (Connection ledger = TestDatabase.shared().open()) {
            // Given a house whose people enter through its directory
            assertTrue(nobody(ledger, true));
            run(ledger, "insert into orderweir.person (name, role) values ('kim@example.com', 'admin')");
            assertTrue(nobody(ledger, true), "she has never been here");
            // When one of them came as admin
            run(ledger, "select orderweir.audit_note('kim@example.com', 'access.enter', 'kim@example.com', '{}')");
            // Then
            assertFalse(nobody(ledger, true));
            assertTrue(nobody(ledger, false), "the directory was taken away");
        }
    }

    @Test
    void theTokensOfWhomTheDirectoryLetInEndAMonthAfterHerLastVisit() throws SQLException {
        try (Connection ledger = TestDatabase.shared().open()) {
            // Given somebody of the directory, somebody with a password, and a program that only ever had a token
            run(ledger, "insert into orderweir.person (name, role, password) values ('kim', 'viewer', null), ('ann', 'viewer', 'bcrypt'), ('program', 'viewer', null)");
            for (String name : List.of("kim", "ann", "program")) {
                run(ledger, "insert into orderweir.key (hash, person, kind, label, expires_at) values ('" + name + "', '" + name + "', 'token', 'a program', clock_timestamp() + interval '1 year')");
            }
            run(ledger, "alter table orderweir.audit disable trigger user");
            for (String name : List.of("kim", "ann")) {
                run(ledger, "select orderweir.audit_note('" + name + "', 'access.enter', '" + name + "', '{}')");
            }
            assertEquals(List.of("kim", "ann", "program"), opened(ledger));
            // When neither came for a month
            run(ledger, "update orderweir.audit set at = at - interval '31 days'");
            // Then
            assertEquals(List.of("ann", "program"), opened(ledger));
        }
    }

    private static List<String> opened(Connection ledger) throws SQLException {
        List<String> opened = new ArrayList<>();
        for (String name : List.of("kim", "ann", "program")) {
            try (PreparedStatement open = ledger.prepareStatement(Sql.of("access/open.sql"))) {
                open.setBytes(1, name.getBytes());
                open.setDouble(2, 60);
                try (ResultSet found = open.executeQuery()) {
                    if (found.next()) {
                        opened.add(found.getString("person"));
                    }
                }
            }
        }
        return opened;
    }

    private static boolean nobody(Connection ledger, boolean directory) throws SQLException {
        try (PreparedStatement ask = ledger.prepareStatement(Sql.of("access/nobody.sql"))) {
            ask.setBoolean(1, directory);
            try (ResultSet answer = ask.executeQuery()) {
                answer.next();
                return answer.getBoolean(1);
            }
        }
    }

    private static void run(Connection ledger, String statement) throws SQLException {
        try (Statement run = ledger.createStatement()) {
            run.execute(statement);
        }
    }
}
