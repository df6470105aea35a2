package io.orderweir.contract;

import io.orderweir.connector.Connector;
import io.orderweir.connector.Connectors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Finds what is wrong with the recordings of a connector before any law is tried: what cannot be read, and what is about something that the connector does not have. */
public final class FixtureFaults {

    /** One of them: its file as a person finds it, its line (0: not known), and what is wrong with the way out. */
    public record Told(String file, int line, String says) {
    }

    private final Connector connector;
    private final Fixtures fixtures;
    private final List<Told> told = new ArrayList<>();

    private FixtureFaults(Connectors connectors, Connector connector) {
        this.connector = connector;
        this.fixtures = new Fixtures(connectors, connector);
    }

    /** All of one connector. */
    public static List<Told> of(Connectors connectors, Connector connector) {
        FixtureFaults faults = new FixtureFaults(connectors, connector);
        faults.look();
        return faults.told;
    }

    private void look() {
        fixtures.unread().forEach(file -> told.add(new Told(fixtures.file(Fixtures.FOLDER + file), 0,
                "there is no port of this name, so it is read for nothing; give it the name of a port " + new TreeSet<>(connector.ports().keySet()) + ", account.yaml or door.yaml")));
        look(() -> {
            Recordings.Account account = fixtures.account();
            names("setting", account.settings().keySet(), connector.settings().keySet());
            names("credential", account.credentials().keySet(), connector.credentials());
        });
        look(fixtures::door);
        connector.ports().keySet().stream().sorted().forEach(port -> look(() -> fixtures.port(port).ifPresent(fixtures::order)));
    }

    private void look(Runnable read) {
        try {
            read.run();
        } catch (Fixtures.Wrong wrong) {
            told.add(new Told(wrong.file(), wrong.line(), wrong.says()));
        }
    }

    private void names(String what, Collection<String> named, Collection<String> there) {
        named.stream().filter(name -> !there.contains(name)).sorted().forEach(name -> told.add(new Told(fixtures.place(Fixtures.ACCOUNT), fixtures.line(Fixtures.ACCOUNT, name),
                "connector.yaml lists no " + what + " '" + name + "'; there are " + new TreeSet<>(there))));
    }
}
