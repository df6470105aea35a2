package io.orderweir.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The child process that runs PostgreSQL and Kafka for as long as its parent holds its standard input open. */
public final class EmbeddedServices {
    /** Somebody else took a free port first: worth another try with other ports. */
    static final int EXIT_PORT_LOST = 75;
    static final String POSTGRES_PORT = "orderweir.launcher.postgres-port";
    static final String KAFKA_PORT = "orderweir.launcher.kafka-port";
    private static final Duration DYING_SERVICES = Duration.ofSeconds(30);
    private static final Duration APPLICATION_STOP = Duration.ofSeconds(20);

    private final OwnerLock lock;
    private final EmbeddedPostgres postgres;
    private final EmbeddedKafka kafka;
    private volatile boolean stopping;
    private volatile Optional<ProcessHandle> application = Optional.empty();

    private EmbeddedServices(OwnerLock lock, EmbeddedPostgres postgres, EmbeddedKafka kafka) {
        this.lock = lock;
        this.postgres = postgres;
        this.kafka = kafka;
    }

    public static void main(String[] arguments) {
        main(arguments, EmbeddedKafka::new);
    }

    static void main(String[] arguments, Broker broker) {
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        try {
            run(Path.of(arguments[0]), Path.of(arguments[1]), broker);
        } catch (Refusal refusal) {
            Logger.getLogger("orderweir").log(Level.SEVERE, "refused", refusal);
            System.err.println("orderweir: " + refusal.getMessage());
            System.exit(Refusal.EXIT_CODE);
        } catch (Exception unexpected) {
            unexpected.printStackTrace();
            System.exit(1); // Kafka's threads would keep a half-started process alive
        }
    }

    /** Makes the broker on a folder and two ports. */
    interface Broker {
        EmbeddedKafka of(Path data, int port, int controllerPort);
    }

    private static void run(Path data, Path jars, Broker broker) throws Exception {
        Path logs = Directories.make(data.resolve("log"));
        logTo(logs.resolve("services.log"));
        OwnerLock lock = take(data);
        boolean portsGiven = Integer.getInteger(POSTGRES_PORT) != null || Integer.getInteger(KAFKA_PORT) != null;
        List<Integer> free = FreePorts.find(3);
        List<Integer> ports = List.of(Integer.getInteger(POSTGRES_PORT, free.get(0)), Integer.getInteger(KAFKA_PORT, free.get(1)), free.get(2));
        Path programs = PostgresPrograms.unpack(jars, data.resolve("bin"));
        EmbeddedServices services = new EmbeddedServices(lock,
                new EmbeddedPostgres(programs, data.resolve("postgres"), logs.resolve("postgres.log"), ports.get(0)),
                broker.of(data.resolve("kafka"), ports.get(1), ports.get(2)));
        Runtime.getRuntime().addShutdownHook(new Thread(services::stop, "stop"));
        Thread parent = new Thread(services::stopWithTheParent, "parent");
        parent.setDaemon(true);
        parent.start();
        try {
            services.start();
        } catch (Refusal e) {
            services.stop(); // our own half listens too; only then does a busy port mean somebody else
            if (!portsGiven && !ports.stream().allMatch(FreePorts::isFree)) {
                System.exit(EXIT_PORT_LOST);
            }
            throw e;
        }
        System.out.println(new ServiceAddresses(services.postgres.jdbcUrl(), EmbeddedPostgres.USER, EmbeddedPostgres.keyOf(data.resolve("postgres")).toString(), services.kafka.bootstrapServers(),
                ProcessHandle.current().pid(), services.postgres.process().pid()).line());
        services.postgres.process().waitFor();
        if (!services.stopping) {
            throw new Refusal("PostgreSQL ended by itself, see " + logs.resolve("postgres.log"));
        }
    }

    private static OwnerLock take(Path data) throws InterruptedException {
        Path file = data.resolve("services.lock");
        Optional<OwnerLock> lock = OwnerLock.tryTake(file);
        if (lock.isEmpty()) {
            System.err.println("orderweir: waiting for the services of a killed start (pid " + OwnerLock.ownerOf(file) + ") to stop");
            lock = OwnerLock.take(file, DYING_SERVICES);
        }
        return lock.orElseThrow(() -> new Refusal("services of an earlier start (pid " + OwnerLock.ownerOf(file) + ") still use " + data
                + " after " + DYING_SERVICES.toSeconds() + " s; end that process and start again"));
    }

    private void start() throws Exception {
        CompletableFuture<Void> database = CompletableFuture.runAsync(() -> {
            try {
                postgres.start();
            } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
            }
        });
        kafka.start();
        try {
            database.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Reads what the parent says ("application <pid>"); the end of the stream means the parent is gone, however it died. */
    private void stopWithTheParent() {
        try (BufferedReader words = new BufferedReader(new InputStreamReader(System.in))) {
            for (String line = words.readLine(); line != null; line = words.readLine()) {
                application = ProcessHandle.of(Long.parseLong(line.substring("application ".length())));
            }
        } catch (IOException e) {
            Logger.getLogger("orderweir").log(Level.WARNING, "standard input ended badly", e);
        }
        System.exit(0);
    }

    private void stop() {
        stopping = true;
        Logger log = Logger.getLogger("orderweir");
        try {
            // an application whose launcher was killed may finish what it is doing before its database goes
            application.filter(ProcessHandle::isAlive).ifPresent(running -> {
                running.destroy();
                running.onExit().completeOnTimeout(running, APPLICATION_STOP.toMillis(), TimeUnit.MILLISECONDS).join();
                running.destroyForcibly();
            });
            kafka.stop();
        } catch (RuntimeException e) {
            log.log(Level.WARNING, "Kafka did not stop cleanly; its log is recovered at the next start", e);
        }
        try {
            postgres.stop();
        } catch (IOException | InterruptedException e) {
            log.log(Level.WARNING, "PostgreSQL did not stop cleanly; it recovers at the next start", e);
        }
    }

    private static void logTo(Path file) throws IOException {
        Logger root = Logger.getLogger("");
        for (var handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        FileHandler handler = new FileHandler(file.toString().replace("%", "%%"), 10_000_000, 2, true);
        handler.setFormatter(new SimpleFormatter());
        root.addHandler(handler);
        root.setLevel(Level.WARNING);
    }
}
