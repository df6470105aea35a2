package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** L6: nothing is requested but behind open gates, each with evidence and a name; what a gate closed again had let through is cancelled. */
class GateLawIT {

    private static final int ORDERS = 4;
    private static final int STEPS = Ledger.LENGTH == 1 ? 250 : 500;
    private static final List<String> GATES = List.of("payment", "drawing", "capacity");

    @AutoClose
    private final Ledger ledger = Ledger.fresh();
    private final Instant epoch = Instant.now();
    private final Warehouse warehouse = new Warehouse();
    private final List<Map<String, Object>> underWay = new ArrayList<>();
    /** What opened and closed, as it was answered. */
    private final Map<String, Set<String>> open = new HashMap<>();
    private int offset;
    private int seconds;

    /** Takes a request once, and a cancelled one never again. */
    private static final class Warehouse {
        private final Map<String, String> requests = new TreeMap<>();
        private final List<String> wrong = new ArrayList<>();

        void take(String reference, String verb) {
            String known = requests.get(reference);
            if (known == null ? !verb.equals("create") : verb.equals("create") || known.equals("cancelled") && verb.equals("update")) {
                wrong.add(verb + " of " + reference + ", which is " + known);
            }
            requests.put(reference, verb.equals("cancel") ? "cancelled" : "asked");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 17, 21})
    @Execution(CONCURRENT)
    void noLineIsRequestedBehindAClosedGate(long seed) throws SQLException {
        // Given
        Random random = new Random(seed);
        ledger.allow("wms", "at-once", 50, 0, null);
        Map<String, Integer> versions = new HashMap<>();
        // When news, edits, cancels, signals, second thoughts, calls and crashes come in any order
        for (int step = 0; step < STEPS; step++) {
            seconds++;
            String order = "o" + random.nextInt(ORDERS);
            switch (random.nextInt(12)) {
                case 0, 1 -> orderComes(order, versions.merge(order, 1, Integer::sum), "b" + random.nextInt(2), random.nextInt(40) == 0);
                case 2, 3, 4, 5 -> decide("open", order, random);
                case 6 -> decide("close", order, random);
                case 7 -> decide("refuse", order, random);
                case 8, 9 -> claim(random);
                case 10 -> end(random);
                default -> expire();
            }
        }
        // and all that is left is done
        for (int round = 0; round < 60; round++) {
            seconds += 30;
            expire();
            claim(new Random(round));
            while (!underWay.isEmpty()) {
                end(null);
            }
        }
        // Then
        assertEquals(List.of(), warehouse.wrong);
        assertEquals(List.of(), ledger.sql.rows("""
                select b.line_id, e.key, d.state from delivery d join build b on b.id = d.build_id join entity e on e.id = b.entity_id join lane l on l.id = d.lane_id
                where not d.cancel and d.state in ('ready', 'sending', 'unsure') and d.head"""), "what could go did not");
        // a cancel that was taken back, because the gates had opened again before it left, is none
        for (Map<String, Object> lane : ledger.sql.rows("""
                select l.id, d.external_id || case when l.requests > 1 then '-r' || l.requests else '' end as reference, l.requests, d.state,
                       d.cancel and d.state <> 'superseded' or exists (select from gate g where g.build_id = d.build_id and g.name = any (d.behind) and g.opened_at is null) as closed
                from lane l join delivery d on d.lane_id = l.id and d.seq = l.last_seq
                where d.part <> 'order'""")) {
            String known = warehouse.requests.get((String) lane.get("reference"));
            if ((Boolean) lane.get("closed")) {
                assertFalse("asked".equals(known), () -> lane + " is asked for behind a closed gate: " + ledger.sql.rows(
                        "select seq, build_id, cancel, state, reason, final, closed_gates from delivery where lane_id = ? order by seq", lane.get("id")));
            } else if (lane.get("state").equals("delivered")) {
                assertEquals("asked", known, lane.toString());
            }
        }
        assertTrue(warehouse.requests.containsValue("cancelled"), warehouse.requests.toString());
        assertEquals(0, ledger.sql.number(TallyLawIT.DIFFERENCES) + ledger.sql.number(TallyLawIT.WRONG_GATES), "the totals are the counted ones");
        assertEquals(List.of(), ledger.sql.rows("select id from message m where planned <> (select count(*) from delivery d where d.message_id = m.id)"));
    }

