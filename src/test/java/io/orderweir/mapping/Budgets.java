package io.orderweir.mapping;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Budgets whose clock a test knows. */
public final class Budgets {

    private Budgets() {
    }

    /** It ends after so many looks at its clock, on whatever machine. */
    public static Budget ofLooks(int looks) {
        AtomicLong clock = new AtomicLong();
        return new Budget(Duration.ofMillis(looks), () -> clock.addAndGet(1_000_000));
    }
}
