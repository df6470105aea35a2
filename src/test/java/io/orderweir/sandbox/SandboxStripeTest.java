package io.orderweir.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class SandboxStripeTest {
    private static final long NOW = 1_795_000_000L;

    private final Settings settings = Settings.stripe();
    private final StripeBooks books = new StripeBooks(settings);

    @Test
    void aPaymentSucceedsWithItsOrderAndItsCharge() {
        // When
        ObjectNode event = pay(1_250, "USD");

        // Then
        assertTrue(event.path("id").asText().matches("evt_[0-9a-f]{24}"));
        assertEquals("event", event.path("object").asText());
        assertEquals("payment_intent.succeeded", event.path("type").asText());
        assertEquals(NOW, event.path("created").asLong());
        assertFalse(event.path("livemode").asBoolean(true));
        JsonNode intent = object(event);
        assertEquals("payment_intent", intent.path("object").asText());
        assertEquals(1_250, intent.path("amount_received").asInt());
        assertEquals("usd", intent.path("currency").asText());
        assertEquals("#1201", intent.path("metadata").path("order").asText());
        assertTrue(intent.path("latest_charge").asText().startsWith("ch_"));
        assertEquals("succeeded", intent.path("status").asText());
        assertNotEquals(event.path("id"), pay(1_250, "usd").path("id"));
    }

    @Test
    void refundsOfAChargeAddUp() {
        // Given
        String charge = chargeOf(pay(1_250, "usd"));

        // When
        JsonNode part = object(books.refund(books.charge(charge), 500L, NOW));
        ObjectNode rest = books.refund(books.charge("#1201"), null, NOW + 1);

        // Then
        assertEquals(500, part.path("amount_refunded").asInt());
        assertFalse(part.path("refunded").asBoolean());
        assertEquals("charge.refunded", rest.path("type").asText());
        assertEquals(charge, object(rest).path("id").asText());
        assertEquals(1_250, object(rest).path("amount_refunded").asInt());
        assertEquals(500, rest.path("data").path("previous_attributes").path("amount_refunded").asInt());
        assertTrue(object(rest).path("refunded").asBoolean());
        assertEquals("#1201", object(rest).path("metadata").path("order").asText());
        assertThrows(IllegalArgumentException.class, () -> books.refund(books.charge(charge), null, NOW));
    }

    @Test
    void aDisputeNamesItsChargeAndNoOrderUntilATestSaysOtherwise() {
        // Given
        ObjectNode paid = pay(1_250, "usd");
        String charge = chargeOf(paid);

        // When
        ObjectNode opened = books.dispute(books.charge(charge), null, "fraudulent", Json.object(), false, NOW);

        // Then
        assertEquals("charge.dispute.created", opened.path("type").asText());
        assertEquals(charge, object(opened).path("charge").asText());
        assertEquals(object(paid).path("id"), object(opened).path("payment_intent"));
        assertEquals(1_250, object(opened).path("amount").asInt());
        assertEquals(0, object(opened).path("metadata").size());
        assertThrows(IllegalArgumentException.class, () -> books.refund(books.charge(charge), 1L, NOW));
        assertThrows(IllegalArgumentException.class, () -> books.dispute(books.charge(charge), null, "general", Json.object(), false, NOW));

        // and closed with the charge expanded
        JsonNode closed = object(books.close(books.charge(charge), true, true, NOW + 9));
        assertEquals("won", closed.path("status").asText());
        assertEquals("#1201", closed.path("charge").path("metadata").path("order").asText());
        assertThrows(IllegalArgumentException.class, () -> books.close(books.charge(charge), false, false, NOW));
    }

    @Test
    void aLostDisputeIsLost() {
        String charge = chargeOf(pay(1_250, "usd"));
        books.dispute(books.charge(charge), 250L, "general", Json.object().put("order", "#1201"), false, NOW);
        JsonNode closed = object(books.close(books.charge(charge), false, false, NOW));
        assertEquals("lost", closed.path("status").asText());
        assertEquals("#1201", closed.path("metadata").path("order").asText());
        assertEquals("lost", books.record(charge).path("dispute").path("status").asText());
    }

    @Test
    void whatStripeWouldRefuseIsRefused() {
        pay(1_250, "usd");
        pay(1_250, "usd");
        assertThrows(IllegalArgumentException.class, () -> pay(0, "usd"));
        assertThrows(IllegalArgumentException.class, () -> pay(1, "dollar"));
        assertThrows(IllegalArgumentException.class, () -> books.charge("#9"));
        assertEquals("There is more than one charge under '#1201'.", assertThrows(IllegalArgumentException.class, () -> books.charge("#1201")).getMessage());
        assertNull(books.record("#1201"));
        assertThrows(IllegalArgumentException.class, () -> books.event("evt_none"));
        assertEquals(2, books.report(true).path("records").size());
    }

    @Test
    void anEventOfAnyTypeIsSentAsItIsAndCanBeSentAgain() {
        // Given
        settings.use(settings.checked(Json.readObject("{\"livemode\":true}")));

        // When
        ObjectNode other = books.other("customer.created", Json.readObject("{\"id\":\"cus_1\",\"object\":\"customer\"}"), NOW);

        // Then
        assertTrue(other.path("livemode").asBoolean());
        assertEquals("cus_1", object(other).path("id").asText());
        assertEquals(other, books.event(other.path("id").asText()));
        assertTrue(object(pay(1, "jpy")).path("livemode").asBoolean());
    }

    private ObjectNode pay(long amount, String currency) {
        return books.pay(amount, currency, Json.object().put("order", "#1201"), NOW);
    }

    private static JsonNode object(ObjectNode event) {
        return event.path("data").path("object");
    }

    private static String chargeOf(ObjectNode paid) {
        return object(paid).path("latest_charge").asText();
    }
}
