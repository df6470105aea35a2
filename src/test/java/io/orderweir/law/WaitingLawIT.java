package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders that are shipped together, and shops that are told what waits: whatever happens, in the end the shop holds what waits, and nothing is shipped before all of it can be. */
class WaitingLawIT {

    private static final List<String> LINES = List.of("l", "m");

    @AutoClose
    private final Ledger ledger = Ledger.fresh();
    private final Instant epoch = Instant.now().plusSeconds(60);
    private long offset;
    private long seconds;
    /** What the warehouse has to ship, and what the store holds: order/part. */
    private final Map<String, Set<String>> there = Map.of("wms", new TreeSet<>(), "store", new TreeSet<>());

    private static final class Order {
        final String name;
        int version = 1;
        boolean cancelled;
        int standard;
        final Map<String, Integer> built = new HashMap<>(Map.of("l", 1, "m", 1));
        /** How each line was last built, of what is known here: a dropped line's news say nothing of it. */
        final Map<String, String> known = new HashMap<>();
        final Set<String> dropped = new TreeSet<>();
        final Set<String> released = new TreeSet<>();

        Order(String name) {
            this.name = name;
        }

        boolean wants(String line) {
            return !cancelled && !dropped.contains(line);
        }

        boolean waits(String line) {
            return wants(line) && !released.contains(basis(line));
        }

        boolean ships() {
            return !cancelled && LINES.stream().noneMatch(this::waits);
        }

        String basis(String line) {
            return line + built.get(line);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @Execution(CONCURRENT)
    void theShopHoldsWhatWaitsAndAllIsShippedTogether(long seed) throws SQLException {
        // Given two accounts that take whatever is sent
        Random random = new Random(seed);
        ledger.allow("wms", "at-once", 50, 0, null);
        ledger.allow("store", "at-once", 50, 0, null);
        List<Order> orders = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            orders.add(new Order("o" + i));
            comes(orders.get(i));
        }
        // When edits, cancels, decisions, calls, lost answers and crashes come in any order
        List<Map<String, Object>> underWay = new ArrayList<>();
        for (int step = 0; step < (Ledger.LENGTH == 1 ? 250 : 2_500); step++) {
            seconds++;
            Order order = orders.get(random.nextInt(orders.size()));
            String line = LINES.get(random.nextInt(2));
            switch (random.nextInt(8)) {
                case 0 -> edit(order, line, random);
                case 1, 2 -> decide("open", order, line);
                case 3 -> decide("close", order, line);
                case 4, 5 -> claim(random, underWay);
                default -> end(random, underWay, orders);
            }
        }
        for (int round = 0; round < 40; round++) {
            seconds += 120;
            expire();
            claim(null, underWay);
            end(null, underWay, orders);
        }
        // Then
        Set<String> shipped = new TreeSet<>();
        Set<String> held = new TreeSet<>();
        for (Order order : orders) {
            if (order.ships()) {
                shipped.add(order.name + "/order");
                LINES.stream().filter(order::wants).forEach(line -> shipped.add(order.name + "/" + line));
            }
            LINES.stream().filter(line -> order.wants(line) && !order.ships()).forEach(line -> held.add(order.name + "/" + line + "-hold"));
        }
        assertEquals(List.of(), ledger.sql.rows("select d.id, d.seq, d.head, d.cancel, d.state, d.reason, d.build_id, d.unsure_since, d.call_id, d.final, l.doubtful, l.remote_id from delivery x join delivery d on d.lane_id = x.lane_id join lane l on l.id = d.lane_id join entity e on e.id = d.entity_id where x.state in ('ready', 'sending', 'unsure', 'held') order by d.lane_id, d.seq"));
        assertEquals(shipped, there.get("wms"), () -> told(shipped, there.get("wms")));
        assertEquals(held, there.get("store"), () -> told(held, there.get("store")));
        assertTrue(!shipped.isEmpty() && !held.isEmpty(), shipped + " " + held);
        assertEquals(0, ledger.sql.number(TallyLawIT.DIFFERENCES) + ledger.sql.number(TallyLawIT.WRONG_GATES), "the totals are the counted ones");
    }