    @Test
    void aGateThatTakesTwoIsOpenedByTwo() throws SQLException {
        // Given
        ObjectNode event = line("o1", 1, "b1");
        ((ObjectNode) event.at("/deliveries/0/gates/0")).put("persons", 2).putArray("people").add("Ann").add("Bob");
        ledger.append(event);
        // When
        JsonNode proposed = command("open", "o1", "payment", "Ann");
        // Then
        assertFalse(proposed.path("open").asBoolean(), proposed.toString());
        assertEquals("OW409", refused(() -> command("open", "o1", "payment", "Ann")));
        assertEquals("OW403", refused(() -> command("open", "o1", "payment", "Eve")));
        assertTrue(command("open", "o1", "payment", "Bob").path("open").asBoolean());
        assertEquals(List.of("proposed Ann", "opened Bob"), decisions());
    }

    /** Whoever can make a person can be that person: for a week they are one, and then there has been time to notice. */
    @ParameterizedTest
    @CsvSource({"Ann, person.add, Bob", "Ann, key.give, Bob", "Bob, key.give, Ann"})
    void onePersonWithTwoNamesIsNotTwo(String by, String action, String whom) throws SQLException {
        // Given
        ObjectNode event = line("o1", 1, "b1");
        ((ObjectNode) event.at("/deliveries/0/gates/0")).put("persons", 2).putArray("people").add("Ann").add("Bob").add("Cid");
        ledger.append(event);
        ledger.sql.rows("select orderweir.audit_note(?, ?, ?, '{}')", by, action, whom);
        command("open", "o1", "payment", "Ann");
        // When, Then
        assertEquals("OW409", refused(() -> command("open", "o1", "payment", "Bob")));
        assertTrue(command("open", "o1", "payment", "Cid").path("open").asBoolean());
        assertEquals(List.of("proposed Ann", "opened Cid"), decisions());
    }

    @Test
    void whoMayProposeNeedNotBeWhoMayRelease() throws SQLException {
        // Given
        ObjectNode event = line("o1", 1, "b1");
        ObjectNode gate = ((ObjectNode) event.at("/deliveries/0/gates/0")).put("persons", 2);
        gate.putArray("people").add("Bob");
        gate.putArray("proposers").add("Ann");
        ledger.append(event);
        // When, Then
        assertEquals("OW403", refused(() -> command("open", "o1", "payment", "Bob")));
        assertFalse(command("open", "o1", "payment", "Ann").path("open").asBoolean());
        assertEquals("OW403", refused(() -> command("open", "o1", "payment", "Ann")), "who proposes does not release");
        assertTrue(command("open", "o1", "payment", "Bob").path("open").asBoolean());
    }

    @Test
    void whatWasOpenedForTheOrderStaysOpenWhenTheLineIsBuiltDifferently() throws SQLException {
        // Given a gate for the order and two for the line
        ledger.append(line("o1", 1, "b1"));
        for (String gate : GATES) {
            command("open", "o1", gate, "Ann");
        }
        assertEquals(0, closed());
        // When
        offset++;
        ledger.append(line("o1", 2, "b2"));
        // Then
        assertEquals(2, closed());
        assertTrue(decisions().contains("kept Ann"), decisions().toString());
    }

    @Test
    void theShopOpensAndClosesWhatIsPaidAndNotWhatAPersonOpened() throws SQLException {
        // Given two lines that wait for the payment of their order
        ledger.append(payment(1, "pending"));
        assertEquals(6, closed());
        // When it is paid, and then given back
        ledger.append(payment(2, "paid"));
        assertEquals(4, closed());
        ledger.append(payment(3, "refunded"));
        assertEquals(6, closed());
        // and a person vouches for it
        command("open", "o1", "payment", "Ann");
        ledger.append(payment(4, "pending"));
        // Then
        assertEquals(4, closed());
        assertEquals(List.of("opened shop", "closed shop", "opened Ann"), decisions().stream().distinct().toList());
        assertEquals(2, ledger.sql.number("select count(*) from delivery"), "nothing was planned anew for it");
    }

