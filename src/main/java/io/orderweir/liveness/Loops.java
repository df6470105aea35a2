package io.orderweir.liveness;

import io.orderweir.deliver.Workers;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * Whether what never ends still goes on: {@code deliver.look} and {@code deliver.due}, the workers of each connection that were given something, and the consumers
 * of {@code process}. What has not moved for a minute does not come back by itself (an Error has ended its thread, or it hangs), and a restart of the process helps;
 * what waits for the ledger is alive, because there it would not.
 */
@Unremovable
@ApplicationScoped
@Liveness
@Named("loops")
@RegisterForReflection
public class Loops implements HealthCheck, CamelContextCustomizer, RoutePolicyFactory, Processor {

    private static final Duration LONGEST = Duration.ofMinutes(1);
    /** They turn even when there is nothing to do. */
    private static final Set<String> TURNING = Set.of("deliver.look", "deliver.due");
    private static final String PROCESS = "process";
    private static final String WORKERS = "deliver.";
    private static final List<String> LEDGER = List.of("org.postgresql.", "io.agroal.");

    private final LongSupplier clock;
    private final Map<String, Long> turned = new ConcurrentHashMap<>();
    /** What each thread is in the middle of. */
    private final Map<Thread, Work> work = new ConcurrentHashMap<>();

    @Inject
    Workers workers;

    public Loops() {
        this(System::nanoTime);
    }

    Loops(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public void configure(CamelContext camel) {
        camel.addRoutePolicyFactory(this);
    }

    /** Something is tried again, and has not ended. */
    @Override
    public void process(Exchange exchange) {
        work.computeIfPresent(Thread.currentThread(), (thread, known) -> new Work(known.loop, clock.getAsLong()));
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext camel, String id, NamedNode route) {
        if (TURNING.contains(id) || id.equals(PROCESS) || id.startsWith(WORKERS) && workers.have(id.substring(WORKERS.length()))) {
            return new Loop(id, TURNING.contains(id));
        }
        return id.startsWith(PROCESS + ".") ? new Step() : null;
    }

    @Override
    public HealthCheckResponse call() {
        Set<String> still = still(workers.still(clock.getAsLong(), LONGEST), pollsAgo());
        HealthCheckResponseBuilder said = HealthCheckResponse.named("loops").status(still.isEmpty());
        still.forEach(loop -> said.withData(loop, "has not moved for a minute"));
        return said.build();
    }

    /** Those that do not move: of connections whose workers have made nothing of what they were given, and of consumers that last asked so many seconds ago. */
    Set<String> still(Set<String> connections, List<Double> pollsAgo) {
        Set<String> still = new TreeSet<>();
        turned.forEach((loop, at) -> {
            if (old(at) && !waitsForTheLedger(loop)) {
                still.add(loop);
            }
        });
        connections.stream().map(connection -> WORKERS + connection).filter(loop -> !waitsForTheLedger(loop)).forEach(still::add);
        long silent = pollsAgo.stream().filter(seconds -> seconds > LONGEST.toSeconds()).count();
        long moving = work.entrySet().stream().filter(one -> one.getValue().loop.equals(PROCESS) && (!old(one.getValue().at) || waitsForTheLedger(one.getKey()))).count();
        if (silent > moving) {
            still.add(PROCESS);
        }
        return still;
    }

    private boolean old(long at) {
        return clock.getAsLong() - at > LONGEST.toNanos();
    }

    private boolean waitsForTheLedger(String loop) {
        return work.entrySet().stream().anyMatch(one -> one.getValue().loop.equals(loop) && waitsForTheLedger(one.getKey()));
    }

    private static boolean waitsForTheLedger(Thread thread) {
        return Arrays.stream(thread.getStackTrace()).anyMatch(frame -> LEDGER.stream().anyMatch(frame.getClassName()::startsWith));
    }

    private static List<Double> pollsAgo() {
        List<Double> ago = new ArrayList<>();
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            for (ObjectName consumer : beans.queryNames(new ObjectName("kafka.consumer:type=consumer-metrics,client-id=*"), null)) {
                ago.add(((Number) beans.getAttribute(consumer, "last-poll-seconds-ago")).doubleValue());
            }
        } catch (JMException gone) {
            // a consumer that has just been closed
        }
        return ago;
    }

    private record Work(String loop, long at) {
    }

    /** Notes when a loop turns, and who is in the middle of it. */
    private final class Loop extends RoutePolicySupport {

        private final String loop;
        private final boolean turns;

        Loop(String loop, boolean turns) {
            this.loop = loop;
            this.turns = turns;
        }

        @Override
        public void onStart(Route route) {
            turn();
        }

        @Override
        public void onStop(Route route) {
            turned.remove(loop);
        }

        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            work.put(Thread.currentThread(), new Work(loop, clock.getAsLong()));
            turn();
        }

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            work.remove(Thread.currentThread());
            turn();
        }

        private void turn() {
            if (turns) {
                turned.put(loop, clock.getAsLong());
            }
        }
    }

    /** Notes that what somebody is in the middle of goes on. */
    private final class Step extends RoutePolicySupport {

        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            process(exchange);
        }
    }
}
