package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch leaves the ledger as its records one by one would: news, edits, repeats, holds, gates and cancels of few orders, in any mixture. */
class AppendLawIT {

    private static final int ORDERS = 6;
    private static final int EVENTS = 120;
    private static final String BOOKS = """
            select e.key || ' ' || coalesce(e.name, '-') || ' ' || coalesce(e.version::text, '-') || ' ' || coalesce(e.hash, '-') as line from entity e
            union all
            select e.key || ' message ' || m."offset" || ' ' || m.state || ' repeats ' || m.repeats || ' planned ' || m.planned || ' ' || coalesce(m.reason, '-')
            from message m join entity e on e.id = m.entity_id
            union all
            select e.key || ' delivery ' || d.connection || '/' || d.part || ' ' || d.seq || ' of ' || m."offset" || ' ' || d.state || ' head ' || d.head || ' gates ' || d.closed_gates
              || ' after ' || d.waits_after || ' stopped ' || d.stopped || ' cancel ' || d.cancel || ' ' || coalesce(d.reason, '-') || ' ' || d.fingerprint
              || coalesce((select string_agg(g.name || coalesce('=' || g.opened_by, ''), ',' order by g.name) from gate g where g.build_id = d.build_id and g.name = any (d.behind)), '')
            from delivery d join entity e on e.id = d.entity_id join message m on m.id = d.message_id
            union all
            select e.key || ' lane ' || l.connection || '/' || l.part || ' ' || l.last_seq || ' ' || coalesce(l.fingerprint, '-') || ' ' || l.cancelled
            from lane l join entity e on e.id = l.entity_id
            union all
            select e.key || ' hold of ' || m."offset" || ' ' || h.reason || ' ' || coalesce(d.part, '-') || ' ' || coalesce(h.resolution, 'open')
            from hold h join message m on m.id = h.message_id join entity e on e.id = m.entity_id left join delivery d on d.id = h.delivery_id
            order by 1""";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aBatchIsItsRecordsOneByOne(long seed) throws SQLException {
        // Given
        Random random = new Random(seed);
        List<ObjectNode> events = new ArrayList<>();
        for (int offset = 0; offset < EVENTS; offset++) {
            events.add(offset > 0 && random.nextInt(8) == 0 ? again(events.get(random.nextInt(offset)), offset) : event(random, offset));
        }
        try (Ledger batches = Ledger.fresh(); Ledger single = Ledger.fresh()) {
            // When
            for (int from = 0; from < EVENTS; ) {
                int to = Math.min(EVENTS, from + 1 + random.nextInt(40));
                batches.append(events.subList(from, to).toArray(JsonNode[]::new));
                from = to;
            }
            for (ObjectNode event : events) {
                single.append(event);
            }
            // Then
            assertEquals(String.join("\n", lines(single)), String.join("\n", lines(batches)));
            String books = String.join("\n", lines(single));
            for (String kind : List.of(" cancel true", " hold of ", " repeats 1", " superseded ", " gates 2")) {
                assertTrue(books.contains(kind), "no" + kind + " in the mixture");
            }
        }
    }

    @Test
    void otherBytesUnderAKnownNameAreAnEventOfTheirOwnAndTheSameStayARepeat() throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            // Given an order that came as w-1
            ledger.append(named(0, "o1", "one", "h1"));
            // When another one comes under the same name, then both again, and one whose bytes differ in nothing that is read
            ledger.append(named(1, "o2", "two", "h2"));
            ledger.append(named(2, "o2", "two", "h2"), named(3, "o1", "one", "h1"));
            ledger.append(named(4, "o1", "one, sent for the second time", "h1"));
            // Then both are there and planned once each, the second with the digest of its bytes behind its name
            String digest = ledger.sql.text("select encode(sha256('two'), 'hex')");
            assertEquals(List.of("shop/o1 w-1 planned 2", "shop/o2 w-1:" + digest + " planned 1"), ledger.sql.rows(
                    "select e.key || ' ' || m.ce_id || ' ' || m.state || ' ' || m.repeats as line from message m join entity e on e.id = m.entity_id order by 1").stream()
                    .map(row -> (String) row.get("line")).toList());
            assertEquals(2, ledger.sql.number("select count(*) from delivery"));
            // and a person is told, once for the sender
            assertEquals(1, ledger.sql.number("select count(*) from alert where kind = 'notice' and subject = 'shop' and sentence like 'shop called two different events w-1. %'"));
        }
    }

    private static ObjectNode named(int offset, String order, String raw, String hash) {
        ObjectNode event = Ledger.event(offset, order, 1).put("ce_id", "w-1").put("raw", raw).put("hash", hash);
        Ledger.delivery(event, "erp", "order", false);
        return event;
    }

    /** The same delivery of the shop once more. */
    private static ObjectNode again(ObjectNode event, int offset) {
        return event.deepCopy().put("offset", offset);
    }

    private static ObjectNode event(Random random, int offset) {
        boolean cancel = random.nextInt(6) == 0;
        ObjectNode event = Ledger.event(offset, "o" + random.nextInt(ORDERS), random.nextInt(12));
        if (random.nextInt(10) == 0) {
            event.put("version", (String) null).putObject("hold").put("reason", "not-understood").put("sentence", "s");
            return event;
        }
        if (random.nextInt(12) == 0) {
            return event.put("note", "of no interest");
        }
        ObjectNode erp = Ledger.delivery(event, "erp", "order", cancel);
        if (random.nextInt(4) == 0) {
            erp.putObject("hold").put("reason", "over-limit").put("sentence", "s").put("path", "zip");
        }
        ObjectNode goods = Ledger.delivery(event, "wms", "order", cancel).put("goods_moving", !cancel);
        if (!cancel) {
            goods.putObject("after").put("connection", "erp").put("part", "order");
            ObjectNode line = Ledger.delivery(event, "wms", "l" + random.nextInt(2), false).put("goods_moving", true).put("gate_basis", "b" + random.nextInt(2));
            line.withArray("gates").addObject().put("name", "finance").put("lasting", true);
            line.withArray("gates").addObject().put("name", "drawing");
            line.put("class", "made");
        }
        return event;
    }

    private static List<String> lines(Ledger ledger) {
        return ledger.sql.rows(BOOKS).stream().map(row -> String.valueOf(row.get("line"))).toList();
    }
}
