package io.orderweir.signature;

import io.orderweir.connection.Connections;
import io.orderweir.connector.Connector;
import io.orderweir.connector.Connectors;
import io.orderweir.connector.Signature;
import io.orderweir.wire.ReceivedHeaders;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * Proves that a webhook was sent by someone who holds one of the connection's secrets, and lately where the sender signs the time too; how its system
 * signs stands in the connector's descriptor. In: variables system and source, what was received in headers, and the raw body.
 */
@ApplicationScoped
@Named("hmacSignature")
@RegisterForReflection
public class HmacSignature {

    private final Connections connections;
    private final Connectors connectors;
    private final Clock clock;

    /** For the client proxy only. */
    protected HmacSignature() {
        this(null, null, null);
    }

    @Inject
    public HmacSignature(Connections connections, Connectors connectors) {
        this(connections, connectors, Clock.systemUTC());
    }

    public HmacSignature(Connections connections, Connectors connectors, Clock clock) {
        this.connections = connections;
        this.connectors = connectors;
        this.clock = clock;
    }

    /** Out: variables doubt, what speaks against the sender, in a sentence for whoever set it up, and refusal (UNSIGNED or LATE); none where nothing does. */
    public void check(Exchange exchange) {
        exchange.setVariable("doubt", doubt(exchange));
    }

    private String doubt(Exchange exchange) {
        String system = exchange.getVariable("system", String.class);
        String source = exchange.getVariable("source", String.class);
        Signature how = connectors.find(system).map(Connector::signature).orElseThrow(() -> new IllegalArgumentException("connectors/" + system
                + "/connector.yaml has no signature, so nobody can be told from its sender; say there how its webhooks are signed"));
        byte[] body = exchange.getMessage().getBody(byte[].class);
        Claim claim = Claim.read(how, name -> ReceivedHeaders.text(exchange, name)).orElse(null);
        // whoever cannot sign is not told which names there are
        if (claim == null || !matches(how, claim, body, connections.secrets(source)) || connections.lacks(source, system)) {
            exchange.setVariable("refusal", "UNSIGNED");
            return "no secret of a connection of this name made the signature";
        }
        if (claim.signedAt() == null || Duration.between(claim.signedAt(), clock.instant()).abs().compareTo(how.tolerance()) <= 0) {
            return null;
        }
        exchange.setVariable("refusal", "LATE");
        return "it was signed more than " + minutes(how.tolerance()) + " ago, or the clocks differ; send it again, signed anew";
    }

    private static String minutes(Duration tolerance) {
        return tolerance.toSecondsPart() > 0 ? tolerance.toSeconds() + " seconds" : tolerance.toMinutes() == 1 ? "a minute" : tolerance.toMinutes() + " minutes";
    }

    /** Tries every key and signature even after a match, so that the time taken tells nothing about which one it was. */
    private static boolean matches(Signature how, Claim claim, byte[] body, List<byte[]> secrets) {
        boolean matched = false;
        for (byte[] key : Signing.keys(how, secrets)) {
            byte[] ours = Signing.sign(how, key, claim.id(), claim.seconds(), body);
            for (byte[] given : claim.signatures()) {
                matched |= MessageDigest.isEqual(ours, given);
            }
        }
        return matched;
    }
}
