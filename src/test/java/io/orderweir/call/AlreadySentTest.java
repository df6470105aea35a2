package io.orderweir.call;

import static io.orderweir.capability.Injected.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Behind a look an update is left out only where the look has seen the very request that would be made. */
class AlreadySentTest {

    private static final String BODY = "{\"reference\":\"SHOP-1\",\"lines\":[{\"sku\":\"A\",\"quantity\":2}]}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "update | {\"there\":{\"lines\":[{\"quantity\":2,\"sku\":\"A\"}],\"reference\":\"SHOP-1\"}}                  | true",
            "create | {\"there\":{\"lines\":[{\"quantity\":2,\"sku\":\"A\"}],\"reference\":\"SHOP-1\"}}                  | false",
            "update | {\"there\":{\"lines\":[{\"quantity\":3,\"sku\":\"A\"}],\"reference\":\"SHOP-1\"}}                  | false",
            // what is there and is not said any more is to be taken away
            "update | {\"there\":{\"lines\":[{\"quantity\":2,\"sku\":\"A\"}],\"reference\":\"SHOP-1\",\"phone\":\"1\"}}  | false",
            "update | {}                                                                                                 | false",
            "update | {\"there\":null}                                                                                   | false",
            // another request than the look has seen was the last that the target took
            "update | {\"there\":{\"lines\":[]}}                                                                         | false"})
    void whatTheLookHasSeenDecides(String verb, String found, boolean left) throws Exception {
        // Given
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        Map.of("verb", verb, "method", "PUT", "path", "/fulfilments/F1", "remoteId", "F1", "found", found).forEach(exchange::setVariable);
        exchange.getMessage().setBody(BODY);
        AlreadySent alreadySent = with(new AlreadySent(), new ObjectMapper());
        // When
        boolean nothingNew = false;
        try {
            alreadySent.leaveOut(exchange);
        } catch (NothingNew same) {
            nothingNew = true;
        }
        // Then
        assertEquals(left, nothingNew);
    }
}
