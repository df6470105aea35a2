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
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * L1, L2: a ledger is put back as it had been. What was called for since is not known to it, the log gives it the same events again, and people do again what they
 * did; nothing is done twice at a target, and every order ends at its last version.
 */
class RestoredLawIT {

    private static final int ORDERS = 12;
    private static final int EVENTS = 60;
    private static final double SETTLES = 0.05;
    private static final String KNOWN = "[{\"connection\":\"wms\",\"reaches\":0.02,\"settles\":" + SETTLES + "}]";
    private static final String OPEN = "select count(*) from delivery where state not in ('delivered', 'confirmed', 'superseded')";

    /** What stands at the target, by external id; a cancel is the version's negative. */
    private final Map<String, Long> target = new TreeMap<>();
    private final List<String> doubled = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingIsDoneTwiceByALedgerThatWasPutBack(int seed) throws SQLException {
        // Given a log of orders, changes and cancels of which a part was taken in, called for and held
        Random random = new Random(seed);
        List<ObjectNode> log = log(random);
        Ledger ledger = Ledger.fresh();
        ledger.allow("wms", "at-once", 8, 0, null);
        int copied = EVENTS / 3;
        append(ledger, log, 0, copied);
        work(ledger, random, random.nextInt(20));
        // When it is copied, lives on, and the copy is put back in its place
        try (Ledger copy = ledger.copied(); Ledger lost = ledger.another()) {
            append(lost, log, copied, 2 * copied);
            work(lost, random, 40);
            release(lost);
            work(lost, random, random.nextInt(40));
            copy.sql.run("update orderweir.origin set timeline = 'another'");
            assertEquals(0, taken(copy).size(), "taken before it was made safe");
            List<Map<String, Object>> restored = copy.run("throttle/after-restore.sql", Map.of("connections", KNOWN));
            assertEquals(1, restored.size());
            // Then everything else is taken in from where the copy stood, and drained
            append(copy, log, copied, EVENTS);
            for (long until = System.nanoTime() + 30_000_000_000L; copy.sql.number(OPEN) > 0;) {
                work(copy, random, 20);
                release(copy);
                copy.run("call/expire.sql", Map.of("connections", KNOWN));
                assertTrue(System.nanoTime() < until, () -> "still open: " + rows(copy));
            }
            assertEquals(List.of(), doubled);
            assertEquals(wanted(log), new TreeMap<>(target));
        }
    }

    /** What is captured after the ledger was put back is not doubted: nobody looks for it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsCapturedAfterwardsIsSentWithoutALook(boolean before) throws SQLException {
        // Given
        Ledger ledger = Ledger.fresh();
        ledger.allow("wms", "at-once", 8, 0, null);
        ledger.sql.run("update orderweir.origin set timeline = 'another'");
        ledger.run("throttle/after-restore.sql", Map.of("connections", "[]"));
        // When
        ObjectNode event = Ledger.event(0, "o1", 1);
        Ledger.delivery(event, "wms", "order", false);
        event.put("captured_at", before ? "2026-11-27T00:00:00Z" : "2099-01-01T00:00:00Z");
        ledger.append(event);
        // Then
        List<Map<String, Object>> taken = taken(ledger);
        assertEquals(List.of(before), taken.stream().map(one -> one.get("lookUp")).toList());
        ledger.close();
    }

    private static List<ObjectNode> log(Random random) {
        List<ObjectNode> log = new ArrayList<>();
        Map<Integer, Integer> versions = new HashMap<>();
        for (int offset = 0; offset < EVENTS; offset++) {
            int order = random.nextInt(ORDERS);
            int version = versions.merge(order, 1, Integer::sum);
            ObjectNode event = Ledger.event(offset, "o" + order, version);
            Ledger.delivery(event, "wms", "order", random.nextInt(6) == 0);
            log.add(event);
        }
        return log;
    }

    private static void append(Ledger ledger, List<ObjectNode> log, int from, int to) throws SQLException {
        ledger.append(log.subList(from, to).toArray(ObjectNode[]::new));
    }

    private static List<Map<String, Object>> taken(Ledger ledger) throws SQLException {
        return ledger.run("deliver/take.sql", Map.of("connection", "wms", "most", 1, "ahead", 0.0, "lease", 0.1, "settles", SETTLES));
    }

    private void work(Ledger ledger, Random random, int calls) throws SQLException {
        for (int i = 0; i < calls; i++) {
            for (Map<String, Object> one : taken(ledger)) {
                call(ledger, one, random.nextInt(100));
            }
        }
    }

    /** The replies of some calls are lost, some are refused, and some processes die before or after theirs. */
    private void call(Ledger ledger, Map<String, Object> claimed, int fate) throws SQLException {
        if (fate < 4 || !ledger.start(claimed, 0.02, null)) {
            return;
        }
        String id = (String) claimed.get("externalId");
        String verb = (String) claimed.get("verb");
        long version = Long.parseLong(((String) claimed.get("canonical")).replaceAll("\\D", ""));
        long wanted = verb.equals("cancel") ? -version : version;
        if ((Boolean) claimed.get("lookUp")) {
            settle(ledger, claimed, !target.containsKey(id) ? "absent" : target.get(id) == wanted && !verb.equals("create") ? "done" : "found");
        } else if (fate < 12) {
            settle(ledger, claimed, "hold");
        } else {
            if (verb.equals("create") && target.containsKey(id)) {
                doubled.add(id + " created with version " + version + " where " + target.get(id) + " stood");
            }
            if (!verb.equals("cancel") || target.containsKey(id)) {
                target.put(id, wanted);
            }
            if (fate < 20) {
                settle(ledger, claimed, "unsure");
            } else if (fate >= 24) {
                settle(ledger, claimed, "done");
            }
        }
    }

    private static void settle(Ledger ledger, Map<String, Object> claimed, String outcome) throws SQLException {
        Map<String, Object> became = new HashMap<>(claimed);
        became.putAll(Map.of("outcome", outcome, "because", "not-now", "patience", 8, "breaks", 1000, "settles", SETTLES, "grace", 0.02, "wait", 0.001, "reason", "r", "sentence", "s"));
        became.put("remoteId", outcome.equals("done") || outcome.equals("found") ? "r-" + claimed.get("externalId") : null);
        ledger.end(became);
    }

    private static void release(Ledger ledger) throws SQLException {
        for (Map<String, Object> hold : ledger.sql.rows("select h.id, orderweir.entity_seen(m.entity_id) as seen from hold h join message m on m.id = h.message_id where h.closed_at is null")) {
            ledger.run("hold/release-delivery.sql", Map.of("hold", hold.get("id"), "by", "o", "seen", hold.get("seen"), "changes", "[]", "documents", "[]"));
        }
    }

    /** What the last event of each order wants; of an order whose cancel came before anything was sent nothing may stand. */
    private Map<String, Long> wanted(List<ObjectNode> log) {
        Map<String, Long> wanted = new TreeMap<>();
        for (ObjectNode event : log) {
            boolean cancel = event.at("/deliveries/0/cancel").booleanValue();
            long version = event.at("/canonical/version").longValue();
            wanted.put(event.at("/deliveries/0/external_id").textValue(), cancel ? -version : version);
        }
        wanted.entrySet().removeIf(order -> order.getValue() < 0 && !target.containsKey(order.getKey()));
        return wanted;
    }

    private static Object rows(Ledger ledger) {
        return new TreeSet<>(ledger.sql.rows("select id, state, reason, head, due_at from delivery where state not in ('delivered', 'confirmed', 'superseded')").stream().map(Object::toString).toList());
    }
}
