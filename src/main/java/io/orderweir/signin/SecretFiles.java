package io.orderweir.signin;

import io.orderweir.connection.Connections;
import io.orderweir.privacy.Scrubber;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;

/** Credentials and secrets that stand in files are read again while everything runs, and taken out of all texts before they are used. */
@ApplicationScoped
@Named("secretFiles")
@RegisterForReflection
public class SecretFiles {

    @Inject
    Connections connections;

    @Inject
    Scrubber scrubber;

    /** Connections (key) of which a file says nothing any more, and what is wrong with it; each once until it says something again. */
    public List<Map.Entry<String, String>> look() {
        return List.copyOf(connections.look(scrubber::configure).entrySet());
    }
}
