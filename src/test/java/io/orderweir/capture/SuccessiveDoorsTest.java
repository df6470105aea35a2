package io.orderweir.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.service.ServiceHelper;
import org.junit.jupiter.api.Test;

/** A door is exchanged while somebody is on the threshold: Vert.x has called the consumer, and a thread has not yet begun with the route. */
class SuccessiveDoorsTest {

    /** As Vert.x's: it hands what comes to the steps that it was given, and stops those with itself. */
    private static final class Threshold extends DefaultConsumer implements PlatformHttpConsumer {

        Threshold(Endpoint endpoint, Processor steps) {
            super(endpoint, steps);
        }

        @Override
        public PlatformHttpEndpoint getEndpoint() {
            return (PlatformHttpEndpoint) super.getEndpoint();
        }
    }

    @Test
    void whoeverIsInsideWhenADoorIsShutGoesOn() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            // Given a door
            PlatformHttpComponent usual = new PlatformHttpComponent();
            PlatformHttpEngine engine = (endpoint, steps) -> new Threshold(endpoint, steps);
            usual.setEngine(engine);
            camel.getRegistry().bind("platform-http", usual);
            new SuccessiveDoors().configure(camel);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("platform-http:/capture/acme").routeId("acme.door").to("direct:acme.named");
                    from("direct:acme.named").setBody(constant("taken"));
                }
            });
            camel.start();
            Consumer door = camel.getRoute("acme.door").getConsumer();
            Exchange webhook = new DefaultExchange(camel);
            // When it is shut after somebody has knocked
            ServiceHelper.stopService(door);
            ((DefaultConsumer) door).getProcessor().process(webhook);
            // Then
            assertNull(webhook.getException());
            assertEquals("taken", webhook.getMessage().getBody());
        }
    }
}
