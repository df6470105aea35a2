package io.orderweir.bench;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The broker's own limit: threads that each send one record and wait until every in-sync replica has it.
 * Arguments: a file with what a client of the broker needs, topic, threads, seconds to warm up, seconds to measure.
 */
public final class BareProducer {

    private static final int BODY = 6 * 1024;

    private BareProducer() {
    }

    public static void main(String[] args) throws Exception {
        // the settings of capture's own producer
        Properties client = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of(args[0]))) {
            client.load(in);
        }
        Properties settings = new Properties();
        settings.putAll(client);
        settings.putAll(Map.of("acks", "all", "enable.idempotence", true, "linger.ms", 0, "batch.size", 131_072));
        int threads = Integer.parseInt(args[2]);
        try (Admin admin = Admin.create(client);
                KafkaProducer<String, byte[]> producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            if (!admin.listTopics().names().get().contains(args[1])) {
                admin.createTopics(List.of(new NewTopic(args[1], Optional.of(12), Optional.empty()))).all().get();
            }
            int warm = send(producer, args[1], threads, Integer.parseInt(args[3])).size();
            long cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
            long start = System.nanoTime();
            List<Long> micros = send(producer, args[1], threads, Integer.parseInt(args[4]));
            double took = (System.nanoTime() - start) / 1e9;
            cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() - cpu;
            micros.sort(null);
            System.out.printf(Locale.ROOT, "{\"perSecond\":%.0f,\"p50Ms\":%.2f,\"p99Ms\":%.2f,\"maxMs\":%.2f,\"refused\":0,\"sent\":%d,\"senderCores\":%.2f}%n",
                    micros.size() / took, micros.get(micros.size() / 2) / 1000.0, micros.get((int) (micros.size() * 0.99)) / 1000.0,
                    micros.get(micros.size() - 1) / 1000.0, warm + micros.size(), cpu / 1e9 / took);
        }
    }

    private static List<Long> send(KafkaProducer<String, byte[]> producer, String topic, int threads, int seconds) throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<List<Long>>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            String key = "shopify-us/" + (5_324_830_114_000L + i);
            all.add(pool.submit(() -> {
                List<Long> micros = new ArrayList<>();
                byte[] body = new byte[BODY];
                Arrays.fill(body, (byte) 'x');
                for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
                    producer.send(new ProducerRecord<>(topic, key, body)).get();
                    micros.add((System.nanoTime() - now) / 1000);
                }
                return micros;
            }));
        }
        List<Long> micros = new ArrayList<>();
        for (Future<List<Long>> one : all) {
            micros.addAll(one.get());
        }
        pool.shutdown();
        return micros;
    }
}
