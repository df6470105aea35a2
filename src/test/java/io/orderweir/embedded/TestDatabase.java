package io.orderweir.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** The database as the engine meets it, for tests that start no engine: the embedded server with the migrations applied, once per JVM. */
public final class TestDatabase {

    /** An empty ledger, to which nobody is connected: the others are copies of it. */
    private static final String EMPTY = "empty_ledger";
    private static TestDatabase shared;
    private static TestDatabase apart;

    private final String url;

    private TestDatabase(String url) {
        this.url = url;
    }

    public static synchronized TestDatabase shared() {
        if (shared == null) {
            shared = start(Path.of("target", "house", System.getProperty("orderweir.fork", "jvm-1")).toAbsolutePath());
        }
        return shared;
    }

    /** A session with its own transaction; what it does is gone with rollback or close. */
    public Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection(url, EmbeddedPostgres.USER, null);
        connection.setAutoCommit(false);
        return connection;
    }

    /** The ledger in a database beside it, for tests that write: what they leave behind would change how the database plans the statements that are looked at here. */
    public static synchronized TestDatabase apart() throws SQLException {
        if (apart == null) {
            apart = shared().named("apart");
        }
        return apart;
    }

    /** A database of its own beside it, in which the ledger has the tables of an older version, such as 14, and no functions. */
    public TestDatabase before(String version) throws SQLException {
        TestDatabase older = beside("before_" + version, "");
        Flyway.configure().dataSource(older.url, EmbeddedPostgres.USER, null).schemas("orderweir").locations("db/migration").target(version).load().migrate();
        return older;
    }

    /** The ledger in an empty database of its own beside it, for tests of what reads it from outside: what they commit nobody else meets. */
    public TestDatabase named(String name) throws SQLException {
        return beside(name, " template " + EMPTY);
    }

    /** Unpacks the programs beside the jars of a folder, where every start of services finds them: one that was started as root may not write there, and would unpack its own. */
    public static void unpack(Path besideTheJars) {
        try {
            PostgresPrograms.unpack(besideTheJars, besideTheJars);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The keys of the configuration that lead to it. */
    public Map<String, String> keys() {
        return Map.of("quarkus.datasource.jdbc.url", url, "quarkus.datasource.username", EmbeddedPostgres.USER);
    }

    private TestDatabase beside(String name, String like) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, EmbeddedPostgres.USER, null); Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + name);
            statement.execute("create database " + name + like);
        }
        return new TestDatabase(url.replaceFirst("/[^/?]+(?=\\?|$)", "/" + name));
    }

    /** Brings it to the newest version, as the engine does when it starts. */
    public void upgrade() {
        migrate(url, EmbeddedPostgres.USER);
    }

    private static TestDatabase start(Path folder) {
        try {
            Directories.make(folder);
            EmbeddedPostgres server = new EmbeddedPostgres(PostgresPrograms.unpack(folder, folder), folder.resolve("postgres"), folder.resolve("postgres.log"),
                    FreePorts.find(1).get(0));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
            server.start();
            PasswordFile.add(server.jdbcUrl(), folder);
            TestDatabase first = new TestDatabase(server.jdbcUrl());
            first.beside(EMPTY, "").upgrade();
            return first.named("shared");
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("no database for tests in " + folder + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the database was starting", e);
        }
    }

    /** Makes the ledger in an empty database, as the engine does when it starts. */
    public static void migrate(String url, String user) {
        Flyway.configure().dataSource(url, user, null).schemas("orderweir").locations("db/migration", "db/functions").initSql("set check_function_bodies = off").group(true)
                .load().migrate();
    }

    private static void stop(EmbeddedPostgres server) {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
