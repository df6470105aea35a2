package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * L1, L2, L3: many workers on a few lanes, newer versions and cancels while calls are in flight, calls lost before and after their
 * effect, effects that come after the caller gave up, processes that die. Nothing is lost, nothing is done twice, nothing goes backwards.
 */
class LaneLawIT {

    private static final int ORDERS = 12;
    private static final int VERSIONS = Ledger.LENGTH == 1 ? 12 : 25;
    private static final int WORKERS = 4;
    private static final double SETTLES = 0.4;
    private static final Set<String> PICTURE = Set.of("ready>sending", "sending>delivered", "sending>confirmed", "sending>ready", "sending>unsure",
            "unsure>sending", "sending>held", "held>ready", "held>unsure", "held>superseded", "ready>superseded",
            "sending>superseded", "unsure>superseded", "unsure>delivered", "unsure>confirmed");

    /** What a target holds of one external id; it refuses to go backwards by telling. */
    private static final class Target {
        private final boolean upsert;
        private final Map<String, Long> versions = new ConcurrentHashMap<>();
        final Set<String> violations = ConcurrentHashMap.newKeySet();
        final AtomicInteger inFlight = new AtomicInteger();

        Target(boolean upsert) {
            this.upsert = upsert;
        }

        /** True if accepted; a cancel is the version's negative. */
        synchronized boolean take(String id, String verb, long version) {
            Long present = versions.get(id);
            if (verb.equals("create") && present != null && !upsert) {
                return false;
            }
            if (present != null && Math.abs(version) < Math.abs(present)) {
                violations.add(id + " went back from " + present + " to " + version);
            }
            if (present != null && present < 0 && version > 0) {
                violations.add(id + " was cancelled and came back with " + version);
            }
            if (present == null && verb.equals("cancel")) {
                return true;
            }
            versions.put(id, version);
            return true;
        }
    }

    @Test
    void nothingIsLostDoubledOrPutOutOfOrder() throws Exception {
        // Given two targets, one that upserts and one that refuses a second create, and a ledger that notes every change of state
        Target erp = new Target(true);
        Target wms = new Target(false);
        Ledger ledger = Ledger.fresh();
        ledger.sql.run("create table seen (id bigint, step text)");
        ledger.sql.run("create function see() returns trigger language plpgsql as $$ begin "
                + "insert into orderweir.seen values (new.id, old.state || '>' || new.state); return null; end $$");
        ledger.sql.run("create trigger see after update on delivery for each row when (old.state <> new.state) execute function orderweir.see()");
        for (String target : List.of("erp", "wms")) {
            ledger.allow(target, "at-once", 8, 0, null);
        }
        AtomicBoolean planning = new AtomicBoolean(true);
        AtomicBoolean working = new AtomicBoolean(true);
        ExecutorService pool = Executors.newFixedThreadPool(2 * WORKERS + 2);
        ScheduledExecutorService late = Executors.newScheduledThreadPool(2);
        List<Future<?>> all = new ArrayList<>();

        // When versions, repeats and cancels arrive while workers call, lose answers and die
        all.add(pool.submit(() -> {
            plan(ledger.another(), planning);
            return null;
        }));
        for (int i = 0; i < WORKERS; i++) {
            all.add(pool.submit(() -> work(ledger.another(), "erp", erp, late, planning, working)));
            all.add(pool.submit(() -> work(ledger.another(), "wms", wms, late, planning, working)));
        }
        all.add(pool.submit(() -> expire(ledger.another(), working)));
        all.get(0).get(120, TimeUnit.SECONDS);
        awaitDrained(ledger);
        working.set(false);
        for (Future<?> one : all) {
            one.get(60, TimeUnit.SECONDS);
        }
        late.shutdown();
        assertTrue(late.awaitTermination(5, TimeUnit.SECONDS));
        pool.shutdown();

        // Then nothing went backwards or was done twice
        assertEquals(Set.of(), erp.violations);
        assertEquals(Set.of(), wms.violations);
        // and every order stands at its last version at both targets, or never got there because it was cancelled first
        for (Map<String, Object> entity : ledger.sql.rows("select key, (select (canonical ->> 'version')::bigint from payload p where p.message_id = e.message_id) as version, "
                + "(select bool_and(cancelled) from lane l where l.entity_id = e.id) as cancelled, "
                + "(select count(*) from delivery d where d.entity_id = e.id and d.state = 'held') as held from entity e")) {
            long version = ((Number) entity.get("version")).longValue();
            boolean cancelled = (Boolean) entity.get("cancelled");
            for (Target target : List.of(erp, wms)) {
                Long present = target.versions.get(entity.get("key") + "-order");
                if (!cancelled || present != null) {
                    assertEquals(cancelled ? -version : version, present, () -> entity.toString());
                }
            }
        }
        // and the books balance, and every step is in the picture
        assertEquals(0, ledger.sql.number("select (select sum(records) from intake) - (select count(*) + sum(repeats) from message)"));
        assertEquals(0, ledger.sql.number("select count(*) from message m where m.planned <> (select count(*) from delivery d where d.message_id = m.id)"));
        assertEquals(0, ledger.sql.number("select count(*) from delivery where state not in ('delivered', 'confirmed', 'superseded')"));
        assertEquals(0, ledger.sql.number("select count(*) from hold where closed_at is null"));
        assertEquals(0, ledger.sql.number(TallyLawIT.DIFFERENCES));
        Set<String> steps = new TreeSet<>();
        ledger.sql.rows("select distinct step from seen").forEach(row -> steps.add((String) row.get("step")));
        steps.removeAll(PICTURE);
        assertEquals(Set.of(), steps);
        ledger.close();
    }

