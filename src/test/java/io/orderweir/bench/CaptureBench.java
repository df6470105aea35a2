package io.orderweir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.process.Engine;
import io.orderweir.process.Folders;
import io.orderweir.process.Services;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Measures durable capture beside the two limits it stands between: the HTTP server and the broker.
 * Three rounds, alternating, medians; then capture alone at half of its own peak. Writes target/bench/capture.json.
 */
public final class CaptureBench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONNECTIONS = "32";
    private static final int ROUNDS = 3;
    private static final String CAPTURE = "/capture/shopify/shopify-us";
    private static final Path OUT = Path.of("target/bench");
    private static final String SECRET = "bench-secret";

    private final Map<String, List<ObjectNode>> rounds = new TreeMap<>();
    private Map<String, Object> broker;
    private Services services;
    private Engine engine;

    private CaptureBench() {
    }

    public static void main(String[] args) throws Exception {
        CaptureBench bench = new CaptureBench();
        Files.createDirectories(OUT);
        try {
            bench.start();
            bench.run();
        } finally {
            bench.stop();
        }
    }

    private void start() {
        String given = System.getProperty("kafka.bootstrap.servers", "");
        if (given.isBlank()) {
            services = Services.start("bench");
            broker = services.kafka();
        } else {
            broker = Map.of("bootstrap.servers", given);
        }
        engine = Engine.named("bench").lasting().roles("capture,sandbox").broker(broker).with("quarkus.datasource.active", false)
                .with("quarkus.hibernate-orm.active", false).with("quarkus.flyway.active", false)
                .with("orderweir.connections.shopify-us.system", "shopify").with("orderweir.connections.shopify-us.secrets", SECRET)
                .with("camel.main.routes-include-pattern", "classpath:routes/1-capture.camel.yaml,classpath:connectors/shopify/door.camel.yaml,file:"
                        + Path.of("src/test/resources/bench/accept.camel.yaml").toAbsolutePath()).start();
        // capture answers 503 until its topics are there
        for (int tries = 0; load(CAPTURE, 0, 1, 20).path("refused").asInt() > 0; tries++) {
            if (tries == 20) {
                throw new IllegalStateException("capture does not answer 202; see " + engine.log());
            }
        }
    }

    private void run() throws IOException {
        System.out.println("warming up");
        load(CAPTURE, 30, 1, 0);
        load("/bench", 4, 1, 0);
        for (int round = 1; round <= ROUNDS; round++) {
            measure("server", () -> load("/bench", 1, 5, 0));
            measure("broker", () -> bare(3, 6));
            measure("capture", () -> load(CAPTURE, 2, 8, 0));
        }
        double server = median("server", "perSecond");
        double broker = median("broker", "perSecond");
        double capture = median("capture", "perSecond");
        measure("half", () -> load(CAPTURE, 2, 10, capture / 2));
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
        long engineBefore = cpu(engine.pid());
        long servicesBefore = (services == null ? 0 : cpu(services.addresses().pid()));
        ObjectNode result = work.get();
        long sent = result.path("sent").asLong();
        result.put("engineMicros", (cpu(engine.pid()) - engineBefore) / 1000 / sent).put("servicesMicros", ((services == null ? 0 : cpu(services.addresses().pid())) - servicesBefore) / 1000 / sent);
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
        return result(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), Load.class.getName(), String.valueOf(URI.create(engine.url()).getPort()), path, SECRET, CONNECTIONS,
                "" + warmUp, "" + seconds, "" + rate));
    }

    private ObjectNode bare(int warmUp, int seconds) {
        return result(List.of("-cp", System.getProperty("java.class.path"), BareProducer.class.getName(), client().toString(), "orderweir.bench", CONNECTIONS,
                "" + warmUp, "" + seconds));
    }

    /** A file, because a password is no argument. */
    private Path client() {
        Properties properties = new Properties();
        properties.putAll(broker);
        Path file = OUT.resolve("broker.properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode result(List<String> arguments) {
        try {
            Process process = new ProcessBuilder(command(arguments)).redirectError(OUT.resolve("sender.log").toFile()).start();
            String last = "";
            try (BufferedReader lines = process.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    last = line.startsWith("{") ? line : last;
                }
            }
            return (ObjectNode) JSON.readTree(last);
        } catch (IOException | ClassCastException e) {
            throw new IllegalStateException("The sender failed; see " + OUT.resolve("sender.log").toAbsolutePath(), e);
        }
    }

    /** CPU time of a process, in nanoseconds. */
    private static long cpu(long pid) {
        return ProcessHandle.of(pid).flatMap(process -> process.info().totalCpuDuration()).map(Duration::toNanos).orElse(0L);
    }

    private static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(arguments);
        return command;
    }

    private void stop() {
        if (engine != null) {
            engine.close();
        }
        if (services != null) {
            services.close();
            Folders.delete(services.data());
        }
    }
}
