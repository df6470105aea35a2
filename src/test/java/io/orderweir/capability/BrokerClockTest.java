package io.orderweir.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.alert.Skew;
import io.orderweir.capture.BrokerClock;
import io.orderweir.capture.News;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A door whose clock is wrong refuses good senders: it is told before they are lost. */
class BrokerClockTest {

    private final BrokerClock broker = new BrokerClock();
    private Instant now = Instant.parse("2026-11-27T03:00:00Z");

    @Test
    void aSlowAnswerIsNoDifference() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setVariable("skew", -2.0);
        assertFalse(broker.differs(exchange));
    }

    @ParameterizedTest
    @CsvSource({"7250, 7.2 s behind", "-3000, 3.0 s ahead of"})
    void howFarTheBrokersAnswerLiesOutsideTheQuestionIsTold(long millis, String words) {
        // Given an answer that took a while
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        Skew skew = new Skew(((InstantSource) () -> now).withZone(ZoneOffset.UTC));
        skew.begin(exchange);
        exchange.getMessage().setHeader(KafkaConstants.KAFKA_RECORD_META, List.of(new RecordMetadata(new TopicPartition("news", 0), 0, 0, now.plusMillis(millis).toEpochMilli(), 0, 0)));
        now = now.plusMillis(50);
        // When
        broker.told(exchange);
        skew.end(exchange);
        assertTrue(broker.differs(exchange));
        broker.write(exchange);
        new News().read(exchange);
        // Then
        assertEquals("The clock of a machine that runs capture is " + words + " that of the broker. Webhooks that sign their time are judged by it: set it.", exchange.getVariable("sentence"));
        assertEquals("clock|capture", exchange.getVariable("cause"));
    }
}
