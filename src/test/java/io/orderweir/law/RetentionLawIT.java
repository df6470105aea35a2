package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** L10: what came has an end, thirty days after its order is finished; while anything of the order is open all of it stays, however long that takes. */
class RetentionLawIT {

    private static final Duration MONTH = Duration.ofDays(30);
    private static final String KEPT = "select entity_id from message m join payload p on p.message_id = m.id where p.raw is not null";

    @AutoClose
    private final Ledger ledger = Ledger.fresh();
    private int offset;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void whatIsFinishedIsRemovedAndNothingThatIsOpen(int seed) throws SQLException {
        // Given orders of several versions, of which some wait at a gate, for a call, in the Error Hold bin or for a look, and the others are sent, cancelled or noted
        Random random = new Random(seed);
        ledger.allow("wms", "at-once", 50, 0, null);
        for (int order = 0; order < 30; order++) {
            for (int version = 1 + random.nextInt(3); version > 0; version--) {
                append(order, 10 - version, random.nextInt(5));
            }
        }
        for (Map<String, Object> taken : ledger.run("deliver/take.sql", Map.of("connection", "wms", "most", 18, "ahead", 0.0, "lease", 9.0, "settles", 9.0))) {
            ledger.start(taken, 1, null);
            end(taken, List.of("done", "done", "hold", "unsure", "later").get(random.nextInt(5)));
        }
        TreeSet<Long> open = ids("select entity_id from delivery where state in ('gated', 'ready', 'sending', 'unsure', 'held') union select entity_id from message where state = 'held'");
        TreeSet<Long> all = ids("select id from entity");
        // When a day is missing, and when the time has come
        assertEquals(0, purge(MONTH.minusDays(1)));
        while (purge(MONTH.plusDays(1)) > 0) {
        }
        // Then
        assertEquals(open, ids(KEPT));
        all.removeAll(open);
        assertEquals(all, ids("select m.entity_id from message m join payload p on p.message_id = m.id where p.raw is null"));
        assertEquals(List.of("{\"currency\": \"USD\", \"totalPrice\": \"100.00\"}"), ledger.sql.rows("select distinct canonical::text as kept from payload where raw is null").stream().map(row -> row.get("kept")).toList());
        // and what was open goes when it is finished, a month later and not before
        ledger.sql.run("update orderweir.message set state = 'discarded' where state = 'held'");
        ledger.sql.run("update orderweir.delivery set state = 'discarded', reason = 'x', head = false, call_id = null, done_at = clock_timestamp() + interval '90 days' where state in ('gated', 'ready', 'sending', 'unsure', 'held')");
        ledger.sql.run("update orderweir.hold set closed_at = clock_timestamp(), resolution = 'discarded' where closed_at is null");
        purge(Duration.ofDays(100));
        assertEquals(ids("select entity_id from delivery where done_at > clock_timestamp() + interval '80 days'"), ids(KEPT));
        while (purge(Duration.ofDays(121)) > 0) {
        }
        assertEquals(new TreeSet<>(), ids(KEPT));
    }

    @Test
    void aTypeMayHaveItsOwnTime() throws SQLException {
        // Given
        append(1, 1, 4);
        ObjectNode product = Ledger.event(offset, "p1", 1).put("type", "product").put("note", "kept");
        ((ObjectNode) product.get("canonical")).put("externalId", "p1").put("productType", "Sofa").put("updatedAt", "2026-11-01T00:00:00Z");
        ledger.append(product);
        // When
        assertEquals(1, purge(Duration.ofDays(3), "{\"product\": 172800}"));
        // Then
        assertEquals("order", ledger.sql.text("select string_agg(m.type, ' ') from message m join payload p on p.message_id = m.id where p.raw is not null"));
    }

    @Test
    void whatIsCapturedAgainAfterwardsIsARepeatAndANewVersionIsPlanned() throws SQLException {
        // Given an order whose payload is gone
        ObjectNode event = event(1, 1);
        ledger.append(event);
        ledger.sql.run("update orderweir.delivery set state = 'discarded', reason = 'x', head = false, done_at = clock_timestamp()");
        assertEquals(1, purge(MONTH.plusDays(1)));
        // When
        ledger.append(event.deepCopy().put("offset", ++offset));
        ObjectNode newer = event(1, 2);
        newer.put("offset", ++offset);
        ledger.append(newer);
        // Then
        assertEquals(1, ledger.sql.number("select repeats from message where id = (select min(id) from message)"));
        assertEquals("planned", ledger.sql.text("select state from message where id = (select max(id) from message)"));
    }