    @Test
    void aPersonMayShipWhatIsThereWhileTheRestWaits() throws SQLException {
        // Given
        ledger.allow("wms", "at-once", 50, 0, null);
        Order order = new Order("o1");
        comes(order);
        assertEquals(List.of(), claimable("wms"));
        // When
        ledger.run("gate/open.sql", command(order, "order", "together"));
        // Then
        assertEquals(List.of("order"), claimable("wms").stream().map(row -> row.get("part")).toList());
        assertNull(claimable("wms").stream().findAny().orElse(null));
    }

    @Test
    void whatIsDiscardedKeepsNobodyWaiting() throws SQLException {
        // Given an order of which one line is ready and the other will never be
        ledger.allow("wms", "at-once", 50, 0, null);
        Order order = new Order("o1");
        comes(order);
        decide("open", order, "l");
        ledger.run("gate/refuse.sql", command(order, "m", "release"));
        // When
        ledger.run("hold/discard.sql", Map.of("hold", ledger.sql.number("select id from hold"), "by", "Ann", "reason", "not made any more", "seen",
                ledger.sql.text("select orderweir.entity_seen(entity_id) from message limit 1")));
        // Then
        assertEquals(List.of("l", "order"), claimable("wms").stream().map(row -> row.get("part").toString()).sorted().toList());
    }

    @Test
    void aNoticeThatTheShopRefusesStopsNoGoods() throws SQLException {
        // Given
        ledger.allow("wms", "at-once", 50, 0, null);
        Order order = new Order("o1");
        comes(order);
        ledger.sql.run("update orderweir.delivery set state = 'held', reason = 'refused-by-target' where notice is not null and part = 'l-hold'");
        // When
        decide("open", order, "l");
        decide("open", order, "m");
        // Then
        assertEquals(3, claimable("wms").size());
    }

    @Test
    void anotherDayIsToldToTheShop() throws SQLException {
        // Given a line that is scheduled, of which the store knows the day
        ledger.allow("store", "at-once", 50, 0, null);
        Order order = new Order("o1");
        ObjectNode event = Ledger.event(offset++, order.name, 1);
        ObjectNode told = build(Ledger.delivery(event, "store", "l-expected-date", false), "l", "l1", "capacity").put("notice", "open");
        ((ObjectNode) told.at("/gates/0/rule")).putArray("opens").add("scheduled");
        build(Ledger.delivery(event, "wms", "l", false), "l", "l1", "capacity").set("gates", told.get("gates"));
        ledger.append(event);
        scheduled("2026-12-03", 1);
        assertEquals(List.of("2026-12-03"), days());
        // When the factory says the same once more, and then another day
        scheduled("2026-12-03", 2);
        assertEquals(List.of(), days());
        scheduled("2026-12-09", 3);
        // Then
        assertEquals(List.of("2026-12-09"), days());
        assertEquals(List.of("2026-12-03", "2026-12-09"), ledger.sql.rows("select evidence ->> 'day' as day from gate_decision order by id").stream().map(row -> row.get("day")).toList());
    }

    private void scheduled(String day, int at) throws SQLException {
        ObjectNode event = Ledger.event(offset, "x", 1).put("ce_id", "factory:" + offset).put("connection", "factory").put("type", "signal").put("entity_key", "factory/" + offset)
                .put("hash", "h" + offset).put("note", "waits to be heard").putNull("version").putNull("name");
        event.putObject("canonical").put("signal", "scheduled").put("order", "shop/o1").put("at", "2026-11-27T00:00:0" + at + "Z").putObject("evidence").put("day", day);
        offset++;
        ledger.append(event);
        seconds += 2;
        ledger.run("gate/hear.sql", Map.of("now", now()));
    }

