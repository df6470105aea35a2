package io.orderweir.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.hold.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.jboss.logging.Logger;

/** Gives a person's command to the engine by the engine's own doors, and brings back what became of it. */
@ApplicationScoped
public class Tell {

    private static final Logger LOG = Logger.getLogger(Tell.class);
    @Inject
    ProducerTemplate engine;

    @Inject
    ObjectMapper json;

    public Map<String, Object> tell(String door, Map<String, Object> variables) {
        Exchange answered = engine.request(door, exchange -> variables.forEach(exchange::setVariable));
        if (answered.getException() != null) {
            throw refused(door, answered.getException());
        }
        try {
            return json.readValue(answered.getMessage().getBody(String.class), new TypeReference<Map<String, Object>>() { });
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(door + " did not answer with JSON", e);
        }
    }

    private static Refused refused(String door, Exception thrown) {
        Refused refused = Refused.of(thrown);
        if (refused.status() == 503) {
            LOG.warnf("%s: %s", door, thrown.getMessage());
        } else if (refused.status() == 500) {
            LOG.errorf(thrown, "%s failed", door);
        }
        return refused;
    }
}