    /** A call without an answer is made again; what it says then is the order as it is, whenever that came. */
    @ParameterizedTest
    @CsvSource({"update,2,false,3", "update,2,true,3", "update,2,,2", "create,1,false,1", "create,1,true,1"})
    void whatWasNotAnsweredIsNotMadeAgainWithWhatIsOld(String verb, long lost, Boolean meanwhile, long sent) throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            // Given
            ledger.allow("erp", "at-once", 8, 0, null);
            for (long version = 1; version < lost; version++) {
                comes(ledger, version);
                ends(ledger, taken(ledger), "done");
            }
            comes(ledger, lost);
            Map<String, Object> open = taken(ledger);
            assertEquals(verb, open.get("verb"));
            // When the next version comes while the call is under way, after it, or not at all
            if (Boolean.TRUE.equals(meanwhile)) {
                comes(ledger, lost + 1);
            }
            ends(ledger, open, "unsure");
            if (Boolean.FALSE.equals(meanwhile)) {
                comes(ledger, lost + 1);
            }
            // Then
            Map<String, Object> next = taken(ledger);
            assertEquals(List.of(verb, true), List.of(next.get("verb"), next.get("lookUp")));
            assertEquals("{\"version\": " + sent + "}", next.get("canonical"));
            assertEquals(verb.equals("create") ? true : null, next.get("overtaken"));
            ends(ledger, next, verb.equals("create") ? "found" : "done");
            assertEquals(verb.equals("create") ? 1 : 0, ledger.sql.number("select count(*) from orderweir.delivery where claimable"));
            assertEquals(0, ledger.sql.number("select count(*) from orderweir.lane where doubtful"));
        }
    }

    private static void comes(Ledger ledger, long version) throws SQLException {
        ObjectNode event = Ledger.event(version - 1, "o1", version);
        Ledger.delivery(event, "erp", "order", false);
        ledger.append(event);
    }

    private static Map<String, Object> taken(Ledger ledger) throws SQLException {
        List<Map<String, Object>> taken = ledger.run("deliver/take.sql", Map.of("connection", "erp", "most", 8, "ahead", 0.0, "lease", 8.0, "settles", 0.0));
        assertEquals(1, taken.size());
        return taken.get(0);
    }

    private static void ends(Ledger ledger, Map<String, Object> claimed, String outcome) throws SQLException {
        assertTrue(ledger.start(claimed, 0.1, null));
        Map<String, Object> end = with(claimed, Map.of("outcome", outcome, "patience", 8, "breaks", 1000, "settles", 0.0, "grace", 0.0, "wait", 0.0, "reason", "r"));
        end.put("remoteId", outcome.equals("unsure") ? null : "r-1");
        ledger.end(end);
    }

    private static void plan(Ledger ledger, AtomicBoolean planning) throws SQLException {
        Random random = new Random(11);
        AtomicLong offset = new AtomicLong();
        for (int version = 1; version <= VERSIONS; version++) {
            for (int order = 0; order < ORDERS; order++) {
                boolean cancel = version == VERSIONS && order % 3 == 0 || version == 2 && order == 5;
                if (order == 5 && version > 2) {
                    continue;
                }
                ObjectNode event = event(offset.getAndIncrement(), order, version, cancel);
                if (random.nextInt(10) == 0) {
                    // the same operation by another delivery, in the same batch
                    ledger.append(event, event(offset.getAndIncrement(), order, version, cancel));
                } else {
                    ledger.append(event);
                }
                if (random.nextInt(20) == 0 && version > 1) {
                    ledger.append(event(offset.getAndIncrement(), order, version - 1, false));
                }
            }
        }
        planning.set(false);
        ledger.close();
    }

    private static ObjectNode event(long offset, int order, long version, boolean cancel) {
        ObjectNode event = Ledger.event(offset, "o" + order, version);
        Ledger.delivery(event, "erp", "order", cancel);
        ObjectNode wms = Ledger.delivery(event, "wms", "order", cancel);
        if (!cancel) {
            wms.putObject("after").put("connection", "erp").put("part", "order");
        }
        return event;
    }

    private static Void work(Ledger ledger, String connection, Target target, ScheduledExecutorService late, AtomicBoolean planning, AtomicBoolean working)
            throws Exception {
        while (working.get()) {
            List<Map<String, Object>> claimed = ledger.run("deliver/take.sql",
                    Map.of("connection", connection, "most", 1, "ahead", 0.0, "lease", 0.5, "settles", SETTLES));
            for (Map<String, Object> one : claimed) {
                call(ledger, connection, target, one, late, planning.get());
            }
            if (claimed.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(2);
            }
        }
        ledger.close();
        return null;
    }

    private static void call(Ledger ledger, String connection, Target target, Map<String, Object> claimed, ScheduledExecutorService late, boolean faulty)
            throws SQLException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int fate = faulty ? random.nextInt(100) : 99;
        if (fate < 3 || !ledger.start(claimed, 0.1, null)) {
            return;
        }
        String id = (String) claimed.get("externalId");
        String verb = (String) claimed.get("verb");
        long version = Long.parseLong(((String) claimed.get("canonical")).replaceAll("\\D", ""));
        long wanted = verb.equals("cancel") ? -version : version;
        if ((Boolean) claimed.get("lookUp") && (!target.upsert || Boolean.TRUE.equals(claimed.get("overtaken")))) {
            // that the record is there says nothing of a change that was lost: a look that compares says when it stands there
            settle(ledger, claimed, !target.versions.containsKey(id) ? "absent" : target.versions.get(id) == wanted && !verb.equals("create") ? "done" : "found");
            return;
        }
        if (fate < 6) {
            // the effect comes after the caller gave up
            late.schedule(() -> target.take(id, verb, wanted), random.nextLong((long) (SETTLES * 900)), TimeUnit.MILLISECONDS);
            settle(ledger, claimed, "unsure");
        } else if (fate < 12) {
            target.take(id, verb, wanted);
            settle(ledger, claimed, "unsure");
        } else if (fate < 16) {
            // the process dies after the effect
            target.take(id, verb, wanted);
        } else if (fate < 26) {
            settle(ledger, claimed, "later");
        } else if (fate < 30) {
            settle(ledger, claimed, "hold");
        } else {
            settle(ledger, claimed, target.take(id, verb, wanted) ? "done" : "unsure");
        }
    }

    private static void settle(Ledger ledger, Map<String, Object> claimed, String outcome) throws SQLException {
        Map<String, Object> parameters = with(claimed, Map.of("outcome", outcome, "because", "not-now", "patience", 8,
                "breaks", 1000, "settles", SETTLES, "grace", 0.1, "wait", 0.005, "reason", "r", "sentence", "s"));
        parameters.put("remoteId", Set.of("done", "found").contains(outcome) ? "r-" + claimed.get("externalId") : null);
        ledger.end(parameters);
    }

    /** Leases, and a person who releases what is held. */
    private static Void expire(Ledger ledger, AtomicBoolean working) throws Exception {
        while (working.get()) {
            ledger.run("call/expire.sql", Map.of("connections",
                    "[{\"connection\":\"erp\",\"reaches\":0.1,\"settles\":" + SETTLES + "},{\"connection\":\"wms\",\"reaches\":0.1,\"settles\":" + SETTLES + "}]"));
            for (Map<String, Object> hold : ledger.sql.rows("select h.id, orderweir.entity_seen(m.entity_id) as seen from hold h join message m on m.id = h.message_id where h.closed_at is null")) {
                release(ledger, hold);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        ledger.close();
        return null;
    }

    /** A newer version may take its place, or change what the person has seen, at any moment before. */
    private static void release(Ledger ledger, Map<String, Object> hold) throws SQLException {
        try {
            ledger.run("hold/release-delivery.sql", Map.of("hold", hold.get("id"), "by", "o", "seen", hold.get("seen"), "changes", "[]", "documents", "[]"));
        } catch (SQLException e) {
            if (!"OW409".equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    private static void awaitDrained(Ledger ledger) {
        org.awaitility.Awaitility.await().atMost(120, TimeUnit.SECONDS).pollInterval(200, TimeUnit.MILLISECONDS).until(() ->
                ledger.sql.number("select count(*) from delivery where state not in ('delivered', 'confirmed', 'superseded')") == 0);
    }

    private static Map<String, Object> with(Map<String, Object> one, Map<String, Object> other) {
        Map<String, Object> both = new HashMap<>(one);
        both.putAll(other);
        return both;
    }
}
