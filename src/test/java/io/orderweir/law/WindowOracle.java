package io.orderweir.law;

import java.util.ArrayList;
import java.util.List;

/** The naive truth about limits: looks at every window and every instant, with no regard to speed. Times in microseconds. */
final class WindowOracle {

    private record Call(long arrival, long end) {
    }

    private final List<Call> calls = new ArrayList<>();

    void saw(long arrival, long end) {
        calls.add(new Call(arrival, end));
    }

    int size() {
        return calls.size();
    }

    /** The most arrivals in any half-open window of this length, wherever it starts. */
    int mostInAnyWindow(long length) {
        int most = 0;
        for (Call first : calls) {
            int inside = 0;
            for (Call call : calls) {
                if (call.arrival >= first.arrival && call.arrival < first.arrival + length) {
                    inside++;
                }
            }
            most = Math.max(most, inside);
        }
        return most;
    }

    /** The most calls the target works on at one instant. */
    int mostAtOnce() {
        int most = 0;
        for (Call first : calls) {
            int open = 0;
            for (Call call : calls) {
                if (call.arrival <= first.arrival && first.arrival < call.end) {
                    open++;
                }
            }
            most = Math.max(most, open);
        }
        return most;
    }

    /** Arrivals between two instants. */
    long between(long from, long to) {
        return calls.stream().filter(call -> call.arrival >= from && call.arrival < to).count();
    }
}
