package io.orderweir.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.connection.Settings;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.language.jq.JqLanguage;
import org.apache.camel.spi.CamelContextCustomizer;

/**
 * The time that one record may take to be understood. A mapping asks at every call of a function whether it is over, and gives up with {@link TooCostly}.
 * It is the thread's: a record is understood by one, from {@code begin} to {@code end}.
 */
@Unremovable
@ApplicationScoped
@Named("budget")
@RegisterForReflection
public class Budget implements CamelContextCustomizer {

    /** So many calls of functions between two looks at the clock: together some microseconds. */
    private static final int CALLS = 32;

    private static final class Spent {
        private long until;
        private int calls;
    }

    private final ThreadLocal<Spent> open = new ThreadLocal<>();
    private final Duration most;
    private final LongSupplier nanos;

    /** For the client proxy only. */
    protected Budget() {
        this(null, null);
    }

    @Inject
    public Budget(Settings settings) {
        this(settings.process().budget(), System::nanoTime);
    }

    Budget(Duration most, LongSupplier nanos) {
        this.most = most;
        this.nanos = nanos;
    }

    /** All of jq's functions and ours stand in one scope, which every mapping asks. */
    @Override
    public void configure(CamelContext camel) {
        Scope root = ((JqLanguage) camel.resolveLanguage("jq")).getRootScope();
        Map.copyOf(root.getLocalFunctions()).forEach((name, function) -> root.addFunction(name, watched(function)));
    }

    public void begin() {
        Spent spent = new Spent();
        spent.until = nanos.getAsLong() + most.toNanos();
        open.set(spent);
    }

    public void end() {
        open.remove();
    }

    private Function watched(Function function) {
        return new Function() {
            @Override
            public void apply(Scope scope, List<Expression> arguments, JsonNode in, Path path, PathOutput output, Version version) throws JsonQueryException {
                look();
                function.apply(scope, arguments, in, path, output, version);
            }
        };
    }

    private void look() {
        Spent spent = open.get();
        if (spent != null && ++spent.calls % CALLS == 0 && nanos.getAsLong() - spent.until > 0) {
            throw new TooCostly("it took more than " + most.toMillis() + " ms to be understood");
        }
    }
}
