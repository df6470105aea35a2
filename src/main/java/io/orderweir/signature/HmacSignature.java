package io.orderweir.signature;

import io.orderweir.connection.Connections;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Exchange;

/**
 * Proves that a webhook was sent by someone who holds one of the connection's secrets, and lately where the sender signs the time too.
 * In: variables system, source, scheme (whole-body, timestamped or standard-webhooks) and what the scheme reads, and the raw body.
 */
@ApplicationScoped
@Named("hmacSignature")
@RegisterForReflection
public class HmacSignature {

    private static final String ALGORITHM = "HmacSHA256";
    /** What Stripe and Standard Webhooks recommend; the clocks may differ either way. */
    private static final Duration TOLERANCE = Duration.ofSeconds(300);
    private static final Map<String, Scheme> SCHEMES = Map.of(
            "whole-body", new WholeBody(), "timestamped", new Timestamped(), "standard-webhooks", new StandardWebhooks());

    private final Connections connections;
    private final Clock clock;

    /** For the client proxy only. */
    protected HmacSignature() {
        this(null, null);
    }

    @Inject
    public HmacSignature(Connections connections) {
        this(connections, Clock.systemUTC());
    }

    public HmacSignature(Connections connections, Clock clock) {
        this.connections = connections;
        this.clock = clock;
    }

    /** Out: variables doubt, what speaks against the sender, in a sentence for whoever set it up, and refusal (UNSIGNED or LATE); none where nothing does. */
    public void check(Exchange exchange) {
        exchange.setVariable("doubt", doubt(exchange));
    }

    private String doubt(Exchange exchange) {
        Scheme scheme = SCHEMES.get(exchange.getVariable("scheme", String.class));
        if (scheme == null) {
            throw new IllegalArgumentException("There is no way of signing '" + exchange.getVariable("scheme") + "'; a door has one of " + SCHEMES.keySet());
        }
        byte[] body = exchange.getMessage().getBody(byte[].class);
        Claim claim = scheme.read(name -> exchange.getVariable(name, String.class), body);
        String source = exchange.getVariable("source", String.class);
        List<byte[]> keys = connections.secrets(source).stream().map(scheme::key).toList();
        // whoever cannot sign is not told which names there are
        if (claim == null || !matches(claim, keys) || connections.lacks(source, exchange.getVariable("system", String.class))) {
            exchange.setVariable("refusal", "UNSIGNED");
            return "no secret of a connection of this name made the signature";
        }
        boolean lately = claim.signedAt() == null || Duration.between(claim.signedAt(), clock.instant()).abs().compareTo(TOLERANCE) <= 0;
        if (lately) {
            return null;
        }
        exchange.setVariable("refusal", "LATE");
        return "it was signed more than 5 minutes ago, or the clocks differ; send it again, signed anew";
    }

    /** Tries every key and signature even after a match, so that the time taken tells nothing about which one it was. */
    private static boolean matches(Claim claim, List<byte[]> keys) {
        boolean matched = false;
        for (byte[] key : keys) {
            // a secret that stands for no key signs nothing
            byte[] ours = key.length == 0 ? new byte[0] : sign(claim.signed(), key);
            for (byte[] given : claim.signatures()) {
                matched |= ours.length > 0 && MessageDigest.isEqual(ours, given);
            }
        }
        return matched;
    }

    static byte[] sign(byte[] signed, byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime cannot compute " + ALGORITHM, e);
        }
    }
}
