package io.orderweir.connection;

import io.orderweir.connection.Settings.Connection;
import io.orderweir.connector.Auth;
import io.orderweir.connector.Connector;
import io.orderweir.connector.Connectors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds where a connection asks for something that its connector does not say: a misspelt credential would be found by the first call. */
final class Descriptors {

    private Descriptors() {
    }

    /** Sentences about the connection whose keys begin with {@code key}. */
    static List<String> wrong(String key, Connection connection, Connectors connectors) {
        Connector connector = connectors.find(connection.system()).orElse(null);
        if (connector == null) {
            return List.of(key + ".system = " + connection.system() + " is no system of a connector there is; use one of " + connectors.systems()
                    + ", or mount a folder of that name with orderweir.connectors.dir");
        }
        List<String> wrong = new ArrayList<>();
        connection.plan().ifPresent(plan -> {
            Collection<String> plans = connector.plans().stream().map(Connector.Limit::plan).collect(Collectors.toCollection(TreeSet::new));
            if (!plans.contains(plan)) {
                wrong.add(key + ".plan = " + plan + " is no plan of " + connection.system() + (plans.isEmpty() ? ", whose connector lists none" : "; use one of " + plans)
                        + "; or leave it out and write " + key + ".limits.<name>.calls and .window");
            }
        });
        // no value is shown: a misspelt key may carry a secret
        Keyring.names(connection).stream().filter(name -> !connector.credentials().contains(name)).sorted()
                .forEach(name -> wrong.add(key + ".credentials." + name + " is no credential of " + connection.system() + "; " + listed(connector.credentials()) + "; correct or remove it"));
        connection.settings().forEach((name, value) -> {
            Connector.Setting known = connector.settings().get(name);
            if (known == null) {
                wrong.add(key + ".settings." + name + " is no setting of " + connection.system() + "; " + listed(connector.settings().keySet()) + "; correct or remove it");
            } else if (!known.oneOf().isEmpty() && !known.oneOf().contains(value)) {
                wrong.add(key + ".settings." + name + " = " + value + " is none of " + known.oneOf() + "; use one of these");
            }
        });
        connector.settings().forEach((name, setting) -> {
            if (setting.required() && !connection.settings().containsKey(name)) {
                wrong.add(key + ".settings." + name + " is missing, and " + connection.system() + " needs it; set it, or remove the connection");
            }
        });
        connector.way(connection.credentials().keySet()).filter(way -> !connection.settings().containsKey(Auth.TOKEN_URL)).ifPresent(way -> way.ofAddress().stream().filter(name -> !connection.settings().containsKey(name))
                .forEach(name -> wrong.add(key + ".settings." + name + " is missing, and the address of its tokens has it (" + way.tokenUrl() + "); set it, or that address as " + key + ".settings." + Auth.TOKEN_URL)));
        return wrong;
    }

    private static String listed(Collection<String> names) {
        return names.isEmpty() ? "it has none" : "it has " + new TreeSet<>(names);
    }
}
