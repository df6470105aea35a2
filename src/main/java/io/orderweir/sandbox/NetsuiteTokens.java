package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The tokens of the pretend NetSuite: OAuth 2.0, client credentials with a certificate (docs.oracle.com, NetSuite help, section_162755359851 and section_162790605110). Each lives to its own
 * end, 3,600 s, and there is no refresh token. Which error a wrong assertion is answered with is unverified: it is RFC 6749's and RFC 7521's.
 */
final class NetsuiteTokens {
    static final String PATH = "/services/rest/auth/oauth2/v1/token";
    private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /** No assertion counts longer (s). */
    private static final int HOUR = 3_600;

    private final Settings settings;
    private final InstantSource clock;
    private final IssuedTokens tokens;

    NetsuiteTokens(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.tokens = new IssuedTokens(settings, clock);
    }

    /** The body of the answer to a form that was sent to {@code url}: a token, or {@code error} in it. */
    ObjectNode answer(String form, String url) {
        Map<String, String> said = IssuedTokens.form(form);
        String error = !"client_credentials".equals(said.get("grant_type")) ? "unsupported_grant_type" : !ASSERTION.equals(said.get("client_assertion_type")) ? "invalid_request"
                : error(said.getOrDefault("client_assertion", "").split("\\.", -1), url);
        if (error != null) {
            return Json.object().put("error", error);
        }
        ObjectNode given = tokens.give(UUID.randomUUID().toString());
        // of this vendor it is a text
        return given.put("expires_in", given.get("expires_in").asText()).put("token_type", "bearer");
    }

    boolean lets(String token) {
        return tokens.lets(token);
    }

    /** Null for an assertion of the client, for this address, of now, with its certificate. */
    private String error(String[] parts, String url) {
        try {
            if (parts.length != 3) {
                return "invalid_request";
            }
            JsonNode header = Json.readObject(decoded(parts[0]));
            JsonNode claims = Json.readObject(decoded(parts[1]));
            if (!settings.text("clientId").equals(claims.path("iss").textValue())) {
                return "invalid_client";
            }
            long now = clock.millis() / 1000;
            long issued = claims.path("iat").asLong(Long.MAX_VALUE);
            long ends = claims.path("exp").asLong(0);
            boolean isOurs = "JWT".equals(header.path("typ").textValue()) && settings.text("certificateId").equals(header.path("kid").textValue()) && url.equals(claims.path("aud").textValue());
            if (!isOurs || issued > now || ends <= now || ends - issued >= HOUR || !isSigned(header.path("alg").asText(), parts)) {
                return "invalid_grant";
            }
            return scopes(claims.path("scope")).contains("rest_webservices") ? null : "invalid_scope";
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return "invalid_grant";
        }
    }

    private boolean isSigned(String algorithm, String[] parts) throws GeneralSecurityException {
        // RS256 and its like are none of those it takes
        if (!Set.of("PS256", "PS384", "PS512", "ES256", "ES384", "ES512").contains(algorithm)) {
            return false;
        }
        String hash = algorithm.substring(2);
        boolean curve = algorithm.startsWith("ES");
        byte[] der = Base64.getMimeDecoder().decode(settings.text("certificateKey").replaceAll("-----[A-Z ]+-----", ""));
        PublicKey key = KeyFactory.getInstance(curve ? "EC" : "RSA").generatePublic(new X509EncodedKeySpec(der));
        Signature signature = Signature.getInstance(curve ? "SHA" + hash + "withECDSAinP1363Format" : "RSASSA-PSS");
        if (!curve) {
            signature.setParameter(new PSSParameterSpec("SHA-" + hash, "MGF1", new MGF1ParameterSpec("SHA-" + hash), Integer.parseInt(hash) / 8, PSSParameterSpec.TRAILER_FIELD_BC));
        }
        signature.initVerify(key);
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    }

    /** Separated by commas, or a list. */
    private static Set<String> scopes(JsonNode scope) {
        Set<String> scopes = new HashSet<>(Arrays.asList(scope.asText().split(",\\s*")));
        scope.forEach(one -> scopes.add(one.asText()));
        return scopes;
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
