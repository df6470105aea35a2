package io.orderweir.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** What a browser, a program or a link carries: 256 random bits. The ledger keeps its SHA-256 only. */
public final class Secret {

    /** So that a token that lies about in a file is known for what it is. */
    static final String PREFIX = "ow_";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secret() {
    }

    public static String fresh() {
        byte[] bits = new byte[32];
        RANDOM.nextBytes(bits);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    public static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
