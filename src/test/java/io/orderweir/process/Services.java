package io.orderweir.process;

import io.orderweir.embedded.GuardedServices;
import io.orderweir.embedded.PasswordFile;
import io.orderweir.embedded.ServiceAddresses;
import io.orderweir.embedded.TestAuthority;
import io.orderweir.embedded.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A real database and a real broker of a test's own, as the launcher starts them; addresses stay the same across restarts. */
public final class Services implements AutoCloseable {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static Services shared;

    private final Path folder;
    private final boolean guarded;
    private String template;
    private Child launcher;
    private ServiceAddresses addresses;

    private Services(Path folder, Access access) {
        this.folder = folder;
        guarded = access == Access.GUARDED;
    }

    /** One database server and one broker for all tests of this JVM that end neither: each takes a {@link Tenant}. Started by the first, ended with the JVM. */
    public static synchronized Services shared() {
        if (shared == null) {
            shared = start("shared");
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /** Starts on an empty data directory, target/it/(number of the JVM)/(name)/data. */
    public static Services start(String name) {
        return start(name, Access.CLEAR);
    }

    public static Services start(String name, Access access) {
        Services services = new Services(Folders.fresh(name), access);
        if (services.guarded) {
            TestAuthority.in(services.tls());
        }
        services.start();
        if (services.guarded) {
            GuardedServices.guard(services.data(), services.jdbcUrl());
            // no launcher is left to do it
            Runtime.getRuntime().addShutdownHook(new Thread(() -> ProcessHandle.of(services.addresses.postgresPid()).ifPresent(ProcessHandle::destroy)));
        }
        return services;
    }

    /** Will start where nobody listens yet; the addresses are known before. */
    public static Services later(String name) {
        Services services = new Services(Folders.fresh(name), Access.CLEAR);
        services.addresses = new ServiceAddresses("jdbc:postgresql://127.0.0.1:" + Engine.freePort() + "/orderweir", "orderweir", services.data().resolve("postgres.key").toString(), "127.0.0.1:" + Engine.freePort(), 0, 0);
        return services;
    }

    /** Starts again on the same data, at the same addresses. */
    public void start() {
        TestDatabase.unpack(Folders.orderweir().resolve("embedded"));
        List<String> command = new ArrayList<>(List.of(Folders.java(), guarded ? "-Xmx512m" : "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dorderweir.data=" + data()));
        if (addresses != null) {
            command.add("-Dorderweir.launcher.postgres-port=" + URI.create(addresses.jdbcUrl().substring("jdbc:".length())).getPort());
            command.add("-Dorderweir.launcher.kafka-port=" + addresses.kafka().split(":")[1]);
        }
        command.addAll(guarded ? GuardedServices.command(data(), Folders.orderweir()) : List.of("-jar", Folders.orderweir().resolve("orderweir.jar").toString(), "services"));
        launcher = Child.start(command, Map.of(), folder, folder.resolve("services.log"), ProcessBuilder.Redirect.PIPE);
        addresses = firstLine().flatMap(ServiceAddresses::parse)
                .orElseThrow(() -> new IllegalStateException("services did not start, see " + folder.resolve("services.log")));
        PasswordFile.add(addresses.jdbcUrl(), data());
    }

    /** Stops cleanly. */
    public void stop() {
        resumeBroker();
        try {
            launcher.process().getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        launcher.end(Duration.ofSeconds(60));
    }

    /** Ends launcher, broker and database at once, as a power switch would. */
    public void kill9() {
        List<ProcessHandle> all = new ArrayList<>(List.of(launcher.process().toHandle()));
        ProcessHandle.of(addresses.pid()).ifPresent(all::add);
        ProcessHandle.of(addresses.postgresPid()).ifPresent(all::add);
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    /** Stops the broker's process in its tracks (SIGSTOP); the database goes on. */
    public void pauseBroker() {
        Child.signal("STOP", addresses.pid());
    }

    public void resumeBroker() {
        if (ProcessHandle.of(addresses.pid()).isPresent()) {
            Child.signal("CONT", addresses.pid());
        }
    }

    /** Stops the database in its tracks (SIGSTOP), sessions and all; the broker goes on. */
    public void pauseDatabase() {
        databaseProcesses("STOP");
    }

    public void resumeDatabase() {
        databaseProcesses("CONT");
    }

    private void databaseProcesses(String signal) {
        ProcessHandle.of(addresses.postgresPid()).ifPresent(postmaster -> {
            // first the one that starts the others
            Child.signal(signal, postmaster.pid());
            postmaster.descendants().forEach(session -> Child.signal(signal, session.pid()));
        });
    }

    public String jdbcUrl() {
        return addresses.jdbcUrl();
    }

    /** Of {@link #user}. Services that start later are given theirs now. */
    public String password() {
        return key("postgres.key");
    }

    private String key(String file) {
        Path key = data().resolve(file);
        try {
            if (!Files.exists(key)) {
                Files.createDirectories(key.getParent());
                Files.writeString(key, "0123456789abcdef".repeat(4));
            }
            return Files.readString(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String user() {
        return addresses.user();
    }

    public String bootstrapServers() {
        return addresses.kafka();
    }

    /** What a client of the broker needs. Of services that start later the password is given now. */
    public Map<String, Object> kafka() {
        if (guarded) {
            return Map.of("bootstrap.servers", bootstrapServers(), "security.protocol", "SASL_SSL", "sasl.mechanism", "SCRAM-SHA-512", "ssl.truststore.type", "PEM",
                    "ssl.truststore.location", tls().resolve("ca.crt").toString(),
                    "sasl.jaas.config", "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"orderweir\" password=\"" + key("kafka.key") + "\";");
        }
        return Map.of("bootstrap.servers", bootstrapServers(), "security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"orderweir\" password=\"" + key("kafka.key") + "\";");
    }

    public ServiceAddresses addresses() {
        return addresses;
    }

    /** The process that owns the data directory. */
    public ProcessHandle launcher() {
        return launcher.process().toHandle();
    }

    public Path data() {
        return folder.resolve("data");
    }

    /** What a client needs to trust guarded services: {@code ca.crt}. */
    public Path tls() {
        return data().resolve("tls");
    }

    /** What stands behind the address of a database for an engine. */
    String trust() {
        return guarded ? "?sslmode=verify-full&sslrootcert=" + tls().resolve("ca.crt") : "";
    }

    public Sql sql() {
        return new Sql(jdbcUrl(), user());
    }

    /** The JDBC URL of a new, empty database on the same server. */
    public String freshDatabase() {
        return database("");
    }

    /** The JDBC URL of a new database with an empty ledger; it is migrated once, and copied. */
    public synchronized String freshLedger() {
        if (template == null) {
            template = freshDatabase();
            TestDatabase.migrate(template, user());
        }
        return database(" template " + template.substring(template.lastIndexOf('/') + 1));
    }

    /** The same as this ledger is now. Nobody may be connected to it. */
    public String copyOf(String ledger) {
        return database(" template " + ledger.substring(ledger.lastIndexOf('/') + 1));
    }

    /** A ledger and topics that nobody else on these services sees. */
    public Tenant tenant(String name) {
        String ledger = freshLedger();
        return new Tenant(this, ledger, name + "-" + ledger.substring(ledger.lastIndexOf('_') + 1) + "-");
    }

    /** The whole of these services for one engine. */
    public Tenant alone() {
        return new Tenant(this, jdbcUrl(), "");
    }

    private String database(String like) {
        String name = "fresh_" + DATABASES.incrementAndGet();
        sql().run("create database " + name + like);
        return jdbcUrl().replaceFirst("/[^/]*$", "/" + name);
    }

    @Override
    public void close() {
        if (launcher != null && launcher.process().isAlive()) {
            stop();
        }
    }

    private Optional<String> firstLine() {
        try {
            return Optional.ofNullable(new BufferedReader(new InputStreamReader(launcher.process().getInputStream())).readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
