package io.orderweir.mapping;

import io.orderweir.connection.Settings;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.Scope;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.StartupListener;
import org.apache.camel.language.jq.JqFunctions;
import org.apache.camel.language.jq.JqLanguage;
import org.apache.camel.spi.CamelContextCustomizer;

/**
 * The processor's time that one record may take to be understood. A mapping asks now and then at its calls of functions whether it is over, and gives up with {@link TooCostly}; one that goes
 * too deep ends so too. It is the exchange's: from {@code begin} on all its mappings share it, in the thread that began. What waits, for the ledger or in a queue, uses none of it.
 */
@Unremovable
@ApplicationScoped
@Named("budget")
@RegisterForReflection
public class Budget implements CamelContextCustomizer, StartupListener {

    /** So many calls of functions between two looks at the clock: together some microseconds. */
    private static final int CALLS = 32;
    private static final String BEGUN = "orderweir.budget";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Duration most;
    private final LongSupplier nanos;
    /** Threads that count over each other look a little later, or a little sooner. */
    private int calls;

    /** For the client proxy only. */
    protected Budget() {
        this(null, null);
    }

    @Inject
    public Budget(Settings settings) {
        this(settings.process().budget(), Budget::used);
    }

    Budget(Duration most, LongSupplier nanos) {
        this.most = most;
        this.nanos = nanos;
    }

    @Override
    public void configure(CamelContext camel) {
        try {
            camel.addStartupListener(this);
        } catch (Exception e) {
            throw new IllegalStateException("the mappings cannot be watched", e);
        }
    }

    /** All of jq's functions and ours stand in one scope, which every mapping asks. */
    @Override
    public void onCamelContextStarting(CamelContext camel, boolean alreadyStarted) {
        Scope root = ((JqLanguage) camel.resolveLanguage("jq")).getRootScope();
        Map.copyOf(root.getLocalFunctions()).forEach((name, function) -> root.addFunction(name, watched(function)));
    }

    @Override
    public void onCamelContextStarted(CamelContext camel, boolean alreadyStarted) {
        // they are watched from the start
    }

    public void begin(Exchange exchange) {
        exchange.setProperty(BEGUN, new Begun(Thread.currentThread(), nanos.getAsLong()));
    }

    /** Of this thread, in ns; where nobody counts that, of the clock on the wall. */
    private static long used() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }

    private Function watched(Function function) {
        return (scope, arguments, in, path, output, version) -> {
            if (++calls % CALLS == 0) {
                look(JqFunctions.EXCHANGE_LOCAL.get());
            }
            try {
                function.apply(scope, arguments, in, path, output, version);
            } catch (StackOverflowError deep) {
                // an Error would be caught by nobody, and stop its partition
                throw new TooCostly("it goes deeper than a mapping can follow");
            }
        };
    }

    private void look(Exchange exchange) {
        Begun begun = exchange == null ? null : exchange.getProperty(BEGUN, Begun.class);
        if (begun != null && begun.thread == Thread.currentThread() && nanos.getAsLong() - begun.at > most.toNanos()) {
            throw new TooCostly("it took more than " + most.toMillis() + " ms to be understood");
        }
    }

    private record Begun(Thread thread, long at) {
    }
}
