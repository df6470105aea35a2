package io.orderweir.signature;

import io.orderweir.connection.Connections;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Exchange;

/**
 * Signs a request the way NetSuite's token-based authentication wants it: OAuth 1.0a (RFC 5849) with HMAC-SHA256.
 * In: variables connection, method, url, path, query. Out: header Authorization, with a new nonce and timestamp at each call.
 */
@ApplicationScoped
@Named("tokenBasedAuth")
@RegisterForReflection
public class TokenBasedAuth {

    private static final SecureRandom NONCES = new SecureRandom();

    private final Clock clock = Clock.systemUTC();

    @Inject
    Connections connections;

    public void sign(Exchange exchange) {
        byte[] nonce = new byte[16];
        NONCES.nextBytes(nonce);
        String connection = exchange.getVariable("connection", String.class);
        exchange.getMessage().setHeader("Authorization", header(
                exchange.getVariable("method", String.class),
                exchange.getVariable("url", String.class) + exchange.getVariable("path", String.class),
                exchange.getVariable("query", "", String.class),
                key -> connections.credential(connection, key),
                HexFormat.of().formatHex(nonce), clock.instant().getEpochSecond()));
    }

    /** Where a credential is found by its key. */
    interface Credentials {
        String get(String key);
    }

    static String header(String method, String url, String query, Credentials credentials, String nonce, long timestamp) {
        Map<String, String> oauth = new LinkedHashMap<>();
        oauth.put("oauth_consumer_key", credentials.get("consumer-key"));
        oauth.put("oauth_token", credentials.get("token-id"));
        oauth.put("oauth_signature_method", "HMAC-SHA256");
        oauth.put("oauth_timestamp", Long.toString(timestamp));
        oauth.put("oauth_nonce", nonce);
        oauth.put("oauth_version", "1.0");

        String parameters = Stream.concat(
                oauth.entrySet().stream().map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue())),
                Stream.of(query.split("&")).filter(pair -> !pair.isEmpty()).map(TokenBasedAuth::normalized))
                .sorted().collect(Collectors.joining("&"));
        String base = method + "&" + encoded(url) + "&" + encoded(parameters);
        String key = encoded(credentials.get("consumer-secret")) + "&" + encoded(credentials.get("token-secret"));
        oauth.put("oauth_signature", hmac(key, base));
        // the realm is the account in upper case, its host in lower case
        return "OAuth realm=\"" + credentials.get("account").toUpperCase(Locale.ROOT) + "\", " + oauth.entrySet().stream()
                .map(e -> e.getKey() + "=\"" + encoded(e.getValue()) + "\"").collect(Collectors.joining(", "));
    }

    private static String normalized(String pair) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        return encoded(URLDecoder.decode(name, StandardCharsets.UTF_8)) + "=" + encoded(URLDecoder.decode(value, StandardCharsets.UTF_8));
    }

    private static String hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }
}
