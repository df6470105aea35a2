package io.orderweir.liveness;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Makes an Error in a step of a route a failure of that step, like any exception: whoever catches failures there catches it, and the exchange ends. Camel 4.17 lets one pass
 * through most of its own steps, and it ends the thread of the consumer, which nobody starts again.
 */
@Unremovable
@ApplicationScoped
public class ErrorsAsFailures implements CamelContextCustomizer, InterceptStrategy {

    @Override
    public void configure(CamelContext camel) {
        camel.getCamelContextExtension().addInterceptStrategy(this);
    }

    @Override
    public Processor wrapProcessorInInterceptors(CamelContext camel, NamedNode step, Processor target, Processor next) {
        return new Step(target);
    }

    private static final class Step extends DelegateAsyncProcessor {

        Step(Processor target) {
            super(target);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            try {
                return super.process(exchange, callback);
            } catch (Error failed) {
                exchange.setException(failed);
                callback.done(true);
                return true;
            }
        }
    }
}
