package io.orderweir.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.orderweir.capture.News;
import io.orderweir.capture.Refusal;
import io.orderweir.capture.Refusals;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sender that is turned away too often is told of before it gives up, and one that was never heard of is not. */
class RefusalsTest {

    private static final Refusals.Cause UNSIGNED = new Refusals.Cause("web", Refusal.UNSIGNED);
    private static final Refusals.Cause NOT_KEPT = new Refusals.Cause("web", Refusal.NOT_KEPT);

    private Instant now = Instant.parse("2026-11-27T03:00:00Z");
    private final Refusals refusals = new Refusals(Configured.connections(Map.of("orderweir.connections.web.system", "shopify", "orderweir.connections.web.secrets", "hush")),
            ((InstantSource) () -> now).withZone(ZoneOffset.UTC));

    @Test
    void fiveInARowAreToldHoweverLongTheyTook() {
        // Given a quiet shop whose secret was changed
        for (int tries = 1; tries <= 5; tries++) {
            assertEquals(List.of(), refusals.due());
            now = now.plus(Duration.ofMinutes(40));
            answered("401", "UNSIGNED");
        }
        // Then
        assertEquals(List.of(UNSIGNED), refusals.due());
        assertEquals("web: 5 webhooks one after the other were refused: no secret of orderweir.connections.web.secrets made their signature. "
                + "Put the secret that the sender signs with there, beside the old one if both are in use.", sentence());
    }

    @Test
    void oneThatIsTakenBetweenThemEndsTheRowAndThirtyWithinTenMinutesAreToldAllTheSame() {
        for (int tries = 1; tries <= 29; tries++) {
            answered("401", "UNSIGNED");
            answered("202", null);
        }
        assertEquals(List.of(), refusals.due());
        // When
        answered("401", "UNSIGNED");
        // Then
        assertEquals(List.of(UNSIGNED), refusals.due());
        // and one in the next ten minutes is not the thirty-first
        now = now.plus(Duration.ofMinutes(10));
        answered("202", null);
        answered("401", "UNSIGNED");
        assertEquals(List.of(), refusals.due());
    }

    @Test
    void whatGoesOnIsToldAgainAfterTenMinutesAndWhatDoesNotIsNot() {
        for (int tries = 1; tries <= 5; tries++) {
            answered("503", "NOT_KEPT");
        }
        // a broker that is away cannot be told either, so it stays due
        assertEquals(List.of(NOT_KEPT), refusals.due());
        assertEquals(List.of(NOT_KEPT), refusals.due());
        // When
        refusals.told(NOT_KEPT);
        answered("503", "NOT_KEPT");
        // Then
        assertEquals(List.of(), refusals.due());
        now = now.plus(Duration.ofMinutes(10));
        assertEquals(List.of(NOT_KEPT), refusals.due());
        refusals.told(NOT_KEPT);
        now = now.plus(Duration.ofMinutes(10));
        assertEquals(List.of(), refusals.due());
    }

    @Test
    void aNameThatNobodyConfiguredIsNotCounted() {
        for (int tries = 1; tries <= 100; tries++) {
            refusals.count("guess-" + tries % 7, Refusal.UNSIGNED);
        }
        assertEquals(List.of(), refusals.due());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "{}", "not JSON", "[1]", "{\"cause\":7}"})
    void aRecordOfSomebodyElseIsNoNews(String body) {
        Exchange news = exchange();
        news.getMessage().setBody(body);
        new News().read(news);
        assertNull(news.getVariable("cause"));
    }

    private String sentence() {
        Exchange news = exchange();
        news.getMessage().setBody(UNSIGNED);
        refusals.write(news);
        new News().read(news);
        return news.getVariable("sentence", String.class);
    }

    private void answered(String status, String refusal) {
        Exchange exchange = exchange();
        exchange.setVariable("source", "web");
        exchange.setVariable("status", status);
        exchange.setVariable("refusal", refusal);
        refusals.answered(exchange);
    }

    private static Exchange exchange() {
        return new DefaultExchange(new DefaultCamelContext());
    }
}