    @Test
    void whatHasNoPayloadIsHeldAndSpendsNoPermit() throws SQLException {
        // Given a delivery whose payload somebody has removed, before one that has it
        ledger.allow("wms", "at-once", 1, 0, null);
        append(1, 1, 0);
        append(2, 1, 0);
        ledger.sql.run("delete from orderweir.payload where message_id = (select min(message_id) from orderweir.payload)");
        // When
        List<Object> taken = new ArrayList<>();
        for (int look = 0; look < 2; look++) {
            ledger.run("deliver/take.sql", Map.of("connection", "wms", "most", 5, "ahead", 0.0, "lease", 9.0, "settles", 9.0)).forEach(one -> taken.add(one.get("orderName")));
        }
        // Then
        assertEquals(List.of("#o2"), taken);
        assertEquals("payload-gone", ledger.sql.text("select reason from hold where closed_at is null"));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void theFirstMessageSinceATimeIsFoundWithFewLooks(long seed) throws SQLException {
        // Given messages with gaps between their numbers
        Random random = new Random(seed);
        List<ObjectNode> events = new ArrayList<>();
        for (int order = 0; order < 40; order++) {
            events.add(event(order, 1));
            offset++;
        }
        ledger.append(events.toArray(ObjectNode[]::new));
        ledger.sql.run("delete from orderweir.payload");
        ledger.sql.run("update orderweir.message set appended_at = timestamptz '2026-01-01' + id * interval '1 hour'");
        // When, Then
        for (int i = 0; i < 20; i++) {
            Timestamp since = Timestamp.from(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(50 * 3600)));
            assertEquals(ledger.sql.number("select coalesce(min(id), (select max(id) + 1 from message)) from message where appended_at >= ?", since),
                    ledger.sql.number("select message_first_since(?)", since), since::toString);
        }
    }

    /** What becomes of it: 0 is ready, 1 gated, 2 held before anything was planned, 3 cancelled before anything was sent, 4 noted. */
    private void append(int order, int version, int fate) throws SQLException {
        ObjectNode event = event(order, version);
        ObjectNode delivery = (ObjectNode) event.at("/deliveries/0");
        switch (fate) {
            case 1 -> delivery.put("class", "made").put("gate_basis", "b").withArray("gates").addObject().put("name", "payment").put("lasting", true);
            case 2 -> event.putObject("hold").put("reason", "unreadable").put("sentence", "s");
            case 3 -> delivery.put("cancel", true);
            case 4 -> event.put("note", "nothing for us");
            default -> { }
        }
        if (fate == 2 || fate == 4) {
            event.putArray("deliveries");
        }
        ledger.append(event);
        offset++;
    }

    private ObjectNode event(int order, int version) {
        ObjectNode event = Ledger.event(offset, "o" + order, version);
        ((ObjectNode) event.get("canonical")).put("totalPrice", "100.00").put("currency", "USD").put("city", "Poznań");
        Ledger.delivery(event, "wms", "order", false);
        return event;
    }

    private void end(Map<String, Object> taken, String outcome) throws SQLException {
        Map<String, Object> became = new HashMap<>(taken);
        became.putAll(Map.of("outcome", outcome, "because", "not-now", "patience", 8, "breaks", 1000, "settles", 9.0, "grace", 1.0, "wait", 0.001, "reason", "r", "sentence", "s", "answer", "Poznań?"));
        became.put("remoteId", outcome.equals("done") ? "r-" + taken.get("externalId") : null);
        ledger.end(became);
    }

    private long purge(Duration later) throws SQLException {
        return purge(later, "{}");
    }

    private long purge(Duration later, String kept) throws SQLException {
        return ((Number) ledger.run("retention/purge.sql", Map.of("kept", kept, "others", (double) MONTH.toSeconds(), "now", Timestamp.from(Instant.now().plus(later)))).get(0).get("removed")).longValue();
    }

    private TreeSet<Long> ids(String query) {
        TreeSet<Long> ids = new TreeSet<>();
        ledger.sql.rows(query).forEach(row -> ids.add(((Number) row.values().iterator().next()).longValue()));
        return ids;
    }
}
