package io.orderweir.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.capability.Configured;
import io.orderweir.type.Types;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** Who is told of what and when, as it is configured; and whose clock is wrong. */
class AlertTermsTest {

    private static final Map<String, String> KEYS = Map.of("orderweir.connections.chat.system", "slack", "orderweir.connections.chat.url", "http://127.0.0.1:9",
            "orderweir.connections.chat.limits.second.calls", "1", "orderweir.connections.chat.limits.second.window", "1S",
            "orderweir.alerts.quiet", "daily 22:00-06:00", "orderweir.alerts.zone", "Europe/Berlin", "orderweir.alerts.url", "https://console.example.com/",
            "orderweir.alerts.channels.ops.connection", "chat", "orderweir.alerts.channels.ops.kinds", "hold,auth");

    @Test
    void quietHoursAreThoseOfTheirZone() {
        assertTrue(alerts("2026-07-01T20:00:00Z").quiet(), "22:00 in Berlin");
        assertTrue(alerts("2026-07-02T03:59:00Z").quiet());
        assertFalse(alerts("2026-07-02T04:00:00Z").quiet());
        assertFalse(alerts("2026-07-01T19:59:00Z").quiet());
    }

    @Test
    void theTermsSayWhoIsTold() throws Exception {
        JsonNode terms = new ObjectMapper().readTree(alerts("2026-07-01T12:00:00Z").terms(exchange()));
        assertEquals("{\"channel\":\"ops\",\"connection\":\"chat\",\"system\":\"slack\",\"recipient\":null,\"step\":1,\"kinds\":[\"hold\",\"auth\"]}",
                terms.path("channels").path(0).toString());
        assertEquals("[{\"type\":\"order\",\"seconds\":900.0}]", terms.path("objectives").toString());
        assertEquals("https://console.example.com", terms.path("url").asText());
        assertEquals("[{\"connection\":\"chat\",\"limits\":1,\"settles\":30.0,\"lease\":18.0}]", alerts("2026-07-01T12:00:00Z").accounts("slack"));
    }

    @Test
    void theTermsSayWhatEndsOfWhatAnAccountUses() throws Exception {
        // Given stores that say a version, and one that says none; one is never called
        Map<String, String> keys = new HashMap<>(KEYS);
        keys.putAll(Map.of("orderweir.connections.old.settings.api-version", "2026-01", "orderweir.connections.new.settings.api-version", "2099-01",
                "orderweir.connections.door.system", "shopify", "orderweir.connections.door.secrets", "secret-of-the-door"));
        for (String shop : List.of("old", "new", "plain")) {
            keys.put("orderweir.connections." + shop + ".system", "shopify");
            keys.put("orderweir.connections." + shop + ".url", "http://127.0.0.1:9");
            keys.put("orderweir.connections." + shop + ".credentials.token", "t");
        }
        keys.putAll(Map.of("orderweir.connections.erp.system", "netsuite", "orderweir.connections.erp.url", "http://127.0.0.1:9"));
        for (String called : List.of("old", "new", "plain", "erp")) {
            keys.put("orderweir.connections." + called + ".limits.second.calls", "1");
            keys.put("orderweir.connections." + called + ".limits.second.window", "1S");
        }
        List.of("account", "consumer-key", "consumer-secret", "token-id", "token-secret").forEach(name -> keys.put("orderweir.connections.erp.credentials." + name, "x"));
        Alerts alerts = new Alerts(Configured.settings(KEYS), Configured.connections(keys), Types.packaged(), Clock.systemUTC());
        // When
        JsonNode ends = new ObjectMapper().readTree(alerts.terms(exchange())).path("ends");
        // Then
        Map<String, String> first = new TreeMap<>();
        ends.forEach(end -> first.putIfAbsent(end.path("connection").asText(), end.path("on").asText() + " " + end.path("what").asText()));
        assertEquals(Map.of("old", "2027-01-01 API version 2026-01", "plain", "2027-04-01 API version 2026-04", "erp", "2027-02-01 token-based authentication of new integrations"), first);
        assertEquals("NetSuite", ends.findParents("label").stream().filter(end -> end.path("connection").asText().equals("erp")).findFirst().orElseThrow().path("label").asText());
    }

    @Test
    void aChannelThatLeadsNowhereRefusesTheStart() {
        for (String wrong : List.of("orderweir.alerts.channels.ops.connection=nobody", "orderweir.alerts.channels.ops.kinds=holds", "orderweir.alerts.channels.ops.step=0",
                "orderweir.alerts.urgent=fire", "orderweir.alerts.disk-free=100", "orderweir.alerts.quite=daily 22:00-06:00")) {
            Map<String, String> keys = new HashMap<>(KEYS);
            keys.put(wrong.split("=")[0], wrong.split("=")[1]);
            String sentence = assertThrows(IllegalStateException.class, () -> Configured.connections(keys), wrong).getMessage();
            assertTrue(sentence.contains(wrong.split("=")[0]), sentence);
        }
    }

    @Test
    void aSlowAnswerIsNoWrongClock() {
        assertEquals(0.0, skew("2026-07-01T12:00:00Z", "2026-07-01T12:00:03Z", "2026-07-01T12:00:05Z"));
        assertEquals(4.0, skew("2026-07-01T12:00:00Z", "2026-07-01T12:00:05Z", "2026-07-01T12:00:01Z"));
        assertEquals(-3.0, skew("2026-07-01T12:00:03Z", "2026-07-01T12:00:00Z", "2026-07-01T12:00:04Z"));
    }

    private static double skew(String asked, String told, String now) {
        Exchange exchange = exchange();
        new Skew(Clock.fixed(Instant.parse(asked), ZoneOffset.UTC)).begin(exchange);
        exchange.setVariable("told", Timestamp.from(Instant.parse(told)));
        new Skew(Clock.fixed(Instant.parse(now), ZoneOffset.UTC)).end(exchange);
        return exchange.getVariable("skew", Double.class);
    }

    private static Alerts alerts(String now) {
        return new Alerts(Configured.settings(KEYS), Configured.connections(KEYS), Types.packaged(), Clock.fixed(Instant.parse(now), ZoneOffset.UTC));
    }

    private static Exchange exchange() {
        return new DefaultExchange(new DefaultCamelContext());
    }
}
