package io.orderweir.capture;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Named;
import java.sql.Timestamp;
import java.util.List;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Asks the broker what time it is: with {@code message.timestamp.type = LogAppendTime} it answers each record with its own time (kafka.apache.org, topic configs). */
@ApplicationScoped
@Named("brokerClock")
@RegisterForReflection
public class BrokerClock {

    private static final double MOST_SECONDS = 2;

    private volatile double seconds = Double.NaN;

    void measure(@Observes StartupEvent start, MeterRegistry metrics) {
        Gauge.builder("orderweir.clock.skew", () -> seconds).baseUnit("seconds").tag("of", "broker").register(metrics);
    }

    /** In: the header with what was answered to a record. Out: variable told, a time stamp. */
    public void told(Exchange exchange) {
        List<?> answered = exchange.getMessage().getHeader(KafkaConstants.KAFKA_RECORD_META, List.class);
        exchange.setVariable("told", new Timestamp(((RecordMetadata) answered.get(0)).timestamp()));
    }

    /** In: variable skew (s). Whether it is more than the two seconds that the database's clock has, too; the metric orderweir.clock.skew has it. */
    public boolean differs(Exchange exchange) {
        seconds = exchange.getVariable("skew", Double.class);
        return Math.abs(seconds) > MOST_SECONDS;
    }

    /** In: variable skew (s; above 0 the broker is ahead). Out: the body, and variables source and type. */
    public void write(Exchange exchange) {
        double skew = exchange.getVariable("skew", Double.class);
        News.write(exchange, "clock", "clock|capture", "capture", String.format(Locale.ROOT, "The clock of a machine that runs capture is %.1f s %s that of the broker. Webhooks that sign their time are judged by it: set it.",
                Math.abs(skew), skew > 0 ? "behind" : "ahead of"));
    }
}
