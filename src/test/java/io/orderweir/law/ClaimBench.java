package io.orderweir.law;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Times of taking, starting and ending a call on one connection, with few and with many deliveries waiting, side by side one call here, then one there. */
public final class ClaimBench {

    private static final int CALLS = 1_000;
    private static final int WARM_UP = 200;
    private static final List<String> STEPS = List.of("to take", "to start", "to end");

    private ClaimBench() {
    }

    public static void main(String[] args) throws SQLException {
        Map<String, Ledger> ledgers = new LinkedHashMap<>();
        ledgers.put("1,000 waiting", waiting(20_000, 19_000));
        ledgers.put("1,000,000 waiting", waiting(1_000_000, 0));
        Ledger behindOne = waiting(20_000, 19_000);
        WaitingRows.writeBehindOneHeld(behindOne, 100_000);
        ledgers.put("1,000 and 100,000 behind one", behindOne);
        Map<String, double[][]> times = new LinkedHashMap<>();
        ledgers.keySet().forEach(name -> times.put(name, new double[STEPS.size()][CALLS]));
        for (int i = -WARM_UP; i < CALLS; i++) {
            for (Map.Entry<String, Ledger> each : ledgers.entrySet()) {
                call(each.getValue(), times.get(each.getKey()), Math.max(0, i));
            }
        }
        System.out.printf("%-30s %12s %12s %12s %12s%n", "ms, median of " + CALLS, "take", "take p99", "start", "end");
        times.forEach((name, steps) -> {
            Stream.of(steps).forEach(Arrays::sort);
            System.out.printf(Locale.ROOT, "%-30s %12.2f %12.2f %12.2f %12.2f%n", name, at(steps[0], 0.5), at(steps[0], 0.99), at(steps[1], 0.5), at(steps[2], 0.5));
        });
        for (int step = 0; step < STEPS.size(); step++) {
            System.out.printf(Locale.ROOT, "%s with 1,000,000 waiting takes %.2f times as long as with 1,000, behind 100,000 of a held order %.2f times%n",
                    STEPS.get(step), ratio(times, "1,000,000 waiting", step), ratio(times, "1,000 and 100,000 behind one", step));
        }
    }

    private static double ratio(Map<String, double[][]> medians, String name, int step) {
        return at(medians.get(name)[step], 0.5) / at(medians.get("1,000 waiting")[step], 0.5);
    }

    /** Orders in the ledger, of which some are not due for a day. */
    private static Ledger waiting(int orders, int later) throws SQLException {
        Ledger ledger = Ledger.fresh();
        WaitingRows.write(ledger, orders);
        ledger.sql.run("update delivery set due_at = now() + interval '1 day' where id <= ?", later);
        ledger.sql.run("vacuum analyze delivery");
        ledger.allow("erp", "window", 10_000, 0, null);
        return ledger;
    }

    private static void call(Ledger ledger, double[][] times, int slot) throws SQLException {
        long start = System.nanoTime();
        Map<String, Object> claimed = ledger.run("deliver/take.sql", Map.of("connection", "erp", "most", 1, "ahead", 0.1, "lease", 10.0, "settles", 2.0)).get(0);
        long taken = System.nanoTime();
        ledger.start(claimed, 1, null);
        long started = System.nanoTime();
        Map<String, Object> outcome = new HashMap<>(claimed);
        // it stays among the waiting, so that their number does not change
        outcome.putAll(Map.of("outcome", "later", "because", "not-now", "patience", 12, "breaks", 8, "settles", 2.0, "grace", 0.2, "wait", 0.0, "status", 200, "verb", "create"));
        ledger.end(outcome);
        long settled = System.nanoTime();
        times[0][slot] = (taken - start) / 1e6;
        times[1][slot] = (started - taken) / 1e6;
        times[2][slot] = (settled - started) / 1e6;
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }
}
