package io.orderweir.privacy;

import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collections;
import java.util.Objects;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;

/** Takes secrets out of every line of the log, as it is written: message, failure and its causes, in whatever format. */
@Startup
@Singleton
public class ScrubbedLog {

    @Inject
    Scrubber scrubber;

    @PostConstruct
    void begin() {
        // the root is not among the names, and nearly every handler is its
        Stream.concat(Stream.of(""), Collections.list(LogManager.getLogManager().getLoggerNames()).stream()).map(LogManager.getLogManager()::getLogger).filter(Objects::nonNull)
                .map(Logger::getHandlers).flatMap(Stream::of).forEach(this::scrub);
    }

    private void scrub(Handler handler) {
        if (handler.getFormatter() != null && !(handler.getFormatter() instanceof Scrubbed)) {
            handler.setFormatter(new Scrubbed(handler.getFormatter(), scrubber));
        }
        if (handler instanceof ExtHandler outer) {
            for (Handler inner : outer.getHandlers()) {
                scrub(inner);
            }
        }
    }

    /** What another formatter writes, without secrets. */
    static final class Scrubbed extends ExtFormatter {

        private final Formatter own;
        private final Scrubber scrubber;

        Scrubbed(Formatter own, Scrubber scrubber) {
            this.own = own;
            this.scrubber = scrubber;
        }

        @Override
        public String format(ExtLogRecord line) {
            return scrubber.scrub(own.format(line));
        }

        @Override
        public boolean isCallerCalculationRequired() {
            return !(own instanceof ExtFormatter formatter) || formatter.isCallerCalculationRequired();
        }

        @Override
        public String getHead(Handler handler) {
            return own.getHead(handler);
        }

        @Override
        public String getTail(Handler handler) {
            return own.getTail(handler);
        }
    }
}
