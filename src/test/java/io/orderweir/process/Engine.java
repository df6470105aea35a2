package io.orderweir.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** The packaged application as a process, in the roles and with the properties a test gives it. */
public final class Engine implements AutoCloseable {
    private static final Duration READY = Duration.ofMinutes(4);
    private static final AtomicInteger NEXT_PORT = new AtomicInteger(20_000 + 4_000 * Folders.fork() + new Random().nextInt(3_000));
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final Path folder;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    /** What compiles longest is never earned back by a process of a minute: it cost three of seven seconds of CPU time to ready. */
    private static final String BRIEF = "-XX:TieredStopAtLevel=1";

    private final List<String> jvm = new ArrayList<>(List.of("-Xmx768m", "-XX:+UseSerialGC", BRIEF));
    private final int port = freePort();
    private Child child;

    private Engine(Path folder) {
        this.folder = folder;
        with("quarkus.http.port", port);
    }

    /** Its log is target/it/(number of the JVM)/(name)/engine.log; an existing one is continued. */
    public static Engine named(String name) {
        return new Engine(Folders.of(name));
    }

    /** Another process with the same properties, with a log and a port of its own. */
    public Engine replica(String name) {
        Engine other = named(name);
        properties.forEach((key, value) -> other.properties.putIfAbsent(key, value));
        other.environment.putAll(environment);
        other.jvm.clear();
        return other.jvm(jvm.toArray(String[]::new));
    }

    public Engine on(Services services) {
        return on(services.alone());
    }

    public Engine on(Tenant tenant) {
        if (!tenant.prefix().isEmpty()) {
            with("orderweir.topics.prefix", tenant.prefix());
        }
        return with("quarkus.datasource.jdbc.url", tenant.engineUrl()).with("quarkus.datasource.username", tenant.user()).with("quarkus.datasource.password", tenant.password())
                .broker(tenant.kafka());
    }

    /** With what a client of the broker needs. */
    public Engine broker(Map<String, Object> client) {
        client.forEach((property, value) -> with("kafka." + property, value));
        return this;
    }

    public Engine roles(String roles) {
        return with("orderweir.roles", roles);
    }

    public Engine with(String key, Object value) {
        properties.put(key, String.valueOf(value));
        return this;
    }

    public Engine with(Account account) {
        account.keys().forEach(this::with);
        return this;
    }

    public Engine env(String key, String value) {
        environment.put(key, value);
        return this;
    }

    /** More JVM options; the last of a kind counts. */
    public Engine jvm(String... options) {
        jvm.addAll(List.of(options));
        return this;
    }

    /** With the optimizing compiler, as a user runs it: for what is measured, or works for many minutes. */
    public Engine lasting() {
        jvm.remove(BRIEF);
        return this;
    }

    /** So in benchmarks and in the long forms of tests. */
    Engine lastingWhereLong() {
        return System.getProperty("orderweir.fork") == null || System.getProperty("orderweir.chaos") != null ? lasting() : this;
    }

    /** Starts and waits until it is ready. */
    public Engine start() {
        launch();
        awaitReady();
        return this;
    }

    /** Starts and does not wait. */
    public Engine launch() {
        return launch(List.of());
    }

    /** As on a host of its own: what it takes to start, it does not take from those that work. */
    public Engine launchBeside() {
        return launch(List.of("nice", "-n", "10"));
    }

    private Engine launch(List<String> before) {
        List<String> command = new ArrayList<>(before);
        command.add(Folders.java());
        command.addAll(jvm);
        properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(ClassArchive.application());
        child = Child.start(command, environment, folder, log(), ProcessBuilder.Redirect.appendTo(log().toFile()));
        return this;
    }

    public void awaitReady() {
        child.await(this::isReady, READY);
    }

    public boolean isReady() {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(url() + "/q/health/ready")).timeout(Duration.ofSeconds(5)).build(),
                    HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks it to stop and waits until it has finished. */
    public void stop() {
        child.stop();
    }

    /** The same of one that writes something large at its end. */
    void stopPatiently() {
        child.process().destroy();
        child.end(READY);
    }

    public void kill9() {
        child.kill9();
    }

    /** Starts it again after stop or kill, at the same URL. */
    public Engine restart() {
        return start();
    }

    public boolean isAlive() {
        return child != null && child.process().isAlive();
    }

    public long pid() {
        return child.process().pid();
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public Path log() {
        return folder.resolve(properties.getOrDefault("orderweir.roles", "").equals("sandbox") ? "sandbox.log" : "engine.log");
    }

    @Override
    public void close() {
        if (isAlive()) {
            // whoever is done with it does not wait for what it would still end in order
            kill9();
        }
    }

    /** Of this JVM's own: below those that clients get, and not where the JVM beside it looks, because it is let go before the process has it. */
    static int freePort() {
        while (true) {
            int port = NEXT_PORT.getAndIncrement();
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // the next one
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
