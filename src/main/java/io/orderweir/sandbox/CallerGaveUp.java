package io.orderweir.sandbox;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/** Lets a call work on only after its caller has gone: the vendor that commits when nobody listens any more. */
@Singleton
@Named("sandboxCallerGaveUp")
@RegisterForReflection
public class CallerGaveUp extends AsyncProcessorSupport {
    private final ScheduledExecutorService timer = Timers.named("sandbox-late", 2);

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Call call = exchange.getProperty("call", Call.class);
        AtomicBoolean waiting = new AtomicBoolean(true);
        Runnable goOn = () -> {
            if (waiting.compareAndSet(true, false)) {
                callback.done(false);
            }
        };
        int settle = call.vendor.below(call.vendor.settings.number("settleMs"));
        call.whenDeparted(() -> timer.schedule(goOn, settle, TimeUnit.MILLISECONDS));
        timer.schedule(goOn, call.vendor.settings.number("silenceDelayMs"), TimeUnit.MILLISECONDS);
        return false;
    }

    @PreDestroy
    void endTimer() {
        timer.shutdownNow();
    }
}
