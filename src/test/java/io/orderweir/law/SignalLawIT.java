package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** L6 with partners: what they say opens and closes gates, in whatever order it comes; a calendar is never over, and every cancel gives its slot back. */
class SignalLawIT {

    private static final String TOTAL = "100.00";
    private static final Instant HEARD = Instant.parse("2026-11-27T00:00:00Z");

    @AutoClose
    private final Ledger ledger = Ledger.fresh();
    private final Instant epoch = Instant.now().plusSeconds(60);
    private long offset;
    private long seconds;
    private String sender = "stripe";
    private Believed believed;

    /** Whom the gates believe, where not everybody. */
    private record Believed(String payer, String opens) {
    }

    /** One order, as the shop and its partners know it; and what of it the ledger has heard. */
    private static final class Order {
        final String name;
        int version = 1;
        String basis = "aaaaaaaa";
        String total = TOTAL;
        boolean cancelled;
        final Set<String> came = new TreeSet<>();
        final List<Fact> facts = new ArrayList<>();

        Order(String name) {
            this.name = name;
        }

        boolean paid() {
            Map<String, long[]> charges = new HashMap<>();
            facts.stream().filter(fact -> fact.heard && fact.charge != null).forEach(fact -> {
                long[] sums = charges.computeIfAbsent(fact.charge, each -> new long[2]);
                int kind = fact.kind.equals("payment") ? 0 : 1;
                sums[kind] = Math.max(sums[kind], fact.cents);
            });
            return charges.values().stream().mapToLong(sums -> Math.max(0, sums[0] - sums[1])).sum() >= 10_000;
        }

        boolean approved() {
            return facts.stream().filter(fact -> fact.heard && fact.charge == null && fact.basis.equals(basis))
                    .max(Comparator.comparingLong((Fact fact) -> fact.at).thenComparingLong(fact -> fact.sent))
                    .map(fact -> fact.kind.equals("drawing-approved")).orElse(false);
        }
    }

    private static final class Fact {
        final String kind;
        final long at;
        final String charge;
        final long cents;
        final String basis;
        long sent;
        boolean heard;

