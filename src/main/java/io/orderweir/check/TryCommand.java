package io.orderweir.check;

import io.orderweir.connection.Accounts;
import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings;
import io.orderweir.connector.Connectors;
import io.orderweir.contract.Rehearsal;
import io.orderweir.ledger.Captured;
import io.orderweir.policy.Policies;
import io.orderweir.type.Types;
import io.quarkus.runtime.ImageMode;
import io.smallrye.config.SmallRyeConfig;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * {@code try [<directory of connectors>] [--last 1000] [--policy <directory>] [--types <directory>]}: what the connectors of the directory, the limits of the policy and the types would make of the
 * messages and deliveries that the ledger keeps, compared with what those that run make of them. What is not named is as it runs. Nothing is called and nothing is written. The code is 0 where
 * nothing differs, 1 where something does, or where {@code check} would find something, which is told first; 2 where it is not understood or there is no ledger.
 */
final class TryCommand {

    private static final String NAME = "try";
    private static final String LAST = "--last";
    private static final int USUAL = 1_000;
    private static final int MOST = 100_000;
    /** In the place of every credential: nothing leaves, and a shown request says none. */
    private static final String REPLACED = "not-used";

    private final PrintStream out;
    private final Map<String, String> keys;

    TryCommand(PrintStream out) {
        this(out, Map.of());
    }

    /** With some keys of the configuration given otherwise. */
    TryCommand(PrintStream out, Map<String, String> keys) {
        this.out = out;
        this.keys = keys;
    }

    int run(List<String> arguments) {
        if (ImageMode.current() == ImageMode.NATIVE_RUN) {
            return say("the native program cannot try connectors; use the one that Java runs", Command.NOT_UNDERSTOOD);
        }
        List<String> others = new ArrayList<>(arguments);
        int at = others.indexOf(LAST);
        int last = USUAL;
        if (at >= 0) {
            if (at + 1 == others.size() || !others.get(at + 1).matches("[1-9]\\d{0,5}") || Integer.parseInt(others.get(at + 1)) > MOST) {
                return say(LAST + " takes a number from 1 to " + MOST + ", of messages and of deliveries", Command.NOT_UNDERSTOOD);
            }
            last = Integer.parseInt(others.get(at + 1));
            others.subList(at, at + 2).clear();
        }
        Arguments named = Arguments.of(NAME, others, out);
        if (named == null) {
            return Command.NOT_UNDERSTOOD;
        }
        List<Path> directories = Stream.of(named.connectors(), named.policy(), named.types()).filter(Objects::nonNull).toList();
        Optional<Path> none = directories.stream().filter(directory -> !Files.isDirectory(directory)).findFirst();
        if (directories.isEmpty() || none.isPresent()) {
            return say(none.map(directory -> directory + " is no directory").orElse("no directory is named") + "; write " + NAME + " [<directory of connectors>] [" + LAST + " " + USUAL
                    + "] [--policy <directory>] [--types <directory>]", Command.NOT_UNDERSTOOD);
        }
        Check check = Check.of(keys, named.connectors(), named.policy(), named.types());
        if (!check.faults().isEmpty()) {
            check.faults().forEach(out::println);
            return say(check.faults().size() + (check.faults().size() == 1 ? " fault" : " faults") + " of the check; nothing is tried before they are mended", Command.WRONG);
        }
        try {
            return compare(named, last);
        } catch (SQLException away) {
            return say(KeptTraffic.why(away, Accounts.read(keys)), Command.NOT_UNDERSTOOD);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("trying connectors itself failed", e);
        }
    }

    private int say(String sentence, int code) {
        out.println(NAME + ": " + sentence);
        return code;
    }

    private int compare(Arguments named, int last) throws Exception {
        SmallRyeConfig running = Accounts.read(keys);
        Optional<KeptTraffic> ledger = KeptTraffic.of(running);
        if (ledger.isEmpty()) {
            return say("no ledger is configured, and what came is kept there; set " + KeptTraffic.LEDGER + ", .username and .password as the process that runs has them", Command.NOT_UNDERSTOOD);
        }
        try (KeptTraffic kept = ledger.get()) {
            Version before = Version.running(kept, running);
            Version now = before.with(named);
            Map<String, String> accounts = accounts(now, before, running);
            if (accounts.isEmpty()) {
                return say("compared with " + before.called() + ": there was nothing to compare", 0);
            }
            Map<String, List<Map<String, Object>>> reference = kept.reference(accounts.keySet());
            try (Rehearsal old = rehearsal(before, config(running, Map.of()), accounts, reference); Rehearsal made = rehearsal(now, config(running, otherwise(named)), accounts, reference)) {
                return compare(kept, old, made, before.called(), accounts, last);
            }
        }
    }

