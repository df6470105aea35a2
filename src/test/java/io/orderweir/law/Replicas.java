package io.orderweir.law;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;

/** Some replicas that take, make and end calls, on one ledger. */
final class Replicas {
    record Call(long at, long ended) {
    }

    /** What becomes of a call: the outcome as a connector names it and why it is to be later, after so many seconds. */
    record Answer(String outcome, String because, String failure, Integer status, double seconds, Double closedFor, Double available) {

        Answer(String outcome, String failure, Integer status, double seconds) {
            this(outcome, null, failure, status, seconds, null, null);
        }

        static Answer later(String because, String failure, Integer status, double seconds, Double closedFor, Double available) {
            return new Answer("later", because, failure, status, seconds, closedFor, available);
        }

        static Answer tooFast(Double closedFor, Double available) {
            return later("too-fast", null, 429, 0.03, closedFor, available);
        }

        static Answer well() {
            return new Answer("done", null, 200, 0.07);
        }

        static Answer away(String kind) {
            return switch (kind) {
                case "refused" -> later("away", "refused", null, 0.001, null, null);
                case "503" -> later("away", null, 503, 0.05, null, null);
                default -> new Answer("unsure", "unanswered", null, 1);
            };
        }
    }

    private static final int REPLICAS = 3;
    static final String KNOWN = "[{\"connection\":\"erp\",\"reaches\":1,\"settles\":2}]";

    private final LongFunction<Answer> target;
    private final Random random;
    final Ledger ledger;
    final TurnedClock clock = new TurnedClock();
    final List<Call> calls = new ArrayList<>();
    String shares = "[]";
    int planned;
    int alerts;
    double from;
    /** How long a replica waits between two takes, s. */
    double rest = 3.0 / 99 / 1.1;
    private double until;

    Replicas(Ledger ledger, long seed, LongFunction<Answer> target) {
        this.ledger = ledger;
        this.random = new Random(seed);
        this.target = target;
    }

    void allow(String limit, int slots, double window) throws SQLException {
        allow(limit, slots, window, 0, 1);
    }

    /** A bucket of so many slots, each of so many points, that fills in `window`. */
    void bucket(int slots, double window, int cost) throws SQLException {
        allow("points", slots, window, window / slots, cost);
    }

    private void allow(String limit, int slots, double window, double leak, int cost) throws SQLException {
        ledger.run("throttle/allow.sql", Map.of("connection", "erp", "limitName", limit, "slots", slots, "window", window, "leak", leak, "spared", 0,
                "cost", cost, "shares", shares, "now", clock.timestamp()));
    }

    void orders(int count) throws SQLException {
        plan(count, 0);
    }

    void plan(int count, int priority) throws SQLException {
        List<ObjectNode> batch = new ArrayList<>();
        for (int i = 0; i < count; i++, planned++) {
            ObjectNode event = Ledger.event(planned, "o" + planned, 1);
            Ledger.delivery(event, "erp", "order", false).put("priority", priority);
            batch.add(event);
            if (batch.size() == 50 || i == count - 1) {
                ledger.append(batch.toArray(ObjectNode[]::new));
                batch.clear();
            }
        }
    }

    /** From the clock's present second until this one. */
    void work(double until) throws SQLException {
        work(until, 0, until);
    }

    /** At second `when` so many catalogue changes arrive. */
    void work(double when, int catalogue, double until) throws SQLException {
        this.until = until;
        clock.at(TurnedClock.micros(when), () -> plan(catalogue, 3));
        for (int replica = 0; replica < REPLICAS; replica++) {
            clock.at(TurnedClock.micros(from + replica * 0.007), this::claim);
            clock.at(TurnedClock.micros(from + replica * 0.05), this::knock);
        }
        clock.turn();
    }

    List<Call> between(double from, double to) {
        return calls.stream().filter(call -> call.at >= TurnedClock.micros(from) && call.at < TurnedClock.micros(to)).toList();
    }

    private void claim() throws SQLException {
        if (clock.now() >= TurnedClock.micros(until)) {
            return;
        }
        List<Map<String, Object>> claimed = claim(1);
        clock.at(clock.now() + TurnedClock.micros(claimed.isEmpty() ? Math.max(rest, 0.05) : rest), this::claim);
        for (Map<String, Object> each : claimed) {
            clock.at(clock.now() + ((Number) each.get("waitMillis")).longValue() * 1000, () -> call(each));
        }
    }

    List<Map<String, Object>> claim(int most) throws SQLException {
        return ledger.run("deliver/take.sql",
                Map.of("connection", "erp", "most", most, "ahead", 0.1, "lease", 8.0, "settles", 2.0, "now", clock.timestamp()));
    }

    void start(Map<String, Object> claimed) throws SQLException {
        ledger.start(claimed, 3, clock.timestamp());
    }

    private void call(Map<String, Object> claimed) throws SQLException {
        start(claimed);
        Answer answer = target.apply(clock.now());
        long ended = clock.now() + TurnedClock.micros(answer.seconds * (0.5 + random.nextDouble()));
        calls.add(new Call(clock.now(), ended));
        clock.at(ended, () -> alerts += settle(ledger, claimed, answer) ? 1 : 0);
    }

    /** Whether a person is told. */
    boolean settle(Ledger worker, Map<String, Object> claimed, Answer answer) throws SQLException {
        return worker.end(became(claimed, answer)).stream().anyMatch(row -> row.get("alert") != null);
    }

    /** What is written down of a call that ends now. */
    Map<String, Object> became(Map<String, Object> claimed, Answer answer) {
        Map<String, Object> parameters = new HashMap<>(claimed);
        parameters.putAll(Map.of("outcome", answer.outcome, "patience", 12, "breaks", 8, "settles", 2.0, "grace", 0.2, "reason", "r", "now", clock.timestamp()));
        parameters.put("because", answer.because);
        parameters.put("failure", answer.failure);
        parameters.put("status", answer.status);
        parameters.put("closedFor", answer.closedFor);
        parameters.put("available", answer.available);
        parameters.put("remoteId", answer.outcome.equals("done") ? "r" + claimed.get("id") : null);
        parameters.put("sentence", "s");
        return parameters;
    }

    /** The door is open whenever a call would not be refused. */
    private void knock() throws SQLException {
        if (clock.now() >= TurnedClock.micros(until)) {
            return;
        }
        clock.at(clock.now() + TurnedClock.micros(Math.max(rest, 0.25)), this::knock);
        for (Map<String, Object> door : ledger.run("deliver/knock.sql", Map.of("connections", KNOWN, "now", clock.timestamp()))) {
            boolean open = !"refused".equals(target.apply(clock.now()).failure);
            ledger.run("deliver/knocked.sql", Map.of("connection", door.get("connection"), "open", open, "now", clock.timestamp()));
        }
    }
}
