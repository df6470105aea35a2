package io.orderweir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Measures durable capture beside the two limits it stands between: the HTTP server and the broker.
 * Three rounds, alternating, medians; then capture alone at half of its own peak. Writes target/bench/capture.json.
 */
public final class CaptureBench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONNECTIONS = "32";
    private static final int ROUNDS = 3;
    private static final Path HOME = Path.of("target/orderweir");
    private static final Path OUT = Path.of("target/bench");
    private static final String SECRET = "bench-secret";

    private final List<Process> started = new ArrayList<>();
    private final Map<String, List<ObjectNode>> rounds = new TreeMap<>();
    private String brokers = System.getProperty("kafka.bootstrap.servers");
    private ProcessHandle services;
    private ProcessHandle engine;
    private String port;

    private CaptureBench() {
    }

    public static void main(String[] args) throws Exception {
        CaptureBench bench = new CaptureBench();
        Runtime.getRuntime().addShutdownHook(new Thread(bench::stop));
        Files.createDirectories(OUT);
        bench.start();
        bench.run();
    }

    private void start() throws IOException {
        if (brokers == null || brokers.isBlank()) {
            Process launcher = process(List.of("-Dorderweir.launcher.services-only=true", "-Dorderweir.data=" + OUT.resolve("data").toAbsolutePath(),
                    "-jar", HOME.resolve("orderweir.jar").toString()));
            brokers = after(launcher, "kafka=");
            services = launcher.toHandle();
        }
        Process capture = process(List.of("-Dorderweir.roles=capture", "-Dkafka.bootstrap.servers=" + brokers, "-Dquarkus.http.port=0",
                "-Dquarkus.datasource.active=false", "-Dquarkus.hibernate-orm.active=false", "-Dquarkus.flyway.active=false",
                "-Dorderweir.connections.shopify-us.system=shopify", "-Dorderweir.connections.shopify-us.secrets=" + SECRET,
                "-Dcamel.main.routes-include-pattern=classpath:routes/1-capture.camel.yaml,classpath:routes/connectors/shopify.camel.yaml,file:"
                        + Path.of("src/test/resources/bench/accept.camel.yaml").toAbsolutePath(),
                "-jar", HOME.resolve("app/quarkus-run.jar").toString()));
        port = after(capture, "Listening on: http://127.0.0.1:");
        engine = capture.toHandle();
        // capture answers 503 until its topics are there
        for (int tries = 0; load("/capture/shopify/shopify-us", 0, 1, 20).path("refused").asInt() > 0; tries++) {
            if (tries == 20) {
                throw new IllegalStateException("capture does not answer 202; see " + OUT.toAbsolutePath());
            }
        }
    }

    private void run() throws IOException {
        System.out.println("warming up");
        load("/capture/shopify/shopify-us", 30, 1, 0);
        load("/bench", 4, 1, 0);
        for (int round = 1; round <= ROUNDS; round++) {
            measure("server", () -> load("/bench", 1, 5, 0));
            measure("broker", () -> bare(3, 6));
            measure("capture", () -> load("/capture/shopify/shopify-us", 2, 8, 0));
        }
        double server = median("server", "perSecond");
        double broker = median("broker", "perSecond");
        double capture = median("capture", "perSecond");
        measure("half", () -> load("/capture/shopify/shopify-us", 2, 10, capture / 2));
        ObjectNode report = JSON.createObjectNode();
        report.put("connections", Integer.parseInt(CONNECTIONS)).put("bodyBytes", 6144).put("processors", Runtime.getRuntime().availableProcessors());
        report.put("ordersPerSecond", capture).put("p50Ms", median("capture", "p50Ms")).put("p99Ms", median("capture", "p99Ms"));
        report.put("serverPerSecond", server).put("brokerPerSecond", broker).put("ofSmallerLimit", Math.round(100 * capture / Math.min(server, broker)) / 100.0);
        report.put("p50MsAtHalfPeak", median("half", "p50Ms")).put("p99MsAtHalfPeak", median("half", "p99Ms"));
        report.set("rounds", JSON.valueToTree(rounds));
        Files.writeString(OUT.resolve("capture.json"), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
        print(report);
    }

    private void print(JsonNode report) {
        System.out.printf("%n%-34s %10s %8s %8s %18s %18s %8s%n", "median of " + ROUNDS, "per second", "p50 ms", "p99 ms", "engine CPU us each", "broker CPU us each", "sender");
        Map.of("server", "a", "broker", "b", "capture", "c", "half", "d").entrySet().stream().sorted(Map.Entry.comparingByValue()).forEach(e -> {
            String name = e.getKey();
            System.out.printf(Locale.ROOT, "%-34s %10.0f %8.2f %8.2f %18.0f %18.0f %8.2f%n", Map.of("server", "HTTP server: reads, answers 202",
                    "broker", "broker: bare producer, acks=all", "capture", "durable capture", "half", "durable capture at half its peak").get(name),
                    median(name, "perSecond"), median(name, "p50Ms"), median(name, "p99Ms"), median(name, "engineMicros"), median(name, "servicesMicros"), median(name, "senderCores"));
        });
        System.out.printf(Locale.ROOT, "%ncapture reaches %.0f %% of the smaller limit; p99 at half its peak %.1f ms. In %s%n",
                100 * report.path("ofSmallerLimit").asDouble(), report.path("p99MsAtHalfPeak").asDouble(), OUT.resolve("capture.json"));
    }

    private void measure(String name, Supplier<ObjectNode> work) {
        long engineBefore = cpu(engine);
        long servicesBefore = cpu(services);
        ObjectNode result = work.get();
        long sent = result.path("sent").asLong();
        result.put("engineMicros", (cpu(engine) - engineBefore) / 1000 / sent).put("servicesMicros", (cpu(services) - servicesBefore) / 1000 / sent);
        if (result.path("refused").asInt() > 0) {
            throw new IllegalStateException(name + " was refused " + result.path("refused") + " times; nothing is measured then");
        }
        rounds.computeIfAbsent(name, none -> new ArrayList<>()).add(result);
        System.out.println(name + " " + result);
    }

    private double median(String name, String figure) {
        return rounds.get(name).stream().map(round -> round.path(figure).asDouble()).sorted().toList().get(rounds.get(name).size() / 2);
    }

    private ObjectNode load(String path, int warmUp, int seconds, double rate) {
        return result(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), Load.class.getName(), port, path, SECRET, CONNECTIONS,
                "" + warmUp, "" + seconds, "" + rate));
    }

    private ObjectNode bare(int warmUp, int seconds) {
        return result(List.of("-cp", System.getProperty("java.class.path"), BareProducer.class.getName(), brokers, "orderweir.bench", CONNECTIONS,
                "" + warmUp, "" + seconds));
    }

    private ObjectNode result(List<String> arguments) {
        try {
            Process process = new ProcessBuilder(command(arguments)).redirectError(OUT.resolve("sender.log").toFile()).start();
            started.add(process);
            String last = "";
            try (BufferedReader lines = process.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    last = line.startsWith("{") ? line : last;
                }
            }
            started.remove(process);
            return (ObjectNode) JSON.readTree(last);
        } catch (IOException | ClassCastException e) {
            throw new IllegalStateException("The sender failed; see " + OUT.resolve("sender.log").toAbsolutePath(), e);
        }
    }

    /** CPU time of a process and everything it started, in nanoseconds. */
    private static long cpu(ProcessHandle process) {
        return process == null ? 0 : Stream.concat(Stream.of(process), process.descendants())
                .mapToLong(one -> one.info().totalCpuDuration().map(time -> time.toNanos()).orElse(0L)).sum();
    }

    private Process process(List<String> arguments) throws IOException {
        Process process = new ProcessBuilder(command(arguments)).redirectErrorStream(true).start();
        started.add(process);
        return process;
    }

    private static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(arguments);
        return command;
    }

    /** Reads a process's output up to the word after this mark, and goes on reading so that the process never waits. */
    private static String after(Process process, String mark) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream()));
        List<String> seen = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            seen.add(line);
            int at = line.indexOf(mark);
            if (at >= 0) {
                Thread rest = new Thread(() -> lines.lines().forEach(ignored -> { }), "output");
                rest.setDaemon(true);
                rest.start();
                return line.substring(at + mark.length()).split("\\s")[0];
            }
        }
        throw new IllegalStateException("A process ended before it was ready:\n" + String.join("\n", seen));
    }

    private void stop() {
        for (Process process : started) {
            process.destroy();
        }
        for (Process process : started) {
            process.onExit().join();
        }
        try (Stream<Path> files = Files.walk(OUT.resolve("data"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            System.err.println("left behind: " + OUT.resolve("data") + " (" + e.getMessage() + ")");
        }
    }
}
