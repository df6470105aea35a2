package io.orderweir.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.orderweir.capture.Letterhead;
import io.orderweir.capture.Naming;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every delivery has one name, and all news of one order share a key. */
class CaptureNamingTest {

    private final Naming naming = new Naming(Configured.settings(Map.of()));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"id\":820982911946154508}                                    | 820982911946154508",
        "{\"id\":9223372036854775807}                                   | 9223372036854775807",
        "{\"id\":92233720368547758089}                                  | 92233720368547758089",
        "{\"id\":\"A-1\"}                                               | A-1",
        "{\"id\":\"111-1234567-1234567\"}                               | 111-1234567-1234567",
        "{\"id\":\"Größe 12/#7\"}                                        | Größe 12/#7",
        "{\"customer\":{\"id\":7},\"lines\":[{\"id\":8}],\"id\":9}      | 9",
        "{\"id\":1,\"broken                                             | 1",
    })
    void theTopLevelIdIsKeptAsText(String body, String id) {
        assertEquals("shopify-us/" + id, named(body, "w-1").getVariable("entity"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "not json", "``", "[1]", "{}", "{\"id\":null}", "{\"id\":{}}", "{\"id\":1.5}", "{\"id\":\"a\\u0007b\"}", "{\"id\":\"\"}", "{\"order_edit\":{\"id\":5}}",
    })
    void aBodyWithoutAReadableIdIsItsOwnEntity(String body) {
        assertEquals("shopify-us:orders/create:w-1", named(body, "w-1").getVariable("entity"));
    }

    @Test
    void aByteOrderMarkDoesNotHideTheId() {
        assertEquals("shopify-us/5", named("\uFEFF{\"id\":5}", "w-1").getVariable("entity"));
    }

    @Test
    void aMissingWebhookIdIsReplacedByOneThatIsTheSameForARepeat() {
        Object first = named("{\"id\":5}", null).getVariable("delivery");
        assertEquals(first, named("{\"id\":5}", "\"quoted\"").getVariable("delivery"));
        assertEquals("shopify-us:orders/create:".length() + 64, first.toString().length());
    }

    @Test
    void aMissingOrStrangeTopicIsUnknown() {
        Exchange exchange = received("{\"id\":5}", "w-1");
        exchange.setVariable("topic", "orders/\"create");
        naming.name(exchange);
        assertEquals("unknown", exchange.getVariable("topic"));
        assertEquals("shopify-us:unknown:w-1", exchange.getVariable("delivery"));
    }

    @Test
    void whatAConnectorSaysItIsAboutComesBeforeTheBody() {
        Exchange exchange = received("{\"id\":5}", "w-1");
        exchange.setVariable("about", "msg_1");
        naming.name(exchange);
        assertEquals("shopify-us/msg_1", exchange.getVariable("entity"));
        exchange.setVariable("about", "not\nprintable");
        naming.name(exchange);
        assertEquals("shopify-us/5", exchange.getVariable("entity"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", value = {
        "{\"id\":\"evt_1\",\"data\":{\"type\":\"no\",\"id\":7},\"created\":1700000000,\"type\":\"a.b\"} | a.b | evt_1 | 1700000000",
        "{\"type\":\"a.b\",\"timestamp\":\"2026-11-21T13:00:00Z\",\"data\":[[{}]]}                       | a.b | -     | 2026-11-21T13:00:00Z",
        "{\"type\":\"first\",\"type\":\"second\",\"id\":{\"id\":3},\"created\":1.5}                       | first | -   | -",
        "{\"id\":\"evt_2\",\"type                                                                      | -   | evt_2 | -",
        "[{\"id\":1}]                                                                                 | -   | -     | -",
    })
    void aBodySaysWhatItIsAtItsTopLevel(String body, String kind, String id, String happenedAt) {
        Exchange exchange = received(body, null);
        new Letterhead().read(exchange);
        assertEquals(kind, exchange.getVariable("kind"));
        assertEquals(id, exchange.getVariable("id"));
        assertEquals(happenedAt, exchange.getVariable("happenedAt"));
    }

    @Test
    void whatIsOlderThanAnyRepeatIsFlagged() {
        assertEquals("true", flag(Long.toString(Instant.now().getEpochSecond() - 5 * 3600)));
        assertNull(flag(Long.toString(Instant.now().getEpochSecond() - 3 * 3600)));
        assertNull(flag("99999999999999999999"));
        assertEquals("true", flag(Instant.now().minusSeconds(5 * 3600).toString()));
        assertNull(flag(Instant.now().minusSeconds(3 * 3600).toString()));
        assertNull(flag("yesterday"));
        assertNull(flag(null));
    }

    private Object flag(String triggeredAt) {
        Exchange exchange = received("{\"id\":5}", "w-1");
        exchange.setVariable("triggeredAt", triggeredAt);
        naming.name(exchange);
        return exchange.getVariable("old");
    }

    private Exchange named(String body, String webhookId) {
        Exchange exchange = received(body, webhookId);
        naming.name(exchange);
        return exchange;
    }

    private static Exchange received(String body, String webhookId) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(body.getBytes(StandardCharsets.UTF_8));
        exchange.setVariable("source", "shopify-us");
        exchange.setVariable("topic", "orders/create");
        exchange.setVariable("webhookId", webhookId);
        return exchange;
    }
}
