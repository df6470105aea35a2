package io.orderweir.hold;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Stream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** Remembers in which step of which route something failed, the innermost one, for whoever has to go there. */
@Unremovable
@ApplicationScoped
public class FailedStep implements CamelContextCustomizer, InterceptStrategy {

    private static final String SEEN = "orderweir.failed-step";

    private record Failed(NamedNode step, Throwable thrown) {

        boolean isOf(Throwable other) {
            return Stream.iterate(other, cause -> cause != null, Throwable::getCause).anyMatch(cause -> cause == thrown);
        }
    }

    /** The step in which this failure arose; null when nobody saw it. */
    static NamedNode of(Exchange exchange, Throwable thrown) {
        Failed failed = exchange.getProperty(SEEN, Failed.class);
        return failed != null && failed.isOf(thrown) ? failed.step : null;
    }

    @Override
    public void configure(CamelContext camel) {
        camel.getCamelContextExtension().addInterceptStrategy(this);
    }

    @Override
    public Processor wrapProcessorInInterceptors(CamelContext camel, NamedNode step, Processor target, Processor next) {
        return new Step(step, target);
    }

    private static final class Step extends DelegateAsyncProcessor {

        private final NamedNode step;

        Step(NamedNode step, Processor target) {
            super(target);
            this.step = step;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            return super.process(exchange, done -> {
                Throwable thrown = exchange.getException();
                if (thrown != null && of(exchange, thrown) == null) {
                    exchange.setProperty(SEEN, new Failed(step, thrown));
                }
                callback.done(done);
            });
        }
    }
}
