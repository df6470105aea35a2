package io.orderweir.capture;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.DefaultPlatformHttpConsumer;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.spi.annotations.Component;

/**
 * Lets the door of a connector's next revision open before that of the one before it is shut, so that nobody who knocks meanwhile is turned away. Camel allows one consumer of an
 * address; that no two routes share a door for longer is looked at by {@link RouteCheck} and the check.
 */
@Unremovable
@ApplicationScoped
public class SuccessiveDoors implements CamelContextCustomizer {

    @Override
    public void configure(CamelContext camel) {
        PlatformHttpComponent usual = camel.getRegistry().lookupByNameAndType(PlatformHttpConstants.PLATFORM_HTTP_COMPONENT_NAME, PlatformHttpComponent.class);
        Doors doors = new Doors();
        doors.setEngine(usual.getEngine());
        camel.addComponent(PlatformHttpConstants.PLATFORM_HTTP_COMPONENT_NAME, doors);
    }

    @Component(PlatformHttpConstants.PLATFORM_HTTP_COMPONENT_NAME)
    static final class Doors extends PlatformHttpComponent {

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
            PlatformHttpEndpoint door = new Door(uri, remaining, this);
            door.setPlatformHttpEngine(getEngine());
            setEndpointHeaderFilterStrategy(door);
            setProperties(door, parameters);
            return door;
        }
    }

    private static final class Door extends PlatformHttpEndpoint implements MultipleConsumersSupport {

        Door(String uri, String remaining, Doors doors) {
            super(uri, remaining, doors);
        }

        /** Whoever is inside when the door is shut goes on: its steps end with the route, and not with the consumer, which would stop what it is given. */
        @Override
        public DefaultPlatformHttpConsumer createConsumer(Processor steps) throws Exception {
            return super.createConsumer(steps::process);
        }

        @Override
        public boolean isMultipleConsumersSupported() {
            return true;
        }
    }
}
