package io.orderweir.call;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/**
 * Names a request for targets that take such a name (header Idempotency-Key): every try of a delivery has the same while its document is the
 * same, and no other delivery has it. A UUID of version 5 (RFC 9562, 5.5).
 */
@ApplicationScoped
@Named("idempotencyKey")
@RegisterForReflection
public class IdempotencyKey {

    /** Of all keys of this engine: version 5 of "orderweir" in the namespace of DNS names. */
    private static final UUID NAMESPACE = of(UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "orderweir");

    /** In: the body, and the variables of a delivery that was taken: connection, externalId, id, method, path. */
    public String of(Exchange exchange) {
        return of(NAMESPACE, Stream.of("connection", "externalId", "id", "method", "path").map(name -> exchange.getVariable(name, "", String.class))
                .collect(Collectors.joining("/", "", "/" + exchange.getMessage().getBody(String.class)))).toString();
    }

    static UUID of(UUID namespace, String name) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(16).putLong(namespace.getMostSignificantBits()).putLong(namespace.getLeastSignificantBits()).array());
            ByteBuffer digest = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
            return new UUID(digest.getLong() & ~0xf000L | 0x5000L, digest.getLong() & 0x3fffffffffffffffL | 0x8000000000000000L);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
