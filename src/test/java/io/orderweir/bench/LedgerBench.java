package io.orderweir.bench;

import com.sun.net.httpserver.HttpServer;
import io.orderweir.process.Engine;
import io.orderweir.process.Folders;
import io.orderweir.process.Sandbox;
import io.orderweir.process.Services;
import io.orderweir.process.Sql;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * Measures process (broker to committed ledger, with mapping and routing) beside a bare batched insert of the same rows, and
 * deliver without a limit beside a bare HTTP client at the same target. Everything on embedded services, orders from the pretend shop.
 */
public final class LedgerBench {

    private static final int ORDERS = Integer.getInteger("orders", 20_000);
    private static final int AT_ONCE = 32;
    private static final int BATCH = 25;
    private static final String SECRET = "bench-secret";
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final Services services = Services.start("bench-ledger");
    private final Sandbox sandbox = Sandbox.start("bench-ledger");
    private final Sql sql = services.sql();

    private LedgerBench() {
    }

    public static void main(String[] args) throws Exception {
        LedgerBench bench = new LedgerBench();
        try {
            bench.process();
            bench.deliver();
        } finally {
            bench.sandbox.close();
            bench.services.close();
            Folders.delete(bench.services.data());
        }
    }

    private Engine engine(String roles, String url) {
        Engine engine = Engine.named("bench-" + roles).jvm(System.getProperty("jvm", "-Xmx512m").split(" ")).on(services).roles(roles).with("orderweir.connections.shopify-us.system", "shopify")
                .with("orderweir.connections.shopify-us.secrets", SECRET).with("orderweir.connections.netsuite.system", "netsuite")
                .with("orderweir.connections.netsuite.url", url).with("orderweir.connections.netsuite.limits.at-once.calls", AT_ONCE)
                .with("orderweir.connections.netsuite.limits.at-once.window", "0s").with("orderweir.connections.netsuite.settings.customer", "107")
                // planned for and never called: its deliveries wait until the ERP has the order, and nothing listens there
                .with("orderweir.connections.wms.system", "wms").with("orderweir.connections.wms.url", "http://127.0.0.1:9")
                .with("orderweir.connections.wms.limits.at-once.calls", 1).with("orderweir.connections.wms.limits.at-once.window", "0s");
        for (String credential : List.of("account", "consumer-key", "consumer-secret", "token-id", "token-secret")) {
            engine.with("orderweir.connections.netsuite.credentials." + credential, "bench");
        }
        return engine.start();
    }

