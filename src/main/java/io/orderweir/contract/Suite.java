package io.orderweir.contract;

import io.orderweir.type.Types;
import io.orderweir.connector.Connector;
import io.orderweir.connector.Connectors;
import io.orderweir.contract.PaperLedger.Ended;
import io.orderweir.contract.Row.Verdict;
import io.orderweir.privacy.Scrubber;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs one suite of laws over connectors: each with its own routes in those of the engine, against a strict vendor that is made of its {@code fixtures} and its descriptor. No
 * database, no broker, and no network but this machine's own.
 */
public final class Suite {

    private static final String CONNECTIONS = "orderweir.connections.";
    private static final List<Law> OF_A_PORT = Stream.of(Law.values()).filter(Law::isOfAPort).toList();

    private final Connectors connectors;
    private final Types types;
    private final Path policy;
    private final List<Row> rows = new ArrayList<>();

    private Suite(Connectors connectors, Types types, Path policy) {
        this.connectors = connectors;
        this.types = types;
        this.policy = policy;
    }

    /** The table of some systems, in their order; {@code policy} may be null. */
    public static Report over(Connectors connectors, Collection<String> systems, Types types, Path policy) {
        Suite suite = new Suite(connectors, types, policy);
        try (HeardLog log = new HeardLog()) {
            systems.stream().map(connectors::find).flatMap(Optional::stream).filter(connector -> !connector.ports().isEmpty() || connector.signature() != null).forEach(connector -> suite.tryOut(connector, log));
        }
        return new Report(List.copyOf(suite.rows));
    }

    private void tryOut(Connector connector, HeardLog log) {
        Fixtures fixtures = new Fixtures(connectors, connector);
        try {
            Recordings.Account account = fixtures.account();
            Secrets secrets = new Secrets(connector, account.credentials());
            try (Vendor vendor = new Vendor(secrets::in); Bench bench = new Bench(connectors, connector, types, keys(connector, account, secrets, vendor.url(), policy))) {
                List<Ended> ended = new ArrayList<>();
                fixtures.unread().forEach(file -> add(connector, Law.RECORDED, "", Verdict.RED, "fixtures/" + file + " is read for nothing: there is no port of this name, only " + connector.ports().keySet(),
                        fixtures.file("fixtures/" + file) + ": give it the name of a port, account.yaml or door.yaml"));
                connector.ports().keySet().stream().sorted().forEach(port -> tryOut(bench, connector, port, fixtures, account, vendor, ended));
                door(bench, connector, fixtures);
                secrets(bench, connector, fixtures, secrets, ended, log.take());
            }
        } catch (Fixtures.Wrong wrong) {
            add(connector, Law.RECORDED, "", Verdict.RED, wrong.getMessage(), fixtures.file(Fixtures.FOLDER) + ": correct it");
        } catch (Exception broken) {
            add(connector, Law.RECORDED, "", Verdict.RED, "its routes do not start: " + innermost(broken), fixtures.file("") + ": see what check says of it, and fixtures/account.yaml for what its account needs");
        }
    }

    private void tryOut(Bench bench, Connector connector, String port, Fixtures fixtures, Recordings.Account account, Vendor vendor, List<Ended> ended) {
        try {
            Recordings recordings = fixtures.port(port).orElseThrow(() -> new Broken("there are no fixtures of this port"));
            RecordLaws.lacks(connector, port, recordings).ifPresent(lacks -> {
                throw new Broken(lacks);
            });
            vendor.become(recordings, account.headers());
            Trial trial = new Trial(bench, connector, port, recordings, fixtures.order(recordings), vendor, ended);
            RecordLaws.goesThrough(trial);
            add(connector, Law.RECORDED, port, Verdict.GREEN, "", "");
            OF_A_PORT.forEach(law -> rows.add(law.tried(trial, fixtures)));
        } catch (Broken | Fixtures.Wrong broken) {
            add(connector, Law.RECORDED, port, Verdict.RED, broken.getMessage(), Law.RECORDED.wayOut(fixtures, port));
            OF_A_PORT.forEach(law -> add(connector, law, port, Verdict.NOT_TRIED, "the port is not recorded first", ""));
        }
    }

