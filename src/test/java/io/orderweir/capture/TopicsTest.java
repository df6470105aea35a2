package io.orderweir.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.type.Types;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is captured goes to the topic of its type, and process reads the topics of its own prefix, whatever their types are called. */
class TopicsTest {

    @ParameterizedTest
    @CsvSource({"'', orderweir.captured.order", "'', orderweir.captured.a-type-of-mine", "eu., eu.orderweir.captured.unknown", "eu-1_a., eu-1_a.orderweir.captured.price"})
    void everyCapturedTopicOfAPrefixIsRead(String prefix, String topic) {
        assertTrue(topic.matches(Topics.pattern(prefix)), topic);
    }

    @ParameterizedTest
    @CsvSource({"'', eu.orderweir.captured.order", "'', orderweir.news", "'', orderweirXcaptured.order", "eu., euXorderweir.captured.order", "eu., new-eu.orderweir.captured.order", "eu., orderweir.captured.order",
            "eu., eu.orderweir.news"})
    void noTopicOfAnotherIs(String prefix, String topic) {
        assertFalse(topic.matches(Topics.pattern(prefix)), topic);
    }

    @Test
    void whatNobodyDeclaredGoesWhereItIsHeld() {
        Topics topics = new Topics(null, Types.in("src/test/resources/types"));
        assertEquals("order", topics.of(event("order")));
        assertEquals("price", topics.of(event("price")));
        assertEquals("unknown", topics.of(event("stock")));
        assertEquals("unknown", topics.of(event("unknown")));
        assertEquals("unknown", topics.of(event(null)));
    }

    private static Exchange event(String type) {
        Exchange event = new DefaultExchange(new DefaultCamelContext());
        event.setVariable("type", type);
        return event;
    }
}
