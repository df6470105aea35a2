package io.orderweir.connection;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the private key that an account signs with: PKCS #8 in PEM (RFC 7468). */
final class SigningKey {

    private static final Pattern PEM = Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final int LEAST_BITS = 2048;

    private SigningKey() {
    }

    /** The key of the credential at {@code key}. Throws {@link Misconfigured} with a sentence that names the key, and shows nothing of the value. */
    static PrivateKey read(String key, String value) {
        Matcher pem = PEM.matcher(value);
        if (pem.find()) {
            for (String kind : new String[] {"RSA", "EC"}) {
                try {
                    PrivateKey found = KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1))));
                    if (found instanceof RSAKey rsa && rsa.getModulus().bitLength() < LEAST_BITS) {
                        throw new Misconfigured(key + " is an RSA key of less than " + LEAST_BITS + " bits; make another one and give the vendor its certificate");
                    }
                    return found;
                } catch (GeneralSecurityException | IllegalArgumentException another) {
                    // of the next kind, or none
                }
            }
        }
        throw new Misconfigured(key + " is no private key that can be read; it is PKCS #8 in PEM (-----BEGIN PRIVATE KEY-----) without a password, RSA or EC on P-256, P-384 or P-521: "
                + "openssl pkcs8 -topk8 -nodes makes one of another form");
    }
}
