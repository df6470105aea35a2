package io.orderweir.bench;

import com.sun.net.httpserver.HttpServer;
import io.orderweir.process.Account;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * Measures process (broker to committed ledger, with mapping and routing) beside a bare batched insert of the same rows, and
 * deliver without a limit beside a bare HTTP client at the same target. Everything on embedded services, orders from the pretend shop.
 */
public final class LedgerBench {

    private static final int ORDERS = Integer.getInteger("orders", 40_000);
    /** Messages in the ledger for the second measurement of process; 0 = none. */
    private static final int LEDGER = Integer.getInteger("ledger", 0);
    private static final boolean DELIVER = Boolean.parseBoolean(System.getProperty("deliver", "true"));
    private static final String NOBODY = "http://127.0.0.1:9";
    private static final int AT_ONCE = 32;
    private static final int BATCH = 50;
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
            if (DELIVER) {
                bench.deliver();
            }
        } finally {
            bench.sandbox.close();
            bench.services.close();
            Folders.delete(bench.services.data());
        }
    }

    private Engine engine(String roles, String url) {
        return Engine.named("bench-" + roles).lasting().on(services).roles(roles).with(Account.shop("shopify-us", SECRET))
                .with(Account.netsuite(NOBODY).with("url", url).with("settings.totals", "unread").limit("at-once", AT_ONCE, "0s"))
                // planned for and never called: its deliveries wait until the ERP has the order, and nothing listens there
                .with(Account.wms(NOBODY).limit("at-once", 1, "0s")).start();
    }

    /** Orders wait on the broker; then they are taken in. The first half warms the JVM up, and is told apart. */
    private void process() throws Exception {
        List<Double> halves = takeIn(0);
        System.out.printf(Locale.ROOT, "process, empty ledger: %.0f orders/s in the first half, %.0f in the second; a bare insert of the same rows, %d orders per commit: %.0f orders/s%n",
                halves.get(0), halves.get(1), BATCH, bareInsert());
        if (LEDGER > 0) {
            fill();
            List<Double> later = takeIn(sql.number("select max(id) from orderweir.message"));
            System.out.printf(Locale.ROOT, "process, %d messages in the ledger: %.0f orders/s in the first half, %.0f in the second, %.2f times as fast as from empty%n",
                    LEDGER, later.get(0), later.get(1), later.get(1) / halves.get(1));
        }
    }

    private List<Double> takeIn(long after) throws Exception {
        try (Engine capture = engine("capture", NOBODY)) {
            sandbox.post("/sandbox/shopify/traffic", Map.of("target", capture.url() + "/capture/shopify/shopify-us", "secret", SECRET, "orders", ORDERS,
                    "edits", 0, "cancels", 0, "duplicates", 0, "connections", 16));
            Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> sandbox.get("/sandbox/shopify/traffic").path("done").asBoolean());
        }
        String fresh = "select count(*) from orderweir.message where id > " + after;
        try (Engine process = engine("process", NOBODY)) {
            Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> sql.number(fresh) >= ORDERS);
        }
        if (sql.number(fresh + " and state <> 'planned'") > 0) {
            throw new IllegalStateException("some orders are held; what they cost is not what is measured: " + sql.text("select sentence from orderweir.hold limit 1"));
        }
        String middle = "(select id from orderweir.message where id > " + after + " order by id limit 1 offset " + ORDERS / 2 + ")";
        return List.of(perSecond("id > " + after + " and id <= " + middle), perSecond("id > " + middle));
    }

    private double perSecond(String which) {
        return Double.parseDouble(sql.text("select count(*) / extract(epoch from max(appended_at) - min(appended_at)) from orderweir.message where " + which));
    }

    /** Copies of the orders taken in, under other names, until there are LEDGER messages: delivered ones, as most of a ledger is. */
    private void fill() throws SQLException {
        try (Connection connection = DriverManager.getConnection(services.jdbcUrl(), services.user(), null); Statement statement = connection.createStatement()) {
            long step = sql.number("select greatest((select max(id) from orderweir.entity), (select max(id) from orderweir.lane), (select max(id) from orderweir.message), (select max(id) from orderweir.delivery)) + 1");
            int copies = (LEDGER - 1) / ORDERS;
            for (int copy = 1; copy <= copies; copy++) {
                for (String table : List.of("entity", "message", "payload", "lane", "delivery")) {
                    String shifted = sqlColumns(connection, table).replaceAll("(?<![a-z_])(id|entity_id|message_id|lane_id|after_lane_id)(?![a-z_])", "$1 + " + copy * step)
                            .replaceAll("(?<![a-z_])(key|ce_id|external_id)(?![a-z_])", "$1 || '-" + copy + "'");
                    if (table.equals("delivery")) {
                        shifted = shifted.replaceFirst("(?<![a-z_])state(?![a-z_])", "'delivered'").replaceFirst("(?<![a-z_])head(?![a-z_])", "false")
                                .replaceFirst("(?<![a-z_])done_at(?![a-z_])", "due_at").replaceFirst("(?<![a-z_])remote_id(?![a-z_])", "'1'")
                                .replaceFirst("(?<![a-z_])closed_gates(?![a-z_])", "0").replaceFirst("(?<![a-z_])reason(?![a-z_])", "null");
                    }
                    String key = Map.of("payload", "message_id").getOrDefault(table, "id");
                    statement.execute("insert into orderweir." + table + " (" + sqlColumns(connection, table) + ") overriding system value select " + shifted
                            + " from orderweir." + table + " where " + key + " < " + step);
                }
            }
            for (String table : List.of("entity", "message", "lane", "delivery")) {
                statement.execute("select setval(pg_get_serial_sequence('orderweir." + table + "', 'id'), " + (copies + 1) * step + ")");
            }
        }
        tidy();
    }

    /** What was written before, and what it left to be written and cleaned, is not what is measured next. */
    private void tidy() throws SQLException {
        try (Connection owner = DriverManager.getConnection(services.jdbcUrl(), "postgres", null); Statement statement = owner.createStatement()) {
            statement.execute("vacuum analyze");
            statement.execute("checkpoint");
        }
    }

    /** The rows that process wrote, copied into tables of the same shape, indexes included, order by order in the same batches. */
    private double bareInsert() throws SQLException {
        try (Connection connection = DriverManager.getConnection(services.jdbcUrl(), services.user(), null); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            List<String> tables = List.of("entity", "message", "payload", "lane", "build", "delivery", "gate");
            statement.execute("create schema bare");
            for (String table : tables) {
                statement.execute("create table bare." + table + " (like orderweir." + table + " including defaults including indexes including generated)");
            }
            connection.commit();
            long from = sql.number("select min(entity_id) from orderweir.message");
            long to = sql.number("select max(entity_id) from orderweir.message");
            Map<String, String> keys = Map.of("entity", "id", "message", "entity_id", "lane", "entity_id", "build", "entity_id", "delivery", "entity_id",
                    "payload", "message_id in (select id from orderweir.message where entity_id", "gate", "build_id in (select id from orderweir.build where entity_id");
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

    private final Map<String, String> columns = new HashMap<>();

    private String sqlColumns(Connection connection, String table) {
        return columns.computeIfAbsent(table, name -> sql.text("select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute where attrelid = 'orderweir."
                + name + "'::regclass and attnum > 0 and not attisdropped and attgenerated = ''"));
    }

    /** The orders that process planned go to a target that answers at once: half of them over one connection, the others over three. */
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
        System.out.printf(Locale.ROOT, "the database: fsync %s, synchronous_commit %s, full_page_writes %s%n", sql.text("show fsync"), sql.text("show synchronous_commit"), sql.text("show full_page_writes"));
        String later = "connection = 'netsuite' and id > (select percentile_disc(0.5) within group (order by id) from orderweir.delivery where connection = 'netsuite')";
        sql.run("update orderweir.delivery set connection = 'erp-' || (1 + id % 3) where " + later);
        deliver("over one connection", "netsuite", () -> engine("deliver", url));
        Engine three = Engine.named("bench-deliver").lasting().on(services).roles("deliver").with(Account.shop("shopify-us", SECRET)).with(Account.wms(NOBODY).limit("at-once", 1, "0s"));
        for (int erp = 1; erp <= 3; erp++) {
            three.with(Account.netsuite(NOBODY).called("erp-" + erp).with("url", url).with("settings.totals", "unread").limit("at-once", AT_ONCE / 2, "0s"));
        }
        deliver("over three connections", "erp-%", three::start);
        System.out.printf(Locale.ROOT, "a bare client at the same target, %d at once: %.0f calls/s%n", AT_ONCE, bareCalls(url));
        target.stop(0);
        threads.shutdown();
    }

    private void deliver(String way, String connections, Supplier<Engine> start) throws Exception {
        tidy();
        String phases;
        try (Engine engine = start.get()) {
            // by their indexes: a count of all that are left costs a tenth of what is measured
            Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() ->
                    sql.number("select (exists (select from orderweir.delivery where connection like ? and claimable) or exists (select from orderweir.call where connection like ?))::int",
                            connections, connections) == 0);
            phases = phases(engine.url());
        }
        double perSecond = Double.parseDouble(sql.text("""
                with done as (select done_at from orderweir.delivery where connection like ?),
                later as (select percentile_disc(0.667) within group (order by done_at) as at from done)
                select count(*) / extract(epoch from max(done_at) - min(done_at)) from done where done_at > (select at from later)""", connections));
        double callMs = Double.parseDouble(sql.text("select 1000 * avg(extract(epoch from ended_at - called_at)) from orderweir.call_log where connection like ?", connections));
        System.out.printf(Locale.ROOT, "deliver without a limit, %s: %.0f deliveries/s (the last third), %.1f ms from called_at to the call's end; %s%n", way, perSecond, callMs, phases);
    }

    /** Out of the time every route took, as the engine's own metrics tell it: a call is called_at's commit and HTTP, the mapping what is left of the port. */
    private static String phases(String engine) throws Exception {
        String metrics = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(engine + "/q/metrics")).build(), HttpResponse.BodyHandlers.ofString()).body();
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (String route : List.of("deliver.take", "deliver.port", "call", "call.make", "call.end")) {
            Matcher sum = Pattern.compile("(?m)^camel_route_policy_seconds_sum\\{[^}]*routeId=\"" + Pattern.quote(route) + "\"[^}]*} (\\S+)").matcher(metrics);
            if (!sum.find()) {
                throw new IllegalStateException("/q/metrics does not tell how long " + route + " took");
            }
            seconds.put(route, Double.parseDouble(sum.group(1)));
        }
        double mapping = seconds.get("deliver.port") - seconds.get("call");
        double start = seconds.get("call") - seconds.get("call.make");
        double all = seconds.get("deliver.take") + seconds.get("deliver.port") + seconds.get("call.end");
        return String.format(Locale.ROOT, "of a delivery's time: take %.0f %%, mapping %.0f %%, start %.0f %%, request %.0f %%, end %.0f %%",
                100 * seconds.get("deliver.take") / all, 100 * mapping / all, 100 * start / all, 100 * seconds.get("call.make") / all, 100 * seconds.get("call.end") / all);
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
                    HttpRequest call = HttpRequest.newBuilder(URI.create(url + "/")).PUT(HttpRequest.BodyPublishers.ofByteArray(body)).build();
                    try {
                        client.send(call, HttpResponse.BodyHandlers.discarding());
                    } catch (IOException closed) {
                        // the server closed an idle connection at the moment it was used
                        client.send(call, HttpResponse.BodyHandlers.discarding());
                    }
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
