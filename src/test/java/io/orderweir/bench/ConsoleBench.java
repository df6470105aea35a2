package io.orderweir.bench;

import io.orderweir.process.Account;
import io.orderweir.process.Engine;
import io.orderweir.process.Folders;
import io.orderweir.process.Services;
import io.orderweir.process.Token;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * Times every page and every search of the console over HTTP, with a million messages in the ledger, and prints the plan of every question:
 * each is to answer in less than a second. Plans: target/bench/console-plans.txt, pages: target/bench/pages.
 */
public final class ConsoleBench {

    private static final int LEDGER = Integer.getInteger("ledger", 0) > 0 ? Integer.getInteger("ledger") : 1_000_000;
    private static final int TIMES = 100;
    /** Of what is kept for a second, each of which waits that long. */
    private static final int TIMES_OF_THE_FLOW = 5;
    private static final int LISTENERS = 100;
    private static final double MOST_MILLIS = 1_000;
    private static final String NOBODY = "http://127.0.0.1:9";
    /** So long the picture of the flow is kept, and some more. */
    private static final Duration KEPT = Duration.ofMillis(1_100);
    private static final Path OUT = Path.of("target/bench");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    /** Four orders of five have one message, the fifth has two. */
    private static final int ORDERS = LEDGER * 5 / 6;

    private final Services services = Services.start("bench-console");
    /** When the picture of the flow may have been looked at last. */
    private volatile long pictured = System.nanoTime();
    private final List<String> slow = new ArrayList<>();
    private long hold;
    private long build;
    private long decided;

    private ConsoleBench() {
    }

    public static void main(String[] args) throws Exception {
        ConsoleBench bench = new ConsoleBench();
        Files.createDirectories(OUT.resolve("pages"));
        try (Engine console = bench.engine()) {
            bench.fill();
            bench.pages(console.url());
            bench.plans();
        } finally {
            bench.services.close();
            Folders.delete(bench.services.data());
        }
        if (!bench.slow.isEmpty()) {
            throw new IllegalStateException("slower than a second: " + bench.slow);
        }
    }

    private Engine engine() {
        Engine engine = Engine.named("bench-console").lasting().on(services).roles("console").with("orderweir.console.admin", "Ann").with("orderweir.console.admin-password", Token.PASSWORD)
                .with(Account.shop("shopify-us", "bench-secret"));
        for (Account target : List.of(Account.netsuite(NOBODY), Account.wms(NOBODY))) {
            engine.with(target.limit("minute", 99, "60s"));
        }
        return engine.start();
    }