    private void door(Bench bench, Connector connector, Fixtures fixtures) {
        if (!bench.hasDoor()) {
            add(connector, Law.BAD_SIGNATURE, "", Verdict.NOT_OF_THIS_CONNECTOR, "it has no door for webhooks", "");
            return;
        }
        DoorLaw law = new DoorLaw(bench, connector, connectors);
        Recordings.Door door;
        try {
            Broken.unless(connector.signature() != null, "it has a door, and connector.yaml has no signature: anybody could come in");
            door = fixtures.door().orElseThrow(() -> new Broken("there are no fixtures of its door: write " + fixtures.place(Fixtures.DOOR)));
            law.keeps(door);
            add(connector, Law.BAD_SIGNATURE, "", Verdict.GREEN, "", "");
        } catch (Broken | Fixtures.Wrong broken) {
            add(connector, Law.BAD_SIGNATURE, "", Verdict.RED, broken.getMessage(), Law.BAD_SIGNATURE.wayOut(fixtures, ""));
            add(connector, Law.UNKNOWN_FIELD, "", Verdict.NOT_TRIED, "its webhooks are not taken in first", "");
            return;
        }
        try {
            law.understandsMore(door);
            add(connector, Law.UNKNOWN_FIELD, "", Verdict.GREEN, "", "");
        } catch (Excused excused) {
            add(connector, Law.UNKNOWN_FIELD, "", Verdict.NOT_OF_THIS_CONNECTOR, excused.getMessage(), "");
        } catch (Broken broken) {
            add(connector, Law.UNKNOWN_FIELD, "", Verdict.RED, broken.getMessage(), Law.UNKNOWN_FIELD.wayOut(fixtures, ""));
        }
    }

    /** Whatever was written down or logged, as the engine does it. */
    private void secrets(Bench bench, Connector connector, Fixtures fixtures, Secrets secrets, List<Ended> ended, List<String> logged) {
        if (rows.stream().noneMatch(row -> row.connector().equals(connector.system()) && row.verdict() == Verdict.GREEN)) {
            add(connector, Law.SECRETS, "", Verdict.NOT_TRIED, "nothing of it was tried", "");
            return;
        }
        Map<String, String> found = new TreeMap<>();
        for (Ended end : ended) {
            Stream.of("reason", "sentence", "found", "remoteId", "step", "field").filter(name -> secrets.isIn(end.told().path(name).toString())).forEach(name -> found.putIfAbsent("the variable " + name, end.words()));
            if (secrets.isIn(end.request())) {
                found.putIfAbsent("the kept request", end.request().lines().findFirst().orElse(""));
            }
            if (secrets.isIn(end.answer())) {
                found.putIfAbsent("the kept answer", end.words());
            }
        }
        Scrubber scrubber = bench.bean(Scrubber.class);
        logged.stream().filter(line -> secrets.isIn(scrubber.scrub(line))).findFirst().ifPresent(line -> found.put("the log", line.split(" ")[0]));
        add(connector, Law.SECRETS, "", found.isEmpty() ? Verdict.GREEN : Verdict.RED, found.isEmpty() ? "" : "a secret stands in " + String.join(", ", found.keySet()),
                found.isEmpty() ? "" : Law.SECRETS.wayOut(fixtures, ""));
    }

    /** How the account of the suite is configured; {@code policy} may be null. */
    static Map<String, String> keys(Connector connector, Recordings.Account account, Secrets secrets, String url, Path policy) {
        String key = CONNECTIONS + Bench.account(connector);
        Map<String, String> keys = new TreeMap<>(Map.of(key + ".system", connector.system(), key + ".limits.at-once.calls", "5", key + ".limits.at-once.window", "0s", key + ".timeout", "5s"));
        secrets.credentials().forEach((name, value) -> keys.put(key + ".credentials." + name, value));
        account.settings().forEach((name, value) -> keys.put(key + ".settings." + name, value));
        if (!connector.ports().isEmpty()) {
            keys.put(key + ".url", url);
        }
        if (connector.signature() != null) {
            keys.put(key + ".secrets", secrets.ofWebhooks());
        }
        if (!account.maySay().isEmpty()) {
            keys.put(key + ".may-say", String.join(",", account.maySay()));
        }
        if (policy != null) {
            keys.put("orderweir.policy.dir", policy.toString());
        }
        return keys;
    }

    private void add(Connector connector, Law law, String port, Verdict verdict, String says, String wayOut) {
        rows.add(new Row(connector.system(), law, port, verdict, says, wayOut));
    }

    private static String innermost(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost.getMessage() == null ? innermost.getClass().getSimpleName() : innermost.getMessage();
    }
}
