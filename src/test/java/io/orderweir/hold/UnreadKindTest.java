package io.orderweir.hold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.orderweir.capability.Configured;
import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.ledger.Captured;
import io.orderweir.type.Types;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event that says its kind, and nobody reads that kind, costs no person's time; one that does not say it is looked at. */
class UnreadKindTest {

    @ParameterizedTest
    @ValueSource(strings = {"stripe-us:payout.paid:evt_2", "web-us:carts/update:w-1", "factory-leeds:capacity.changed:msg:3"})
    void aKindThatNobodyReadsIsOnlyNoted(String delivery) {
        // When
        Exchange exchange = unread(delivery);

        // Then
        assertEquals("no connector reads events of the kind " + delivery.split(":")[1], exchange.getVariable("note"));
        assertNull(exchange.getVariable("hold"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"web-us:unknown:w-1", "stripe-us:unknown:0a1b", "orderweir.captured.unknown/3/17", "other:carts/update:w-1"})
    void whatDoesNotSayItsKindWaitsForAPerson(String delivery) {
        // When
        Exchange exchange = unread(delivery);

        // Then
        assertEquals("unknown-topic", exchange.getVariable("hold", JsonNode.class).path("reason").textValue());
        assertNull(exchange.getVariable("note"));
    }

    @Test
    void aTypeNobodyDeclaredWaitsForAPersonWhoReadsWhatToDo() {
        // When
        Exchange exchange = unread("acme-shop:stock/changed:w-1", "stock");

        // Then
        assertEquals("unknown-type", exchange.getVariable("hold", JsonNode.class).path("reason").textValue());
        assertEquals("The connector of acme-shop captures events of the type 'stock', which nobody reads; there are order, product and signal. An integrator mounts a"
                + " folder of that name with orderweir.types.dir, and releases it; or corrects the variable type in its route that calls direct:capture, and the sender sends it again. Then discard this.", exchange.getVariable("sentence"));
        assertNull(exchange.getVariable("note"));
    }

    @Test
    void aNoteIsNoReasonToTellAnybody() {
        assertNull(unread("stripe-us:payout.paid:evt_2").getVariable("sentence"));
    }

    private static Exchange unread(String delivery) {
        return unread(delivery, "unknown");
    }

    private static Exchange unread(String delivery, String type) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        String connection = delivery.startsWith("other") ? "web-us" : delivery.split("[:/]")[0];
        exchange.setVariable("captured", new Captured("orderweir.captured.unknown", 3, 17, delivery, connection, type, delivery, "c", "2026-11-21T13:00:00Z", new byte[0]));
        Refuse refuse = new Refuse();
        refuse.types = Types.packaged();
        refuse.sentence = new Sentence(Configured.connectors(Map.of()));
        refuse.unknownType(exchange);
        return exchange;
    }
}
