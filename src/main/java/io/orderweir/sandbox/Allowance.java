package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The share of a vendor's allowance that was used while work was waiting: calls over N t / (W + L).
 *
 * <p>t goes from one window after the first call to one window before the last, without outages and the second after
 * each; L is the mean time from a call's arrival to its answer.
 */
final class Allowance {
    private static final long SECOND = 1_000_000_000L;

    private Allowance() {
    }

    static void write(ObjectNode report, long[] calls, long windowNanos, int limit, double meanAnswerMs, List<Outages.Outage> outages, Long until) {
        long last = calls.length == 0 ? 0 : calls[calls.length - 1];
        if (until != null) {
            last = 0;
            for (long call : calls) {
                last = call - until <= 0 ? call : last;
            }
        }
        long from = calls.length == 0 ? 0 : calls[0] + windowNanos;
        long to = last - windowNanos;
        double seconds = 0;
        int counted = 0;
        if (calls.length > 0 && to > from) {
            seconds = (to - from - covered(outages, from, to)) / 1e9;
            for (long call : calls) {
                counted += call >= from && call <= to && !isCovered(outages, call) ? 1 : 0;
            }
        }
        double window = windowNanos / 1e9 + meanAnswerMs / 1e3;
        report.put("allowanceLimit", limit).put("allowanceSeconds", seconds).put("allowanceCalls", counted);
        report.put("allowanceUsed", seconds <= 0 ? 0 : counted / (limit * seconds / window));
    }

    private static boolean isCovered(List<Outages.Outage> outages, long call) {
        return outages.stream().anyMatch(outage -> call >= outage.from() && call < outage.to() + SECOND);
    }

    /** Outages do not overlap once they are over; where planned ones do, each moment counts once. */
    private static long covered(List<Outages.Outage> outages, long from, long to) {
        long covered = 0;
        long reached = from;
        for (Outages.Outage outage : outages.stream().sorted((a, b) -> Long.signum(a.from() - b.from())).toList()) {
            long start = Math.max(reached, outage.from());
            long end = Math.min(to, outage.to() + SECOND);
            if (end > start) {
                covered += end - start;
                reached = end;
            }
        }
        return covered;
    }
}
