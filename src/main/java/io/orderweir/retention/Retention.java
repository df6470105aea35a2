package io.orderweir.retention;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.connection.Settings;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** How long payloads are kept after everything of their order is finished, in seconds, as sql/retention/purge.sql asks. */
@ApplicationScoped
@Named("retention")
@RegisterForReflection
public class Retention {

    @Inject
    Settings settings;

    /** Of the types that have a time of their own: JSON text {type: s}. */
    public String kept() {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        settings.retention().payloadsOf().forEach((type, time) -> kept.put(type, time.toSeconds()));
        return kept.toString();
    }

    public double others() {
        return settings.retention().payloads().toSeconds();
    }
}
