package io.orderweir.connection;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.spi.PropertiesFunction;

/** Lets a route say which role starts it: {@code {{startsIn:process}}} is true in a process that has the role. */
@Unremovable
@ApplicationScoped
public class Roles implements CamelContextCustomizer {

    @Inject
    Connections connections;

    @Override
    public void configure(CamelContext context) {
        context.getPropertiesComponent().addPropertiesFunction(new PropertiesFunction() {
            @Override
            public String getName() {
                return "startsIn";
            }

            @Override
            public String apply(String role) {
                return Boolean.toString(connections.hasRole(role));
            }
        });
    }
}
