package io.orderweir.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real PostgreSQL server on loopback: durable, its data in one directory, stopped with its owner. */
final class EmbeddedPostgres {
    static final String USER = "orderweir";
    private static final String ADMIN = "postgres";
    private static final String DATABASE = "orderweir";
    /** invalid_password (PostgreSQL, appendix A). */
    private static final String WRONG_PASSWORD = "28P01";
    private static final Pattern TRUSTS = Pattern.compile("(?m)^(\\s*(?:host|local)\\w*\\s.*\\s)trust\\s*$");
    /** Makes each guess of a password slow, and each connection; these passwords are keys of 256 random bits, which nobody guesses however fast. */
    private static final String SLOWNESS = "scram_iterations";
    private static final Map<String, String> CONFIG = Map.of(
            "listen_addresses", "127.0.0.1",
            "unix_socket_directories", "",
            "fsync", "on",
            "synchronous_commit", "on",
            "max_connections", "100",
            "plan_cache_mode", "force_generic_plan", // "auto" planned the prepared claim anew at every call on some connections
            SLOWNESS, "1",
            "timezone", "UTC",
            "log_timezone", "UTC");

    private final Path programs;
    private final Path data;
    private final Path log;
    private final int port;
    private List<String> identity = List.of();
    private volatile Process process;
    private volatile boolean stopping;
    private String password;
    private String adminPassword;

    EmbeddedPostgres(Path programs, Path data, Path log, int port) {
        this.programs = programs;
        this.data = data;
        this.log = log;
        this.port = port;
    }

    void start() throws IOException, InterruptedException {
        if (Files.exists(log) && Files.size(log) > 10_000_000) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        password = OwnKey.of(keyOf(data));
        adminPassword = OwnKey.of(adminKey());
        if (Files.exists(data.resolve("PG_VERSION"))) {
            refuseOtherVersion();
            identity = Unprivileged.commandFor(data);
            stopOrphan();
        } else {
            createCluster();
        }
        FreePorts.require(port, EmbeddedServices.POSTGRES_PORT); // only now: an orphan may have listened there
        long began = Files.exists(log) ? Files.size(log) : 0;
        List<String> server = new ArrayList<>(List.of("-D", data.toString(), "-p", String.valueOf(port)));
        CONFIG.forEach((key, value) -> server.addAll(List.of("-c", key + "=" + value)));
        process = program("postgres", server);
        while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
            if (answers()) {
                createDatabase();
                return;
            }
        }
        throw new Refusal("PostgreSQL did not start on port " + port + " with " + data + ": " + complaint(began) + " (log: " + log + ")");
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    /** The file with the password of {@link #USER} for a cluster in this folder. */
    static Path keyOf(Path data) {
        return data.resolveSibling("postgres.key");
    }

    private Path adminKey() {
        return data.resolveSibling("postgres-admin.key");
    }

    Process process() {
        return process;
    }

    void stop() throws IOException, InterruptedException {
        stopping = true;
        Process running = process;
        if (running != null && running.isAlive()) {
            endSessionsAndStop(running.toHandle());
        }
    }

