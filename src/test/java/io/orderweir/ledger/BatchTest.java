package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderweir.signature.Seals;
import io.orderweir.wire.ReceivedHeaders;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one record of a captured topic says of itself. */
class BatchTest {

    @ParameterizedTest
    @CsvSource({"2026-11-27T10:00:05.1-05:00,2026-11-27T15:00:05.100Z", "1795791605,2026-11-27T15:00:05Z", "soon,", "9999999999999999999,", "99999999999999,", "-1,", "2036-11-27T15:00:05Z,", ","})
    void theTimeThatASenderSaysIsReadWhereItIsOne(String said, String read) throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            // Given
            Exchange record = new DefaultExchange(camel);
            record.getMessage().setHeader(KafkaConstants.TOPIC, "orderweir.captured.order");
            record.getMessage().setHeader(KafkaConstants.PARTITION, 0);
            record.getMessage().setHeader(KafkaConstants.OFFSET, 7L);
            record.getMessage().setBody("{}".getBytes(UTF_8));
            if (said != null) {
                ReceivedHeaders.keep(record, "triggeredat", said);
            }
            ReceivedHeaders.keep(record, "ce_time", "2026-11-27T15:00:06Z");
            // When
            Captured captured = new Batch(Seals.with()).read(List.of(record)).get(0);
            // Then
            assertEquals(read, captured.triggeredAt());
        }
    }
}
