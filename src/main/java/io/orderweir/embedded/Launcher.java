package io.orderweir.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts Orderweir from its own folder, with a database and a broker of its own when none are configured. */
public final class Launcher {
    private static final String DATABASE = "quarkus.datasource.jdbc.url";
    private static final String BROKER = "kafka.bootstrap.servers";
    private static final String SEALS = "orderweir.capture.seals";
    private static final String TOKEN_KEYS = "orderweir.tokens.keys";
    private static final String ROLES = "orderweir.roles";
    private static final String DATA = "orderweir.data";
    private static final String OWN_KEYS = "orderweir.launcher.";
    private static final String SERVICES_ONLY = OWN_KEYS + "services-only";
    /** What needs no services of its own. */
    private static final List<String> COMMANDS = List.of("check", "test", "try", "explain");
    /** It lives for some seconds, and what is compiled longest is never earned back. */
    private static final List<String> SHORT = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    private static final List<String> WITHOUT_SERVICES = List.of("-Dquarkus.datasource.active=false",
            "-Dquarkus.hibernate-orm.active=false", "-Dquarkus.flyway.active=false");
    private static final int PORT_TRIES = 3;
    private static final long APPLICATION_STOP_SECONDS = 30;

    private final Installation installation = Installation.ofThisJar();
    private final Settings settings;
    private final List<String> arguments;
    private List<String> identity;
    private OwnerLock lock;
    private ServicesProcess services;
    private Process application;
    private final Map<String, String> secrets = new HashMap<>();
    private boolean stopping;

    private Launcher(Settings settings, List<String> arguments) {
        this.settings = settings;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) throws Exception {
        try {
            Launcher launcher = new Launcher(Settings.ofThisProcess(), List.of(arguments));
            Runtime.getRuntime().addShutdownHook(new Thread(launcher::stop, "stop"));
            System.exit(launcher.run());
        } catch (Refusal refusal) {
            System.err.println("orderweir: " + refusal.getMessage());
            System.exit(Refusal.EXIT_CODE);
        }
    }

    private int run() throws IOException, InterruptedException {
        if (servicesOnly()) {
            return runServicesOnly();
        }
        if (!arguments.isEmpty() && COMMANDS.contains(arguments.get(0))) {
            return runCommand();
        }
        if (settings.find(ROLES).filter("sandbox"::equals).isPresent()) {
            return runApplication(WITHOUT_SERVICES);
        }
        boolean database = settings.find(DATABASE).isPresent();
        boolean broker = settings.find(BROKER).isPresent();
        if (database != broker) {
            throw halfConfigured(database ? DATABASE : BROKER, database ? BROKER : DATABASE);
        }
        return database ? runApplication(List.of()) : runEverything();
    }

    private int runEverything() throws IOException, InterruptedException {
        Optional<ServiceAddresses> started = startServices();
        if (started.isEmpty()) {
            return services.process().waitFor();
        }
        ServiceAddresses found = started.get();
        System.out.println("orderweir: PostgreSQL at " + found.jdbcUrl() + " (user " + found.user() + ", password in " + found.passwordFile() + "), Kafka at " + found.kafka()
                + ", data in " + dataDirectory());
        services.process().onExit().thenRun(this::stopApplicationWithoutServices);
        // never among the arguments: those everybody on the machine can read
        secrets.put("quarkus.datasource.password", Files.readString(Path.of(found.passwordFile())));
        secrets.put("kafka.sasl.jaas.config", EmbeddedKafka.login(Files.readString(EmbeddedKafka.keyOf(dataDirectory().resolve("kafka")))) + ";");
        ownKey(SEALS, "seal.key");
        ownKey(TOKEN_KEYS, "tokens.key");
        return runApplication(List.of("-D" + DATABASE + "=" + found.jdbcUrl(),
                "-Dquarkus.datasource.username=" + found.user(), "-D" + BROKER + "=" + found.kafka(),
                "-Dkafka.security.protocol=SASL_PLAINTEXT", "-Dkafka.sasl.mechanism=PLAIN"));
    }

    private int runServicesOnly() throws IOException, InterruptedException {
        Optional<ServiceAddresses> started = startServices();
        if (started.isEmpty()) {
            return services.process().waitFor();
        }
        System.out.println(started.get().line());
        services.process().onExit().thenAccept(ended -> System.exit(ended.exitValue()));
        System.in.transferTo(OutputStream.nullOutputStream());
        return 0;
    }

