package io.orderweir.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.process.Account;
import io.orderweir.process.Api;
import io.orderweir.process.Engine;
import io.orderweir.process.Folders;
import io.orderweir.process.Sandbox;
import io.orderweir.process.Tenant;
import io.orderweir.process.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The secrets of a store, an ERP and a warehouse are exchanged in their files while orders come. */
class RotationIT {

    private static final Duration LONG = Duration.ofSeconds(120);
    private static final int MOST_WAITING = 30;
    /** A session at the warehouse (s). */
    private static final int LIVES = 40;
    private static final String OLD = "the-store-signed-with-this";
    private static final String NEW = "the-store-signs-with-that";
    private static final List<String> TOLD_NOBODY = List.of(OLD, NEW, "sandbox-wms-password", "another-wms-password", "sandbox-token-secret", "another-token-secret");

    private static Sandbox vendors;
    private static Tenant services;
    private static Path files;
    private static Engine engine;

    private final AtomicInteger orders = new AtomicInteger();
    private final Queue<Integer> answered = new ConcurrentLinkedQueue<>();
    private volatile String signing = OLD;

    @BeforeAll
    static void start() throws IOException {
        vendors = Sandbox.shared();
        services = Tenant.named("rotation");
        files = Folders.fresh("rotation-files");
        says("web", OLD);
        says("wms", "sandbox-wms-password");
        says("netsuite", "sandbox-token-secret");
        // the warehouse is signed in to, again and again
        // and the ERP's limit, which others tell of, is never reached
        vendors.post("/sandbox/settings", Map.of("wms", Map.of("tokenLivesSeconds", LIVES), "netsuite", Map.of("limit", 100_000)));
        engine = Engine.named("rotation").on(services).with("orderweir.console.admin", "Ann").with("orderweir.console.admin-password", Token.PASSWORD).with("orderweir.tokens.keys", "0".repeat(64))
                .with(Account.shop("web", "in-place-of-this").with("secrets-file", files.resolve("web")))
                .with(Account.netsuite(vendors.url()).limit("at-once", 5, "0s").with("credentials.token-secret-file", files.resolve("netsuite")))
                .with(Account.at(vendors.url(), "wms", "WMS").limit("at-once", 5, "0s").with("credentials.user", "sandbox-wms-user").with("credentials.password-file", files.resolve("wms"))).start();
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void allSecretsAreExchangedUnderTrafficAndNobodyIsRefusedOrReadsOne() throws Exception {
        // Given orders that come all the time
        await("the broker").atMost(LONG).until(() -> sells(OLD) == 202);
        ScheduledExecutorService traffic = Executors.newSingleThreadScheduledExecutor();
        traffic.scheduleWithFixedDelay(() -> {
            // no more than a slow machine has done with in the end
            if (waiting().stream().mapToLong(row -> (Long) row.get("count")).sum() < MOST_WAITING) {
                answered.add(sells(signing));
            }
        }, 0, 300, TimeUnit.MILLISECONDS);
        try {
            await().atMost(LONG).until(() -> delivered("wms") > 3);
            // When the store gets another secret, which is in the file before it signs with it
            says("web", NEW, OLD);
            await().atMost(LONG).until(() -> sells(NEW) == 202);
            signing = NEW;
            says("web", NEW);
            // Then the old one is not believed any more
            await().atMost(LONG).until(() -> sells(OLD) == 401);
            // When the file of each target has the next credential before the target takes it
            says("wms", "another-wms-password", "sandbox-wms-password");
            says("netsuite", "another-token-secret", "sandbox-token-secret");
            signsInAnew();
            goesOn();
            // and it takes nothing else from then on
            vendors.post("/sandbox/settings", Map.of("wms", Map.of("password", "another-wms-password"), "netsuite", Map.of("tokenSecret", "another-token-secret")));
            signsInAnew();
            goesOn();
            // and the file is away for a while, and then has that one alone
            Files.delete(files.resolve("wms"));
            await().atMost(LONG).until(() -> number("select count(*) from orderweir.alert where cause = 'notice|secrets|wms'") == 1);
            goesOn();
            says("wms", "another-wms-password");
            says("netsuite", "another-token-secret");
            goesOn();
        } finally {
            traffic.shutdown();
            traffic.awaitTermination(30, TimeUnit.SECONDS);
        }
        // Then no order was refused, held, or waits, and nothing was paused
        // what a slow broker did not keep in time the store sends again
        assertEquals(List.of(), answered.stream().filter(status -> status != 202 && status != 503).toList());
        await().atMost(LONG).untilAsserted(() -> assertEquals(List.of(), waiting()));
        assertEquals(0, number("select count(*) from orderweir.hold"));
        assertEquals(List.of(), services.sql().rows("select connection, reason from orderweir.connection_state where paused_at is not null"));
        assertEquals(List.of(), services.sql().rows("select cause from orderweir.alert where kind = 'auth'"));
        for (String connection : List.of("netsuite", "wms")) {
            assertTrue(number("select count(*) from orderweir.call_log where connection = ? and status = 401", connection) >= 2, "nothing was refused at " + connection + ", so nothing was exchanged");
        }
        // and nobody reads one
        List<String> found = new ArrayList<>();
        look("the log", Files.readString(engine.log()), found);
        String token = Token.of(engine.url(), "Ann");
        for (String path : List.of("/q/metrics", "/q/health", "/api/connections", "/api/alerts", "/api/audit", "/api/orders/web/8300000000001/timeline")) {
            look(path, Api.at(engine.url(), token).get(path).then().statusCode(200).extract().asString(), found);
        }
        for (Map<String, Object> table : services.sql().rows("select table_name as name from information_schema.tables where table_schema = 'orderweir' and table_type = 'BASE TABLE'")) {
            services.sql().rows("select t::text as said from orderweir." + table.get("name") + " t").forEach(row -> look(table.get("name").toString(), row.get("said").toString(), found));
        }
        assertEquals(List.of(), found);
    }

    private static void signsInAnew() {
        long before = logins();
        await().atMost(LONG).until(() -> logins() > before);
    }

    /** Three more orders at each target. */
    private static void goesOn() {
        for (String connection : List.of("netsuite", "wms")) {
            long before = delivered(connection);
            await().atMost(LONG).untilAsserted(() -> assertTrue(delivered(connection) >= before + 3, () -> "stands still at " + before + ": "
                    + services.sql().rows("select connection, state, count(*), max(reason) as reason from orderweir.delivery group by 1, 2")
                    + services.sql().rows("select connection, reason, away_since from orderweir.connection_state where paused_at is not null or away_since is not null")));
        }
    }

    private static List<Map<String, Object>> waiting() {
        return services.sql().rows("select connection, port, state, count(*) from orderweir.delivery where connection in ('netsuite', 'wms') and state not in ('delivered', 'confirmed', 'superseded') group by 1, 2, 3");
    }

    private static long logins() {
        return number("select count(*) from orderweir.call_log where connection = 'wms' and purpose = 'token' and status = 200");
    }

    private int sells(String secret) {
        int number = orders.incrementAndGet();
        return vendors.post("/sandbox/shopify/orders", Map.of("target", engine.url() + "/capture/shopify/web", "secret", secret,
                "order", Map.of("id", 8_300_000_000_000L + number, "name", "#" + number))).path("status").asInt();
    }

    /** As a mounted Secret is exchanged: at once. */
    private static void says(String file, String... lines) throws IOException {
        Files.move(Files.write(files.resolve(file + ".next"), List.of(lines)), files.resolve(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void look(String where, String text, List<String> found) {
        TOLD_NOBODY.stream().filter(text::contains).forEach(secret -> found.add(where + " has " + secret));
    }

    private static long delivered(String connection) {
        return number("select count(*) from orderweir.delivery where connection = ? and state in ('delivered', 'confirmed')", connection);
    }

    private static long number(String query, Object... values) {
        return services.sql().number(query, values);
    }
}