    /** The days the store is told now. */
    private List<String> days() throws SQLException {
        List<String> days = new ArrayList<>();
        for (Map<String, Object> claimed : claimable("store")) {
            ledger.start(claimed, 1, now());
            days.add(claimed.get("gates").toString().replaceAll(".*\"day\": \"([^\"]*)\".*", "$1"));
            Map<String, Object> parameters = new HashMap<>(claimed);
            parameters.putAll(Map.of("outcome", "done", "patience", 100, "settles", 1, "grace", 0.2, "breaks", 1000, "now", now(), "remoteId", "R", "status", 200));
            ledger.end(parameters);
        }
        return days;
    }

    private void edit(Order order, String line, Random random) throws SQLException {
        order.version++;
        order.cancelled = random.nextInt(5) == 0;
        if (random.nextInt(3) == 0) {
            order.built.merge(line, random.nextBoolean() ? 1 : -1, (now, change) -> Math.max(1, now + change));
        }
        if (random.nextInt(4) == 0 && !order.dropped.remove(line)) {
            order.dropped.add(line);
        }
        order.standard += random.nextInt(2);
        comes(order);
    }

    private void decide(String verb, Order order, String line) throws SQLException {
        try {
            ledger.run("gate/" + verb + ".sql", command(order, line, "release"));
        } catch (SQLException refused) {
            assertTrue(refused.getSQLState().startsWith("OW4"), refused.toString());
            return;
        }
        if (verb.equals("open")) {
            order.released.add(order.known.get(line));
        } else {
            order.released.remove(order.known.get(line));
        }
    }

    private static Map<String, Object> command(Order order, String line, String gate) {
        return Map.of("order", "shop/" + order.name, "line", line, "gate", gate, "by", "Ann", "reason", "r", "evidence", "{\"note\":\"seen\"}");
    }

    private void comes(Order order) throws SQLException {
        ObjectNode event = Ledger.event(offset++, order.name, order.version);
        build(Ledger.delivery(event, "wms", "order", order.cancelled), "order", "s" + order.standard, "together");
        for (String line : LINES) {
            if (order.wants(line)) {
                order.known.put(line, order.basis(line));
            }
            build(Ledger.delivery(event, "wms", line, !order.wants(line)), line, order.basis(line), "release", "together");
            build(Ledger.delivery(event, "store", line + "-hold", !order.wants(line)), line, order.basis(line)).put("notice", "closed");
        }
        ledger.append(event);
    }

    private static ObjectNode build(ObjectNode row, String line, String basis, String... gates) {
        row.put("class", "made").put("line_id", line).put("gate_basis", basis).put("fingerprint", row.get("connection").asText() + basis);
        if (!row.get("cancel").asBoolean()) {
            ArrayNode closed = row.putArray("gates");
            for (String gate : gates) {
                ObjectNode rule = closed.addObject().put("name", gate).putObject("rule");
                if (gate.equals("together")) {
                    rule.put("together", true);
                }
            }
        }
        return row;
    }

    private List<Map<String, Object>> claimable(String connection) throws SQLException {
        List<Map<String, Object>> claimed = ledger.run("deliver/take.sql", Map.of("connection", connection, "most", 40, "ahead", 0, "lease", 10, "settles", 1, "now", now()));
        claimed.forEach(row -> row.put("connection", connection));
        return claimed;
    }

    private void claim(Random random, List<Map<String, Object>> underWay) throws SQLException {
        for (String connection : List.of("wms", "store")) {
            for (Map<String, Object> claimed : claimable(connection)) {
                // some processes die before the call
                if (random == null || random.nextInt(6) > 0) {
                    underWay.add(claimed);
                }
            }
        }
    }

