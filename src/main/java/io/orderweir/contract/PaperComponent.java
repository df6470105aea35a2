package io.orderweir.contract;

import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** In the place of a component that a server stands behind: whatever its endpoints are sent goes to one function. */
final class PaperComponent extends DefaultComponent {

    private final Consumer<Exchange> server;

    PaperComponent(Consumer<Exchange> server) {
        this.server = server;
        setAutowiredEnabled(false);
    }

    /** What would set the options of the real one cannot set those of this. */
    @Override
    public PropertyConfigurer getComponentPropertyConfigurer() {
        return null;
    }

    @Override
    public PropertyConfigurer getEndpointPropertyConfigurer() {
        return null;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        parameters.clear();
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) {
                        server.accept(exchange);
                    }
                };
            }

            @Override
            public org.apache.camel.Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException("it is sent to, and not read from");
            }
        };
    }
}
