package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.ledger.Sql;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** L1, as the console tells it: the running totals are the counted ones in every snapshot, whatever appends, settles, folds or dies meanwhile. */
class TallyLawIT {

    /** In one snapshot: keys of which the running total is not the counted number. */
    static final String DIFFERENCES = """
            select count(*) from (select * from counted) c full join (select * from tallied where book <> 'hour') t using (book, place, partition, state, due)
            where c.n is distinct from t.n""";
    /** Gates that say of themselves that a line waits at them, and none does, or the other way round. */
    static final String WRONG_GATES = """
            select count(*) from gate g where g.waited_for <> (g.opened_at is null and exists (
              select from delivery d where d.build_id = g.build_id and d.state in ('gated', 'held') and g.name = any (d.behind)))""";
    private static final List<String> GATES = List.of("drawing", "capacity", "together");
    private static final int ORDERS = 40;
    private static final int EVENTS = 400;

    @Test
    void theTotalsAreTheCountedOnesAtAnyMoment() throws Exception {
        // Given
        Ledger ledger = Ledger.fresh();
        ledger.allow("erp", "at-once", 8, 0, null);
        AtomicBoolean working = new AtomicBoolean(true);
        AtomicInteger killed = new AtomicInteger();
        AtomicInteger folded = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(6);
        List<Future<?>> all = new ArrayList<>();

        // When orders arrive and are delivered, refused and edited, sessions are killed in the middle, and somebody folds
        Future<?> appending = pool.submit(() -> append(ledger));
        for (int i = 0; i < 2; i++) {
            all.add(pool.submit(() -> deliver(ledger, working)));
        }
        all.add(pool.submit(() -> decide(ledger, working)));
        all.add(pool.submit(() -> {
            Ledger folder = ledger.another();
            while (working.get()) {
                folded.addAndGet(((Number) folder.run("ledger/fold.sql", Map.of()).get(0).get("folded")).intValue());
                TimeUnit.MILLISECONDS.sleep(20);
            }
            folder.close();
            return null;
        }));
        int compared = 0;
        while (!appending.isDone()) {
            // Then
            assertEquals(0, ledger.sql.number(DIFFERENCES), () -> ledger.sql.rows("select * from tallied order by 1, 2, 3, 4").toString());
            assertEquals(0, ledger.sql.number(WRONG_GATES));
            compared++;
            // not so often that nobody ever comes to an end
            killed.addAndGet(compared % 6 != 0 ? 0 : (int) ledger.sql.number("""
                    select count(pg_terminate_backend(pid)) from (
                      select pid from pg_stat_activity
                      where datname = current_database() and pid <> pg_backend_pid() and state = 'active' and query ~ 'orderweir.(ledger_append|deliver_take|calls_end|gate_open|gate_close)'
                      order by random() limit 1) one"""));
            TimeUnit.MILLISECONDS.sleep(10);
        }
        appending.get();
        working.set(false);
        for (Future<?> one : all) {
            one.get(30, TimeUnit.SECONDS);
        }
        pool.shutdown();
        assertEquals(0, ledger.sql.number(DIFFERENCES));
        assertTrue(compared > 20 && killed.get() > 0 && folded.get() > 100, "compared " + compared + " times, killed " + killed + " sessions, folded " + folded + " rows");

        // and a full counting says so, once a day; what it finds wrong it sets right
        JsonNode counted = recount(ledger, null);
        assertTrue(counted.path("balanced").asBoolean() && counted.path("corrected").asInt() == 0, counted.toString());
        assertEquals(counted.path("at"), recount(ledger, 3600.0).path("at"));
        ledger.sql.run("delete from tally where ctid in (select ctid from tally where book = 'delivery' limit 2)");
        assertTrue(recount(ledger, null).path("corrected").asInt() > 0);
        assertEquals(0, ledger.sql.number(DIFFERENCES));
        // and what was changed of a gate behind the triggers, too
        ledger.sql.run("alter table gate disable trigger user");
        ledger.sql.run("update gate set waited_for = not waited_for where opened_at is null and build_id = (select min(build_id) from gate where opened_at is null)");
        ledger.sql.run("alter table gate enable trigger user");
        assertTrue(ledger.sql.number(WRONG_GATES) > 0);
        assertTrue(recount(ledger, null).path("differences").findValuesAsText("book").contains("gate"));
        assertEquals(0, ledger.sql.number(WRONG_GATES) + ledger.sql.number(DIFFERENCES));
        assertEquals(0, recount(ledger, null).path("corrected").asInt());
        // a lost message is seen by both
        ledger.sql.run("update intake set records = records + 1");
        assertEquals("Counted again: the books do not balance.", recount(ledger, null).path("answer").asText());
        ledger.close();
    }

