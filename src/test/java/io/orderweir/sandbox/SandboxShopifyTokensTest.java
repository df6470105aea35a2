package io.orderweir.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SandboxShopifyTokensTest {
    private static final String ASKS = "grant_type=client_credentials&client_id=sandbox-shopify-client&client_secret=";

    private final HandClock clock = new HandClock("2026-11-21T13:00:00Z");
    private final ShopifyTokens tokens = new ShopifyTokens(Settings.shopify(), clock);

    @Test
    void aTokenLivesToItsOwnEndWhateverIsGivenLater() {
        ObjectNode first = tokens.answer(ASKS + "sandbox-shopify-client-secret");
        assertEquals(86_399, first.path("expires_in").asInt());
        clock.turn(Duration.ofHours(20));
        String second = tokens.answer(ASKS + "sandbox-shopify-client-secret").path("access_token").asText();
        assertTrue(tokens.lets(first.path("access_token").asText()));
        clock.turn(Duration.ofHours(4));
        assertFalse(tokens.lets(first.path("access_token").asText()));
        assertTrue(tokens.lets(second));
        assertTrue(tokens.lets("sandbox-shopify-token"));
    }

    @Test
    void whoIsNotTheClientGetsNone() {
        assertEquals("invalid_client", tokens.answer(ASKS + "another").path("error").asText());
        assertEquals("unsupported_grant_type", tokens.answer("grant_type=password").path("error").asText());
        assertFalse(tokens.lets(""));
    }
}
