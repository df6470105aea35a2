package io.orderweir.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class IdempotencyKeyTest {

    private final IdempotencyKey key = new IdempotencyKey();

    @Test
    void itIsTheUuidOfTheStandard() {
        // the example of RFC 9562, A.4
        assertEquals(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"),
                IdempotencyKey.of(UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com"));
    }

    @Test
    void everyTryOfARequestHasTheSameAndNoOtherHasIt() {
        String first = key.of(request(7, "{\"zip\":\"?\"}"));
        assertEquals(first, key.of(request(7, "{\"zip\":\"?\"}")));
        assertNotEquals(first, key.of(request(8, "{\"zip\":\"?\"}")), "a newer version");
        assertNotEquals(first, key.of(request(7, "{\"zip\":\"62704\"}")), "corrected in the Error Hold bin");
    }

    private static Exchange request(long delivery, String document) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        Map.of("connection", "netsuite", "externalId", "shopify-us-1", "id", delivery, "method", "PUT", "path", "/orders").forEach(exchange::setVariable);
        exchange.getMessage().setBody(document);
        return exchange;
    }
}