    private int compare(KeptTraffic kept, Rehearsal old, Rehearsal made, String called, Map<String, String> accounts, int last) throws SQLException {
        Differences differences = new Differences();
        int[] compared = {0, 0};
        kept.messages(accounts.keySet(), last, (name, message) -> {
            compared[0]++;
            differences.add(accounts.get(message.connection()) + " " + message.type() + ".map", name, text(message), old.map(message, name), made.map(message, name));
        });
        kept.deliveries(accounts.keySet(), last, delivery -> {
            compared[1]++;
            differences.add(accounts.get(delivery.get("connection").toString()) + " " + delivery.get("port") + "." + delivery.get("verb"), delivery.get("orderName").toString(),
                    delivery.get("canonical").toString(), old.request(delivery), made.request(delivery));
        });
        differences.lines().forEach(out::println);
        return say(compared[0] + (compared[0] == 1 ? " message" : " messages") + " and " + compared[1] + (compared[1] == 1 ? " delivery" : " deliveries") + " compared with " + called + ": "
                + (differences.count() == 0 ? "nothing differs" : differences.count() + (differences.count() == 1 ? " differs" : " differ")) + "; no call was made", differences.count() == 0 ? 0 : Command.WRONG);
    }

    /** The names of the accounts that something changes for, with their systems; of each other folder it is said why nothing is compared. */
    private Map<String, String> accounts(Version now, Version before, SmallRyeConfig config) {
        Map<String, String> accounts = new TreeMap<>();
        Map<String, String> all = new TreeMap<>();
        config.getConfigMapping(Settings.class).connections().forEach((name, connection) -> all.put(name, connection.system()));
        if (now.hasOtherLimits(before) || now.hasOtherTypes(before)) {
            Set<String> systems = new TreeSet<>(Connectors.of(before.connectors()).systems());
            systems.retainAll(Connectors.of(now.connectors()).systems());
            all.forEach((name, system) -> {
                if (systems.contains(system)) {
                    accounts.put(name, system);
                }
            });
        }
        for (String system : now.connectors() == null || now.connectors() == before.connectors() ? Set.<String>of() : now.connectors().folders()) {
            Map<String, String> of = new TreeMap<>(all);
            of.values().removeIf(other -> !other.equals(system));
            if (before.connectors() == null || !before.connectors().folders().contains(system)) {
                out.println(system + ": it is new, " + before.called() + " has none of that name, so there is nothing to compare");
            } else if (before.connectors().digest(system).equals(now.connectors().digest(system))) {
                out.println(system + ": it is what " + before.called() + " has");
            } else if (of.isEmpty()) {
                out.println(system + ": no connection is configured for it, so nothing came from it or went to it; add orderweir.connections.<name>.system=" + system);
            } else {
                accounts.putAll(of);
            }
        }
        return accounts;
    }

    /** That of the process without credentials, and with some keys given otherwise. */
    private SmallRyeConfig config(SmallRyeConfig running, Map<String, String> otherwise) {
        Map<String, String> given = new TreeMap<>(keys);
        running.getConfigMapping(Settings.class).connections().forEach((name, connection) ->
                Connections.given(connection).forEach(credential -> {
                    given.put("orderweir.connections." + name + ".credentials." + credential, REPLACED);
                    given.put("orderweir.connections." + name + ".credentials." + credential + "-file", REPLACED);
                }));
        given.putAll(otherwise);
        return Accounts.read(given);
    }

    private static Map<String, String> otherwise(Arguments named) {
        Map<String, String> given = new TreeMap<>();
        if (named.connectors() != null) {
            given.put(Version.CONNECTORS, named.connectors().toString());
        }
        if (named.policy() != null) {
            given.put(Version.POLICY, named.policy().toString());
        }
        if (named.types() != null) {
            given.put(Version.TYPES, named.types().toString());
        }
        return given;
    }

    private static Rehearsal rehearsal(Version version, SmallRyeConfig config, Map<String, String> accounts, Map<String, List<Map<String, Object>>> reference) throws Exception {
        Types types = Types.in(config.getOptionalValue(Version.TYPES, String.class).orElse(null));
        return new Rehearsal(Connectors.of(version.connectors()), accounts.values().stream().distinct().toList(), types, new Policies(version.policy()), config, reference);
    }

    private static String text(Captured message) {
        return new String(message.raw(), StandardCharsets.UTF_8);
    }
}
