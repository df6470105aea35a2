package io.orderweir.demo;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The plain connector's own OAuth 1.0a signature (HMAC-SHA256); nothing of the engine works for it. */
final class PlainLogin {
    private PlainLogin() {
    }

    static String header(String method, String url, String query) {
        Map<String, String> oauth = new TreeMap<>(Map.of("oauth_consumer_key", "sandbox-consumer-key", "oauth_token", "sandbox-token",
                "oauth_signature_method", "HMAC-SHA256", "oauth_timestamp", "" + System.currentTimeMillis() / 1000,
                "oauth_nonce", UUID.randomUUID().toString(), "oauth_version", "1.0"));
        String parameters = Stream.concat(oauth.entrySet().stream().map(one -> one.getKey() + "=" + encoded(one.getValue())), Stream.of(query))
                .sorted().collect(Collectors.joining("&"));
        oauth.put("oauth_signature", hmac("sandbox-consumer-secret&sandbox-token-secret", method + "&" + encoded(url) + "&" + encoded(parameters)));
        return "OAuth realm=\"1234567\", " + oauth.entrySet().stream().map(one -> one.getKey() + "=\"" + encoded(one.getValue()) + "\"")
                .collect(Collectors.joining(", "));
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
