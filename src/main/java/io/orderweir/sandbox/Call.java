package io.orderweir.sandbox;

/** One call at a pretend vendor: its stamp, what the limits said at that instant, and its drawn fate. */
final class Call {
    final Vendor vendor;
    final Object run;
    final long arrivedAt;
    final String admission;
    final String fault;
    final long latencyMs;
    private boolean departed;
    private Runnable afterDeparture = () -> {
    };

    Call(Vendor vendor, Object run, long arrivedAt, String admission, String fault, long latencyMs) {
        this.vendor = vendor;
        this.run = run;
        this.arrivedAt = arrivedAt;
        this.admission = admission;
        this.fault = fault;
        this.latencyMs = latencyMs;
    }

    /** Ends the call once: with the end of its answer, or with the close of its connection. */
    void depart(boolean answered) {
        Runnable next;
        synchronized (this) {
            if (departed) {
                return;
            }
            departed = true;
            next = afterDeparture;
        }
        vendor.depart(this, answered);
        next.run();
    }

    void whenDeparted(Runnable next) {
        synchronized (this) {
            if (!departed) {
                afterDeparture = next;
                return;
            }
        }
        next.run();
    }
}