    private ObjectNode payment(int version, String status) {
        ObjectNode event = line("o1", version, "b1");
        event.withArray("deliveries").add(event.at("/deliveries/0").deepCopy());
        ((ObjectNode) event.at("/deliveries/1")).put("part", "m");
        event.path("deliveries").forEach(delivery -> ((ObjectNode) delivery.at("/gates/0")).putObject("said").put("open", status.equals("paid")).put("by", "shop")
                .put("reason", "payment status " + status).putObject("evidence").put("paymentStatus", status));
        offset++;
        return event;
    }

    @Test
    void aLateGateIsToldOnceAndOnceMoreAfterItGotMoreTime() throws SQLException {
        // Given a gate that is due in an hour
        ledger.append(line("o1", 1, "b1"));
        Map<String, Object> before = Map.of("now", Timestamp.from(epoch.plusSeconds(3_000)));
        Map<String, Object> after = Map.of("now", Timestamp.from(epoch.plusSeconds(4_000)));
        // When, Then
        assertEquals(0, ledger.run("gate/late.sql", before).size());
        assertEquals(1, ledger.run("gate/late.sql", after).size());
        assertEquals(0, ledger.run("gate/late.sql", after).size());
        ledger.run("gate/extend.sql", Map.of("order", "shop/o1", "line", "l", "gate", "drawing", "by", "Ann", "reason", "the customer asked for time",
                "due", epoch.plusSeconds(5_000).toString(), "now", Timestamp.from(epoch)));
        SQLException past = assertThrows(SQLException.class, () -> ledger.run("gate/extend.sql", Map.of("order", "shop/o1", "line", "l", "gate", "drawing", "by", "Ann", "reason", "a slip of the year",
                "due", epoch.minusSeconds(1).toString(), "now", Timestamp.from(epoch))));
        assertTrue(past.getMessage().contains("is over already: say until when gate drawing has more time."), past.getMessage());
        assertEquals(0, ledger.run("gate/late.sql", after).size());
        assertEquals(1, ledger.run("gate/late.sql", Map.of("now", Timestamp.from(epoch.plusSeconds(6_000)))).size());
        assertEquals("held", ledger.sql.text("select state from delivery"), "this one is held when it is late");
    }

    private void orderComes(String order, int version, String basis, boolean cancelled) throws SQLException {
        ObjectNode event = line(order, version, basis);
        if (cancelled) {
            ((ObjectNode) event.at("/deliveries/0")).put("cancel", true).putArray("gates");
        }
        ledger.append(event);
        offset++;
    }

    private ObjectNode line(String order, int version, String basis) {
        ObjectNode event = Ledger.event(offset, order, version);
        ObjectNode line = Ledger.delivery(event, "wms", "l", false).put("class", "made").put("gate_basis", basis).put("fingerprint", basis);
        line.withArray("gates").addObject().put("name", "payment").put("lasting", true);
        line.withArray("gates").addObject().put("name", "drawing").put("due", 3_600).put("heldWhenLate", true);
        line.withArray("gates").addObject().put("name", "capacity");
        return event;
    }

    private void decide(String verb, String order, Random random) throws SQLException {
        String gate = GATES.get(random.nextInt(GATES.size()));
        try {
            JsonNode answer = command(verb, order, gate, "Ann");
            // payment is for the order, the others are for what is built
            String whose = gate.equals("payment") ? order : "build " + answer.path("build").asLong();
            Set<String> now = open.computeIfAbsent(whose, each -> new HashSet<>());
            if (answer.path("open").asBoolean()) {
                now.add(gate);
            } else {
                now.remove(gate);
            }
        } catch (SQLException refused) {
            assertTrue(refused.getSQLState().startsWith("OW"), refused.getMessage());
        }
    }

