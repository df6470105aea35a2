package io.orderweir.sandbox;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** The gate of a pretend vendor: stamps each arrival, decides its limits at that instant and keeps the count. */
final class Vendor {
    final String name;
    final Settings settings;
    final Outages outages = new Outages();
    final Stopwatch watch;
    private Random random;
    private Object run;
    private WindowCounter arrivals;
    private WindowCounter admitted;
    private WindowCounter outageArrivals;
    private Map<String, Long> counts;
    private int open;
    private int openAdmitted;
    private int mostOpen;
    private long answered;
    private long answeredNanos;

    Vendor(String name, Settings settings, Stopwatch watch) {
        this.name = name;
        this.settings = settings;
        this.watch = watch;
        forget();
    }

    /** Null when the vendor is down and refuses the connection. One lock: no stamp can overtake another. */
    synchronized Call arrive() {
        long now = watch.now();
        Outages.Outage outage = outages.at(now);
        if (outage != null) {
            outageArrivals.add(now);
            if (!outage.answers503()) {
                return null;
            }
        } else {
            arrivals.add(now);
        }
        String admission = outage != null ? "outage" : admit(now);
        open++;
        mostOpen = Math.max(mostOpen, open);
        int min = settings.number("latencyMinMs");
        int spread = Math.max(0, settings.number("latencyMaxMs") - min);
        return new Call(this, run, now, admission, drawFault(), min + random.nextInt(spread + 1));
    }

    private String admit(long now) {
        int limit = settings.number("limit");
        int concurrency = settings.number("concurrency");
        if (limit > 0 && admitted.inWindowEndingAt(now, windowNanos()) >= limit) {
            return "window";
        }
        if (concurrency > 0 && openAdmitted >= concurrency) {
            return "concurrency";
        }
        admitted.add(now);
        openAdmitted++;
        return "granted";
    }

    /** Calls that the limit still has room for in the window that ends now. */
    synchronized int left(long now) {
        return Math.max(0, settings.number("limit") - admitted.inWindowEndingAt(now, windowNanos()));
    }

    private String drawFault() {
        double draw = random.nextDouble();
        for (String fault : new String[] {"commitThenSilence", "silenceThenCommit", "error500", "reset"}) {
            draw -= settings.chance(fault);
            if (draw < 0) {
                boolean commits = random.nextBoolean();
                return fault.equals("error500") && commits ? "commitThenError500" : fault;
            }
        }
        return "none";
    }

    synchronized void depart(Call call, boolean wasAnswered) {
        if (call.run != run) {
            return;
        }
        open--;
        if (call.admission.equals("granted")) {
            openAdmitted--;
        }
        if (wasAnswered) {
            answered++;
            answeredNanos += watch.now() - call.arrivedAt;
        }
    }

    synchronized void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    /** Draws a fault that only this vendor has. */
    synchronized boolean happens(String chance) {
        return settings.chance(chance) > 0 && random.nextDouble() < settings.chance(chance);
    }

    synchronized int below(int bound) {
        return random.nextInt(bound + 1);
    }

    synchronized void seed() {
        random = new Random(settings.number("seed"));
    }

    /** Calls that are still open belong to the run before and are not counted in the next. */
    synchronized void forget() {
        run = new Object();
        arrivals = new WindowCounter();
        admitted = new WindowCounter();
        outageArrivals = new WindowCounter();
        counts = new TreeMap<>();
        open = 0;
        openAdmitted = 0;
        mostOpen = 0;
        answered = 0;
        answeredNanos = 0;
        outages.reset();
        seed();
    }

    long windowNanos() {
        return settings.number("windowMs") * 1_000_000L;
    }

    /** What the gate saw, at one instant. */
    record Sight(WindowCounter arrivals, WindowCounter admitted, WindowCounter outageArrivals, Map<String, Long> counts,
            int open, int mostOpen, long answered, double meanAnswerMs) {
    }

    synchronized Sight sight() {
        double mean = answered == 0 ? 0 : answeredNanos / 1e6 / answered;
        return new Sight(WindowCounter.merged(arrivals, new WindowCounter()), WindowCounter.merged(admitted, new WindowCounter()),
                WindowCounter.merged(outageArrivals, new WindowCounter()), new TreeMap<>(counts), open, mostOpen, answered, mean);
    }
}
