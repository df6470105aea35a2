package io.orderweir.signin;

import static io.orderweir.capability.Injected.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.capability.Configured;
import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings;
import io.orderweir.privacy.Scrubber;
import io.orderweir.signature.TokenBasedAuth;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** L13: calls are signed as the descriptor of their system says, and nothing of a token is kept, logged or shown in the clear. */
class SignInTest {

    private static final String OLD = "0".repeat(64);
    private static final String NEW = "1".repeat(64);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "shpat-a-token-of-a-day";

    private static final String KEY = elliptic();

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    void eachKindSaysWhoCallsInItsHeader() throws Exception {
        assertEquals("Bearer the-token", signed("wms", Map.of("token", "the-token"), "Authorization"));
        assertEquals("the-token", signed("shopify", Map.of("token", "the-token"), "X-Shopify-Access-Token"));
        assertEquals("Basic " + Base64.getEncoder().encodeToString("AC1:auth".getBytes()), signed("twilio", Map.of("account-sid", "AC1", "auth-token", "auth"), "Authorization"));
        exchange.setVariable("method", "GET");
        exchange.setVariable("path", "/x");
        assertTrue(signed("netsuite", Map.of("account", "1_sb1", "consumer-key", "c", "consumer-secret", "d", "token-id", "t", "token-secret", "u"), "Authorization").startsWith("OAuth realm=\"1_SB1\", "));
        // one that has all credentials of the second way is signed in that way
        assertEquals(TOKEN, signed("shopify", Map.of("client-id", "id", "client-secret", "the-secret"), "X-Shopify-Access-Token"));
        assertEquals(7, exchange.getVariable("tokenNumber", Long.class));
        assertEquals("Bearer " + TOKEN, signed("netsuite", Map.of("client-id", "id", "certificate-id", "certificate", "private-key", "-----BEGIN PRIVATE KEY-----\n" + KEY + "\n-----END PRIVATE KEY-----"), "Authorization"));
        // and the call that asks for a token is made without one
        exchange.setVariable("verb", "token");
        assertNull(signed("shopify", Map.of("client-id", "id", "client-secret", "the-secret"), "X-Shopify-Access-Token"));
    }

    @Test
    void withoutATokenThatLivesNothingIsSent() throws Exception {
        SignIn signIn = with(new SignIn(), connections("shopify", Map.of("client-id", "id", "client-secret", "the-secret")), new Given(null), new TokenBasedAuth());
        exchange.setVariable("connection", "acme");
        signIn.sign(exchange);
        assertEquals(true, exchange.getVariable("unsigned"));
        // a dry run shows a word
        exchange.setVariable("dryRun", "true");
        signIn.sign(exchange);
        assertNull(exchange.getVariable("unsigned"));
        assertEquals("(token)", exchange.getMessage().getHeader("X-Shopify-Access-Token"));
    }

    @Test
    void aCallThatIsRefusedIsMadeOnceMoreWithAnotherToken() throws Exception {
        SignIn signIn = with(new SignIn(), connections("shopify", Map.of("client-id", "id", "client-secret", "the-secret")), new Given(TOKEN), new TokenBasedAuth());
        exchange.setVariable("connection", "acme");
        signIn.sign(exchange);
        exchange.setVariable("status", 401);
        assertTrue(signIn.renews(exchange));
        exchange.setVariable("aside", "renewed");
        assertFalse(signIn.renews(exchange));
        exchange.removeVariable("aside");
        // a role that may not is no token that ended
        exchange.setVariable("status", 403);
        assertFalse(signIn.renews(exchange));
    }

    @Test
    void aTokenIsAskedForAndSealedAndTheKeyMayBeChanged() throws Exception {
        // Given
        Map<String, String> credentials = Map.of("client-id", "the client", "client-secret", "s3cret&more");
        Scrubber scrubber = new Scrubber(List.of());
        TokenRequest before = request(scrubber, credentials, OLD);
        exchange.setVariable("connection", "acme");
        exchange.setVariable("label", "Acme");
        exchange.setVariable("url", "https://acme.example");
        // When
        before.ask(exchange);
        // Then
        assertEquals(List.of("https://acme.example", "POST", "/admin/oauth/access_token"), List.of(exchange.getVariable("url"), exchange.getVariable("method"), exchange.getVariable("path")));
        assertEquals("grant_type=client_credentials&client_id=the+client&client_secret=s3cret%26more", exchange.getMessage().getBody(String.class));
        // When it is given
        exchange.setVariable("verb", "token");
        exchange.setVariable("status", 200);
        exchange.setVariable("outcome", "done");
        exchange.setVariable("answer", "{\"access_token\":\"" + TOKEN + "\",\"scope\":\"write_orders\",\"expires_in\":86399}");
        before.keep(exchange);
        before.answered(exchange);
        // Then it is sealed, and in no text any more
        String found = exchange.getVariable("found", String.class);
        assertFalse(found.contains(TOKEN));
        assertFalse(scrubber.scrub(exchange.getVariable("answer", String.class)).contains(TOKEN));
        JsonNode token = JSON.readTree(found);
        assertEquals(86_399, token.path("lives").asInt());
        byte[] sealed = token.path("sealed").binaryValue();
        // and opened when another key seals, by no other connection, and by nobody without the key
        TokenSeal rotated = seal(credentials, NEW + "," + OLD);
        String key = token.path("key").asText();
        assertEquals(TOKEN, rotated.open("acme", "token", key, sealed));
        assertFalse(rotated.names().get(0).equals(key));
        assertThrows(IllegalStateException.class, () -> rotated.open("other", "token", key, sealed));
        assertTrue(assertThrows(IllegalStateException.class, () -> seal(credentials, NEW).open("acme", "token", key, sealed)).getMessage().contains("none of orderweir.tokens.keys"));
    }

