package io.orderweir.story;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A company's directory of people: the authorization code flow of OpenID Connect with PKCE, and nothing that is laxer than its specification. */
final class Directory implements AutoCloseable {

    static final String CLIENT = "orderweir";
    static final String SECRET = "known to the directory";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final KeyPair keys;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    /** Who sits at the browser. */
    volatile String person;
    volatile List<String> groups = List.of();

    Directory() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys = generator.generateKeyPair();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, 200, Map.of("issuer", url(), "authorization_endpoint", url() + "/authorize",
                "token_endpoint", url() + "/token", "jwks_uri", url() + "/jwks", "response_types_supported", List.of("code"), "subject_types_supported", List.of("public"),
                "id_token_signing_alg_values_supported", List.of("RS256"), "code_challenge_methods_supported", List.of("S256"))));
        server.createContext("/jwks", exchange -> {
            RSAPublicKey key = (RSAPublicKey) keys.getPublic();
            answer(exchange, 200, Map.of("keys", List.of(Map.of("kty", "RSA", "use", "sig", "alg", "RS256", "kid", "1", "n", text(key.getModulus()), "e", text(key.getPublicExponent())))));
        });
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = fields(exchange.getRequestURI().getRawQuery());
        if (!"code".equals(asked.get("response_type")) || !CLIENT.equals(asked.get("client_id")) || !asked.getOrDefault("scope", "").contains("openid")
                || !"S256".equals(asked.get("code_challenge_method")) || asked.get("state") == null) {
            answer(exchange, 400, Map.of("error", "invalid_request"));
            return;
        }
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        exchange.getResponseHeaders().add("Location", asked.get("redirect_uri") + "?code=" + code + "&state=" + URLEncoder.encode(asked.get("state"), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> asked = fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String basic = "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        String encodedBasic = "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
        if (!List.of(basic, encodedBasic).contains(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")))) {
            answer(exchange, 401, Map.of("error", "invalid_client"));
            return;
        }
        Map<String, String> granted = codes.remove(asked.getOrDefault("code", ""));
        if (granted == null || !granted.get("redirect_uri").equals(asked.get("redirect_uri")) || !granted.get("code_challenge").equals(challenge(asked.get("code_verifier")))) {
            answer(exchange, 400, Map.of("error", "invalid_grant"));
            return;
        }
        Map<String, Object> claims = new LinkedHashMap<>(Map.of("iss", url(), "aud", CLIENT, "sub", "s-" + person, "preferred_username", person, "groups", groups,
                "iat", Instant.now().getEpochSecond(), "exp", Instant.now().getEpochSecond() + 300));
        if (granted.get("nonce") != null) {
            claims.put("nonce", granted.get("nonce"));
        }
        answer(exchange, 200, Map.of("access_token", signed(claims), "token_type", "Bearer", "expires_in", 300, "id_token", signed(claims)));
    }

    private String signed(Map<String, Object> claims) throws IOException {
        try {
            String content = text(JSON.writeValueAsBytes(Map.of("alg", "RS256", "kid", "1", "typ", "JWT"))) + "." + text(JSON.writeValueAsBytes(claims));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + text(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String challenge(String verifier) {
        try {
            return verifier == null ? "" : text(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String text(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return text(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static Map<String, String> fields(String encoded) {
        Map<String, String> fields = new HashMap<>();
        for (String field : encoded == null ? new String[0] : encoded.split("&")) {
            String[] parts = field.split("=", 2);
            fields.put(URLDecoder.decode(parts[0], StandardCharsets.UTF_8), parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static void answer(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
