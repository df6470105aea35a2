package io.orderweir.signature;

import io.orderweir.connection.Connections;
import io.orderweir.connector.Connector;
import io.orderweir.connector.Connectors;
import io.orderweir.connector.Signature;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/** Signs what we send as the descriptor of its connector says, with every secret of the connection, so that a secret can be rotated. */
@ApplicationScoped
@Named("signer")
@RegisterForReflection
public class Signer {

    private final Connections connections;
    private final Connectors connectors;
    private final Clock clock;

    /** For the client proxy only. */
    protected Signer() {
        this(null, null, null);
    }

    @Inject
    public Signer(Connections connections, Connectors connectors) {
        this(connections, connectors, Clock.systemUTC());
    }

    public Signer(Connections connections, Connectors connectors, Clock clock) {
        this.connections = connections;
        this.connectors = connectors;
        this.clock = clock;
    }

    /** In: the body as text, variables connection and webhookId. Out: variables signedAt (s) and signature, what the headers say. */
    public void sign(Exchange exchange) {
        String name = exchange.getVariable("connection", String.class);
        String seconds = Long.toString(clock.instant().getEpochSecond());
        Signature how = connectors.find(connections.system(name)).map(Connector::signature).orElseThrow();
        List<byte[]> keys = Signing.keys(how, connections.secrets(name));
        if (keys.isEmpty()) {
            throw new IllegalStateException("orderweir.connections." + name + ".secrets is missing; set it to whsec_ and the base64 of the key, and restart");
        }
        byte[] body = exchange.getMessage().getBody(String.class).getBytes(StandardCharsets.UTF_8);
        String id = exchange.getVariable("webhookId", String.class);
        exchange.setVariable("signedAt", seconds);
        exchange.setVariable("signature", keys.stream().map(key -> how.prefix() + Signing.encoded(how.encoding(), Signing.sign(how, key, id, seconds, body)))
                .collect(Collectors.joining(how.separator() == null ? "" : how.separator())));
    }
}