    /** A busy store after some months: nearly everything delivered, some thousands that wait, are gated or held, and the attempts of the last days. */
    private void fill() throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection(services.jdbcUrl(), services.user(), null); Statement statement = connection.createStatement();
                InputStream in = ConsoleBench.class.getResourceAsStream("/bench/console.sql")) {
            long began = System.nanoTime();
            statement.execute("set search_path = orderweir");
            for (String step : new String(in.readAllBytes(), StandardCharsets.UTF_8).replace(":orders", String.valueOf(ORDERS)).split(";\\s*\n")) {
                if (!step.isBlank()) {
                    statement.execute(step);
                }
            }
            hold = number(statement, "select max(id) from hold where closed_at is null and fingerprint like '%cause 3'");
            build = number(statement, "select max(build_id) from gate where waited_for");
            decided = number(statement, "select max(build_id) from gate_decision");
            System.out.printf(Locale.ROOT, "%,d messages in the ledger after %.0f s%n", number(statement, "select count(*) from message"), (System.nanoTime() - began) / 1e9);
        }
    }

    private static long number(Statement statement, String question) throws SQLException {
        try (ResultSet result = statement.executeQuery(question)) {
            result.next();
            return result.getLong(1);
        }
    }

    private void pages(String url) throws Exception {
        String token = Token.of(url, "Ann");
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("flow", "/");
        asked.put("flow, its part", "/flow/part");
        asked.put("samples of a day", "/api/flow/samples?range=day");
        asked.put("counts", "/api/counts");
        asked.put("Error Hold", "/holds");
        asked.put("gates", "/gates");
        asked.put("connections", "/connections");
        asked.put("routes", "/routes");
        asked.put("order", "/orders/shopify-us/" + (ORDERS - 5));
        asked.put("order of two versions", "/orders/shopify-us/" + ORDERS / 5 * 5);
        asked.put("what came", "/messages/" + ORDERS);
        asked.put("find a number", "/api/find?q=%23" + (ORDERS - 7));
        asked.put("find the shop's id", "/api/find?q=" + (ORDERS - 7));
        asked.put("find by the ERP's id", "/api/find?q=SO" + (ORDERS / 2));
        asked.put("find by our id", "/api/find?q=shopify-us-" + (ORDERS / 3));
        asked.put("find by correlation id", "/api/find?q=c-" + (ORDERS / 4));
        asked.put("find by e-mail", "/api/find?q=Buyer" + (ORDERS / 5 % 300_000) + "@example.org");
        asked.put("find by SKU of 2 % of the orders", "/api/find?q=SKU-0");
        asked.put("the same, far back", "/api/find?q=SKU-0&before=" + ORDERS / 2);
        asked.put("find by the beginning 12", "/api/find?q=%2312");
        asked.put("find nothing", "/api/find?q=nobody%40example.org");
        String group = "netsuite%7Cfield-refused%7Ccause%203";
        asked.put("held ones of a cause", "/holds?group=" + group);
        asked.put("API: held ones", "/api/holds");
        asked.put("API: held ones of a cause", "/api/holds?group=" + group);
        asked.put("API: the same, far back", "/api/holds?before=" + (hold - 70) + "&group=" + group);
        asked.put("API: work on a cause", "/api/holds/work?group=" + group);
        asked.put("one hold", "/holds/" + hold);
        asked.put("one gate", "/gates/" + build + "/drawing");
        asked.put("API: decisions at a gate", "/api/gates/history?build=" + decided);
        asked.put("API: signals that wait", "/api/signals");
        asked.put("API: the same, far back", "/api/signals?after=1900");
        asked.put("API: calendars", "/api/calendars");
        asked.put("API: countings", "/api/counts/recounts");
        asked.put("alerts", "/alerts");
        asked.put("API: alerts", "/api/alerts");
        asked.put("API: alerts that are over, far back", "/api/alerts/history?before=1010000");
        asked.put("people", "/people");
        asked.put("audit", "/audit");
        asked.put("audit of a person", "/audit?by=Person%207");
        asked.put("audit of an order, far back", "/audit?about=%2377&before=50000");
        System.out.printf("%n%-36s %10s %10s %10s %8s%n", "over HTTP", "first ms", "median ms", "p95 ms", "kB");
        for (Map.Entry<String, String> one : asked.entrySet()) {
            time(url, token, one.getKey(), one.getValue());
        }
        listen(url, token);
        time(url, token, "flow, while " + LISTENERS + " pages listen", "/flow/part");
        time(url, token, "find, while " + LISTENERS + " pages listen", "/api/find?q=SKU-1");
    }

    /** Pages that are open: each holds a stream. */
    private static void listen(String url, String token) {
        HttpClient pages = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (int page = 0; page < LISTENERS; page++) {
            pages.sendAsync(HttpRequest.newBuilder(URI.create(url + "/live/flow")).header("Authorization", "Bearer " + token).build(), HttpResponse.BodyHandlers.ofInputStream()).join();
        }
    }

    private void time(String url, String token, String name, String path) throws Exception {
        List<Double> millis = new ArrayList<>();
        HttpResponse<String> answer = null;
        boolean kept = path.startsWith("/flow") || path.equals("/");
        int times = kept ? TIMES_OF_THE_FLOW : TIMES;
        for (int time = 0; time <= times; time++) {
            if (kept) {
                Awaitility.await().until(() -> System.nanoTime() - pictured > KEPT.toNanos());
            }
            long began = System.nanoTime();
            answer = HTTP.send(HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + token).build(), HttpResponse.BodyHandlers.ofString());
            pictured = System.nanoTime();
            millis.add((pictured - began) / 1e6);
        }
        double first = millis.remove(0);
        List<Double> sorted = millis.stream().sorted().toList();
        double median = sorted.get(times / 2);
        System.out.printf(Locale.ROOT, "%-36s %10.0f %10.1f %10.1f %8.1f%s%n", name, first, median, sorted.get(times * 95 / 100), answer.body().length() / 1024.0, answer.statusCode() == 200 ? "" : "   status " + answer.statusCode());
        Files.writeString(OUT.resolve("pages").resolve(name.replaceAll("[^A-Za-z]+", "-") + ".html"), answer.body());
        if (median > MOST_MILLIS || answer.statusCode() >= 500) {
            slow.add(name);
        }
    }

    /** As the console asks: prepared, with a plan for any values. */
    private void plans() throws IOException, SQLException {
        Map<String, List<Object>> questions = new LinkedHashMap<>();
        long order = ORDERS - 5;
        questions.put("counts", List.of());
        questions.put("connections", List.of());
        questions.put("rates", List.of());
        questions.put("pulse", List.of());
        questions.put("late-gates", List.of());
        questions.put("orders", List.of("#" + order, "#" + order, "#" + order, new String[] {"shopify-us/#" + order}));
        questions.put("find-record", List.of("SO" + order, "SO" + order));
        questions.put("find-term", List.of("SKU-0", ORDERS, 51));
        questions.put("find-start", List.of("12", 51));
        questions.put("timeline", List.of(order, order, order, order, order, order, order));
        questions.put("order-deliveries", List.of(order));
        questions.put("message", List.of(order));
        questions.put("counts-exact", List.of());
        System.out.printf("%n%-20s %12s %12s%n", "question", "ms", "pages read");
        try (Connection connection = DriverManager.getConnection(services.jdbcUrl() + "?options=-c%20plan_cache_mode=force_generic_plan", services.user(), null);
                PrintWriter plans = new PrintWriter(Files.newBufferedWriter(OUT.resolve("console-plans.txt")))) {
            for (Map.Entry<String, List<Object>> question : questions.entrySet()) {
                String plan = plan(connection, question.getKey(), question.getValue());
                plans.println("== " + question.getKey() + "\n" + plan);
                System.out.printf("%-20s %12s %12s%n", question.getKey(), plan.replaceFirst("(?s).*Execution Time: ([0-9.]+) ms.*", "$1"),
                        plan.replaceFirst("(?s).*?Buffers: shared (?:hit=(\\d+))?.*", "$1"));
            }
        }
        System.out.println("\nplans: " + OUT.resolve("console-plans.txt").toAbsolutePath());
    }

    private static String plan(Connection connection, String question, List<Object> values) throws IOException, SQLException {
        try (InputStream in = ConsoleBench.class.getResourceAsStream("/sql/console/" + question + ".sql");
                PreparedStatement explain = connection.prepareStatement("explain (analyze, buffers) " + new String(in.readAllBytes(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < values.size(); i++) {
                explain.setObject(i + 1, values.get(i) instanceof String[] list ? connection.createArrayOf("text", list) : values.get(i));
            }
            StringBuilder plan = new StringBuilder();
            try (ResultSet lines = explain.executeQuery()) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
            return plan.toString();
        }
    }
}
