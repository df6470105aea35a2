package io.orderweir.check;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.orderweir.connection.Connections;
import io.orderweir.connection.Plans;
import io.orderweir.connection.Settings;
import io.orderweir.gate.Calendars;
import io.orderweir.gate.GateClasses;
import io.orderweir.hold.FieldLimits;
import io.orderweir.ledger.Destinations;
import io.orderweir.ledger.Targets;
import io.orderweir.policy.Policies;
import io.orderweir.policy.Policies.Policy;
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
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** Looks at the policy and at the connections as the start does, and whether somebody serves what they name. */
final class Tables {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String PLANS = "process";
    private static final Set<String> PLANS_OR_DELIVERS = Set.of(PLANS, "deliver");
    private static final String SYSTEM = "orderweir.connections.%s.system";

    /** What the policy asks of an account: a port. */
    private record Asked(String who, String connection, String port, JsonNode row) {
    }

    private final Settings settings;
    private final Config config;
    private final Served served;
    private final Faults faults;
    /** What is no YAML: that is told once, and not by whoever reads it. */
    private final Set<String> broken = new HashSet<>();

    /** {@code served} is what the routes read. */
    Tables(Settings settings, Config config, Served served, Faults faults) {
        this.settings = settings;
        this.config = config;
        this.served = served;
        this.faults = faults;
    }

    void look() {
        for (Path file : mounted()) {
            RouteText text = new RouteText(file.toString(), Keys.text(file));
            text.yaml(faults);
            if (faults.anyOf(file.toString())) {
                broken.add(file.toString());
            }
            Whole.look(text, faults);
        }
        List<String> wrong = new ArrayList<>();
        Connections connections = of(() -> Connections.looked(settings, config, wrong));
        wrong.forEach(says -> faults.add(Keys.place(config, says), says));
        systems();
        Policies policies = of(() -> new Policies(settings));
        if (connections == null || policies == null) {
            return;
        }
        of(() -> Plans.of("", settings.policy().dir().orElse(null)));
        if (of(() -> new FieldLimits(policies)) != null) {
            limits(policies);
        }
        of(() -> new Calendars(policies));
        GateClasses gates = of(() -> new GateClasses(policies, connections));
        Targets targets = of(() -> new Targets(policies));
        if (gates != null && targets != null) {
            of(() -> new Destinations(targets, gates, connections).warnings());
            // the other roles may know fewer accounts
            if (settings.roles().contains(PLANS)) {
                ports(policies);
            }
        }
    }

    private void limits(Policies policies) {
        Policy policy = policies.read("limits.yaml");
        policy.content().forEach(row -> {
            String system = row.path("system").asText();
            if (!served.isConnector(system)) {
                add(policy, row, "'" + system + "' is no connector, so its limits would never be looked at; " + Faults.meant(system, served.systems()));
            }
        });
    }

    /** Whoever neither plans nor delivers may have fewer connectors than accounts. */
    private void systems() {
        if (settings.roles().stream().noneMatch(PLANS_OR_DELIVERS::contains)) {
            return;
        }
        settings.connections().forEach((name, connection) -> {
            if (!served.isConnector(connection.system())) {
                String key = SYSTEM.formatted(name);
                faults.add(Keys.place(config, key), key + " = " + connection.system() + " is no connector; there are " + String.join(", ", served.systems()));
            }
        });
    }

    private void ports(Policies policies) {
        Policy policy = policies.read("sync.yaml");
        Set<String> usual = new TreeSet<>();
        asked(policies.builtIn("sync.yaml")).forEach(row -> usual.add(row.connection()));
        for (Asked asked : asked(policy)) {
            boolean configured = settings.connections().containsKey(asked.connection());
            String system = configured ? settings.connections().get(asked.connection()).system() : null;
            Set<String> ports = served.ports(system);
            if (!configured && !usual.contains(asked.connection())) {
                add(policy, asked.row(), "no connection is configured for " + asked.who() + " (connection " + asked.connection() + "), so each of its orders would be held. Set "
                        + SYSTEM.formatted(asked.connection()) + ", or name one there is: " + String.join(", ", new TreeSet<>(settings.connections().keySet())));
            } else if (!ports.contains(asked.port()) && (system == null || served.isConnector(system) && served.isUnderstood(system))) {
                add(policy, asked.row(), asked.who() + " goes to the port '" + asked.port() + "'" + (system == null ? ", which no connector has" : " of " + asked.connection() + ", and no route reads direct:"
                        + system + "." + asked.port() + ".create") + "; " + Faults.meant(asked.port(), ports));
            }
        }
    }

    /** The ports that the policy asks for. */
    private static List<Asked> asked(Policy policy) {
        List<Asked> asked = new ArrayList<>();
        policy.content().path("targets").forEach(row -> asked.add(new Asked("target '" + row.path("target").asText() + "'", row.path("connection").asText(), row.path("port").asText(), row)));
        return asked;
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
                faults.add(file.toString(), line(file, says), says.substring(says.indexOf(file.getFileName().toString()) + file.getFileName().toString().length()).replaceFirst("^: ", ""));
            }
            return null;
        }
    }

    private void add(Policy policy, JsonNode row, String says) {
        Path file = Path.of(policy.file());
        faults.add(policy.file(), Files.exists(file) ? line(file, row.toString()) : 0, says);
    }

    /** The line of the innermost row that a sentence quotes; 0 where it quotes none. */
    private static int line(Path file, String says) {
        try {
            String text = Files.readString(file);
            List<Integer> lines = new ArrayList<>();
            YAMLParser parser = YAML.getFactory().createParser(text);
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructStart()) {
                    lines.add(parser.currentTokenLocation().getLineNr());
                }
            }
            List<JsonNode> rows = new ArrayList<>();
            containers(YAML.readTree(text), rows);
            int found = 0;
            for (int i = 1; i < rows.size(); i++) {
                found = says.contains(rows.get(i).toString()) && rows.get(i).isObject() ? lines.get(i) : found;
            }
            return found;
        } catch (IOException e) {
            return 0;
        }
    }

    /** In the order in which they begin in the text. */
    private static void containers(JsonNode node, List<JsonNode> found) {
        if (node.isContainerNode()) {
            found.add(node);
            node.forEach(each -> containers(each, found));
        }
    }
}
