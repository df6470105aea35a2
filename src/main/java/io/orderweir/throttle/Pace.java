package io.orderweir.throttle;

import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings.Connection;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.spi.PropertiesFunction;

/**
 * Derives from a connection's limits what the deliver route is paced by, so that a limit stands in one place:
 * {@code {{paceOf:name}}}, milliseconds between two claims, and {@code {{workersOf:name}}}, calls at once.
 */
@Unremovable
@ApplicationScoped
public class Pace implements CamelContextCustomizer {

    /** A replica may claim this much faster than the even drip, to make up for pauses; the permits keep the limit exact. */
    private static final double FASTER = 1.1;
    private static final long LEAST_MILLIS = 5;
    private static final int MOST_WORKERS = 32;

    @Inject
    Connections connections;

    @Override
    public void configure(CamelContext context) {
        context.getPropertiesComponent().addPropertiesFunction(new Derived("paceOf") {
            @Override
            long of(Connection connection) {
                return connection.limits().values().stream().filter(limit -> !limit.window().isZero())
                        .mapToLong(limit -> Math.round(limit.window().toMillis() / (Limits.slots(limit) * FASTER))).reduce(LEAST_MILLIS, Math::max);
            }
        });
        context.getPropertiesComponent().addPropertiesFunction(new Derived("workersOf") {
            @Override
            long of(Connection connection) {
                return connection.limits().values().stream().filter(limit -> limit.window().isZero())
                        .mapToLong(limit -> Math.min(Limits.slots(limit), MOST_WORKERS)).reduce(MOST_WORKERS, Math::min);
            }
        });
    }

    private abstract class Derived implements PropertiesFunction {

        private final String name;

        Derived(String name) {
            this.name = name;
        }

        abstract long of(Connection connection);

        @Override
        public String getName() {
            return name;
        }

        @Override
        public String apply(String connection) {
            // a connection that is not configured has a route that does not start
            return connections.names().contains(connection) ? Long.toString(of(connections.connection(connection))) : "1000";
        }
    }
}
