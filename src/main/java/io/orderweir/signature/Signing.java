package io.orderweir.signature;

import io.orderweir.connector.Signature;
import io.orderweir.connector.Signature.Encoding;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Computes and writes signatures as a connector's descriptor says its system does. */
final class Signing {

    private Signing() {
    }

    /** The keys that secrets stand for; one that stands for none is left out. */
    static List<byte[]> keys(Signature how, List<byte[]> secrets) {
        return secrets.stream().map(secret -> key(how.secret(), secret)).filter(key -> key.length > 0).toList();
    }

    private static byte[] key(Signature.Secret how, byte[] secret) {
        String text = new String(secret, StandardCharsets.UTF_8);
        return how != null && text.startsWith(how.prefix()) ? decoded(how.encoding(), text.substring(how.prefix().length())).orElse(new byte[0]) : secret;
    }

    static byte[] sign(Signature how, byte[] key, String id, String seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(how.algorithm().java());
            mac.init(new SecretKeySpec(key, how.algorithm().java()));
            return mac.doFinal(signed(how, id, seconds, body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime cannot compute " + how.algorithm().java(), e);
        }
    }

    private static byte[] signed(Signature how, String id, String seconds, byte[] body) {
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        for (Signature.Part part : how.signed()) {
            if (signed.size() > 0) {
                signed.write('.');
            }
            signed.writeBytes(switch (part) {
                case ID -> id.getBytes(StandardCharsets.UTF_8);
                case TIME -> seconds.getBytes(StandardCharsets.UTF_8);
                case BODY -> body;
            });
        }
        return signed.toByteArray();
    }

    static String encoded(Encoding encoding, byte[] bytes) {
        return encoding == Encoding.HEX ? HexFormat.of().formatHex(bytes) : Base64.getEncoder().encodeToString(bytes);
    }

    /** Nothing for what is not written so. */
    static Optional<byte[]> decoded(Encoding encoding, String text) {
        try {
            return Optional.of(encoding == Encoding.HEX ? HexFormat.of().parseHex(text) : Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException notWrittenSo) {
            return Optional.empty();
        }
    }
}
