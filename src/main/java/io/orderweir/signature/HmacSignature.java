package io.orderweir.signature;

import io.orderweir.connection.Connections;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** Proves that a webhook was sent by someone who holds one of the connection's secrets. */
@ApplicationScoped
@Named("hmacSignature")
@RegisterForReflection
public class HmacSignature {

    private static final String ALGORITHM = "HmacSHA256";

    private final Connections connections;

    /** For the client proxy only. */
    protected HmacSignature() {
        this(null);
    }

    @Inject
    public HmacSignature(Connections connections) {
        this.connections = connections;
    }

    public boolean verify(@Body byte[] body, @Variable("source") String connection, @Variable("signature") String signature) {
        return matches(body, signature, connections.secrets(connection));
    }

    /** Tries every secret even after a match, so that the time taken tells nothing about which one it was. */
    static boolean matches(byte[] body, String signature, List<byte[]> secrets) {
        byte[] given = signature == null ? new byte[0] : signature.getBytes(StandardCharsets.UTF_8);
        boolean matched = false;
        for (byte[] secret : secrets) {
            matched |= MessageDigest.isEqual(sign(body, secret), given);
        }
        return matched;
    }

    private static byte[] sign(byte[] body, byte[] secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return Base64.getEncoder().encode(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime cannot compute " + ALGORITHM, e);
        }
    }
}
