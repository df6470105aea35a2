package io.orderweir.law;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the running totals and the terms of the search cost: the same orders appended, claimed, started and settled on two ledgers in turns, one of them
 * without their triggers. Prints medians of rounds, and their ratio.
 */
public final class TallyBench {

    private static final int ROUNDS = 14;
    private static final int BATCHES = 8;
    private static final int BATCH = 50;
    private static final String OURS = "'message_tally_new', 'message_tally_moved', 'delivery_tally_new', 'delivery_tally_moved', 'entity_tally_new', 'entity_tally_named', "
            + "'payload_keep_terms', 'payload_keep_corrected_terms'";

    private TallyBench() {
    }

    public static void main(String[] args) throws Exception {
        try (Ledger with = Ledger.fresh(); Ledger without = Ledger.fresh()) {
            without.sql.run("do $$ declare t record; begin for t in select tgrelid::regclass as place, tgname from pg_trigger where tgname in (" + OURS
                    + ") loop execute format('alter table %s disable trigger %I', t.place, t.tgname); end loop; end $$");
            List<Ledger> both = List.of(with, without);
            List<List<Double>> appends = List.of(new ArrayList<>(), new ArrayList<>());
            List<List<Double>> deliveries = List.of(new ArrayList<>(), new ArrayList<>());
            for (Ledger ledger : both) {
                ledger.allow("erp", "at-once", 10_000, 0, null);
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (int each = 0; each < 2; each++) {
                    int turn = (round + each) % 2;
                    appends.get(turn).add(append(both.get(turn), round));
                    deliveries.get(turn).add(deliver(both.get(turn)));
                    both.get(turn).run("ledger/fold.sql", Map.of());
                }
            }
            print("append, ms for an order", appends, BATCHES * BATCH);
            print("claim, start and settle, ms", deliveries, BATCHES * BATCH / 8);
        }
        System.exit(0);
    }

    private static void print(String what, List<List<Double>> rounds, int each) {
        double with = median(rounds.get(0)) / each;
        double without = median(rounds.get(1)) / each;
        System.out.printf(Locale.ROOT, "%-28s with %.3f, without %.3f: %.2f times%n", what, with, without, with / without);
    }

    private static double median(List<Double> millis) {
        // the first third warms plans and pages up
        List<Double> late = millis.subList(millis.size() / 3, millis.size()).stream().sorted().toList();
        return late.get(late.size() / 2);
    }

    private static double append(Ledger ledger, int round) throws SQLException {
        List<JsonNode[]> batches = new ArrayList<>();
        int offset = round * BATCHES * BATCH;
        for (int batch = 0; batch < BATCHES; batch++) {
            List<ObjectNode> events = new ArrayList<>();
            for (int i = 0; i < BATCH; i++, offset++) {
                ObjectNode event = Ledger.event(offset, "o" + offset, 1);
                ObjectNode canonical = event.putObject("canonical").put("version", 1);
                canonical.putObject("customer").put("email", "buyer" + offset % 997 + "@example.org");
                canonical.putObject("shippingAddress").put("email", "buyer" + offset % 997 + "@example.org").put("city", "Springfield");
                for (int line = 0; line < 3; line++) {
                    canonical.withArray("lineItems").addObject().put("id", String.valueOf(line)).put("sku", "SKU-" + (offset * 7 + line) % 499).put("quantity", 1).put("name", "A mug");
                }
                Ledger.delivery(event, "erp", "order", false);
                Ledger.delivery(event, "wms", "order", false).putObject("after").put("connection", "erp").put("part", "order");
                events.add(event);
            }
            batches.add(events.toArray(JsonNode[]::new));
        }
        long began = System.nanoTime();
        for (JsonNode[] batch : batches) {
            ledger.append(batch);
        }
        return (System.nanoTime() - began) / 1e6;
    }

    private static double deliver(Ledger ledger) throws SQLException {
        long began = System.nanoTime();
        for (int i = 0; i < BATCHES * BATCH / 8; i++) {
            Map<String, Object> one = ledger.run("deliver/take.sql", Map.of("connection", "erp", "most", 1, "ahead", 0.0, "lease", 5.0, "settles", 0.1)).get(0);
            ledger.start(one, 0.1, null);
            ledger.end(with(one, Map.of("outcome", "done", "patience", 8, "settles", 0.1, "grace", 0.1, "wait", 0.005,
                    "reason", "r", "sentence", "s", "remoteId", "r-" + one.get("externalId"))));
        }
        return (System.nanoTime() - began) / 1e6;
    }

    private static Map<String, Object> with(Map<String, Object> one, Map<String, Object> other) {
        Map<String, Object> both = new HashMap<>(one);
        both.putAll(other);
        return both;
    }
}
