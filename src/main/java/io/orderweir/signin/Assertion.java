package io.orderweir.signin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * Says who asks for a token by a key that only we have: a JSON Web Token (RFC 7519) with a signature (RFC 7515). An RSA key signs it as PS256, one of the curves P-256, P-384 and P-521
 * as ES256, ES384 and ES512 (RFC 7518, 3.4 and 3.5).
 */
final class Assertion {

    /** How long it counts; a vendor's clock may be that wrong, less the way there. */
    static final Duration LIVES = Duration.ofMinutes(5);
    private static final PSSParameterSpec PS256 = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC);

    private Assertion() {
    }

    /**
     * The token in its compact form.
     *
     * @param certificate what the vendor calls the certificate of the key
     * @param client      who asks
     * @param scope       what for, or null
     * @param audience    the address that is asked
     */
    static String of(PrivateKey key, String certificate, String client, String scope, String audience, Instant now) {
        int bits = key instanceof ECKey ec ? ec.getParams().getCurve().getField().getFieldSize() : 0;
        String algorithm = bits == 0 ? "PS256" : "ES" + hash(bits);
        ObjectNode claims = JsonNodeFactory.instance.objectNode().put("iss", client).put("aud", audience).put("iat", now.getEpochSecond()).put("exp", now.plus(LIVES).getEpochSecond());
        if (scope != null) {
            claims.put("scope", scope);
        }
        String said = base64(JsonNodeFactory.instance.objectNode().put("typ", "JWT").put("alg", algorithm).put("kid", certificate)) + "." + base64(claims);
        try {
            Signature signature = Signature.getInstance(bits == 0 ? "RSASSA-PSS" : "SHA" + hash(bits) + "withECDSAinP1363Format");
            if (bits == 0) {
                signature.setParameter(PS256);
            }
            signature.initSign(key);
            signature.update(said.getBytes(StandardCharsets.US_ASCII));
            return said + "." + base64(signature.sign());
        } catch (GeneralSecurityException unsigned) {
            throw new IllegalStateException("an assertion could not be signed as " + algorithm, unsigned);
        }
    }

    private static int hash(int bits) {
        return bits == 521 ? 512 : bits;
    }

    private static String base64(ObjectNode part) {
        return base64(part.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
