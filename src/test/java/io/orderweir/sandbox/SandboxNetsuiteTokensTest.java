package io.orderweir.sandbox;

import static io.orderweir.capability.Injected.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.capability.Configured;
import io.orderweir.connection.Connections;
import io.orderweir.privacy.Scrubber;
import io.orderweir.signin.TokenRequest;
import io.orderweir.signin.TokenSeal;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine asks a token with is what the pretend NetSuite takes, and nothing else is. */
class SandboxNetsuiteTokensTest {
    private static final String ADDRESS = "http://127.0.0.1:8090/netsuite";
    private static final String URL = ADDRESS + NetsuiteTokens.PATH;
    private static final String CERTIFICATE = "sandbox-netsuite-certificate";
    private static final KeyPair RSA = pair("RSA");

    private final Settings settings = Settings.netsuite();
    private final HandClock clock = new HandClock("2026-11-21T13:00:00Z");
    private final NetsuiteTokens tokens = new NetsuiteTokens(settings, clock);

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "secp256r1", "secp384r1", "secp521r1"})
    void anAssertionOfTheCertificatesKeyIsGivenATokenOfAnHour(String kind) throws Exception {
        // Given
        KeyPair pair = pair(kind);
        maps(pair);
        // When
        ObjectNode given = tokens.answer(now(asked(pair, CERTIFICATE)), URL);
        // Then
        assertEquals("3600", given.path("expires_in").asText(), given.toString());
        String token = given.path("access_token").asText();
        clock.turn(Duration.ofMinutes(59));
        assertTrue(tokens.lets(token));
        clock.turn(Duration.ofMinutes(1));
        assertFalse(tokens.lets(token));
    }

    @Test
    void anotherKeyAnotherCertificateAnotherAddressAndAnotherTimeAreRefused() throws Exception {
        maps(RSA);
        String form = now(asked(RSA, CERTIFICATE));
        assertEquals("invalid_grant", error(now(asked(pair("RSA"), CERTIFICATE)), URL));
        assertEquals("invalid_grant", error(now(asked(pair("secp256r1"), CERTIFICATE)), URL));
        assertEquals("invalid_grant", error(now(asked(RSA, "another")), URL));
        now(form);
        assertEquals("invalid_grant", error(form, URL.replace("127.0.0.1", "localhost")));
        assertEquals("invalid_grant", error(form.substring(0, form.length() - 4) + "AAAA", URL));
        assertEquals("unsupported_grant_type", error(form.replace("client_credentials", "password"), URL));
        assertEquals("", error(form, URL));
        clock.turn(Duration.ofMinutes(6));
        assertEquals("invalid_grant", error(form, URL));
        clock.turn(Duration.ofMinutes(-12));
        assertEquals("invalid_grant", error(form, URL));
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}: {4}")
    @CsvSource(delimiter = '|', value = {
        "PS256 | sandbox-netsuite-client | rest_webservices           | 3599 |",
        "PS256 | sandbox-netsuite-client | restlets, rest_webservices | 60   |",
        "PS256 | sandbox-netsuite-client | rest_webservices           | 3600 | invalid_grant",
        "RS256 | sandbox-netsuite-client | rest_webservices           | 60   | invalid_grant",
        "PS256 | another                 | rest_webservices           | 60   | invalid_client",
        "PS256 | sandbox-netsuite-client | restlets                   | 60   | invalid_scope"})
    void theClaimsAreThoseOfItsHelp(String algorithm, String client, String scope, int seconds, String error) throws Exception {
        maps(RSA);
        long now = clock.millis() / 1000;
        String said = base64("{\"typ\":\"JWT\",\"alg\":\"" + algorithm + "\",\"kid\":\"" + CERTIFICATE + "\"}") + "."
                + base64("{\"iss\":\"" + client + "\",\"scope\":\"" + scope + "\",\"aud\":\"" + URL + "\",\"iat\":" + now + ",\"exp\":" + (now + seconds) + "}");
        java.security.Signature signature = java.security.Signature.getInstance(algorithm.equals("RS256") ? "SHA256withRSA" : "RSASSA-PSS");
        if (!algorithm.equals("RS256")) {
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        }
        signature.initSign(RSA.getPrivate());
        signature.update(said.getBytes(StandardCharsets.US_ASCII));
        String form = "grant_type=client_credentials&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=" + said + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        assertEquals(error == null ? "" : error, error(form, URL));
    }

    @Test
    void aTokenLetsInAndAnUnknownOneIsRefusedWithItsHeader() throws Exception {
        // Given
        Vendors vendors = new Vendors();
        vendors.settings("netsuite").use(mapped(vendors.settings("netsuite"), RSA));
        NetsuiteLogin login = new NetsuiteLogin(vendors);
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader(Exchange.HTTP_METHOD, "POST");
        exchange.getMessage().setHeader(Exchange.HTTP_PATH, "/netsuite" + NetsuiteTokens.PATH);
        exchange.getMessage().setHeader(Exchange.HTTP_URL, URL);
        // When
        login.check(exchange);
        exchange.getMessage().setBody(asked(RSA, CERTIFICATE));
        login.token(exchange);
        // Then
        assertEquals(true, exchange.getVariable("asksForToken"));
        String token = Json.readObject(exchange.getMessage().getBody(String.class)).path("access_token").asText();
        exchange.getMessage().setHeader(Exchange.HTTP_PATH, "/netsuite/services/rest/record/v1/salesOrder");
        exchange.getMessage().setHeader("Authorization", "Bearer " + token);
        login.check(exchange);
        assertEquals("", exchange.getVariable("reason"));
        exchange.getMessage().setHeader("Authorization", "Bearer another");
        login.check(exchange);
        assertEquals("unknown or ended token", exchange.getVariable("reason"));
        assertTrue(exchange.getMessage().getHeader("WWW-Authenticate", String.class).startsWith("Bearer realm=\"1234567\", error=\"invalid_token\""));
        // and what asks with no assertion gets none
        exchange.getMessage().setBody("grant_type=client_credentials");
        login.token(exchange);
        assertEquals(400, exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE));
    }

    /** Turns the clock to when it was issued. */
    private String now(String form) {
        String claims = form.substring(form.lastIndexOf('=') + 1).split("\\.")[1];
        long issued = Json.readObject(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8)).path("iat").asLong();
        clock.turn(Duration.between(clock.instant(), Instant.ofEpochSecond(issued)));
        return form;
    }

    private String error(String form, String url) {
        return tokens.answer(form, url).path("error").asText();
    }

    /** The form that the engine asks with. */
    private static String asked(KeyPair pair, String certificate) throws Exception {
        String pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded()) + "\n-----END PRIVATE KEY-----\n";
        String account = "orderweir.connections.acme.";
        Connections connections = Configured.connections(Map.of(account + "system", "netsuite", account + "url", ADDRESS, account + "limits.at-once.calls", "1", account + "limits.at-once.window", "0s",
                account + "credentials.client-id", "sandbox-netsuite-client", account + "credentials.certificate-id", certificate, account + "credentials.private-key", pem,
                "orderweir.tokens.keys", "0".repeat(64)));
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setVariable("connection", "acme");
        exchange.setVariable("url", ADDRESS);
        with(new TokenRequest(), connections, new ObjectMapper(), new Scrubber(List.of()), new TokenSeal()).ask(exchange);
        assertEquals("/netsuite" + NetsuiteTokens.PATH, exchange.getVariable("path"));
        String form = exchange.getMessage().getBody(String.class);
        assertNotNull(form);
        return form;
    }

    private void maps(KeyPair pair) {
        settings.use(mapped(settings, pair));
    }

    private static ObjectNode mapped(Settings settings, KeyPair pair) {
        return settings.checked(Json.object().put("certificateKey", "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded()) + "\n-----END PUBLIC KEY-----\n"));
    }

    private static KeyPair pair(String kind) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.equals("RSA") ? "RSA" : "EC");
            if (kind.equals("RSA")) {
                generator.initialize(2048);
            } else {
                generator.initialize(new ECGenParameterSpec(kind));
            }
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
