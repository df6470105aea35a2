package io.orderweir.law;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.embedded.TestDatabase;
import io.orderweir.process.Services;
import io.orderweir.process.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real ledger, with the real statements, driven without the engine: on one connection, like one worker of it. */
public final class Ledger implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();
    /** How many times as long as in every build a law is tried: with -Pchaos five times. */
    static final int LENGTH = "long".equals(System.getProperty("orderweir.chaos")) ? 5 : 1;
    private static final Pattern NAMED = Pattern.compile(":#(?:\\$\\{variable\\.(\\w+)}|(\\w+))");
    /** What an end may say of its call, besides its texts. */
    private static final List<String> SAID = List.of("call", "outcome", "because", "failure", "status", "reason", "remoteId", "found", "final", "wait", "closedFor", "available",
            "othersAnswered", "patience", "longestWait", "breaks", "settles", "grace", "verb", "sentence", "field", "step", "took", "reads", "sentDocument");
    private static final Map<String, String> FILES = new ConcurrentHashMap<>();

    final String url;
    public final Sql sql;
    private final String user;
    private final Connection connection;

    private Ledger(String url, String user) {
        this.url = url;
        this.user = user;
        try {
            sql = Sql.standing(url + "?currentSchema=orderweir", user);
            connection = DriverManager.getConnection(url + "?options=-c%20plan_cache_mode=force_generic_plan%20-c%20synchronous_commit=off", user, null);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An empty ledger in a database of its own. */
    public static Ledger fresh() {
        return new Ledger(Services.shared().freshLedger(), Services.shared().user());
    }

    /** The ledger of a database that stands. */
    static Ledger in(TestDatabase database) {
        return new Ledger(database.keys().get("quarkus.datasource.jdbc.url"), database.keys().get("quarkus.datasource.username"));
    }

    /** The same ledger on another connection, for another worker. */
    Ledger another() {
        return new Ledger(url, user);
    }

    /** Ends this connection, and gives the ledger as it stands now in a database of its own. */
    Ledger copied() throws SQLException {
        close();
        return new Ledger(Services.shared().copyOf(url), user);
    }

    /** Runs one of the engine's statements; a parameter that is not given is null. */
    public List<Map<String, Object>> run(String file, Map<String, ?> parameters) throws SQLException {
        return run(FILES.computeIfAbsent(file, Ledger::read), "", parameters);
    }

    /** Runs one of the engine's statements and gives its plan with the pages it looked at, as JSON text. */
    String explain(String file, Map<String, ?> parameters) throws SQLException {
        return run(FILES.computeIfAbsent(file, Ledger::read), "explain (analyze, buffers, format json) ", parameters).get(0).values().iterator().next().toString();
    }

    private List<Map<String, Object>> run(String text, String before, Map<String, ?> parameters) throws SQLException {
        Matcher names = NAMED.matcher(text);
        List<Object> values = new ArrayList<>();
        while (names.find()) {
            values.add(parameters.get(names.group(1) == null ? names.group(2) : names.group(1)));
        }
        return rows(before + NAMED.matcher(text).replaceAll("?"), values);
    }

    private List<Map<String, Object>> rows(String text, List<Object> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            for (int i = 0; i < values.size(); i++) {
                if (values.get(i) == null) {
                    statement.setNull(i + 1, Types.NULL);
                } else {
                    statement.setObject(i + 1, values.get(i));
                }
            }
            List<Map<String, Object>> rows = new ArrayList<>();
            if (statement.execute()) {
                ResultSet result = statement.getResultSet();
                while (result.next()) {
                    Map<String, Object> row = new LinkedHashMap<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        row.put(result.getMetaData().getColumnLabel(i), result.getObject(i));
                    }
                    rows.add(row);
                }
            }
            return rows;
        }
    }

    /** Commits that the bytes of a call leave; false when nothing may be sent. */
    public boolean start(Map<String, ?> claimed, double needs, Object now) throws SQLException {
        return start(List.of(claimed), needs, now).size() == 1;
    }

    /** The numbers of the calls that may be made, of those begun together. */
    List<Long> start(List<? extends Map<String, ?>> claimed, double needs, Object now) throws SQLException {
        return rows(FILES.computeIfAbsent("call/start.sql", Ledger::read), listOf(now,
                connection.createArrayOf("bigint", claimed.stream().map(call -> call.get("call")).toArray()),
                connection.createArrayOf("float8", claimed.stream().map(call -> needs).toArray()))).stream().map(row -> (Long) row.get("call")).toList();
    }

    /** Ends one call: what was claimed, with what became of it, and now (null = the database's). */
    public List<Map<String, Object>> end(Map<String, ?> became) throws SQLException {
        return end(List.of(became), became.get("now"));
    }

    /** Ends calls together. */
    List<Map<String, Object>> end(List<? extends Map<String, ?>> became, Object now) throws SQLException {
        return rows(FILES.computeIfAbsent("call/end.sql", Ledger::read), endings(became, now));
    }

    /** The plan of an end, with the pages it looked at, as JSON text. */
    String explainEnd(List<? extends Map<String, ?>> became, Object now) throws SQLException {
        return rows("explain (analyze, buffers, format json) " + FILES.computeIfAbsent("call/end.sql", Ledger::read), endings(became, now)).get(0).values().iterator().next().toString();
    }

    /** What the database has counted of itself until now, this connection's last statement included. */
    Map<String, Object> counters(String query) throws SQLException {
        rows("select pg_stat_force_next_flush()", List.of());
        return rows(query, List.of()).get(0);
    }

    private List<Object> endings(List<? extends Map<String, ?>> became, Object now) throws SQLException {
        ArrayNode ends = JSON.createArrayNode();
        for (Map<String, ?> one : became) {
            ObjectNode end = ends.addObject();
            for (String name : SAID) {
                Object value = one.get(name);
                end.set(name, name.equals("found") && value != null ? json(value.toString()) : JSON.valueToTree(value));
            }
        }
        return listOf(ends.toString().getBytes(StandardCharsets.UTF_8),
                connection.createArrayOf("text", became.stream().map(one -> one.get("request")).toArray()),
                connection.createArrayOf("text", became.stream().map(one -> one.get("answer")).toArray()), now);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Object> listOf(Object... values) {
        return java.util.Arrays.asList(values);
    }

    public void allow(String connectionName, String limit, int slots, double window, Object now) throws SQLException {
        Map<String, Object> parameters = new LinkedHashMap<>(Map.of("connection", connectionName, "limitName", limit, "slots", slots, "window", window, "leak", 0, "spared", 0, "cost", 1));
        parameters.put("now", now);
        run("throttle/allow.sql", parameters);
    }

    /** Appends records to partition 0 of the topic t, at the offsets they carry. */
    public void append(JsonNode... records) throws SQLException {
        run("ledger/assign.sql", "t", 0);
        ArrayNode batch = JSON.createArrayNode();
        byte[][] bytes = new byte[records.length][];
        for (int i = 0; i < records.length; i++) {
            ObjectNode record = records[i].deepCopy();
            bytes[i] = record.remove("raw").textValue().getBytes(StandardCharsets.UTF_8);
            batch.add(record);
        }
        try (PreparedStatement append = connection.prepareStatement(read("ledger/append.sql"))) {
            append.setString(1, "t");
            append.setInt(2, 0);
            append.setBytes(3, batch.toString().getBytes(StandardCharsets.UTF_8));
            append.setArray(4, connection.createArrayOf("bytea", bytes));
            append.execute();
        }
    }

    /** Runs a statement that is asked of a partition. */
    List<Map<String, Object>> run(String file, String topic, int partition) throws SQLException {
        return rows(FILES.computeIfAbsent(file, Ledger::read), listOf(topic, partition));
    }

    /** One order event as process hands it to the ledger; deliveries are added with {@link #delivery}. */
    public static ObjectNode event(long offset, String order, long version) {
        ObjectNode event = JSON.createObjectNode();
        event.put("offset", offset).put("ce_id", "shop:" + order + ":" + version + ":" + offset).put("connection", "shop").put("type", "order")
                .put("entity_key", "shop/" + order).put("name", "#" + order).put("correlation_id", "c" + offset)
                .put("captured_at", "2026-11-27T00:00:00Z").put("raw", order)
                .put("version", java.time.Instant.ofEpochSecond(1_790_000_000L + version).toString()).put("hash", order + "@" + version);
        event.putObject("canonical").put("version", version);
        event.putArray("deliveries");
        return event;
    }

    public static ObjectNode delivery(ObjectNode event, String target, String part, boolean cancel) {
        ObjectNode row = event.withArray("deliveries").addObject();
        row.put("connection", target).put("port", "order").put("part", part).put("external_id", event.get("entity_key").asText() + "-" + part)
                .put("priority", 0).put("goods_moving", false).put("cancel", cancel)
                .put("fingerprint", target + part + event.get("hash").asText());
        row.putArray("line_ids");
        row.putArray("gates");
        return row;
    }

    private static String read(String file) {
        try (InputStream in = Ledger.class.getResourceAsStream("/sql/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^\\s*--.*$", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        sql.close();
    }
}
