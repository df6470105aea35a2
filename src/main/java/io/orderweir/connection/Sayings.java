package io.orderweir.connection;

import io.orderweir.connection.Settings.Connection;
import io.orderweir.connector.Connector;
import io.orderweir.connector.Connectors;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What each connection may say of an order: its own {@code may-say}, or what the descriptor of its connector says. Who is named by neither says nothing. */
final class Sayings {

    /** It takes whatever somebody signs, so nothing may be taken for granted. */
    private static final String ANYTHING = "signals";
    private static final String KIND = "[a-z][a-z-]{0,39}";

    private final Connectors connectors;

    Sayings(Connectors connectors) {
        this.connectors = connectors;
    }

    List<String> of(Connection connection) {
        return connection.maySay().orElseGet(() -> connectors.find(connection.system()).map(Connector::says).orElse(List.of()));
    }

    /** Every kind that some system says. */
    Set<String> kinds() {
        return connectors.all().flatMap(connector -> connector.says().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    void check(String name, Connection connection, List<String> wrong) {
        String key = "orderweir.connections." + name + ".may-say";
        if (connection.system().equals(ANYTHING) && of(connection).isEmpty()) {
            wrong.add(key + " is missing: whoever signs for " + name + " could say anything of any order, that it is paid too; list what it may say, such as " + key + "=scheduled,built");
        }
        connection.maySay().orElse(List.of()).stream().filter(kind -> !kind.matches(KIND)).forEach(kind ->
                wrong.add(key + " = " + kind + " is no kind of signal; use some of " + kinds() + ", or what opened-by and closed-by of gates.yaml name"));
    }
}