    @Test
    void aRefusalHoldsNobodyAndSaysWhereTheCredentialsAre() throws Exception {
        TokenRequest request = request(new Scrubber(List.of()), Map.of("client-id", "id", "client-secret", "the-secret"), OLD);
        exchange.setVariable("connection", "acme");
        exchange.setVariable("label", "Acme");
        exchange.setVariable("outcome", "pause");
        exchange.setVariable("status", 401);
        exchange.setVariable("answer", "{\"error\":\"invalid_client\"}");
        request.answered(exchange);
        assertEquals("hold", exchange.getVariable("outcome"));
        assertEquals("Acme was asked for a token and gave none (status 401, it says: invalid_client). Nothing is sent until it gives one, and it is asked again every minute; "
                + "check orderweir.connections.acme.credentials at https://dev.shopify.com/dashboard", exchange.getVariable("reason"));
        // what got no answer stays so
        exchange.setVariable("outcome", "unsure");
        request.answered(exchange);
        assertEquals("unsure", exchange.getVariable("outcome"));
    }

    @Test
    void anAccountWithTokensDoesNotStartWithoutAKey() {
        Map<String, String> keys = keys("shopify", Map.of("client-id", "id", "client-secret", "the-secret"));
        keys.remove("orderweir.tokens.keys");
        String refusal = assertThrows(IllegalStateException.class, () -> Configured.connections(keys)).getMessage();
        assertTrue(refusal.contains("orderweir.tokens.keys is missing, and acme signs in with tokens"), refusal);
        keys.put("orderweir.tokens.keys", "short");
        assertTrue(assertThrows(IllegalStateException.class, () -> Configured.connections(keys)).getMessage().contains("orderweir.tokens.keys has a key that is not 32 bytes"));
    }

    private String signed(String system, Map<String, String> credentials, String header) throws Exception {
        exchange.getMessage().removeHeaders("*");
        exchange.setVariable("connection", "acme");
        exchange.setVariable("url", "https://acme.example");
        Connections connections = connections(system, credentials);
        with(new SignIn(), connections, new Given(TOKEN), with(new TokenBasedAuth(), connections)).sign(exchange);
        return exchange.getMessage().getHeader(header, String.class);
    }

    private static TokenRequest request(Scrubber scrubber, Map<String, String> credentials, String sealing) throws Exception {
        return with(new TokenRequest(), connections("shopify", credentials), seal(credentials, sealing), scrubber, JSON);
    }

    private static TokenSeal seal(Map<String, String> credentials, String sealing) throws Exception {
        Map<String, String> keys = keys("shopify", credentials);
        keys.put("orderweir.tokens.keys", sealing);
        Settings settings = Configured.settings(keys);
        return with(new TokenSeal(), settings);
    }

    private static String elliptic() {
        try {
            return Base64.getEncoder().encodeToString(KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate().getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Connections connections(String system, Map<String, String> credentials) {
        return Configured.connections(keys(system, credentials));
    }

    private static Map<String, String> keys(String system, Map<String, String> credentials) {
        Map<String, String> keys = new HashMap<>(Map.of("orderweir.connections.acme.system", system, "orderweir.connections.acme.url", "https://acme.example",
                "orderweir.connections.acme.limits.at-once.calls", "1", "orderweir.connections.acme.limits.at-once.window", "0s", "orderweir.tokens.keys", OLD));
        credentials.forEach((name, value) -> keys.put("orderweir.connections.acme.credentials." + name, value));
        return keys;
    }

    private static final class Given extends Tokens {
        private final String token;

        Given(String token) {
            this.token = token;
        }

        @Override
        public Held of(String connection) {
            return new Held(7, token, false, 0);
        }

        @Override
        public boolean refused(String connection, long number) {
            return number == 7;
        }
    }
}
