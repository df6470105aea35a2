package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

class PromptReadingTest {

    private static final TopicPartition ORDERS = new TopicPartition("orderweir.captured.order", 0);
    private static final Duration AS_THE_ROUTE_SAYS = Duration.ofMillis(500);

    private final List<Duration> polls = new ArrayList<>();
    private final MockConsumer<Object, Object> broker = new MockConsumer<>("earliest") {
        @Override
        public ConsumerRecords<Object, Object> poll(Duration timeout) {
            polls.add(timeout);
            return super.poll(timeout);
        }
    };
    private final Consumer<Object, Object> consumer = PromptReading.prompt(broker);

    @Test
    void onlyThePollAfterRecordsIsShort() {
        // Given a partition with one record
        consumer.assign(List.of(ORDERS));
        broker.updateBeginningOffsets(Map.of(ORDERS, 0L));
        broker.addRecord(new ConsumerRecord<>(ORDERS.topic(), 0, 0, "1001", "order"));
        // When it is polled four times as the route says
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            found.add(consumer.poll(AS_THE_ROUTE_SAYS).count());
        }
        // Then only the poll that follows the record does not wait
        assertEquals(List.of(1, 0, 0, 0), found);
        assertTrue(polls.get(1).compareTo(Duration.ofMillis(20)) < 0, polls.get(1)::toString);
        polls.remove(1);
        assertEquals(List.of(AS_THE_ROUTE_SAYS, AS_THE_ROUTE_SAYS, AS_THE_ROUTE_SAYS), polls);
    }

    @Test
    void whatTheClientThrowsArrivesAsItIs() {
        // Given a consumer that is woken to be stopped
        consumer.wakeup();
        // When it polls, Then Camel meets the client's own exception and not a wrapper's
        assertThrows(WakeupException.class, () -> consumer.poll(AS_THE_ROUTE_SAYS));
    }
}