    private void ownKey(String setting, String file) throws IOException {
        if (settings.find(setting).isEmpty()) {
            secrets.put(setting, OwnKey.of(Directories.make(dataDirectory()).resolve(file)));
        }
    }

    private Optional<ServiceAddresses> startServices() throws IOException, InterruptedException {
        Path data = Directories.make(dataDirectory());
        Path lockFile = data.resolve("owner.lock");
        lock = OwnerLock.tryTake(lockFile).orElseThrow(() -> new Refusal("process " + OwnerLock.ownerOf(lockFile) + " already runs on " + data
                + "; stop it first, or choose another directory with -D" + DATA + "=<directory>"));
        Optional<ServiceAddresses> started = Optional.empty();
        for (int tries = 0; started.isEmpty() && tries < PORT_TRIES; tries++) {
            synchronized (this) {
                refuseWhenStopping();
                services = new ServicesProcess(installation.services(identity(), data, servicesOptions()));
            }
            started = services.awaitAddresses();
            if (started.isEmpty() && services.process().waitFor() != EmbeddedServices.EXIT_PORT_LOST) {
                return started;
            }
        }
        return started;
    }

    private int runApplication(List<String> connections) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(connections);
        options.addAll(givenJvmOptions());
        ProcessBuilder builder = new ProcessBuilder(installation.application(identity(), options, arguments)).inheritIO();
        builder.environment().keySet().removeIf(name -> name.equals(Settings.environmentName(DATA)) || name.startsWith(Settings.environmentName(OWN_KEYS)));
        secrets.forEach((key, secret) -> builder.environment().put(Settings.environmentName(key), secret));
        synchronized (this) {
            refuseWhenStopping();
            application = builder.start();
        }
        if (services != null) {
            services.guard(application);
        }
        return application.waitFor();
    }

    /** It reads files and says what is wrong with them: no data directory, no lock, no identity of its own. */
    private int runCommand() throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(SHORT);
        options.addAll(givenJvmOptions());
        return new ProcessBuilder(installation.application(List.of(), options, arguments)).inheritIO().start().waitFor();
    }

    private List<String> identity() throws IOException, InterruptedException {
        if (identity == null) {
            identity = RootGivenUp.wordsBefore(dataDirectory(), installation.read());
        }
        return identity;
    }

    private void stop() {
        synchronized (this) {
            stopping = true;
        }
        try {
            stopApplication();
            if (services != null) {
                services.stop();
            }
        } catch (IOException | InterruptedException e) {
            System.err.println("orderweir: did not stop cleanly: " + e);
        }
    }

    /** The application goes first and gets time to finish what it is doing. */
    private void stopApplication() throws InterruptedException {
        if (application != null) {
            application.destroy();
            if (!application.waitFor(APPLICATION_STOP_SECONDS, TimeUnit.SECONDS)) {
                application.destroyForcibly();
            }
        }
    }

    private void stopApplicationWithoutServices() {
        synchronized (this) {
            if (stopping) {
                return;
            }
        }
        System.err.println("orderweir: the database and the broker ended, so the application is stopped; start again to recover");
        application.destroy();
    }

    private void refuseWhenStopping() {
        if (stopping) {
            throw new Refusal("stopped while starting");
        }
    }

    private boolean servicesOnly() {
        return arguments.equals(List.of("services")) || settings.find(SERVICES_ONLY).filter("true"::equals).isPresent();
    }

    private Path dataDirectory() {
        return Path.of(settings.find(DATA).orElse("orderweir-data")).toAbsolutePath().normalize();
    }

    private List<String> servicesOptions() {
        Stream<String> jvm = settings.find(OWN_KEYS + "services-options").stream().flatMap(options -> Stream.of(options.strip().split("\\s+")));
        Stream<String> ports = Stream.of(EmbeddedServices.POSTGRES_PORT, EmbeddedServices.KAFKA_PORT)
                .flatMap(key -> settings.find(key).map(port -> "-D" + key + "=" + port).stream());
        return Stream.concat(jvm, ports).toList();
    }

    /** What was given to this JVM is meant for the application, except what only the launcher understands. */
    private static List<String> givenJvmOptions() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-D") || option.startsWith("-X"))
                .filter(option -> !option.startsWith("-D" + DATA + "=") && !option.startsWith("-D" + OWN_KEYS))
                .toList();
    }

    private static Refusal halfConfigured(String present, String missing) {
        return new Refusal(present + " is set but " + missing + " is not; set it too (-D" + missing + "=... or "
                + Settings.environmentName(missing) + "), or remove " + present + " to run with the embedded database and broker");
    }
}
