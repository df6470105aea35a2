package io.orderweir.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxEntraTokensTest {
    private static final String TENANT = "5f8e0a6c-0000-4000-8000-00000000a001";
    private static final String ASKS = "grant_type=client_credentials&scope=https%3A%2F%2Fapi.businesscentral.dynamics.com%2F.default&client_id=5f8e0a6c-0000-4000-8000-00000000b001"
            + "&client_secret=sandbox-business-central-client-secret";

    private final HandClock clock = new HandClock("2026-11-30T13:00:00Z");
    private final EntraTokens tokens = new EntraTokens(Settings.businessCentral(), clock);

    @Test
    void aTokenLivesAnHourToItsOwnEnd() {
        ObjectNode first = tokens.answer(TENANT, ASKS);
        assertEquals("Bearer 3599 3599", first.path("token_type").asText() + " " + first.path("expires_in").asInt() + " " + first.path("ext_expires_in").asInt());
        clock.turn(Duration.ofMinutes(50));
        String second = tokens.answer(TENANT, ASKS).path("access_token").asText();
        assertTrue(tokens.lets(first.path("access_token").asText()));
        clock.turn(Duration.ofSeconds(599));
        assertFalse(tokens.lets(first.path("access_token").asText()), "3,599 s are over");
        assertTrue(tokens.lets(second));
        assertTrue(tokens.lets("sandbox-business-central-token"));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', value = {
        "client_secret=sandbox-business-central-client-secret | client_secret=another    | 401 | invalid_client         | 7000215",
        "&client_secret=sandbox-business-central-client-secret | ''                      | 401 | invalid_client         | 7000218",
        "client_id=5f8e                                        | client_id=6f8e          | 400 | unauthorized_client    | 700016",
        "client_id=                                            | id=                     | 400 | invalid_request        | 900144",
        "client_credentials                                    | password                | 400 | unsupported_grant_type | 70003",
        "%2F.default                                           | %2Fuser_impersonation   | 400 | invalid_scope          | 1002012",
        "api.businesscentral                                   | api.fabrikam            | 400 | invalid_resource       | 500011",
        "scope=                                                | resource=               | 400 | invalid_request        | 900144"})
    void whoIsNotTheApplicationOrAsksForSomethingElseGetsNone(String right, String wrong, int status, String error, int code) {
        Exchange asked = asked(TENANT, ASKS.replace(right, wrong));
        ObjectNode refused = Json.readObject(asked.getMessage().getBody(String.class));
        assertEquals(status + " " + error + " [" + code + "]", asked.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE) + " " + refused.path("error").asText() + " " + refused.path("error_codes"));
        assertTrue(refused.path("error_description").asText().startsWith("AADSTS" + code + ": "), refused.toString());
        assertEquals("2026-11-30 13:00:00Z", refused.path("timestamp").asText());
    }

    @Test
    void anotherTenantGivesNone() {
        ObjectNode refused = tokens.answer("contoso.example", ASKS);
        assertEquals("invalid_request [90002]", refused.path("error").asText() + " " + refused.path("error_codes"));
    }

    @Test
    void aCallIsKnownByABearerTokenThatLives() {
        String token = Json.readObject(asked(TENANT, ASKS).getMessage().getBody(String.class)).path("access_token").asText();
        assertEquals("true true false false", known("Bearer " + token) + " " + known("Bearer sandbox-business-central-token") + " " + known(token) + " " + known("Bearer " + token + "x"));
        clock.turn(Duration.ofHours(1));
        assertFalse(known("Bearer " + token));
    }

    private boolean known(String authorization) {
        Exchange call = exchange("/companies(1)/salesOrders", "");
        call.getMessage().setHeader("Authorization", authorization);
        tokens.check(call);
        assertFalse(call.getVariable("asksForToken", Boolean.class));
        return call.getVariable("known", Boolean.class);
    }

    private Exchange asked(String tenant, String form) {
        Exchange asks = exchange("/" + tenant + "/oauth2/v2.0/token", form);
        tokens.check(asks);
        assertTrue(asks.getVariable("asksForToken", Boolean.class));
        tokens.token(asks);
        return asks;
    }

    private static Exchange exchange(String path, String body) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader(Exchange.HTTP_METHOD, "POST");
        exchange.getMessage().setHeader(Exchange.HTTP_PATH, path);
        exchange.getMessage().setBody(body);
        return exchange;
    }
}
