package io.orderweir.signature;

import io.orderweir.connection.Connections;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/** Signs what we send as standardwebhooks.com agreed, with every secret of the connection, so that a secret can be rotated. */
@ApplicationScoped
@Named("signer")
@RegisterForReflection
public class Signer {

    private final Connections connections;
    private final Clock clock;

    /** For the client proxy only. */
    protected Signer() {
        this(null, null);
    }

    @Inject
    public Signer(Connections connections) {
        this(connections, Clock.systemUTC());
    }

    public Signer(Connections connections, Clock clock) {
        this.connections = connections;
        this.clock = clock;
    }

    /** In: the body as text, variables connection and webhookId. Out: variables signedAt (s) and signature, what the headers say. */
    public void sign(Exchange exchange) {
        String name = exchange.getVariable("connection", String.class);
        long seconds = clock.instant().getEpochSecond();
        Scheme scheme = new StandardWebhooks();
        List<byte[]> keys = connections.secrets(name).stream().map(scheme::key).filter(key -> key.length > 0).toList();
        if (keys.isEmpty()) {
            throw new IllegalStateException("orderweir.connections." + name + ".secrets is missing; set it to whsec_ and the base64 of the key, and restart");
        }
        byte[] signed = Scheme.joined(exchange.getVariable("webhookId", String.class) + "." + seconds + ".",
                exchange.getMessage().getBody(String.class).getBytes(StandardCharsets.UTF_8));
        exchange.setVariable("signedAt", seconds);
        exchange.setVariable("signature", keys.stream().map(key -> "v1," + Base64.getEncoder().encodeToString(HmacSignature.sign(signed, key))).collect(Collectors.joining(" ")));
    }
}
