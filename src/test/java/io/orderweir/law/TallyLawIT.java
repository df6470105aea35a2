package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
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
        ExecutorService pool = Executors.newFixedThreadPool(5);
        List<Future<?>> all = new ArrayList<>();

        // When orders arrive and are delivered, refused and edited, sessions are killed in the middle, and somebody folds
        Future<?> appending = pool.submit(() -> append(ledger));
        for (int i = 0; i < 2; i++) {
            all.add(pool.submit(() -> deliver(ledger, working)));
        }
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
            compared++;
            // not so often that nobody ever comes to an end
            killed.addAndGet(compared % 6 != 0 ? 0 : (int) ledger.sql.number("""
                    select count(pg_terminate_backend(pid)) from (
                      select pid from pg_stat_activity
                      where datname = current_database() and pid <> pg_backend_pid() and state = 'active' and query ~ 'orderweir.(append|delivery)'
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
        // a lost message is seen by both
        ledger.sql.run("update intake set records = records + 1");
        assertEquals("Counted again: the books do not balance.", recount(ledger, null).path("answer").asText());
        ledger.close();
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
        }
        return event;
    }

    private static Void deliver(Ledger ledger, AtomicBoolean working) throws Exception {
        Ledger worker = ledger.another();
        while (working.get()) {
            try {
                for (Map<String, Object> one : worker.run("deliver/claim.sql", Map.of("connection", "erp", "most", 1, "ahead", 0.0, "lease", 5.0, "settles", 0.1))) {
                    worker.run("deliver/start.sql", with(one, Map.of("needs", 0.1)));
                    String outcome = List.of("done", "done", "later", "unsure", "hold").get(ThreadLocalRandom.current().nextInt(5));
                    worker.run("deliver/settle.sql", with(one, Map.of("connection", "erp", "outcome", outcome, "patience", 8, "settles", 0.1, "grace", 0.1,
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
