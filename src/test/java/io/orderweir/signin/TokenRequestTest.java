package io.orderweir.signin;

import static io.orderweir.capability.Injected.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.capability.Configured;
import io.orderweir.connection.Connections;
import io.orderweir.privacy.Scrubber;
import io.orderweir.wire.ReceivedHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked for with a refresh token or a login, and what is kept of the answer. */
class TokenRequestTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REFRESH = "auth: { kind: oauth2-refresh, token-url: '/{tenant}/token', scope: 'orders offline' }\nsettings: { tenant: {} }";
    private static final Map<String, String> OURS = Map.of("client-id", "the client", "client-secret", "s3cret&more", "refresh-token", "the-first-refresh-token");

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    private final Scrubber scrubber = new Scrubber(List.of());

    @TempDir
    Path connectors;

    @Test
    void aTokenIsRefreshedByAFormWithTheClientInIt() throws Exception {
        asks(account(REFRESH, OURS));
        assertEquals("https://acme.example POST /acme-1/token application/x-www-form-urlencoded application/json", exchange.getVariable("url") + " " + exchange.getVariable("method") + " " + exchange.getVariable("path")
                + " " + exchange.getMessage().getHeader("Content-Type") + " " + exchange.getMessage().getHeader("Accept"));
        assertEquals("grant_type=refresh_token&refresh_token=the-first-refresh-token&scope=orders+offline&client_id=the+client&client_secret=s3cret%26more", body());
        assertNull(exchange.getMessage().getHeader("Authorization"));
    }

    @Test
    void theClientMaySayWhoItIsInTheHeader() throws Exception {
        asks(account(REFRESH.replace("scope: 'orders offline'", "client-in: header"), OURS));
        assertEquals("grant_type=refresh_token&refresh_token=the-first-refresh-token", body());
        assertEquals("Basic " + Base64.getEncoder().encodeToString("the+client:s3cret%26more".getBytes(StandardCharsets.UTF_8)), exchange.getMessage().getHeader("Authorization"));
    }

    @Test
    void theRefreshTokenThatCameIsKeptSealedAndCountsUntilAPersonSetsAnotherOne() throws Exception {
        // Given
        TokenRequest request = account(REFRESH, OURS);
        asks(request);
        // When another one comes with the token
        answers(request, "{\"access_token\":\"a-token-of-an-hour\",\"expires_in\":3600,\"refresh_token\":\"the-second-refresh-token\"}");
        // Then it is in no text, and the next token is asked for with it
        keepsWhatWasFound();
        assertFalse(exchange.getVariable("refresh", String.class).contains("second"));
        assertFalse(scrubber.scrub("the-second-refresh-token").contains("second"));
        asks(request);
        assertTrue(body().contains("&refresh_token=the-second-refresh-token&"), body());
        // When none comes with the next one
        answers(request, "{\"access_token\":\"a-token-of-another-hour\"}");
        keepsWhatWasFound();
        asks(request);
        // Then the same goes on
        assertTrue(body().contains("&refresh_token=the-second-refresh-token&"), body());
        // When a person signs in anew
        Map<String, String> signedIn = new HashMap<>(OURS);
        signedIn.put("refresh-token", "of-a-person-who-signed-in");
        asks(account(REFRESH, signedIn));
        // Then that one counts
        assertTrue(body().contains("&refresh_token=of-a-person-who-signed-in&"), body());
    }

    /** Of a vendor that takes the last one as long as the new one was not used. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aLostAnswerToARefreshNeverLocksUsOut(long seed) throws Exception {
        TokenRequest request = account(REFRESH, OURS);
        exchange.setVariable("connection", "acme");
        request.terms(exchange);
        assertEquals(true, exchange.getVariable("repeatable"), "it may be asked again");
        Rotating vendor = new Rotating();
        Random luck = new Random(seed);
        int given = 0;
        for (int turn = 0; turn < 200; turn++) {
            asks(request);
            String answer = vendor.answer(body());
            assertTrue(answer.contains("access_token"), "locked out in turn " + turn + ": " + answer);
            if (luck.nextInt(3) == 0) {
                exchange.setVariable("outcome", "unsure");
                request.answered(exchange);
                // nothing of what is kept changes
                assertNull(exchange.getVariable("found"));
                assertEquals("unsure", exchange.getVariable("outcome"));
            } else {
                answers(request, answer);
                keepsWhatWasFound();
                given++;
            }
        }
        assertTrue(given > 100 && given < 170, given + " answers came");
    }

    @Test
    void whereTheOldOneEndsAtOnceItIsNotAskedForTwiceUnseen() throws Exception {
        TokenRequest request = account(REFRESH.replace("scope: 'orders offline'", "old-lives: false"), OURS);
        exchange.setVariable("connection", "acme");
        request.terms(exchange);
        assertEquals(false, exchange.getVariable("repeatable"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "token-at: /result/session                                  | {'result':{'session':'a-session-of-the-vendor'}} | Authorization | Bearer a-session-of-the-vendor",
            "token-at: ''                                               | 'a-session-of-the-vendor'                        | Authorization | Bearer a-session-of-the-vendor",
            "token-at: /s, header: X-Session                            | {'s':'a-session-of-the-vendor'}                  | X-Session     | a-session-of-the-vendor",
            "cookie: session_id                                         | {'result':{}}                                    | Cookie        | session_id=a-session-of-the-vendor",
            "cookie: session_id, header: X-Openerp-Session-Id           | {'result':{}}                                    | X-Openerp-Session-Id | a-session-of-the-vendor"})
    void aLoginGivesASessionThatTheCallsThatFollowCarry(String where, String answer, String header, String said) throws Exception {
        // Given
        TokenRequest request = account("auth: { kind: session, token-url: /web/login, login: { jsonrpc: '2.0', id: 1, params: [{ db: '{tenant}', who: '{user}:{password}' }] }, lives: 20m, " + where
                + " }\nsettings: { tenant: {} }", Map.of("user", "ann", "password", "s\"ec{user}ret"));
        // When
        asks(request);
        // Then what is put in is no JSON, and nothing is put into it
        assertEquals(JSON.readTree("{\"jsonrpc\":\"2.0\",\"id\":1,\"params\":[{\"db\":\"acme-1\",\"who\":\"ann:s\\\"ec{user}ret\"}]}"), JSON.readTree(body()));
        assertEquals("application/json", exchange.getMessage().getHeader("Content-Type"));
        // When it is answered
        ReceivedHeaders.keep(exchange, "Set-Cookie", "node=5; Path=/");
        ReceivedHeaders.keep(exchange, "set-cookie", "session_id=a-session-of-the-vendor; Path=/; HttpOnly");
        answers(request, answer.replace('\'', '"'));
        // Then the session is sealed, for its time, and in no text
        JsonNode found = JSON.readTree(exchange.getVariable("found", String.class));
        assertEquals(1200, found.path("lives").asInt());
        assertEquals("a-session-of-the-vendor", request.seal.open("acme", "token", found.path("key").asText(), found.path("sealed").binaryValue()));
        assertFalse(scrubber.scrub("session_id=a-session-of-the-vendor").contains("a-session"));
        SignIn signIn = with(new SignIn(), request.connections, new Tokens() {
            @Override
            public Held of(String connection) {
                return new Held(7, "a-session-of-the-vendor", false, 0);
            }
        });
        exchange.removeVariable("verb");
        signIn.sign(exchange);
        assertEquals(said, exchange.getMessage().getHeader(header));
    }

    @Test
    void aLoginThatGivesNoSessionIsToldOf() throws Exception {
        TokenRequest request = account("auth: { kind: session, token-url: /login, login: { u: '{user}', p: '{password}' }, cookie: session_id }", Map.of("user", "ann", "password", "wrong"));
        asks(request);
        exchange.setVariable("credentialsNumber", 0L);
        answers(request, "{\"error\":{\"code\":200}}");
        assertEquals("hold", exchange.getVariable("outcome"));
        assertTrue(exchange.getVariable("reason", String.class).startsWith("Acme was asked for a token and gave none (status 200)"), exchange.getVariable("reason", String.class));
    }

    private void asks(TokenRequest request) {
        exchange.getMessage().removeHeaders("*");
        exchange.setVariable("connection", "acme");
        exchange.setVariable("label", "Acme");
        exchange.setVariable("url", "https://acme.example");
        request.ask(exchange);
    }

    private void answers(TokenRequest request, String answer) {
        exchange.setVariable("verb", "token");
        exchange.setVariable("status", 200);
        exchange.setVariable("outcome", "done");
        exchange.setVariable("answer", answer);
        request.keep(exchange);
        request.answered(exchange);
    }

    /** As the ledger does. */
    private void keepsWhatWasFound() throws IOException {
        exchange.setVariable("refresh", JSON.readTree(exchange.getVariable("found", String.class)).path("refresh").textValue());
    }

    private String body() {
        return exchange.getMessage().getBody(String.class);
    }

    private TokenRequest account(String auth, Map<String, String> credentials) throws Exception {
        Files.writeString(Files.createDirectories(connectors.resolve("acme")).resolve("connector.yaml"), "system: acme\nlabel: Acme\n" + auth + "\n# end\n");
        Map<String, String> keys = new HashMap<>(Map.of("orderweir.connectors.dir", connectors.toString(), "orderweir.connections.acme.system", "acme", "orderweir.connections.acme.url", "https://acme.example",
                "orderweir.connections.acme.limits.at-once.calls", "1", "orderweir.connections.acme.limits.at-once.window", "0s", "orderweir.tokens.keys", "0".repeat(64)));
        if (auth.contains("tenant")) {
            keys.put("orderweir.connections.acme.settings.tenant", "acme-1");
        }
        credentials.forEach((name, value) -> keys.put("orderweir.connections.acme.credentials." + name, value));
        Connections connections = Configured.connections(keys);
        return with(new TokenRequest(), connections, with(new TokenSeal(), Configured.settings(keys)), scrubber, JSON);
    }

    /** Gives another refresh token each time, and ends the last one when the new one is used. */
    private static final class Rotating {
        private String used = "the-first-refresh-token";
        private String given = used;
        private int number;

        String answer(String form) {
            String said = form.replaceFirst(".*refresh_token=([^&]*)&.*", "$1");
            if (!said.equals(used) && !said.equals(given)) {
                return "{\"error\":\"invalid_grant\"}";
            }
            used = said;
            given = "refresh-token-" + number++;
            return "{\"access_token\":\"a-token-of-an-hour\",\"refresh_token\":\"" + given + "\"}";
        }
    }
}
