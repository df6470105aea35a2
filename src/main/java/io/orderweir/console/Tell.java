package io.orderweir.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.hold.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.jboss.logging.Logger;
import org.postgresql.util.PSQLException;

/** Gives a person's command to the engine by the engine's own doors, and brings back what became of it. */
@ApplicationScoped
public class Tell {

    private static final Logger LOG = Logger.getLogger(Tell.class);
    /** V004__release.sql refuses with these states; the digits are the HTTP status. */
    private static final String REFUSED = "OW";
    /** The database's own trouble: it is away, full, stopping, or two commands met. */
    private static final Set<String> TROUBLE = Set.of("08", "53", "57", "40");

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

    /** What a statement of the ledger refused, and the sentence it said. */
    static Optional<Refused> refused(Throwable thrown) {
        return thrown instanceof PSQLException sql && sql.getServerErrorMessage() != null && String.valueOf(sql.getSQLState()).startsWith(REFUSED)
                ? Optional.of(new Refused(Integer.parseInt(sql.getSQLState().substring(2)), sql.getServerErrorMessage().getMessage())) : Optional.empty();
    }

    private static Refused refused(String door, Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refused refused) {
                return refused;
            }
            Optional<Refused> said = refused(cause);
            if (said.isPresent()) {
                return said.get();
            }
            if (cause instanceof SQLException sql && (sql.getSQLState() == null || TROUBLE.contains(sql.getSQLState().substring(0, 2)))) {
                LOG.warnf("%s: %s", door, sql.getMessage());
                return new Refused(503, "The ledger does not take commands at the moment, so nothing has changed. Try again.");
            }
        }
        LOG.errorf(thrown, "%s failed", door);
        return new Refused(500, "This did not work, and nothing has changed. The log of the engine says why.");
    }
}
