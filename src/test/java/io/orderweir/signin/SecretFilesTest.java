package io.orderweir.signin;

import static io.orderweir.capability.Injected.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.capability.Configured;
import io.orderweir.connection.Connections;
import io.orderweir.privacy.Scrubber;
import io.orderweir.signature.TokenBasedAuth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials and webhook secrets that stand in files are exchanged while everything runs, two of each for a while. */
class SecretFilesTest {

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    private final Scrubber scrubber = new Scrubber(List.of());

    @TempDir
    Path directory;
    private Path secrets;
    private Path token;

    @BeforeEach
    void write() throws IOException {
        secrets = Files.writeString(directory.resolve("secrets"), "the-old-secret\n");
        token = Files.writeString(directory.resolve("token"), "the-old-token\n");
        exchange.setVariable("connection", "acme");
    }

    @Test
    void whatTwoLooksHaveFoundIsUsedAndTakenOutOfAllTextsBefore() throws Exception {
        // Given
        Connections connections = connections(Map.of());
        SecretFiles files = files(connections);
        // When both are changed
        Files.writeString(secrets, "the-new-secret\nthe-old-secret\n");
        Files.writeString(token, "the-new-token\n");
        files.look();
        // Then somebody may be writing still
        assertEquals(List.of("the-old-secret"), secrets(connections));
        // When
        assertEquals(List.of(), files.look());
        // Then either secret may sign
        assertEquals(List.of("the-new-secret", "the-old-secret"), secrets(connections));
        assertEquals("the-new-token", connections.credential("acme", "token"));
        String told = scrubber.scrub("the-new-secret and the-new-token");
        assertFalse(told.contains("the-new"), told);
    }

    @Test
    void aFileThatIsAwayOrEmptyKeepsItsLastValueAndIsToldOnce() throws Exception {
        Connections connections = connections(Map.of());
        SecretFiles files = files(connections);
        // When one is away and one is empty
        Files.delete(token);
        Files.writeString(secrets, "\n");
        files.look();
        List<Map.Entry<String, String>> told = files.look();
        // Then
        assertEquals(List.of(Map.entry("acme", "orderweir.connections.acme.credentials.token-file = " + token + " cannot be read, or is empty; what it said before is used until it is put right; "
                + "orderweir.connections.acme.secrets-file = " + secrets + " cannot be read, or is empty; what it said before is used until it is put right")), told);
        assertEquals(List.of(), files.look());
        assertEquals("the-old-token", connections.credential("acme", "token"));
        assertEquals(List.of("the-old-secret"), secrets(connections));
        // When it was put right, and is away again
        Files.writeString(token, "the-new-token");
        files.look();
        files.look();
        assertEquals("the-new-token", connections.credential("acme", "token"));
        Files.delete(token);
        files.look();
        assertEquals(1, files.look().size());
    }

    @Test
    void theOlderOfTwoCredentialsIsUsedWhileTheNewerIsRefused() throws Exception {
        // Given
        Files.writeString(token, "the-new-token\nthe-old-token\n");
        Connections connections = connections(Map.of());
        SignIn signIn = with(new SignIn(), connections, new Tokens(), new TokenBasedAuth());
        assertEquals("Bearer the-new-token", signed(signIn));
        // When the vendor does not know it yet
        exchange.setVariable("status", 401);
        assertTrue(signIn.renews(exchange));
        // Then also for those that were under way
        assertTrue(signIn.renews(exchange));
        assertEquals("Bearer the-old-token", signed(signIn));
        exchange.setVariable("status", 200);
        signIn.heard(exchange);
        // When it ends the older one
        exchange.setVariable("status", 401);
        assertTrue(signIn.renews(exchange));
        assertEquals("Bearer the-new-token", signed(signIn));
        // When neither is taken
        assertFalse(signIn.renews(exchange));
        // When the file says another one
        Files.writeString(token, "another-token");
        files(connections).look();
        files(connections).look();
        // Then what was refused meanwhile is made once more, and with it only once
        assertTrue(signIn.renews(exchange));
        assertEquals("Bearer another-token", signed(signIn));
        assertFalse(signIn.renews(exchange));
    }

