package io.orderweir.throttle;

import io.orderweir.connection.Connections;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;

/** Lists the configured limits as the permit table takes them: connection, limitName, slots and window (s; 0 = calls at once). */
@RegisterForReflection
@ApplicationScoped
@Named("limits")
public class Limits {

    @Inject
    Connections connections;

    public List<Map<String, Object>> list() {
        return connections.names().stream().flatMap(name -> connections.connection(name).limits().entrySet().stream()
                .map(limit -> Map.<String, Object>of("connection", name, "limitName", limit.getKey(), "slots", limit.getValue().calls(),
                        "window", limit.getValue().window().toMillis() / 1000.0))).toList();
    }
}
