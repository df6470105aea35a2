package io.orderweir.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 over raw bytes, in the shapes in which partners sign; several secrets while one replaces another. */
final class Signature {
    private static final String STANDARD_SECRET = "whsec_";

    private Signature() {
    }

    /** Base64 over the body alone. */
    static String shopify(String secret, byte[] body) {
        return base64(hmac(utf8(secret), body));
    }

    /** {@code t=<seconds>,v1=<hex>[,v1=<hex>]} over seconds, a dot and the body; the whole secret is the key. */
    static String stripe(List<String> secrets, long seconds, byte[] body) {
        return "t=" + seconds + secrets.stream()
                .map(secret -> ",v1=" + HexFormat.of().formatHex(hmac(utf8(secret), utf8(seconds + "."), body))).collect(Collectors.joining());
    }

    /** {@code v1,<base64>[ v1,<base64>]} over id, seconds and body with dots between; the key is what follows {@code whsec_}, decoded. */
    static String standard(List<String> secrets, String id, long seconds, byte[] body) {
        return secrets.stream().map(secret -> "v1," + base64(hmac(Base64.getDecoder().decode(secret.substring(STANDARD_SECRET.length())),
                utf8(id + "." + seconds + "."), body))).collect(Collectors.joining(" "));
    }

    static boolean isStandardSecret(String secret) {
        return secret.matches(STANDARD_SECRET + "(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");
    }

    static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no HMAC-SHA256 in this Java", e);
        }
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static boolean same(String one, String other) {
        return MessageDigest.isEqual(utf8(one), utf8(other));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