    /** Orders wait on the broker; then they are taken in. Two halves, because the first one warms the JVM up. */
    private void process() throws Exception {
        try (Engine capture = engine("capture", "http://127.0.0.1:9")) {
            sandbox.post("/sandbox/shopify/traffic", Map.of("target", capture.url() + "/capture/shopify/shopify-us", "secret", SECRET, "orders", ORDERS,
                    "edits", 0, "cancels", 0, "duplicates", 0, "connections", 16));
            Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> sandbox.get("/sandbox/shopify/traffic").path("done").asBoolean());
        }
        try (Engine process = engine("process", "http://127.0.0.1:9")) {
            Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> sql.number("select count(*) from orderweir.message") >= ORDERS);
        }
        if (sql.number("select count(*) from orderweir.message where state <> 'planned'") > 0) {
            throw new IllegalStateException("some orders are held; what they cost is not what is measured: " + sql.text("select sentence from orderweir.hold limit 1"));
        }
        double first = perSecond("id <= (select min(id) + " + ORDERS / 2 + " from orderweir.message)");
        double second = perSecond("id > (select min(id) + " + ORDERS / 2 + " from orderweir.message)");
        System.out.printf(Locale.ROOT, "process: %.0f orders/s in the first half, %.0f in the second; a bare insert of the same rows, %d orders per commit: %.0f orders/s%n",
                first, second, BATCH, bareInsert());
    }

    private double perSecond(String which) {
        return Double.parseDouble(sql.text("select count(*) / extract(epoch from max(appended_at) - min(appended_at)) from orderweir.message where " + which));
    }

    /** The rows that process wrote, copied into tables of the same shape, indexes included, order by order in the same batches. */
    private double bareInsert() throws SQLException {
        try (Connection connection = DriverManager.getConnection(services.jdbcUrl(), services.user(), ""); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            List<String> tables = List.of("entity", "message", "payload", "lane", "delivery", "gate");
            statement.execute("create schema bare");
            for (String table : tables) {
                statement.execute("create table bare." + table + " (like orderweir." + table + " including defaults including indexes including generated)");
            }
            connection.commit();
            long from = sql.number("select min(entity_id) from orderweir.message");
            long to = sql.number("select max(entity_id) from orderweir.message");
            Map<String, String> keys = Map.of("entity", "id", "message", "entity_id", "lane", "entity_id", "delivery", "entity_id",
                    "payload", "message_id in (select id from orderweir.message where entity_id", "gate", "delivery_id in (select id from orderweir.delivery where entity_id");
            long started = System.nanoTime();
            for (long id = from; id <= to; id += BATCH) {
                for (String table : tables) {
                    String key = keys.get(table);
                    String columns = sqlColumns(connection, table);
                    statement.execute("insert into bare." + table + " (" + columns + ") overriding system value select " + columns + " from orderweir." + table
                            + " where " + key + " between " + id + " and " + (id + BATCH - 1) + (key.contains("(") ? ")" : ""));
                }
                connection.commit();
            }
            return ORDERS / ((System.nanoTime() - started) / 1e9);
        }
    }

    private final Map<String, String> columns = new java.util.HashMap<>();

    private String sqlColumns(Connection connection, String table) {
        return columns.computeIfAbsent(table, name -> sql.text("select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute where attrelid = 'orderweir."
                + name + "'::regclass and attnum > 0 and not attisdropped and attgenerated = ''"));
    }

    /** The orders that process planned go to a target that answers at once. */
    private void deliver() throws Exception {
        AtomicInteger answered = new AtomicInteger();
        HttpServer target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        target.setExecutor(threads);
        target.createContext("/", call -> {
            call.getRequestBody().readAllBytes();
            call.getResponseHeaders().add("Location", "/services/rest/record/v1/salesOrder/" + answered.incrementAndGet());
            call.sendResponseHeaders(204, -1);
            call.close();
        });
        target.start();
        String url = "http://127.0.0.1:" + target.getAddress().getPort();
        try (Engine deliver = engine("deliver", url)) {
            Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() ->
                    sql.number("select count(*) from orderweir.delivery where connection = 'netsuite' and state <> 'delivered'") == 0);
        }
        double engine = Double.parseDouble(sql.text("""
                select count(*) / extract(epoch from max(done_at) - min(done_at)) from orderweir.delivery
                where connection = 'netsuite' and done_at > (select min(done_at) + (max(done_at) - min(done_at)) / 3 from orderweir.delivery where connection = 'netsuite')"""));
        double callMs = Double.parseDouble(sql.text("select 1000 * avg(extract(epoch from ended_at - started_at)) from orderweir.attempt"));
        System.out.printf(Locale.ROOT, "deliver without a limit: %.0f deliveries/s (the last two thirds), %.1f ms from called_at to settled at %d at once; a bare client: %.0f calls/s%n",
                engine, callMs, AT_ONCE, bareCalls(url));
        target.stop(0);
        threads.shutdown();
    }

    private static double bareCalls(String url) throws Exception {
        int calls = 20_000;
        HttpClient client = HttpClient.newHttpClient();
        byte[] body = "x".repeat(2_000).getBytes();
        AtomicInteger left = new AtomicInteger(calls);
        ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
        long started = System.nanoTime();
        List<Future<?>> all = new ArrayList<>();
        for (int worker = 0; worker < AT_ONCE; worker++) {
            all.add(workers.submit(() -> {
                while (left.getAndDecrement() > 0) {
                    client.send(HttpRequest.newBuilder(URI.create(url + "/")).PUT(HttpRequest.BodyPublishers.ofByteArray(body)).build(), HttpResponse.BodyHandlers.discarding());
                }
                return null;
            }));
        }
        for (Future<?> each : all) {
            each.get();
        }
        double perSecond = calls / ((System.nanoTime() - started) / 1e9);
        workers.shutdown();
        return perSecond;
    }
}
