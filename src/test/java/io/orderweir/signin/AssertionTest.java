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
import io.orderweir.connection.Misconfigured;
import io.orderweir.privacy.Scrubber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What asks for a token with an assertion says who it is and no more, and its key is told nobody. */
class AssertionTest {

    private static final String KEY = "orderweir.connections.acme.credentials.private-key";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void itSaysWhoAsksWhatForWhereAndForFiveMinutes() throws Exception {
        String[] parts = Assertion.of(key("RSA", 2048), "the-certificate", "the-client", "rest_webservices", "https://vendor.example/token", Instant.ofEpochSecond(1_800_000_000L)).split("\\.");
        assertEquals(JSON.readTree("{\"typ\":\"JWT\",\"alg\":\"PS256\",\"kid\":\"the-certificate\"}"), read(parts[0]));
        assertEquals(JSON.readTree("{\"iss\":\"the-client\",\"aud\":\"https://vendor.example/token\",\"iat\":1800000000,\"exp\":1800000300,\"scope\":\"rest_webservices\"}"), read(parts[1]));
        assertEquals(3, parts.length);
        // a curve has its own algorithm, and r and s one behind the other: 66 bytes each on the longest
        String[] curve = Assertion.of(key("EC", 521), "the-certificate", "the-client", null, "https://vendor.example/token", Instant.ofEpochSecond(1)).split("\\.");
        assertEquals("ES512", read(curve[0]).path("alg").asText());
        assertFalse(read(curve[1]).has("scope"));
        assertEquals(132, Base64.getUrlDecoder().decode(curve[2]).length);
    }

    @Test
    void theKeyMayBeAFileThatIsReadAgainAndNothingOfItIsTold() throws Exception {
        // Given
        Path file = folder.resolve("key.pem");
        Files.writeString(file, pem(key("RSA", 2048)));
        Map<String, String> keys = keys("");
        keys.remove(KEY);
        keys.put(KEY + "-file", file.toString());
        Connections connections = Configured.connections(keys);
        Scrubber scrubber = new Scrubber(List.of());
        TokenRequest request = with(new TokenRequest(), connections, scrubber, JSON, new TokenSeal());
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setVariable("connection", "acme");
        exchange.setVariable("url", "https://acme.example");
        // When
        request.ask(exchange);
        // Then
        String form = exchange.getMessage().getBody(String.class);
        assertTrue(form.startsWith("grant_type=client_credentials&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=ey"), form);
        assertNull(exchange.getMessage().getHeader("Authorization"));
        assertFalse(scrubber.scrub(form).contains(form.substring(form.lastIndexOf('=') + 1)));
        // and when the file is another one, that counts, also when it is gone
        Files.writeString(file, pem(key("EC", 256)));
        connections.look(scrubber::configure);
        connections.look(scrubber::configure);
        Files.delete(file);
        request.ask(exchange);
        String assertion = exchange.getMessage().getBody(String.class);
        assertEquals("ES256", read(assertion.substring(assertion.lastIndexOf('=') + 1).split("\\.")[0]).path("alg").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/run/secrets/key.pem", "-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----", "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----", "short"})
    void aKeyThatCannotBeReadRefusesTheStartWithItsNameAndNothingOfIt(String value) throws Exception {
        String given = value.equals("short") ? pem(key("RSA", 1024)) : value;
        String refusal = assertThrows(IllegalStateException.class, () -> Configured.connections(keys(given))).getMessage();
        assertTrue(refusal.startsWith("Orderweir does not start: " + KEY + (value.equals("short") ? " is an RSA key of less" : " is no private key")), refusal);
        assertFalse(refusal.contains(given.lines().skip(given.startsWith("-") ? 1 : 0).findFirst().orElseThrow()), refusal);
        // who sends nothing does not need it
        Map<String, String> console = keys(given);
        console.put("orderweir.roles", "console");
        Configured.connections(console);
    }

    private static Map<String, String> keys(String privateKey) {
        String account = "orderweir.connections.acme.";
        return new HashMap<>(Map.of(account + "system", "netsuite", account + "url", "https://acme.example", account + "limits.at-once.calls", "1", account + "limits.at-once.window", "0s",
                account + "credentials.client-id", "id", account + "credentials.certificate-id", "certificate", KEY, privateKey, "orderweir.tokens.keys", "0".repeat(64)));
    }

    private static PrivateKey key(String kind, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        generator.initialize(bits);
        return generator.generateKeyPair().getPrivate();
    }

    private static String pem(PrivateKey key) {
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded()) + "\n-----END PRIVATE KEY-----\n";
    }

    private static JsonNode read(String part) throws Exception {
        return JSON.readTree(Base64.getUrlDecoder().decode(part));
    }
}
