package io.orderweir.gate;

import io.orderweir.connection.Connections;
import io.orderweir.gate.GateClasses.Gate;
import io.orderweir.policy.Policies.Policy;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Whom the gates believe, held against who there is and what each may say: a name that fits nobody would be a gate that never opens, or a sender that is never heard. */
final class Senders {

    private final List<Gate> gates;

    Senders(List<Gate> gates) {
        this.gates = gates;
    }

    void check(Policy policy, Connections connections) {
        for (Gate gate : gates) {
            names(gate, "payers").filter(payer -> !connections.maySay(payer).contains("payment")).forEach(payer -> {
                throw policy.wrong("gate '" + gate.name() + "' is paid-by " + payer + ", " + unheard(payer, "payment", connections));
            });
            Stream.concat(names(gate, "opens"), names(gate, "closes")).filter(named -> named.contains("/")).forEach(named -> {
                String sender = named.substring(0, named.indexOf('/'));
                String kind = named.substring(sender.length() + 1);
                if (!connections.maySay(sender).contains(kind)) {
                    throw policy.wrong("gate '" + gate.name() + "' is moved by " + named + ", " + unheard(sender, kind, connections));
                }
            });
        }
        Set<String> known = new TreeSet<>(connections.sayable());
        gates.forEach(gate -> Stream.concat(names(gate, "opens"), names(gate, "closes")).map(named -> named.substring(named.indexOf('/') + 1)).forEach(known::add));
        for (String name : new TreeSet<>(connections.names())) {
            connections.maySay(name).stream().filter(kind -> !known.contains(kind)).forEach(kind -> {
                throw new IllegalStateException("Orderweir does not start: orderweir.connections." + name + ".may-say = " + kind + " is a kind of signal that no gate asks for; use some of "
                        + known + ", or name it in opened-by or closed-by of " + policy.file());
            });
        }
    }

    private static String unheard(String sender, String kind, Connections connections) {
        return connections.names().contains(sender) ? "which may not say " + kind + "; add it to orderweir.connections." + sender + ".may-say, or name another"
                : "which is no connection; use some of " + new TreeSet<>(connections.names());
    }

    private static Stream<String> names(Gate gate, String column) {
        return StreamSupport.stream(gate.rule().path(column).spliterator(), false).map(name -> name.asText());
    }
}
