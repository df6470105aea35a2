package io.orderweir.console;

import io.orderweir.connection.Connections;
import io.orderweir.hold.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/** What people do with a connection; the same for API and pages. */
@ApplicationScoped
public class ConnectionCommands {

    @Inject
    Tell tell;

    @Inject
    Connections connections;

    public Map<String, Object> pause(String connection, String reason, String person) {
        known(connection);
        if (reason == null || reason.isBlank()) {
            throw new Refused(400, "Say why it is paused: whoever finds it standing must know.");
        }
        return tell.tell("direct:connection.pause", Map.of("connection", connection, "by", person, "reason", Asked.text(reason)));
    }

    public Map<String, Object> resume(String connection, String person) {
        known(connection);
        return tell.tell("direct:connection.resume", Map.of("connection", connection, "by", person));
    }

    /**
     * Makes one harmless read at the target, as its connector knows one, within the connection's limits; a paused connection stays paused.
     *
     * @return {connection, verdict (accepted, refused, full, away, failed, untested), accepted, open, status, tookMs, at, againAt, resumable, answer}
     */
    public Map<String, Object> test(String connection, String person) {
        known(connection);
        if (connections.connection(connection).url().isEmpty()) {
            throw new Refused(409, "Connection " + connection + " only receives: there is nobody to call.");
        }
        return tell.tell("direct:connection.test", Map.of("connection", connection, "by", person));
    }

    private void known(String connection) {
        if (!connections.names().contains(connection)) {
            throw new Refused(404, "There is no connection " + connection + ". There are " + String.join(", ", connections.names()) + ".");
        }
    }
}
