package io.orderweir.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderweir.process.Account;
import io.orderweir.process.Api;
import io.orderweir.process.Engine;
import io.orderweir.process.Folders;
import io.orderweir.process.LoudTarget;
import io.orderweir.process.LoudTarget.Answer;
import io.orderweir.process.Sandbox;
import io.orderweir.process.Services;
import io.orderweir.process.Sql;
import io.orderweir.process.Stranger;
import io.orderweir.process.Token;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;

/**
 * What an engine of 512 MB does while everybody attacks it at once: half-sent bodies, wrong logins, costly messages, a target whose answers never end or drip. Beside each
 * other in one run: before, meanwhile, and ten seconds after; how long a webhook waits for its 202, and how many orders go to the target that behaves.
 */
public final class SiegeBench {

    private static final int SECONDS = Integer.getInteger("seconds", 30);
    private static final int WEBHOOKS_PER_SECOND = 20;
    private static final int BACKLOG = 60 + 40 * 4 * SECONDS;
    private static final String SECRET = "bench-secret";
    private static final String DOOR = "/capture/shopify/shopify-us";
    private static final String FACTORY_KEY = "c2FuZGJveC1mYWN0b3J5LWNhbGxiYWNrcw==";

    private final Services services = Services.start("bench-siege");
    private final Sandbox sandbox = Sandbox.start("bench-siege");
    private final AtomicBoolean besieged = new AtomicBoolean();
    private final AtomicInteger answers = new AtomicInteger();
    private final LoudTarget warehouse = LoudTarget.speaking(this::answers);
    private final Sql sql = services.sql();
    private final AtomicInteger number = new AtomicInteger();

    private SiegeBench() {
    }

    public static void main(String[] args) throws Exception {
        SiegeBench bench = new SiegeBench();
        try {
            bench.measure();
        } finally {
            bench.warehouse.close();
            bench.sandbox.close();
            bench.services.close();
            Folders.delete(bench.services.data());
        }
    }

    private void measure() throws Exception {
        sandbox.post("/sandbox/settings", Map.of("netsuite", Map.of("windowMs", 3_000, "limit", 100)));
        Engine engine = Engine.named("bench-siege").lasting().jvm("-Xmx512m").on(services).with("orderweir.console.admin-password", Token.PASSWORD)
                .with(Account.shop("shopify-us", SECRET))
                .with(Account.netsuite(sandbox.url()).limit("window", 99, "3s").limit("at-once", 15, "0s"))
                .with(Account.wms(warehouse.url()).with("url", warehouse.url()).limit("at-once", 10, "0s").with("timeout", "2s").with("settles-within", "3s"))
                .with(Account.factory(sandbox.url()).limit("at-once", 5, "0s"));
        try (engine) {
            engine.start();
            pilesUp(engine);
            phase("before", engine);
            try (Siege siege = new Siege(engine)) {
                phase("meanwhile", engine);
                System.out.println("attackers: " + siege);
            }
            Awaitility.await().atMost(Duration.ofSeconds(20)).pollDelay(Duration.ofSeconds(10)).until(() -> true);
            phase("after", engine);
            System.out.printf(Locale.ROOT, "the process lives: %s%n", engine.isAlive());
        }
    }

