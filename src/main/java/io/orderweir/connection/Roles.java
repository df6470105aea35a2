package io.orderweir.connection;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.spi.PropertiesFunction;

/**
 * Lets a route say when it starts: {@code {{startsIn:process}}} is true in a process that has the role,
 * {@code {{receives:drawings}}} in one that captures and has the connection configured. {@code {{directoryOf:drawings}}} is where files are dropped for it.
 */
@Unremovable
@ApplicationScoped
public class Roles implements CamelContextCustomizer {

    @Inject
    Connections connections;

    @Override
    public void configure(CamelContext context) {
        add(context, "startsIn", connections::hasRole);
        add(context, "receives", this::receives);
        context.getPropertiesComponent().addPropertiesFunction(new Told("directoryOf",
                connection -> receives(connection) ? connections.setting(connection, "directory") : "not-configured"));
    }

    private boolean receives(String connection) {
        return connections.hasRole("capture") && connections.names().contains(connection);
    }

    private static void add(CamelContext context, String name, Predicate<String> holds) {
        context.getPropertiesComponent().addPropertiesFunction(new Told(name, argument -> Boolean.toString(holds.test(argument))));
    }

    private record Told(String name, UnaryOperator<String> of) implements PropertiesFunction {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public String apply(String argument) {
            return of.apply(argument);
        }
    }
}
