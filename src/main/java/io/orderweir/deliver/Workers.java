package io.orderweir.deliver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.orderweir.connection.Connections;
import io.orderweir.throttle.Limits;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.spi.PropertiesFunction;

/**
 * Counts who is busy with a call, so that never more is taken than can be called now. How many there are for a connection follows from its limits, which
 * stand in one place: {@code {{workersOf:name}}} is that number.
 */
@Unremovable
@ApplicationScoped
@Named("workers")
@RegisterForReflection
public class Workers implements CamelContextCustomizer {

    private static final int MOST = 32;

    private final Map<String, AtomicInteger> busy = new ConcurrentHashMap<>();
    /** When work was last given to somebody who had none, or ended (ns, of this process). */
    private final Map<String, Long> moved = new ConcurrentHashMap<>();

    @Inject
    Connections connections;

    @Override
    public void configure(CamelContext context) {
        context.getPropertiesComponent().addPropertiesFunction(new PropertiesFunction() {
            @Override
            public String getName() {
                return "workersOf";
            }

            @Override
            public String apply(String connection) {
                return Integer.toString(of(connection));
            }
        });
    }

    /** The connections that could be given something now, as sql/deliver/due.sql takes them: JSON array of {connection, limits}. */
    public String idle(Exchange exchange) {
        ArrayNode idle = JsonNodeFactory.instance.arrayNode();
        for (String name : connections.names()) {
            if (exchange.getContext().getRoute("deliver." + name) != null && free(name) > 0 && !connections.inMaintenance(name)) {
                idle.addObject().put("connection", name).put("limits", connections.connection(name).limits().size());
            }
        }
        return idle.toString();
    }

    public int free(String connection) {
        return of(connection) - busy(connection).get();
    }

    public void begin(String connection) {
        if (busy(connection).getAndIncrement() == 0) {
            moved.put(connection, System.nanoTime());
        }
    }

    public void end(String connection) {
        moved.put(connection, System.nanoTime());
        busy(connection).decrementAndGet();
    }

    /** Are there workers of a connection of this name? */
    public boolean have(String connection) {
        return connections.names().contains(connection);
    }

    /** The connections whose workers have ended nothing of what they were given, for so long and the time of a call. */
    public Set<String> still(long now, Duration longest) {
        return moved.entrySet().stream().filter(last -> busy(last.getKey()).get() > 0
                        && now - last.getValue() > longest.plus(connections.connection(last.getKey()).timeout().multipliedBy(2)).toNanos())
                .map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private AtomicInteger busy(String connection) {
        return busy.computeIfAbsent(connection, name -> new AtomicInteger());
    }

    private int of(String connection) {
        // a connection that is not configured has a route that does not start
        return !connections.names().contains(connection) ? 1 : connections.connection(connection).limits().values().stream()
                .filter(limit -> limit.window().isZero()).mapToInt(Limits::slots).reduce(MOST, Math::min);
    }
}