    /** More orders than go out at the limit of the target that behaves. */
    private void pilesUp(Engine engine) {
        String token = Token.of(engine.url(), "admin");
        Api.at(engine.url(), token).body(Map.of("reason", "a backlog")).when().post("/api/connections/netsuite/pause").then().statusCode(200);
        sandbox.post("/sandbox/shopify/traffic", Map.of("target", engine.url() + DOOR, "secret", SECRET, "orders", BACKLOG, "seed", 7, "tries", 1_000, "duplicates", 0, "edits", 0, "cancels", 0,
                "connections", 16));
        Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> sql.number("select count(*) from orderweir.delivery where connection = 'netsuite'") >= BACKLOG);
        Api.at(engine.url(), token).when().post("/api/connections/netsuite/resume").then().statusCode(200);
    }

    private void phase(String name, Engine engine) throws InterruptedException {
        ConcurrentLinkedQueue<Long> millis = new ConcurrentLinkedQueue<>();
        AtomicInteger refused = new AtomicInteger();
        long before = delivered();
        long start = System.nanoTime();
        ScheduledExecutorService shop = Executors.newScheduledThreadPool(16);
        for (int i = 0; i < SECONDS * WEBHOOKS_PER_SECOND; i++) {
            String order = "#siege-" + number.incrementAndGet();
            shop.schedule(() -> {
                long sent = System.nanoTime();
                int status = sandbox.post("/sandbox/shopify/orders", Map.of("target", engine.url() + DOOR, "secret", SECRET, "order", Map.of("name", order), "bto", false)).path("status").asInt();
                millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sent));
                if (status != 202) {
                    refused.incrementAndGet();
                }
            }, 1_000L * i / WEBHOOKS_PER_SECOND, TimeUnit.MILLISECONDS);
        }
        shop.shutdown();
        shop.awaitTermination(SECONDS + 60L, TimeUnit.SECONDS);
        double seconds = (System.nanoTime() - start) / 1e9;
        long[] sorted = millis.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(Locale.ROOT, "%-9s  webhooks: median %d ms, p99 %d ms, most %d ms, %d of %d not taken; to the ERP %.1f a second (%d allowed)%n", name, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1),
                refused.get(), sorted.length, (delivered() - before) / seconds, 33);
    }

    private static long at(long[] sorted, double of) {
        return sorted.length == 0 ? -1 : sorted[(int) Math.min(sorted.length - 1L, Math.round(of * sorted.length))];
    }

    private long delivered() {
        return sql.number("select count(*) from orderweir.delivery where connection = 'netsuite' and state in ('delivered', 'confirmed')");
    }

    /** Each second answer of the warehouse has no end, each other drips. */
    private LoudTarget.Speech answers(LoudTarget.Request request) {
        if (!besieged.get()) {
            return request.asked().startsWith("GET") ? new Answer(200, List.of(), "{\"fulfilments\":[]}") : new Answer(201, List.of(), "{\"id\":\"F-" + answers.incrementAndGet() + "\"}");
        }
        boolean endless = answers.incrementAndGet() % 2 == 0;
        return out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
            byte[] more = (endless ? "x".repeat(1 << 16) : " ").getBytes(UTF_8);
            while (besieged.get()) {
                out.write(more);
                out.flush();
                if (!endless) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                }
            }
            return false;
        };
    }

    /** All of them at once, each from an address of its own, until it is closed. */
    private final class Siege implements AutoCloseable {
        private final ExecutorService attackers = Executors.newFixedThreadPool(64);
        private final AtomicInteger bodies = new AtomicInteger();
        private final AtomicInteger logins = new AtomicInteger();
        private final AtomicInteger messages = new AtomicInteger();

        Siege(Engine engine) {
            besieged.set(true);
            attackers.submit(() -> halfSentBodies(engine.url()));
            for (int i = 0; i < 60; i++) {
                String address = "127.0.0." + (4 + i % 4);
                attackers.submit(() -> wrongLogins(new Stranger(address, engine.url())));
            }
            attackers.submit(() -> costlyMessages(engine.url()));
        }

        private void halfSentBodies(String url) {
            while (besieged.get()) {
                try (Stranger one = new Stranger("127.0.0.2", url); Stranger other = new Stranger("127.0.0.3", url)) {
                    List<Socket> held = new ArrayList<>();
                    for (int i = 0; i < 95 && besieged.get(); i++) {
                        for (Stranger stranger : List.of(one, other)) {
                            held.add(stranger.begins("POST " + DOOR + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2000000\r\n\r\n" + "x".repeat(100_000)));
                            bodies.incrementAndGet();
                        }
                    }
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
                } catch (RuntimeException turnedAway) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                }
            }
        }

        private void wrongLogins(Stranger stranger) {
            while (besieged.get()) {
                try {
                    stranger.posts("/login", "name=admin&password=guess" + logins.incrementAndGet());
                } catch (RuntimeException turnedAway) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                }
            }
        }

        /** Two a second with a valid signature: a text of 100 KB on which a careless expression would work for minutes. */
        private void costlyMessages(String url) {
            while (besieged.get()) {
                String id = "costly-" + messages.incrementAndGet();
                String body = "{\"type\":\"work-order.done\",\"id\":\"" + id + "\",\"order\":\"" + " ".repeat(100_000) + "x\",\"line\":\"" + "1.".repeat(20_000) + "\"}";
                long now = Instant.now().getEpochSecond();
                Api.at(url).contentType("application/json").header("webhook-id", id).header("webhook-timestamp", now).header("webhook-signature", "v1," + signature(id + "." + now + "." + body))
                        .body(body).when().post("/capture/factory/factory");
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
            }
        }

        private static String signature(String signed) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(Base64.getDecoder().decode(FACTORY_KEY), "HmacSHA256"));
                return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String toString() {
            return bodies + " bodies half sent, " + logins + " logins, " + messages + " costly messages, " + answers + " endless or dripping answers";
        }

        @Override
        public void close() {
            besieged.set(false);
            attackers.shutdownNow();
        }
    }
}
