package io.orderweir.hold;

import static io.orderweir.capability.Injected.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.ledger.Captured;
import io.orderweir.type.Types;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** What a correction leaves wrong is told before anything is released. */
class ReplannedTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aFieldThatIsStillWrongForWhatComesAfterIsNoCorrection() throws Exception {
        // Given a hold of the ERP's, whose field the warehouse does not take either as it is now
        String warehouse = "{'connection':'wms','port':'fulfilment','part':'order','after':{'connection':'netsuite','port':'order','part':'order'},'hold':{'path':'%s','sentence':'Shorten it.'}}";
        // When, Then
        assertEquals("Shorten it.", assertThrows(Refused.class, () -> replanned(warehouse.formatted("lineItems[0].sku"))).getMessage());
        // and another field of its own is another hold
        assertTrue(replanned(warehouse.formatted("shippingAddress.city")).contains("Shorten it."));
    }

    private static String replanned(String delivery) throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            Exchange exchange = new DefaultExchange(camel);
            exchange.setVariable("held", Map.of("target", "netsuite", "port", "order", "part", "order", "path", "lineItems[0].sku"));
            exchange.setVariable("captured", new Captured("t", 0, 0, "d", "web", "order", "web/7", "c", "2026-11-21T13:00:00Z", new byte[0]));
            exchange.setVariable("canonical", JSON.createObjectNode().put("externalId", "7").put("updatedAt", "2026-11-21T13:00:00Z").put("name", "#7"));
            exchange.setVariable("deliveries", JSON.readTree("[" + delivery.replace('\'', '"') + "]"));
            exchange.setVariable("message", 1L);
            return with(new Replanned(), Types.packaged()).write(exchange).toString();
        }
    }
}
