package io.orderweir.connection;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.spi.PropertiesFunction;

/**
 * Lets a route say when it starts: {@code {{startsIn:process}}} is true in a process that has the role,
 * {@code {{delivers:netsuite}}} in one that delivers and has the connection configured.
 */
@Unremovable
@ApplicationScoped
public class Roles implements CamelContextCustomizer {

    @Inject
    Connections connections;

    @Override
    public void configure(CamelContext context) {
        context.getPropertiesComponent().addPropertiesFunction(new When("startsIn", connections::hasRole));
        context.getPropertiesComponent().addPropertiesFunction(new When("delivers",
                connection -> connections.hasRole("deliver") && connections.names().contains(connection)));
    }

    private record When(String name, Predicate<String> holds) implements PropertiesFunction {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public String apply(String argument) {
            return Boolean.toString(holds.test(argument));
        }
    }
}