    @Test
    void theBoardIsWhatWaitsWhateverIsDecided() throws SQLException {
        // Given
        Ledger ledger = Ledger.fresh();
        ledger.allow("wms", "at-once", 50, 0, null);
        Random random = new Random(3);
        Instant now = Instant.now();
        int offset = 0;
        int most = 0;
        // When lines come, are edited, cancelled and sent, and gates are opened, closed, refused, late and put off in any order
        for (int step = 0; step < 300; step++) {
            now = now.plusSeconds(60);
            String order = "b" + random.nextInt(6);
            switch (random.nextInt(9)) {
                case 0, 1, 2 -> {
                    ObjectNode event = Ledger.event(offset++, order, step);
                    boolean cancel = random.nextInt(8) == 0;
                    for (String line : List.of("l", "m")) {
                        gated(Ledger.delivery(event, "wms", line, cancel), line + random.nextInt(2));
                        gated(Ledger.delivery(event, "design", line, cancel), line + random.nextInt(2));
                    }
                    ledger.append(event);
                }
                case 3, 4 -> tryTo(ledger, "open", order, random);
                case 5 -> tryTo(ledger, random.nextBoolean() ? "close" : "refuse", order, random);
                case 6 -> ledger.run("gate/late.sql", Map.of("now", Timestamp.from(now)));
                case 7 -> tryTo(ledger, "extend", order, random);
                default -> {
                    for (Map<String, Object> one : ledger.run("deliver/take.sql", Map.of("connection", "wms", "most", 5, "ahead", 0, "lease", 10, "settles", 1))) {
                        ledger.start(one, 1, null);
                        ledger.end(with(one, Map.of("outcome", random.nextBoolean() ? "done" : "hold", "patience", 8, "settles", 1.0,
                                "grace", 0.1, "reason", "r", "sentence", "s", "remoteId", "r-" + one.get("externalId"))));
                    }
                }
            }
            // Then the numbers are the counted ones, and the pages show exactly what waits, those first that are due first
            assertEquals(0, ledger.sql.number(DIFFERENCES) + ledger.sql.number(WRONG_GATES), "after step " + step);
            if (step % 10 == 0) {
                List<Object> board = board(ledger);
                assertEquals(ledger.sql.rows("""
                        select g.build_id || ' ' || g.name as one from gate g where g.opened_at is null and exists (
                          select from delivery d where d.build_id = g.build_id and d.state in ('gated', 'held') and g.name = any (d.behind))
                        order by g.due_at, g.build_id, g.name""").stream().map(row -> row.get("one")).toList(), board);
                most = Math.max(most, board.size());
            }
        }
        assertTrue(most > 9 && ledger.sql.number("select count(*) from tallied where book = 'gate' and state = 'late'") > 0, "of several pages, and some late: " + most);
        ledger.close();
    }

    /** All pages of the board, three rows each. */
    private static List<Object> board(Ledger ledger) {
        String question = Sql.of("console/gates.sql");
        List<Object> board = new ArrayList<>();
        String[] place = {null, "0", ""};
        for (;;) {
            List<Map<String, Object>> page = ledger.sql.rows(question, null, place[0], Long.parseLong(place[1]), place[2], 3);
            page.forEach(row -> board.add(row.get("build") + " " + row.get("gate")));
            if (page.size() < 3) {
                return board;
            }
            place = page.get(2).get("place").toString().replace("never", "infinity").split("~", 3);
        }
    }

    private static ObjectNode gated(ObjectNode delivery, String basis) {
        delivery.put("class", "made").put("gate_basis", basis).put("fingerprint", delivery.get("fingerprint").asText() + basis);
        if (!delivery.path("cancel").asBoolean()) {
            delivery.withArray("gates").addObject().put("name", "drawing").put("due", 3_600).put("heldWhenLate", true);
            delivery.withArray("gates").addObject().put("name", "capacity").put("due", 7_200);
            if (delivery.get("connection").asText().equals("wms")) {
                delivery.withArray("gates").addObject().put("name", "together");
            }
        }
        return delivery;
    }

