package io.orderweir.console.connector;

import io.orderweir.connection.Connections;
import io.orderweir.connector.Connector;
import io.orderweir.connector.Connectors;
import io.orderweir.console.Ask;
import io.orderweir.mounted.Mounts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which connectors this process runs by, what of the mounted ones is refused, and what ran before. */
@ApplicationScoped
public class ConnectorQuestions {

    private static final int MOST = 50;

    @Inject
    Ask ask;

    @Inject
    Connectors connectors;

    @Inject
    Connections connections;

    @Inject
    Mounts mounts;

    /** {running, mounted, refusedAt, faults, connectors, revisions}, as {@link ConnectorAnswers.ConnectorStates} has them. */
    public Map<String, Object> all() {
        Map<String, Object> all = new LinkedHashMap<>();
        Optional<Map<String, Object>> refused = ask.one("revision-faults");
        all.put("running", mounts.running().number());
        all.put("mounted", mounts.any());
        all.put("refusedAt", refused.map(row -> row.get("at")).orElse(null));
        all.put("waits", refused.map(row -> row.get("waits")).orElse(false));
        all.put("faults", refused.map(row -> row.get("faults")).orElse(List.of()));
        all.put("connectors", connectors.all().map(this::row).toList());
        all.put("revisions", ask.rows("revisions", MOST));
        return all;
    }

    private Map<String, Object> row(Connector connector) {
        String system = connector.system();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("system", system);
        row.put("label", connector.label());
        row.put("mounted", mounts.running().connectors() != null && mounts.running().connectors().folders().contains(system));
        row.put("since", mounts.running().since().get(system));
        row.put("ports", new TreeMap<>(connector.ports()).entrySet().stream().map(port -> port.getKey() + " (" + String.join(", ", port.getValue().keySet()) + ")").toList());
        row.put("connections", connections.names().stream().filter(name -> connections.system(name).equals(system)).sorted().toList());
        return row;
    }
}
