package io.orderweir.bench;

import io.orderweir.process.Account;
import io.orderweir.process.Engine;
import io.orderweir.process.Folders;
import io.orderweir.process.Sandbox;
import io.orderweir.process.Services;
import io.orderweir.process.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Measures what an engine costs that has nothing to do, with 20 connections, in parts of a processor core: its JVM and its database sessions, as the kernel counts them
 * ({@code /proc/<pid>/stat}); and how long a single order takes from capture to its first call, at 20 orders a second.
 */
public final class QuietBench {

    private static final int CONNECTIONS = 20;
    private static final int SECONDS = Integer.getInteger("seconds", 60);
    /** So long the JVM compiles what a few ticks a second run; read with jstack, which names the processor time of each thread. */
    private static final int WARM_UP = 150;
    private static final int ORDERS_PER_SECOND = 20;
    private static final int ORDERS = 30 * ORDERS_PER_SECOND;
    private static final String SECRET = "bench-secret";

    private final Services services = Services.start("bench-quiet");
    private final Sandbox sandbox = Sandbox.start("bench-quiet");
    private final Sql sql = services.sql();

    private QuietBench() {
    }

    public static void main(String[] args) throws Exception {
        QuietBench bench = new QuietBench();
        try {
            bench.measure();
        } finally {
            bench.sandbox.close();
            bench.services.close();
            Folders.delete(bench.services.data());
        }
    }

    private void measure() throws Exception {
        Engine engine = Engine.named("bench-quiet").lasting().on(services).with(Account.shop("shopify-us", SECRET))
                .with(Account.netsuite(sandbox.url()).limit("at-once", 15, "0s")).with(Account.wms(sandbox.url()).limit("at-once", 15, "0s"));
        for (int other = 3; other <= CONNECTIONS; other++) {
            engine.with(Account.netsuite(sandbox.url()).called("erp-" + other).limit("at-once", 5, "0s").limit("minute", 100, "60s"));
        }
        try (engine) {
            engine.start();
            orders(engine, 0);
            // what is loaded and compiled at a start, and after work, is not what an idle engine costs
            pass(Duration.ofSeconds(WARM_UP));
            long jvm = ticks(List.of(engine.pid()));
            List<Long> sessions = sessions();
            long database = ticks(sessions);
            pass(Duration.ofSeconds(SECONDS));
            double tick = 100.0 * SECONDS;
            System.out.printf(Locale.ROOT, "idle with %d connections: JVM %.2f %% of a core, its %d database sessions %.2f %%%n", CONNECTIONS,
                    100 * (ticks(List.of(engine.pid())) - jvm) / tick, sessions.size(), 100 * (ticks(sessions) - database) / tick);
            orders(engine, ORDERS);
            System.out.printf(Locale.ROOT, "capture to first call, %d orders at %d a second: median %s ms, p95 %s ms, most %s ms%n", ORDERS, ORDERS_PER_SECOND,
                    percentile(0.5), percentile(0.95), percentile(1));
        }
    }

    /** One order at a time, evenly, until all are delivered. The first ones warm the way up. */
    private void orders(Engine engine, int from) throws InterruptedException {
        sandbox.post("/sandbox/settings", Map.of("netsuite", Map.of("limit", 100_000), "wms", Map.of("limit", 100_000)));
        ScheduledExecutorService shop = Executors.newScheduledThreadPool(4);
        for (int order = 0; order < ORDERS; order++) {
            int number = from + order;
            shop.schedule(() -> sandbox.post("/sandbox/shopify/orders", Map.of("target", engine.url() + "/capture/shopify/shopify-us", "secret", SECRET, "order", Map.of("name", "#quiet-" + number), "bto", false)),
                    1_000L * order / ORDERS_PER_SECOND, TimeUnit.MILLISECONDS);
        }
        shop.shutdown();
        shop.awaitTermination(5, TimeUnit.MINUTES);
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> sql.number("select count(*) from orderweir.delivery where connection = 'netsuite' and state = 'delivered'") == from + ORDERS);
    }

    /** Of the last orders. */
    private String percentile(double of) {
        return sql.text("""
                select round((1000 * percentile_disc(?) within group (order by extract(epoch from first - captured_at)))::numeric) from (
                  select m.captured_at, min(c.called_at) as first
                  from orderweir.message m
                  join orderweir.delivery d on d.message_id = m.id and d.connection = 'netsuite'
                  join orderweir.call_item i on i.delivery_id = d.id
                  join orderweir.call_log c on c.id = i.call_id
                  group by m.id order by m.id desc limit ?) waited""", of, ORDERS);
    }

    private List<Long> sessions() {
        return sql.rows("select pid from pg_stat_activity where datname = current_database() and application_name not like 'psql%' and pid <> pg_backend_pid()").stream()
                .map(row -> ((Number) row.get("pid")).longValue()).toList();
    }

    /** Processor time of these processes, in hundredths of a second: fields 14 and 15 of /proc/(pid)/stat (proc(5)). */
    private static long ticks(List<Long> pids) {
        return pids.stream().mapToLong(pid -> {
            try {
                String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                return Stream.of(fields[11], fields[12]).mapToLong(Long::parseLong).sum();
            } catch (IOException ended) {
                throw new UncheckedIOException(ended);
            }
        }).sum();
    }

    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        Awaitility.await().atMost(time.plusSeconds(5)).pollInterval(Duration.ofSeconds(1)).until(() -> System.nanoTime() >= end);
    }
}
