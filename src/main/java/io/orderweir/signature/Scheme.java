package io.orderweir.signature;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/** How a kind of sender signs: what it signs, how it writes that down, and which key it makes of a secret. */
interface Scheme {

    /** Reads what the headers say, by the names of the variables they were put in; null when they say nothing that could be checked. */
    Claim read(UnaryOperator<String> said, byte[] body);

    /** The key a secret stands for; no bytes when it stands for none. */
    default byte[] key(byte[] secret) {
        return secret;
    }

    /** Base64 of a signature or secret; nothing for what is not. */
    static List<byte[]> base64(String text) {
        try {
            return List.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException notBase64) {
            return List.of();
        }
    }

    /** Seconds since 1970; null for what is no time of ours. */
    static Instant seconds(String text) {
        return text != null && text.matches("[0-9]{1,11}") ? Instant.ofEpochSecond(Long.parseLong(text)) : null;
    }

    static byte[] joined(String before, byte[] body) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(before.getBytes(StandardCharsets.UTF_8));
        joined.writeBytes(body);
        return joined.toByteArray();
    }
}