    private void createCluster() throws IOException, InterruptedException {
        // made beside and renamed when complete: a first start that was killed half way begins again
        Path unfinished = data.resolveSibling(data.getFileName() + ".new");
        Directories.delete(unfinished);
        Directories.make(unfinished);
        identity = Unprivileged.commandFor(unfinished);
        process = program("initdb", List.of("-D", unfinished.toString(), "-U", ADMIN, "--auth=scram-sha-256", "--pwfile=" + adminKey(), "--encoding=UTF8",
                "--locale=C.UTF-8", "--locale-provider=builtin", "-c", SLOWNESS + "=" + CONFIG.get(SLOWNESS)));
        if (process.waitFor() != 0) {
            throw new Refusal("PostgreSQL could not create its files in " + unfinished + ": " + complaint(0) + " (log: " + log + ")");
        }
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void refuseOtherVersion() throws IOException, InterruptedException {
        String made = Files.readString(data.resolve("PG_VERSION")).strip();
        Process asked = new ProcessBuilder(programs.resolve("bin/postgres").toString(), "--version").redirectErrorStream(true).start();
        String answer = new String(asked.getInputStream().readAllBytes()).strip(); // postgres (PostgreSQL) 17.6
        if (!answer.contains(") " + made + ".")) {
            throw new Refusal(data + " was made by PostgreSQL " + made + ", these programs are " + answer
                    + "; move the data with pg_dump and pg_restore, or choose another directory with -Dorderweir.data=<directory>");
        }
    }

    /** A server whose owner was killed still runs on these files: it is stopped safely before a new one starts. */
    private void stopOrphan() throws IOException, InterruptedException {
        Path pidFile = data.resolve("postmaster.pid");
        Optional<ProcessHandle> named = Files.exists(pidFile)
                ? Files.readAllLines(pidFile).stream().findFirst().map(String::strip).map(Long::valueOf).flatMap(ProcessHandle::of)
                : Optional.empty();
        if (named.isEmpty()) {
            return;
        }
        Path proc = Path.of("/proc", String.valueOf(named.get().pid()));
        if (!Files.readString(proc.resolve("comm")).strip().equals("postgres")) {
            // the number was given to another program since (usual in restarted containers); PostgreSQL would refuse to start
            Files.delete(pidFile);
        } else if (List.of(Files.readString(proc.resolve("cmdline")).split("\0")).contains(data.toString())) {
            System.err.println("orderweir: stopping PostgreSQL " + named.get().pid() + ", left on " + data + " by a killed owner");
            endSessionsAndStop(named.get());
        }
        // a PostgreSQL we cannot prove to be ours is left alone: the new server decides, and refuses if the files are in use
    }

    /** Fast shutdown: sessions are ended, everything committed is on disk. Only SIGINT means this, and Java has no word for it. */
    private static void endSessionsAndStop(ProcessHandle server) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -INT " + server.pid()).inheritIO().start().waitFor();
        server.onExit().join();
    }

    private Process program(String name, List<String> arguments) throws IOException {
        if (stopping) {
            throw new Refusal("stopped while PostgreSQL was starting");
        }
        List<String> command = new ArrayList<>(identity);
        command.add(programs.resolve("bin").resolve(name).toString());
        command.addAll(arguments);
        return new ProcessBuilder(command).directory(data.getParent().toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    }

    private boolean answers() {
        try (Connection connection = admin()) {
            return connection.isValid(5);
        } catch (SQLException stillStarting) {
            if (WRONG_PASSWORD.equals(stillStarting.getSQLState())) {
                throw new Refusal("the key in " + adminKey() + " is not the password of " + data + ": put back the one of the same backup; or write trust instead of scram-sha-256 into "
                        + data.resolve("pg_hba.conf") + " and start again, which sets it anew", stillStarting);
            }
            return false;
        }
    }

    /** Data of an older version, or of somebody who lost its key, trusts every local connection. */
    private void askForPasswords(Statement statement) throws SQLException, IOException {
        Path entrance = data.resolve("pg_hba.conf");
        String rules = Files.readString(entrance);
        if (TRUSTS.matcher(rules).find()) {
            statement.execute("alter role " + ADMIN + " password '" + adminPassword + "'");
            Files.writeString(entrance, TRUSTS.matcher(rules).replaceAll("$1scram-sha-256"));
            statement.execute("select pg_reload_conf()");
        }
    }

    private void createDatabase() throws IOException {
        try (Connection connection = admin(); Statement statement = connection.createStatement()) {
            // the application gets no more than an ordinary database owner, as on a managed server
            if (!statement.executeQuery("select from pg_roles where rolname = '" + USER + "'").next()) {
                statement.execute("create role " + USER + " login createdb");
            }
            if (!statement.executeQuery("select from pg_database where datname = '" + DATABASE + "'").next()) {
                statement.execute("create database " + DATABASE + " owner " + USER);
            }
            statement.execute("alter role " + USER + " password '" + password + "'");
            askForPasswords(statement);
        } catch (SQLException e) {
            throw new Refusal("PostgreSQL runs but the database " + DATABASE + " could not be created: " + e.getMessage(), e);
        }
    }

    private Connection admin() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", ADMIN, adminPassword);
    }

    private String complaint(long from) throws IOException {
        byte[] all = Files.readAllBytes(log);
        String fresh = new String(all, (int) from, (int) (all.length - from));
        try (Stream<String> lines = fresh.lines()) {
            return lines.filter(line -> line.contains("FATAL") || line.contains("ERROR") || line.contains("HINT") || line.contains("could not") || line.contains("error:"))
                    .map(String::strip).collect(Collectors.joining(" | "));
        }
    }
}
