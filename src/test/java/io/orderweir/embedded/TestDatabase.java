package io.orderweir.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;

/** The database as the engine meets it, for tests that start no engine: the embedded server with the migrations applied, once per JVM. */
public final class TestDatabase {

    private static TestDatabase shared;

    private final String url;

    private TestDatabase(String url) {
        this.url = url;
    }

    public static synchronized TestDatabase shared() {
        if (shared == null) {
            shared = start(Path.of("target", "house").toAbsolutePath());
        }
        return shared;
    }

    /** A session with its own transaction; what it does is gone with rollback or close. */
    public Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection(url, EmbeddedPostgres.USER, "");
        connection.setAutoCommit(false);
        return connection;
    }

    private static TestDatabase start(Path folder) {
        try {
            Directories.make(folder);
            EmbeddedPostgres server = new EmbeddedPostgres(PostgresPrograms.unpack(folder, folder), folder.resolve("postgres"), folder.resolve("postgres.log"),
                    FreePorts.find(1).get(0));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
            server.start();
            fresh(server.jdbcUrl());
            return new TestDatabase(server.jdbcUrl());
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("no database for tests in " + folder + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the database was starting", e);
        }
    }

    private static void fresh(String url) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(url, EmbeddedPostgres.USER, "");
                Statement statement = connection.createStatement();
                Stream<Path> migrations = Files.list(Path.of("src/main/resources/db/migration"))) {
            statement.execute("drop schema if exists orderweir cascade");
            statement.execute("create schema orderweir");
            statement.execute("set search_path = orderweir");
            for (Path migration : migrations.sorted().toList()) {
                statement.execute(Files.readString(migration));
            }
        }
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