    private static void tryTo(Ledger ledger, String verb, String order, Random random) throws SQLException {
        try {
            ledger.run("gate/" + verb + ".sql", Map.of("order", "shop/" + order, "line", List.of("l", "m").get(random.nextInt(2)), "gate", GATES.get(random.nextInt(3)),
                    "by", "Ann", "reason", "r", "evidence", "{\"note\":\"seen\"}", "due", Instant.now().plusSeconds(random.nextInt(40_000)).toString()));
        } catch (SQLException refused) {
            if (!refused.getSQLState().startsWith("OW")) {
                throw refused;
            }
        }
    }

    private static Void decide(Ledger ledger, AtomicBoolean working) throws Exception {
        Ledger person = ledger.another();
        Random random = new Random(11);
        while (working.get()) {
            try {
                tryTo(person, random.nextInt(3) > 0 ? "open" : "close", "o" + random.nextInt(ORDERS), random);
            } catch (SQLException died) {
                person.close();
                person = ledger.another();
            }
        }
        person.close();
        return null;
    }

    private static JsonNode recount(Ledger ledger, Double within) throws Exception {
        Map<String, Object> parameters = new HashMap<>(Map.of("by", "Ann"));
        parameters.put("within", within);
        return new ObjectMapper().readTree(ledger.run("ledger/recount.sql", parameters).get(0).values().iterator().next().toString());
    }

    private static Void append(Ledger ledger) throws SQLException {
        Random random = new Random(7);
        Ledger process = ledger.another();
        for (int offset = 0; offset < EVENTS;) {
            List<ObjectNode> batch = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(12); i++) {
                batch.add(event(random, offset + i));
            }
            try {
                process.append(batch.toArray(JsonNode[]::new));
                offset += batch.size();
            } catch (SQLException died) {
                // the process reads again where the ledger stands
                process.close();
                process = ledger.another();
                offset = (int) ledger.sql.number("select coalesce(max(next_offset), 0) from intake");
            }
        }
        process.close();
        return null;
    }

    private static ObjectNode event(Random random, int offset) {
        ObjectNode event = Ledger.event(offset, "o" + random.nextInt(ORDERS), random.nextInt(60));
        int kind = random.nextInt(12);
        if (kind == 0) {
            event.put("version", (String) null).putObject("hold").put("reason", "not-understood").put("sentence", "s");
        } else if (kind == 1) {
            event.put("note", "of no interest");
        } else {
            Ledger.delivery(event, "erp", "order", kind == 2);
            ObjectNode goods = Ledger.delivery(event, "wms", "order", kind == 2);
            if (kind > 6) {
                goods.putObject("after").put("connection", "erp").put("part", "order");
            }
            if (kind > 8) {
                gated(Ledger.delivery(event, "wms", "l", false), "l" + kind);
            }
        }
        return event;
    }

    private static Void deliver(Ledger ledger, AtomicBoolean working) throws Exception {
        Ledger worker = ledger.another();
        while (working.get()) {
            try {
                for (Map<String, Object> one : worker.run("deliver/take.sql", Map.of("connection", "erp", "most", 1, "ahead", 0.0, "lease", 5.0, "settles", 0.1))) {
                    worker.start(one, 0.1, null);
                    String outcome = List.of("done", "done", "later", "unsure", "hold").get(ThreadLocalRandom.current().nextInt(5));
                    worker.end(with(one, Map.of("outcome", outcome, "because", "not-now", "patience", 8, "settles", 0.1, "grace", 0.1,
                            "wait", 0.005, "reason", "r", "sentence", "s", "remoteId", "r-" + one.get("externalId"))));
                }
            } catch (SQLException died) {
                worker.close();
                worker = ledger.another();
            }
        }
        worker.close();
        return null;
    }

    private static Map<String, Object> with(Map<String, Object> one, Map<String, Object> other) {
        Map<String, Object> both = new HashMap<>(one);
        both.putAll(other);
        return both;
    }
}
