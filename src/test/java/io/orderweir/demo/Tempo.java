package io.orderweir.demo;

import java.time.Duration;

/** How fast the demo plays: the ERP's minute shortened to three seconds, or the true minute. */
record Tempo(Duration window, Duration erpTimeout, Duration settlesWithin, int slower) {

    static Tempo of(boolean realTime) {
        return realTime
                ? new Tempo(Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(30), 20)
                : new Tempo(Duration.ofSeconds(3), Duration.ofMillis(1_500), Duration.ofSeconds(6), 1);
    }

    /** A wait of the shortened minute, as long as the played one needs it. */
    Duration stretched(Duration wait) {
        return wait.multipliedBy(slower);
    }

    boolean isRealTime() {
        return slower > 1;
    }
}
