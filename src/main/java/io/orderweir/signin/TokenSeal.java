package io.orderweir.signin;

import io.orderweir.connection.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what is kept of tokens in the ledger: AES-256 in GCM (NIST SP 800-38D), the connection and what it is as the data beside it, so that a sealed text is none of another connection. The first key
 * of {@code orderweir.tokens.keys} seals, all open. A key is named by the beginning of its SHA-256.
 */
@ApplicationScoped
public class TokenSeal {

    private static final SecureRandom NONCES = new SecureRandom();
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int NAME = 8;

    @Inject
    Settings settings;

    /** The names of all keys; the first is that of the one that seals. None are configured where no account has tokens. */
    public List<String> names() {
        return List.copyOf(keys().keySet());
    }

    /** The nonce (12 bytes), and what is sealed behind it. */
    byte[] seal(String connection, String what, String secret) {
        byte[] nonce = new byte[NONCE];
        NONCES.nextBytes(nonce);
        byte[] sealed = apply(Cipher.ENCRYPT_MODE, keys().values().iterator().next(), nonce, connection, what, secret.getBytes(StandardCharsets.UTF_8), 0);
        byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
        System.arraycopy(sealed, 0, all, NONCE, sealed.length);
        return all;
    }

    /** What a key of this name sealed. {@link IllegalStateException} where there is no such key, or the text was not sealed by it for this. */
    String open(String connection, String what, String key, byte[] sealed) {
        SecretKey with = keys().get(key);
        if (with == null) {
            throw new IllegalStateException("the token of " + connection + " is sealed with the key " + key + ", which is none of orderweir.tokens.keys");
        }
        return new String(apply(Cipher.DECRYPT_MODE, with, Arrays.copyOf(sealed, NONCE), connection, what, sealed, NONCE), StandardCharsets.UTF_8);
    }

    private static byte[] apply(int mode, SecretKey key, byte[] nonce, String connection, String what, byte[] text, int from) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD((connection + "/" + what).getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(text, from, text.length - from);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the token of " + connection + " cannot be " + (mode == Cipher.ENCRYPT_MODE ? "sealed" : "opened: it is not as it was sealed"), e);
        }
    }

    private Map<String, SecretKey> keys() {
        Map<String, SecretKey> keys = new LinkedHashMap<>();
        for (String hex : settings.tokens().keys().orElse(List.of())) {
            byte[] key = HexFormat.of().parseHex(hex);
            keys.put(name(key), new SecretKeySpec(key, "AES"));
        }
        return keys;
    }

    /** What a secret is called that must not be told. */
    static String name(byte[] key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key)).substring(0, NAME);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