        Fact(String kind, long at, String charge, long cents, String basis) {
            this.kind = kind;
            this.at = at;
            this.charge = charge;
            this.cents = cents;
            this.basis = basis;
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 40, 5, 700", "2, 40, 5, 700", "3, 40, 5, 700", "4, 40, 5, 700", "5, 40, 5, 700", "6, 300, 30, 1200"})
    @Execution(CONCURRENT)
    void aLineIsRequestedWhenItIsPaidForDrawnAndHasASlot(long seed, int orders, int slots, int length) throws SQLException {
        int steps = length * Ledger.LENGTH;
        // Given a factory with so many slots a day
        Random random = new Random(seed);
        ledger.allow("factory", "at-once", 50, 0, null);
        calendar(slots);
        List<Order> all = new ArrayList<>();
        Map<Long, Fact> messages = new HashMap<>();
        Map<String, String> requests = new TreeMap<>();
        List<Map<String, Object>> underWay = new ArrayList<>();
        // When orders, edits, cancels, payments, refunds, drawings, their repeats, calls and crashes come in any order
        for (int step = 0; step < steps; step++) {
            seconds++;
            Order order = all.size() < orders && (all.isEmpty() || random.nextInt(steps) < orders * 3) ? null : all.get(random.nextInt(all.size()));
            if (order == null) {
                order = new Order("o" + all.size());
                all.add(order);
                // some signals are there before their order
                if (random.nextInt(3) > 0) {
                    comes(order);
                }
                tells(order, new Fact("payment", step, "ch1", 10_000, null), messages);
                continue;
            }
            switch (random.nextInt(12)) {
                case 0 -> {
                    order.version++;
                    order.cancelled |= random.nextInt(4) == 0;
                    order.basis = random.nextInt(3) == 0 ? "bbbbbbbb" : order.basis;
                    comes(order);
                }
                case 1 -> tells(order, new Fact("payment", step, "ch" + (1 + random.nextInt(2)), 5_000 + 5_000 * random.nextInt(2), null), messages);
                case 2 -> tells(order, new Fact("refund", step, "ch" + (1 + random.nextInt(2)), 2_500 * random.nextInt(5), null), messages);
                // the older of two may come later
                case 3, 4 -> tells(order, new Fact("drawing-approved", step - random.nextInt(50), null, 0, order.basis), messages);
                case 5 -> {
                    if (random.nextInt(4) == 0) {
                        tells(order, new Fact("drawing", step - random.nextInt(50), null, 0, order.basis), messages);
                    }
                }
                case 6, 7, 8 -> hear(random.nextInt(20), messages);
                case 9 -> book(random.nextInt(20));
                case 10 -> claim(random, underWay);
                default -> end(random, underWay, all, requests);
            }
        }
        // and all that is left is done
        for (Order order : all) {
            if (order.version == 1) {
                comes(order);
            }
        }
        for (int round = 0; round < 30; round++) {
            seconds += 120;
            hear(Integer.MAX_VALUE, messages);
            book(Integer.MAX_VALUE);
            ledger.run("call/expire.sql", Map.of("now", now(), "connections", "[{\"connection\":\"factory\",\"reaches\":0.5,\"settles\":1}]"));
            for (int i = 0; i < all.size(); i += 40) {
                claim(null, underWay);
            }
            while (!underWay.isEmpty()) {
                end(null, underWay, all, requests);
            }
        }
        // Then
        for (Order order : all) {
            // what was changed or cancelled before it came was never asked to be drawn
            assertTrue(order.facts.stream().allMatch(fact -> fact.heard || fact.charge == null && !order.came.contains(fact.basis)), () -> order.name + " was not heard");
        }
        for (Order order : all) {
            String known = requests.getOrDefault(order.name, "never asked");
            String wanted = !order.cancelled && order.paid() && order.approved() ? "asked " + order.basis : known.equals("never asked") ? known : "cancelled";
            assertEquals(wanted, known, () -> order.name + ledger.sql.rows("select d.gate, d.decision, d.by, d.reason from gate_decision d join build b on b.id = d.build_id"
                    + " join entity e on e.id = b.entity_id where e.key = ? order by d.id", "shop/" + order.name));
        }
        assertTrue(requests.containsValue("cancelled"), requests.toString());
        assertEquals(List.of(), ledger.sql.rows("select * from calendar_day c where taken > slots or taken <> (select count(*) from slot s where (s.calendar, s.day) = (c.calendar, c.day))"));
        assertEquals(List.of(), ledger.sql.rows("select * from slot s where not exists (select from gate g where g.build_id = s.build_id and g.name = s.gate and g.opened_at is not null)"));
        Set<String> booked = new TreeSet<>();
        ledger.sql.rows("select e.key from slot s join build b on b.id = s.build_id join entity e on e.id = b.entity_id").forEach(row -> booked.add((String) row.get("key")));
        Set<String> asked = new TreeSet<>();
        all.stream().filter(order -> requests.getOrDefault(order.name, "").startsWith("asked")).forEach(order -> asked.add("shop/" + order.name));
        assertEquals(asked, booked, "a slot for what is built, and for nothing else");
    }

    @Test
    void manyWhoBookAtOnceAreNeverOver() throws Exception {
        // Given 60 lines that wait for nothing but a slot, seven a day
        calendar(7);
        for (int i = 0; i < 60; i++) {
            Order order = new Order("o" + i);
            comes(order);
            Map<Long, Fact> messages = new HashMap<>();
            tells(order, new Fact("payment", 1, "ch", 10_000, null), messages);
            tells(order, new Fact("drawing-approved", 1, null, 0, order.basis), messages);
        }
        seconds += 5;
        hear(Integer.MAX_VALUE, new HashMap<>());
        // When four replicas book them
        ExecutorService replicas = Executors.newFixedThreadPool(4);
        List<Future<Integer>> counts = new ArrayList<>();
        for (int replica = 0; replica < 4; replica++) {
            Ledger another = ledger.another();
            counts.add(replicas.submit((Callable<Integer>) () -> {
                int booked = 0;
                // whoever finds an order busy asks once more
                for (int idle = 0; idle < 3; idle++) {
                    while (!another.run("gate/book.sql", Map.of("now", now())).isEmpty()) {
                        booked++;
                        idle = 0;
                    }
                }
                another.close();
                return booked;
            }));
        }
        int sum = 0;
        for (Future<Integer> count : counts) {
            sum += count.get();
        }
        replicas.shutdown();
        // Then
        assertEquals(60, sum);
        assertEquals(60, ledger.sql.number("select count(*) from slot"));
        assertEquals(7, ledger.sql.number("select max(taken) from calendar_day"));
        assertEquals(9, ledger.sql.number("select count(*) from calendar_day where taken > 0"), "the days are filled one after the other");
        assertEquals(60, ledger.sql.number("select count(*) from delivery where state = 'ready'"));
    }

    @Test
    void aLineThatWaitsThreeDaysThroughFiveRestartsIsReleasedOnce() throws SQLException {
        // Given a line of which nobody knows anything yet
        ledger.allow("factory", "at-once", 50, 0, null);
        calendar(1);
        Order order = new Order("o1");
        comes(order);
        List<Map<String, Object>> claimed = new ArrayList<>();
        List<Map<String, Object>> late = new ArrayList<>();
        // When three days go by, in which five processes come and go, and then all is said
        for (int restart = 0; restart < 5; restart++) {
            seconds += 3 * 86_400 / 5;
            try (Ledger process = ledger.another()) {
                hear(process, Integer.MAX_VALUE, new HashMap<>());
                process.run("gate/book.sql", Map.of("now", now()));
                late.addAll(process.run("gate/late.sql", Map.of("now", now())));
                claimed.addAll(claimable(process));
            }
        }
        assertEquals(List.of(), claimed);
        assertEquals(1, late.size(), "told once that the drawing was due after two days");
        tells(order, new Fact("drawing-approved", 1, null, 0, order.basis), new HashMap<>());
        tells(order, new Fact("payment", 1, "ch", 10_000, null), new HashMap<>());
        for (int restart = 0; restart < 5; restart++) {
            seconds += 5;
            try (Ledger process = ledger.another()) {
                hear(process, Integer.MAX_VALUE, new HashMap<>());
                process.run("gate/book.sql", Map.of("now", now()));
                claimed.addAll(claimable(process));
            }
        }
        // Then
        assertEquals(1, claimed.size(), claimed.toString());
        assertEquals(List.of("payment opened stripe", "drawing late the deadline", "drawing opened stripe", "slot opened calendar shopfloor").stream().sorted().toList(),
                ledger.sql.rows("select gate || ' ' || decision || ' ' || by as said from gate_decision order by 1").stream().map(row -> (String) row.get("said")).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "payment | 40.00 | USD | gate payment is closed: 40.00 of 100.00 USD are paid | noted",
            "payment | 100.00 | EUR | A payment of 100.00 EUR names shop/o1, which is an order in USD. Correct it or discard it. | held",
            "payment | 100.01 | USD | A payment of 100.01 USD names shop/o1, which is worth 100.00. Correct the amount and release it, or discard it; a person may open the gate by hand. | held",
            "refund  | 10.00 | USD | gate payment is closed: 0 of 100.00 USD are paid | noted",
            "built   | | | no gate of this order is opened by it | noted"})
    void everySignalHasAnOutcomeThatIsTold(String kind, String amount, String currency, String outcome, String state) throws SQLException {
        // Given
        comes(new Order("o1"));
        ObjectNode signal = signal(kind, "shop/o1").put("at", HEARD.toString());
        if (amount != null) {
            signal.put("about", "ch1").put("amount", amount).put("currency", currency);
        }
        // When
        JsonNode said = heard(signal);
        // Then
        assertEquals(outcome, said.hasNonNull("sentence") ? said.get("sentence").asText() : said.path("answer").asText());
        assertEquals(state, ledger.sql.text("select state from message where type = 'signal'"));
        assertEquals(state.equals("held") ? 1 : 0, ledger.sql.number("select count(*) from hold where closed_at is null"));
    }

    @Test
    void whatIsSaidTwiceOpensOnce() throws SQLException {
        // Given a gate that a payment has opened
        comes(new Order("o1"));
        ObjectNode payment = signal("payment", "shop/o1").put("at", HEARD.toString()).put("about", "ch1").put("amount", TOTAL).put("currency", "USD");
        assertEquals("gate payment is open: 100.00 of 100.00 USD are paid", heard(payment).path("answer").asText());
        // When the same is told under another name
        assertEquals("gate payment is open already", heard(payment).path("answer").asText());
        // Then
        assertEquals(1, ledger.sql.number("select count(*) from gate_decision"));
    }

    @Test
    void aDisputeClosesWhatAPersonOpenedAndItsEndOpensItAgain() throws SQLException {
        // Given
        comes(new Order("o1"));
        heard(signal("payment", "shop/o1").put("at", HEARD.toString()).put("about", "ch1").put("amount", TOTAL).put("currency", "USD"));
        command("close", "payment", "Ann");
        command("open", "payment", "Ann");
        // When
        String disputed = heard(signal("dispute", "shop/o1").put("at", HEARD.plusSeconds(60).toString()).put("about", "ch1").put("amount", TOTAL).put("currency", "USD")).path("answer").asText();
        String won = heard(signal("dispute-won", "shop/o1").put("at", HEARD.plusSeconds(90).toString()).put("about", "ch1")).path("answer").asText();
        // Then
        assertEquals("gate payment is closed: 0.00 of 100.00 USD are paid, and a dispute is open", disputed);
        assertEquals("gate payment is open: 100.00 of 100.00 USD are paid", won);
    }

    @Test
    void whatNamesAnUnknownOrderWaitsADayAndThenForAPerson() throws SQLException {
        // Given
        String waits = heard(signal("payment", "#o1").put("at", HEARD.toString()).put("about", "ch1").put("amount", TOTAL).put("currency", "USD")).path("answer").asText();
        assertEquals("waits for #o1", waits);
        // When nobody comes
        seconds += 86_400;
        List<Map<String, Object>> held = ledger.run("gate/hear.sql", Map.of("now", now()));
        // Then
        assertTrue(held.get(0).get("sentence").toString().startsWith("A payment names #o1, and nothing of that name came until "), held.toString());
        assertEquals("held", ledger.sql.text("select state from message"));
        // and when it is released after its order has come, it is heard
        comes(new Order("o1"));
        ledger.run("hold/release-message.sql", Map.of("hold", ledger.sql.number("select id from hold"), "by", "Ann", "seen",
                ledger.sql.text("select orderweir.entity_seen(entity_id) from message where type = 'signal'"), "changes", "[]",
                "document", Ledger.JSON.createObjectNode().put("entity_key", "stripe/0").putNull("version").put("hash", "h").putNull("name")
                        .set("canonical", Ledger.JSON.createObjectNode().put("signal", "payment").put("order", "#o1").put("at", HEARD.toString()).put("about", "ch1")
                                .put("amount", TOTAL).put("currency", "USD")).toString()));
        ledger.run("gate/hear.sql", Map.of("now", now()));
        assertEquals("gate payment is open: 100.00 of 100.00 USD are paid", ledger.sql.text("select reason from message where type = 'signal'"));
    }

    @Test
    void whatNamesOrdersOfTwoStoresWaitsForAPersonWhoSaysWhichItIs() throws SQLException {
        // Given
        comes(new Order("o1"));
        ObjectNode other = Ledger.event(offset++, "o1", 1).put("ce_id", "outlet:o1").put("connection", "outlet").put("entity_key", "outlet/o1");
        other.putObject("canonical").put("totalPrice", TOTAL).put("currency", "USD");
        ledger.append(other);
        // When
        String sentence = heard(signal("payment", "#o1").put("at", HEARD.toString()).put("about", "ch1").put("amount", TOTAL).put("currency", "USD")).path("sentence").asText();
        // Then
        assertEquals("2 stores have an order #o1 (outlet, shop), and a payment does not say of which store it is. Write outlet/o1 or shop/o1 instead, and release.", sentence);
        assertEquals("ambiguous-order", ledger.sql.text("select reason from hold where closed_at is null"));
    }

    @Test
    void whatNamesOnlyItsChargeIsOfTheOrderThatWasPaidWithIt() throws SQLException {
        // Given a dispute that comes before the payment it is about
        comes(new Order("o1"));
        ObjectNode dispute = signal("dispute", null).put("at", HEARD.plusSeconds(60).toString()).put("about", "ch1").put("amount", TOTAL).put("currency", "USD");
        dispute.remove("order");
        assertEquals("waits for ch1", heard(dispute).path("answer").asText());
        // When, Then
        assertEquals("gate payment is open: 100.00 of 100.00 USD are paid",
                heard(signal("payment", "shop/o1").put("at", HEARD.toString()).put("about", "ch1").put("amount", TOTAL).put("currency", "USD")).path("answer").asText());
        seconds += 60;
        assertEquals("gate payment is closed: 0.00 of 100.00 USD are paid, and a dispute is open", ledger.run("gate/hear.sql", Map.of("now", now())).get(0).get("answer"));
    }

    @Test
    void aSignalThatCannotBeHeardStopsNoOther() throws SQLException {
        // Given one that no number can hold
        comes(new Order("o1"));
        ObjectNode impossible = signal("payment", "shop/o1").put("at", HEARD.toString()).put("about", "ch1").put("amount", TOTAL).put("currency", "USD");
        send(impossible);
        ledger.sql.run("alter table orderweir.gate_decision add constraint nobody check (evidence ->> 'event' <> 'payment')");
        send(signal("built", "shop/o1").put("at", HEARD.toString()));
        seconds += 2;
        // When
        String sentence = ledger.run("gate/hear.sql", Map.of("now", now())).get(0).get("sentence").toString();
        // Then
        assertTrue(sentence.startsWith("A payment could not be heard: new row for relation \"gate_decision\" violates"), sentence);
        assertEquals("no gate of this order is opened by it", ledger.run("gate/hear.sql", Map.of("now", now())).get(0).get("answer"));
    }

    @Test
    void whatAPersonClosedIsNotOpenedByWhatWasSaidBefore() throws SQLException {
        // Given a paid order of which a person closed the gate
        Order order = new Order("o1");
        comes(order);
        heard(signal("payment", "shop/o1").put("at", HEARD.toString()).put("about", "ch1").put("amount", TOTAL).put("currency", "USD"));
        ledger.sql.run("update orderweir.signal set heard_at = clock_timestamp()");
        command("close", "payment", "Ann");
        // When the order comes again, changed
        order.version = 2;
        order.basis = "bbbbbbbb";
        comes(order);
        // Then
        assertEquals(0, open("payment", "aaaaaaaa"));
    }

    @Test
    void aRefundForALineThatIsTakenOutOpensAgainWhenTheOrderIsChanged() throws SQLException {
        // Given a paid order, and a refund that comes before the change it is for
        Order order = new Order("o1");
        comes(order);
        heard(signal("payment", "shop/o1").put("at", HEARD.toString()).put("about", "ch1").put("amount", TOTAL).put("currency", "USD"));
        heard(signal("refund", "shop/o1").put("at", HEARD.plusSeconds(9).toString()).put("about", "ch1").put("amount", "20.00").put("currency", "USD"));
        assertEquals(0, open("payment", "aaaaaaaa"));
        ledger.sql.run("update orderweir.signal set heard_at = clock_timestamp() - interval '1 second'");
        // When
        order.version = 2;
        order.total = "80.00";
        comes(order);
        // Then
        assertEquals(1, open("payment", "aaaaaaaa"));
    }

    @Test
    void aDrawingOfAnotherConfigurationOpensNothing() throws SQLException {
        // Given a line that was changed after its drawing was asked for
        Order order = new Order("o1");
        comes(order);
        heard(signal("payment", "shop/o1").put("at", HEARD.toString()).put("about", "ch1").put("amount", TOTAL).put("currency", "USD"));
        order.version = 2;
        order.basis = "bbbbbbbb";
        comes(order);
        // When the drawing of the old one comes, and then that of the new one
        heard(about("drawing-approved", "shop/o1-l.aaaaaaaa"));
        assertEquals(0, open("drawing", "bbbbbbbb"));
        heard(about("drawing-approved", "shop/o1-l.bbbbbbbb"));
        // Then
        assertEquals(1, open("drawing", "bbbbbbbb"));
    }

    @Test
    void whoIsNotNamedOpensNothingWhateverItSays() throws SQLException {
        // Given a gate that believes one payer, one that believes one desk, and a terminal on the shop floor that may say all of it
        believed = new Believed("stripe", "desk/drawing-approved");
        comes(new Order("o1"));
        // When it says that all is paid, and drawn
        sender = "floor";
        JsonNode paid = heard(money("payment", "ch9", TOTAL));
        JsonNode drawn = heard(about("drawing-approved", "shop/o1-l.aaaaaaaa"));
        // Then a person hears of it, and no gate does
        assertEquals("floor may not say payment of shop/o1: gate payment takes it from others only. Ask who signs for floor, and discard it; if it shall say so, an integrator names it in gates.yaml.",
                paid.path("sentence").asText());
        assertTrue(drawn.path("sentence").asText().startsWith("floor may not say drawing-approved of shop/o1-l.aaaaaaaa: gate drawing takes it from others only."), drawn.toString());
        assertEquals(2, ledger.sql.number("select count(*) from hold where reason = 'may-not-say' and closed_at is null"));
        // and what it said is not added to what the payer says, nor does its refund take anything away
        sender = "stripe";
        assertEquals("gate payment is closed: 60.00 of 100.00 USD are paid", heard(money("payment", "ch1", "60.00")).path("answer").asText());
        sender = "floor";
        heard(money("refund", "ch1", "60.00"));
        sender = "stripe";
        assertEquals("gate payment is open: 100.00 of 100.00 USD are paid", heard(money("payment", "ch2", "40.00")).path("answer").asText());
        // and the desk opens its own
        sender = "desk";
        assertEquals("gate drawing is open: drawing-approved", heard(about("drawing-approved", "shop/o1-l.aaaaaaaa")).path("answer").asText());
        assertEquals(List.of("drawing opened desk", "payment opened stripe"),
                ledger.sql.rows("select gate || ' ' || decision || ' ' || by as said from gate_decision order by 1").stream().map(row -> (String) row.get("said")).toList());
    }

    private static ObjectNode money(String kind, String charge, String amount) {
        return signal(kind, "shop/o1").put("at", HEARD.toString()).put("about", charge).put("amount", amount).put("currency", "USD");
    }

    private long open(String gate, String basis) {
        return ledger.sql.number("select count(*) from gate g join build b on b.id = g.build_id where g.name = ? and b.basis = ? and g.opened_at is not null", gate, basis);
    }

    private void calendar(int slots) throws SQLException {
        ledger.run("gate/calendar.sql", Map.of("calendar", "shopfloor", "zone", "UTC", "lead", 0, "slots", slots, "weekdays", "{1,2,3,4,5,6,7}", "closed", "{}", "now", now()));
    }

    private void comes(Order order) throws SQLException {
        ObjectNode event = Ledger.event(offset++, order.name, order.version);
        event.putObject("canonical").put("totalPrice", order.total).put("currency", "USD").put("version", order.version);
        ObjectNode line = Ledger.delivery(event, "factory", "l", order.cancelled).put("class", "made").put("gate_basis", order.basis).put("fingerprint", order.basis + order.total);
        if (!order.cancelled) {
            order.came.add(order.basis);
            ArrayNode gates = line.putArray("gates");
            gates.addObject().put("name", "payment").put("lasting", true).putObject("rule").put("paid", 1.0);
            if (believed != null) {
                ((ObjectNode) gates.get(0).get("rule")).putArray("payers").add(believed.payer());
            }
            ObjectNode drawing = gates.addObject().put("name", "drawing").put("due", 2 * 86_400).putObject("rule");
            drawing.putArray("opens").add(believed == null ? "drawing-approved" : believed.opens());
            drawing.putArray("closes").add("drawing");
            drawing.putArray("after").add("payment");
            gates.addObject().put("name", "slot").putObject("rule").put("calendar", "shopfloor").putArray("after").add("payment").add("drawing");
        }
        ledger.append(event);
    }

    /** A fact is told, and some are told twice. */
    private void tells(Order order, Fact fact, Map<Long, Fact> messages) throws SQLException {
        ObjectNode signal = fact.charge != null ? signal(fact.kind, "shop/" + order.name) : about(fact.kind, "shop/" + order.name + "-l." + fact.basis);
        signal.put("at", HEARD.plusSeconds(fact.at).toString());
        if (fact.charge != null) {
            signal.put("about", fact.charge).put("amount", fact.cents / 100 + "." + String.format("%02d", fact.cents % 100)).put("currency", "USD");
        }
        order.facts.add(fact);
        fact.sent = send(signal);
        messages.put(fact.sent, fact);
    }

    private static ObjectNode signal(String kind, String order) {
        ObjectNode signal = Ledger.JSON.createObjectNode().put("signal", kind).put("order", order);
        signal.putObject("evidence").put("event", kind);
        return signal;
    }

    private static ObjectNode about(String kind, String reference) {
        ObjectNode signal = signal(kind, null).put("at", HEARD.toString()).put("reference", reference);
        signal.remove("order");
        return signal;
    }

    /** Returns the message it became. */
    private long send(ObjectNode signal) throws SQLException {
        ObjectNode event = Ledger.event(offset, "x", 1).put("ce_id", sender + ":" + offset).put("connection", sender).put("type", "signal").put("entity_key", sender + "/" + offset)
                .put("hash", "h" + offset).put("note", "waits to be heard").putNull("version").putNull("name");
        event.set("canonical", signal);
        offset++;
        ledger.append(event);
        return ledger.sql.number("select id from message where ce_id = ?", event.get("ce_id").asText());
    }

    private JsonNode heard(ObjectNode signal) throws SQLException {
        send(signal);
        seconds += 2;
        return Ledger.JSON.valueToTree(ledger.run("gate/hear.sql", Map.of("now", now())).get(0));
    }

    private void hear(int most, Map<Long, Fact> messages) throws SQLException {
        hear(ledger, most, messages);
    }

    private void hear(Ledger by, int most, Map<Long, Fact> messages) throws SQLException {
        for (int i = 0; i < most; i++) {
            List<Map<String, Object>> heard = by.run("gate/hear.sql", Map.of("now", now()));
            if (heard.isEmpty()) {
                return;
            }
            long message = Long.parseLong(heard.get(0).get("message").toString());
            if (messages.containsKey(message) && heard.get(0).get("answer") != null && !heard.get(0).get("answer").toString().startsWith("waits for ")) {
                messages.get(message).heard = true;
            }
        }
    }

    private void book(int most) throws SQLException {
        for (int i = 0; i < most && !ledger.run("gate/book.sql", Map.of("now", now())).isEmpty(); i++) {
            assertEquals(0, ledger.sql.number("select count(*) from calendar_day where taken > slots"));
        }
    }

    private List<Map<String, Object>> claimable(Ledger by) throws SQLException {
        return by.run("deliver/take.sql", Map.of("connection", "factory", "most", 40, "ahead", 0, "lease", 10, "settles", 1, "now", now()));
    }

    private void claim(Random random, List<Map<String, Object>> underWay) throws SQLException {
        for (Map<String, Object> claimed : claimable(ledger)) {
            // some processes die before the call
            if (random == null || random.nextInt(6) > 0) {
                underWay.add(claimed);
            }
        }
    }

    private void end(Random random, List<Map<String, Object>> underWay, List<Order> all, Map<String, String> requests) throws SQLException {
        while (!underWay.isEmpty()) {
            Map<String, Object> claimed = underWay.remove(0);
            boolean ours = ledger.start(claimed, 1, now());
            String name = claimed.get("orderName").toString().substring(1);
            boolean lookUp = (Boolean) claimed.get("lookUp");
            if (ours && !lookUp) {
                requested(all.get(Integer.parseInt(name.substring(1))), claimed, requests);
            }
            String outcome = !ours ? "later" : random != null && random.nextInt(5) == 0 ? "unsure" : !lookUp ? "done" : requests.containsKey(name) && !requests.get(name).equals("cancelled") ? "found" : "absent";
            Map<String, Object> parameters = new HashMap<>(claimed);
            parameters.putAll(Map.of("outcome", outcome, "because", "not-now", "patience", 100, "settles", 1, "grace", 0.2, "breaks", 1000,
                    "now", now(), "final", claimed.get("verb").equals("cancel")));
            parameters.put("verb", lookUp ? "find" : claimed.get("verb"));
            parameters.put("remoteId", outcome.equals("done") || outcome.equals("found") ? "W-" + claimed.get("externalId") : null);
            parameters.put("failure", ours ? null : "expired");
            parameters.put("status", !ours || outcome.equals("unsure") ? null : 200);
            ledger.end(parameters);
        }
    }

    /** The factory takes a request: by what was heard of it so far, it may be built. */
    private void requested(Order order, Map<String, Object> claimed, Map<String, String> requests) {
        if (claimed.get("verb").equals("cancel")) {
            requests.put(order.name, "cancelled");
            return;
        }
        Map<String, Object> delivery = ledger.sql.rows("select build_id, gate_basis from delivery where id = ?", claimed.get("id")).get(0);
        assertTrue(order.paid(), () -> order.name + " is requested and not paid");
        assertEquals(1, ledger.sql.number("select count(*) from slot where build_id = ?", delivery.get("build_id")), () -> order.name + " is requested without a slot");
        assertEquals(3, ledger.sql.number("select count(*) from gate where build_id = ? and opened_at is not null and evidence is not null and opened_by is not null",
                delivery.get("build_id")));
        if (delivery.get("gate_basis").equals(order.basis)) {
            assertTrue(order.approved(), () -> order.name + " is requested without an approved drawing");
        }
        requests.put(order.name, "asked " + delivery.get("gate_basis"));
    }

    private void command(String verb, String gate, String person) throws SQLException {
        ledger.run("gate/" + verb + ".sql", Map.of("order", "shop/o1", "line", "l", "gate", gate, "by", person, "reason", "r", "evidence", "{\"note\":\"seen\"}"));
    }

    private Timestamp now() {
        return Timestamp.from(epoch.plusSeconds(seconds));
    }
}
