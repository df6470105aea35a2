package io.orderweir.check;

import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings;
import io.orderweir.connector.Connectors;
import io.orderweir.gate.Calendars;
import io.orderweir.gate.GateClasses;
import io.orderweir.hold.FieldLimits;
import io.orderweir.ledger.Destinations;
import io.orderweir.ledger.Flows;
import io.orderweir.policy.Policies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** Looks at the policy and at the connections as the start does, and whether somebody serves what they name. */
final class Tables {

    private static final String PLANS = "process";
    private static final String FLOWS = "flows.yaml";
    /** How a row says where it stands. */
    private static final Pattern LINE = Pattern.compile("(.*) \\(line (\\d+)\\)", Pattern.DOTALL);

    private final Settings settings;
    private final Config config;
    private final Connectors connectors;
    private final Served served;
    private final Faults faults;
    /** What is no YAML: that is told once, and not by whoever reads it. */
    private final Set<String> broken = new HashSet<>();

    /** {@code served} is what the routes read. */
    Tables(Settings settings, Config config, Connectors connectors, Served served, Faults faults) {
        this.settings = settings;
        this.config = config;
        this.connectors = connectors;
        this.served = served;
        this.faults = faults;
    }

    /** Where a descriptor is not {@code understood} only the text of the tables is looked at: most of what they name would seem to be missing. */
    void look(boolean understood) {
        for (Path file : mounted()) {
            RouteText text = new RouteText(file.toString(), Keys.text(file));
            text.yaml(faults);
            if (faults.anyOf(file.toString())) {
                broken.add(file.toString());
            }
            Whole.look(text, faults);
        }
        if (!understood) {
            return;
        }
        List<String> wrong = new ArrayList<>();
        Connections connections = of(() -> Connections.looked(settings, connectors, config, wrong));
        wrong.forEach(says -> faults.add(Keys.place(config, says), says));
        Policies policies = of(() -> new Policies(settings));
        if (connections == null || policies == null) {
            return;
        }
        of(() -> new FieldLimits(connectors, policies));
        of(() -> new Calendars(policies));
        GateClasses gates = of(() -> new GateClasses(policies, connections));
        Flows flows = gates == null ? null : of(() -> new Flows(policies, gates));
        // the other roles may know fewer accounts
        if (flows != null && settings.roles().contains(PLANS)) {
            Destinations destinations = new Destinations(flows, connections);
            if (policies.isMounted(FLOWS)) {
                refused(() -> destinations.refuseUnconfigured(usual(policies)));
            }
            refused(() -> destinations.refuseUnserved(served.ports()));
        }
    }

    /** The connections that the built-in table names. */
    private static Set<String> usual(Policies policies) {
        return new TreeSet<>(policies.builtIn(FLOWS).content().path("roles").findValuesAsText("connection"));
    }

    private void refused(Runnable look) {
        of(() -> {
            look.run();
            return true;
        });
    }

    private List<Path> mounted() {
        if (settings.policy().dir().isEmpty() || !Files.isDirectory(settings.policy().dir().get())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(settings.policy().dir().get())) {
            return files.filter(file -> !file.getFileName().toString().startsWith(".")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is made; null where it refused, and its sentence is kept with the file and the row it speaks of. */
    private <T> T of(Supplier<T> made) {
        try {
            return made.get();
        } catch (RuntimeException refused) {
            String says = refused.getMessage() == null ? Faults.said(refused) : refused.getMessage();
            Path file = mounted().stream().filter(each -> says.startsWith(each.toString()) || says.startsWith(each.getFileName() + ": ")).findFirst().orElse(null);
            if (file == null) {
                faults.add(Keys.place(config, says), says.replaceFirst("^Orderweir does not start: ", ""));
            } else if (!broken.contains(file.toString())) {
                String what = says.substring(says.indexOf(file.getFileName().toString()) + file.getFileName().toString().length()).replaceFirst("^: ", "");
                Matcher row = LINE.matcher(what);
                faults.add(file.toString(), row.matches() ? Integer.parseInt(row.group(2)) : 0, row.matches() ? row.group(1) : what);
            }
            return null;
        }
    }
}