    @Test
    void aTokenIsAskedForWithTheOtherCredentialsWhereOnesAreRefused() throws Exception {
        Path secret = Files.writeString(directory.resolve("client-secret"), "the-new-client\nthe-old-client\n");
        Map<String, String> keys = keys("shopify");
        keys.put("orderweir.connections.acme.credentials.client-id", "id");
        keys.put("orderweir.connections.acme.credentials.client-secret-file", secret.toString());
        Connections connections = Configured.connections(keys);
        TokenRequest request = with(new TokenRequest(), connections, new TokenSeal(), scrubber, new ObjectMapper());
        exchange.setVariable("credentialsNumber", connections.credentialsNumber("acme"));
        exchange.setVariable("label", "Acme");
        exchange.setVariable("url", "https://acme.example");
        exchange.setVariable("outcome", "hold");
        exchange.setVariable("status", 400);
        exchange.setVariable("answer", "{\"error\":\"invalid_client\"}");
        // When
        request.answered(exchange);
        // Then nobody is told yet
        assertEquals(List.of("later", "not-now", "1"), List.of(exchange.getVariable("outcome"), exchange.getVariable("because"), exchange.getVariable("wait")));
        request.ask(exchange);
        assertTrue(exchange.getMessage().getBody(String.class).endsWith("client_secret=the-old-client"));
        // When that one is refused as well
        exchange.setVariable("credentialsNumber", connections.credentialsNumber("acme"));
        exchange.setVariable("outcome", "hold");
        request.answered(exchange);
        assertEquals("hold", exchange.getVariable("outcome"));
    }

    @Test
    void aFileThatSaysNothingRefusesTheStartOfWhoeverCalls() throws IOException {
        Files.delete(token);
        String refusal = assertThrows(IllegalStateException.class, () -> connections(Map.of())).getMessage();
        assertTrue(refusal.endsWith("orderweir.connections.acme.credentials.token-file = " + token + " cannot be read, or is empty; mount it or correct the path"), refusal);
        // who only captures needs none
        assertNull(look(connections(Map.of("orderweir.roles", "capture"))));
        Files.writeString(token, "one\ntwo\nthree");
        assertTrue(assertThrows(IllegalStateException.class, () -> connections(Map.of())).getMessage().contains("token-file has 3 lines"));
    }

    @Test
    void twoLooksAreMadeWithinFiveSeconds() throws IOException {
        String route = Files.readString(Path.of("src/main/resources/routes/4-secrets.camel.yaml"));
        int period = Integer.parseInt(route.replaceFirst("(?s).*timer:secrets\\.look\\s+parameters:\\s+period: (\\d+).*", "$1"));
        // a change just behind a look is found by the next one, and once more
        assertTrue(2 * period < 5000, period + " ms");
    }

    @Test
    void aFileCountsBeforeItsKey() {
        assertEquals("the-old-token", connections(Map.of("orderweir.connections.acme.credentials.token", "in the key")).credential("acme", "token"));
    }

    private static String look(Connections connections) {
        return connections.look(texts -> { }).get("acme");
    }

    private String signed(SignIn signIn) {
        signIn.sign(exchange);
        return exchange.getMessage().getHeader("Authorization", String.class);
    }

    private SecretFiles files(Connections connections) throws Exception {
        return with(new SecretFiles(), connections, scrubber);
    }

    private static List<String> secrets(Connections connections) {
        return connections.secrets("acme").stream().map(String::new).toList();
    }

    private Connections connections(Map<String, String> more) {
        Map<String, String> keys = keys("wms");
        keys.put("orderweir.connections.acme.secrets-file", secrets.toString());
        keys.put("orderweir.connections.acme.credentials.token-file", token.toString());
        keys.putAll(more);
        return Configured.connections(keys);
    }

    private static Map<String, String> keys(String system) {
        return new HashMap<>(Map.of("orderweir.connections.acme.system", system, "orderweir.connections.acme.url", "https://acme.example", "orderweir.tokens.keys", "0".repeat(64),
                "orderweir.connections.acme.limits.at-once.calls", "1", "orderweir.connections.acme.limits.at-once.window", "0s"));
    }
}