    private void end(Random random, List<Map<String, Object>> underWay, List<Order> orders) throws SQLException {
        while (!underWay.isEmpty()) {
            Map<String, Object> claimed = underWay.remove(0);
            String connection = claimed.get("connection").toString();
            boolean ours = ledger.start(claimed, 1, now());
            boolean lookUp = (Boolean) claimed.get("lookUp");
            boolean first = connection.equals("store") && claimed.get("verb").equals("create") && !lookUp && claimed.get("found") == null;
            boolean lost = ours && !first && random != null && random.nextInt(5) == 0;
            Order order = orders.get(Integer.parseInt(claimed.get("orderName").toString().substring(2)));
            String place = order.name + "/" + claimed.get("part");
            if (ours && !lookUp && !first && !(lost && random.nextBoolean())) {
                takes(connection, place, order, claimed);
            }
            String outcome = !ours ? "later" : first ? "onward" : lost ? "unsure" : !lookUp ? "done" : there.get(connection).contains(place) ? "found" : "absent";
            Map<String, Object> parameters = new HashMap<>(claimed);
            parameters.putAll(Map.of("outcome", outcome, "because", "not-now", "patience", 100, "settles", 1, "grace", 0.2, "breaks", 1000, "now", now(), "final", claimed.get("verb").equals("cancel")));
            parameters.put("verb", lookUp || first ? "find" : claimed.get("verb"));
            parameters.put("found", first ? "{\"at\": 1}" : claimed.get("found"));
            parameters.put("remoteId", outcome.equals("done") || outcome.equals("found") ? "R-" + claimed.get("externalId") : null);
            parameters.put("failure", ours ? null : "expired");
            parameters.put("status", !ours || lost ? null : 200);
            ledger.end(parameters);
        }
    }

    /** The target does what it is asked for. */
    private void takes(String connection, String place, Order order, Map<String, Object> claimed) {
        if (claimed.get("verb").equals("cancel")) {
            there.get(connection).remove(place);
            return;
        }
        String part = claimed.get("part").toString();
        boolean present = ledger.sql.number("select count(*) from delivery where id = ? and gate_basis = ?", claimed.get("id"),
                part.equals("order") ? "s" + order.standard : order.basis(part.substring(0, 1))) == 1;
        // what was on its way when its line was taken out is cancelled after it
        if (connection.equals("wms") && present && (part.equals("order") ? !order.cancelled : order.wants(part))) {
            assertTrue(order.ships(), () -> place + " is asked for while something of its order waits" + story(order.name));
        }
        there.get(connection).add(place);
    }

    /** Of the first order that is not as it should be, all that the ledger knows. */
    private String told(Set<String> expected, Set<String> actual) {
        return Stream.concat(expected.stream().filter(place -> !actual.contains(place)), actual.stream().filter(place -> !expected.contains(place)))
                .findFirst().map(place -> story(place.substring(0, place.indexOf('/')))).orElse("");
    }

    private String story(String order) {
        return "\n" + Stream.of(
                "select b.line_id, b.basis, g.name, g.opened_at is not null as open, g.build_id from gate g join build b on b.id = g.build_id join entity e on e.id = b.entity_id where e.key = ? order by 1, 2",
                "select d.connection, d.part, d.seq, d.head, d.state, d.cancel, d.build_id, d.closed_gates, d.gate_basis, d.reason, l.remote_id, l.doubtful from delivery d join lane l on l.id = d.lane_id join entity e on e.id = d.entity_id where e.key = ? order by 1, 2, 3",
                "select d.id, d.build_id, d.gate, d.decision, d.by, d.reason from gate_decision d join build b on b.id = d.build_id join entity e on e.id = b.entity_id where e.key = ? order by 1")
                .flatMap(query -> ledger.sql.rows(query, "shop/" + order).stream()).map(Object::toString).collect(Collectors.joining("\n"));
    }

    private void expire() throws SQLException {
        ledger.run("call/expire.sql", Map.of("now", now(),
                "connections", "[{\"connection\":\"wms\",\"reaches\":0.5,\"settles\":1},{\"connection\":\"store\",\"reaches\":0.5,\"settles\":1}]"));
    }

    private Timestamp now() {
        return Timestamp.from(epoch.plusSeconds(seconds));
    }
}
