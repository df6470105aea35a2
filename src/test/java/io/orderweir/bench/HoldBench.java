package io.orderweir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.process.Account;
import io.orderweir.process.Api;
import io.orderweir.process.Engine;
import io.orderweir.process.Sandbox;
import io.orderweir.process.Services;
import io.orderweir.process.Sql;
import io.orderweir.process.Token;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * Measures how long live orders take from capture to the ERP while nobody does anything else, and while 500 held orders are corrected and
 * released; in turns, so that both see the same machine. The ERP takes 5 calls at once and 60 in 6 s; 4 live orders come per second.
 */
public final class HoldBench {

    private static final int HELD = Integer.getInteger("held", 500);
    private static final int SECONDS = Integer.getInteger("seconds", 30);
    private static final int TURNS = 2;
    private static final String SECRET = "bench-secret";
    private static final String ZIP = "shippingAddress.zipCodeOrPostalCode";

    private final Services services = Services.start("bench-hold");
    private final Sandbox sandbox = Sandbox.start("bench-hold");
    private final Sql sql = services.sql();
    private final AtomicInteger sold = new AtomicInteger();
    private Engine engine;
    private String token;

    private HoldBench() {
    }

    public static void main(String[] args) throws Exception {
        HoldBench bench = new HoldBench();
        try {
            bench.measure();
        } finally {
            if (bench.engine != null) {
                bench.engine.close();
            }
            bench.sandbox.close();
            bench.services.close();
        }
    }

    private void measure() throws Exception {
        engine = Engine.named("bench-hold").lasting().on(services).with("orderweir.console.admin", "Ann").with("orderweir.console.admin-password", Token.PASSWORD)
                .with(Account.shop("shopify-us", SECRET)).with(Account.netsuite(sandbox.url()).limit("at-once", 5, "0s").limit("six-seconds", 60, "6s"))
                .with(Account.wms(sandbox.url()).limit("at-once", 5, "0s"));
        engine.start();
        sandbox.post("/sandbox/settings", Map.of("netsuite", Map.of("limit", 6_000)));
        token = Token.of(engine.url(), "Ann");
        for (int order = 0; order < HELD; order++) {
            sell("#held-" + order, Map.of("zip", "ÅÅ-?"));
        }
        Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> sql.number("select count(*) from orderweir.delivery where connection = 'netsuite' and (state = 'held' or done_at is not null)") == HELD);
        // a country without postal codes takes any
        long held = sql.number("select count(*) from orderweir.hold where closed_at is null");
        String group = (String) sql.rows("select min(fingerprint) as f from orderweir.hold").get(0).get("f");
        live("warm", 20);
        System.out.printf("%-28s %8s %10s %10s%n", "live orders to the ERP", "orders", "p50 ms", "p95 ms");
        for (int turn = 1; turn <= TURNS; turn++) {
            live("without-" + turn, SECONDS);
            JsonNode work = post("/api/holds/work", Map.of("group", group, "what", "fix", "everywhere", true, "planned", sql.number("select count(*) from orderweir.hold where closed_at is null and fingerprint = ?", group), "changes", List.of(Map.of("path", ZIP, "value", "62704"))));
            live("beside-" + turn, SECONDS);
            post("/api/holds/work/" + work.path("job").asLong() + "/stop", Map.of());
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> sql.number("select count(*) from orderweir.delivery where claimable or state = 'sending'") == 0);
        }
        System.out.printf("%d of %d were released meanwhile%n", held - sql.number("select count(*) from orderweir.hold where closed_at is null"), held);
        tell("without", "without-%");
        tell("beside the release", "beside-%");
    }

    private void live(String name, int seconds) throws InterruptedException {
        ScheduledExecutorService shop = Executors.newScheduledThreadPool(4);
        shop.scheduleAtFixedRate(() -> sell("#" + name + "-" + sold.incrementAndGet(), Map.of()), 0, 250, TimeUnit.MILLISECONDS);
        TimeUnit.SECONDS.sleep(seconds);
        shop.shutdown();
        shop.awaitTermination(20, TimeUnit.SECONDS);
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> sql.number("select count(*) from orderweir.delivery d join orderweir.entity e on e.id = d.entity_id "
                + "where e.name like ? and d.connection = 'netsuite' and d.state <> 'delivered'", "#" + name + "-%") == 0);
        if (!name.equals("warm")) {
            tell(name, name + "-%");
        }
    }

    private void tell(String name, String like) {
        Map<String, Object> times = sql.rows("select count(*) as n, percentile_cont(0.5) within group (order by t) as p50, percentile_cont(0.95) within group (order by t) as p95 from ("
                + "select 1000 * extract(epoch from d.done_at - m.captured_at) as t from orderweir.delivery d join orderweir.message m on m.id = d.message_id "
                + "join orderweir.entity e on e.id = d.entity_id where e.name like ? and d.connection = 'netsuite') x", "#" + like).get(0);
        System.out.printf(Locale.ROOT, "%-28s %8d %10.0f %10.0f%n", name, times.get("n"), times.get("p50"), times.get("p95"));
    }

    private void sell(String name, Map<String, String> address) {
        sandbox.post("/sandbox/shopify/orders", Map.of("target", engine.url() + "/capture/shopify/shopify-us", "secret", SECRET, "order", Map.of("name", name, "shipping_address", address), "bto", false));
    }

    private JsonNode post(String path, Object body) {
        return Api.at(engine.url(), token).body(body).when().post(path).then().statusCode(200).extract().as(JsonNode.class);
    }
}
