package io.orderweir.connection;

import io.orderweir.connector.Auth;
import io.orderweir.connector.Connector;
import io.orderweir.connector.Connectors;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.impl.event.CamelContextStartedEvent;
import org.apache.camel.model.ModelCamelContext;

/** Runs what the accounts of a process that delivers need: workers that make the calls of each, what keeps those signed in that are called with tokens, what reads back the records of those that can be asked, and for a system through which somebody is told what sends the messages. */
@ApplicationScoped
@RegisterForReflection
public class AccountRoutes {

    /** By id, what each was made with. */
    private final Map<String, Map<String, Object>> running = new HashMap<>();

    @Inject
    Connections connections;

    @Inject
    Connectors connectors;

    void start(@Observes CamelContextStartedEvent started) throws Exception {
        cover((ModelCamelContext) started.getContext());
    }

    /** Starts what is missing and ends what nobody needs any more; a call that is under way is made to its end. */
    public synchronized void cover(CamelContext camel) throws Exception {
        if (!connections.hasRole("deliver")) {
            return;
        }
        Map<String, Map<String, Object>> wanted = new TreeMap<>();
        for (String account : connections.names()) {
            if (connections.connection(account).url().isPresent() && connectors.find(connections.system(account)).filter(connector -> connector.auth().stream().anyMatch(Auth::fetches)).isPresent()) {
                wanted.put((connections.way(account).filter(Auth::fetches).isPresent() ? "token." : "token.off.") + account, Map.of("connection", account));
            }
            boolean delivers = connectors.find(connections.system(account)).filter(Connector::delivers).isPresent();
            if (delivers && connections.connection(account).url().isPresent()) {
                wanted.put("deliver." + account, Map.of("connection", account, "workers", camel.resolvePropertyPlaceholders("{{workersOf:" + account + "}}")));
                if (connections.couldReadBack(account)) {
                    wanted.put((connections.readsBack(account) ? "check." : "check.off.") + account, Map.of("connection", account));
                }
                connections.asked(account).ifPresent(port -> wanted.put("check.held." + account, Map.of("connection", account, "port", port)));
            }
        }
        for (Connector connector : connectors.all().filter(Connector::tells).filter(connector -> connections.tells(connector.system())).toList()) {
            boolean repeatable = !connector.repeatable(Connector.MESSAGE).isEmpty();
            wanted.put("alert.tell." + connector.system(), Map.of("system", connector.system(), "repeatable", String.valueOf(repeatable)));
        }
        for (String id : new HashSet<>(running.keySet())) {
            if (!running.get(id).equals(wanted.get(id))) {
                camel.getRouteController().stopRoute(id);
                camel.removeRoute(id);
                running.remove(id);
            }
        }
        for (Map.Entry<String, Map<String, Object>> each : wanted.entrySet()) {
            if (running.putIfAbsent(each.getKey(), each.getValue()) == null) {
                String template = each.getKey().substring(0, each.getKey().lastIndexOf('.'));
                TemplatedRouteBuilder.builder(camel, template).routeId(each.getKey()).parameters(each.getValue()).add();
            }
        }
    }
}