    private JsonNode command(String verb, String order, String gate, String person) throws SQLException {
        try {
            return Ledger.JSON.readTree(ledger.run("gate/" + verb + ".sql", Map.of("order", "shop/" + order, "line", "l", "gate", gate, "by", person,
                    "reason", "r", "evidence", "{\"note\":\"seen\"}")).get(0).values().iterator().next().toString());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void claim(Random random) throws SQLException {
        for (Map<String, Object> claimed : ledger.run("deliver/take.sql", Map.of("connection", "wms", "most", 3, "ahead", 0, "lease", 10, "settles", 1, "now", now()))) {
            // some processes die before the call, and some claims are called late
            if (random.nextInt(6) > 0) {
                underWay.add(claimed);
            }
        }
        if (random.nextBoolean()) {
            underWay.forEach(this::call);
        }
    }

    private void call(Map<String, Object> claimed) {
        try {
            if (claimed.containsKey("called") || !ledger.start(claimed, 1, now())) {
                return;
            }
            claimed.put("called", true);
            Map<String, Object> delivery = ledger.sql.rows("select build_id, cancel, behind from delivery where id = ?", claimed.get("id")).get(0);
            boolean lookUp = (Boolean) claimed.get("lookUp");
            if (!(Boolean) delivery.get("cancel") && !lookUp) {
                long build = (Long) delivery.get("build_id");
                Set<String> now = new HashSet<>(open.getOrDefault("build " + build, Set.of()));
                now.addAll(open.getOrDefault(claimed.get("orderName").toString().substring(1), Set.of()));
                assertEquals(Set.copyOf(GATES), now, () -> "open when it was requested: " + claimed + ledger.sql.rows("select * from gate_decision where build_id = ? order by id", build));
                assertEquals(3, ledger.sql.number("select count(*) from gate where build_id = ? and opened_at is not null and evidence is not null and opened_by is not null", build));
            }
            if (!lookUp) {
                warehouse.take((String) claimed.get("externalId"), (String) claimed.get("verb"));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One call ends: with an answer, or without. */
    private void end(Random random) throws SQLException {
        if (underWay.isEmpty()) {
            return;
        }
        Map<String, Object> claimed = underWay.remove(random == null ? 0 : random.nextInt(underWay.size()));
        call(claimed);
        boolean lookUp = (Boolean) claimed.get("lookUp");
        String reference = (String) claimed.get("externalId");
        boolean made = claimed.containsKey("called");
        String outcome = !made ? "later" : random != null && random.nextInt(4) == 0 ? "unsure" : !lookUp ? "done" : warehouse.requests.containsKey(reference) ? "found" : "absent";
        Map<String, Object> parameters = new HashMap<>(claimed);
        parameters.putAll(Map.of("outcome", outcome, "because", "not-now", "patience", 100, "settles", 1, "grace", 0.2, "breaks", 1000,
                "now", now(), "final", claimed.get("verb").equals("cancel")));
        parameters.put("verb", lookUp ? "find" : claimed.get("verb"));
        parameters.put("remoteId", outcome.equals("done") || outcome.equals("found") ? "F-" + reference : null);
        parameters.put("failure", made ? null : "expired");
        parameters.put("status", !made || outcome.equals("unsure") ? null : 200);
        ledger.end(parameters);
    }

    private void expire() throws SQLException {
        ledger.run("call/expire.sql", Map.of("now", now(), "connections", "[{\"connection\":\"wms\",\"reaches\":0.5,\"settles\":1}]"));
    }

    private Timestamp now() {
        return Timestamp.from(epoch.plusSeconds(seconds));
    }

    private long closed() {
        return ledger.sql.number("select sum(closed_gates) from delivery where state in ('gated', 'ready')");
    }

    private List<String> decisions() {
        return ledger.sql.rows("select decision || ' ' || by as decision from gate_decision order by id").stream().map(row -> (String) row.get("decision")).toList();
    }

    private interface Command {
        void run() throws SQLException;
    }

    private static String refused(Command command) {
        try {
            command.run();
        } catch (SQLException refused) {
            return refused.getSQLState();
        }
        return "not refused";
    }
}
