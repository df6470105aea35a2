package io.orderweir.check;

import io.orderweir.connection.Accounts;
import io.orderweir.connection.Connections;
import io.orderweir.connection.RoleRoutes;
import io.orderweir.connection.Settings;
import io.orderweir.connector.Connector;
import io.orderweir.connector.Connectors;
import io.orderweir.connector.End;
import io.orderweir.contract.FixtureFaults;
import io.orderweir.hold.Complaints;
import io.orderweir.type.Types;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Finds everything that is wrong with mounted connectors, a mounted policy and the configuration, without a database, a broker or a network: what
 * {@code check} prints and what refuses the start.
 */
public final class Check {

    private static final String CONNECTORS = "orderweir.connectors.dir";
    private static final String POLICY = "orderweir.policy.dir";
    private static final String TYPES = "orderweir.types.dir";
    private static final String YAML = ".yaml";
    private static final String JQ = ".jq";
    private static final String REFUSED = "Orderweir does not start: ";
    private static final Pattern PLACED = Pattern.compile(REFUSED + "(/.+?)(?:: line (\\d+))?(?:: | (?=\\(|has no connector|is called like))(.*)", Pattern.DOTALL);

    private final Faults faults = new Faults();
    /** What is no YAML: that is told once. */
    private final Set<String> broken = new HashSet<>();
    private String summary = "";
    private final Map<String, List<End>> ends = new TreeMap<>();
    private Connectors connectors;

    private Check() {
    }

    /** Of the directories that the configuration of this process names; those given here count before them, unless they are null. */
    public static Check of(Path connectors, Path policy, Path types) {
        return of(Map.of(), connectors, policy, types);
    }

    /** The same with some keys given otherwise. */
    static Check of(Map<String, String> keys, Path connectors, Path policy, Path types) {
        Map<String, String> given = new TreeMap<>(keys);
        Stream.of(new Given(CONNECTORS, connectors), new Given(POLICY, policy), new Given(TYPES, types)).filter(each -> each.directory() != null)
                .forEach(each -> given.put(each.key(), each.directory().toString()));
        Check check = with(given);
        if (connectors != null && Files.isDirectory(connectors) && Connectors.understood(connectors.toString()).mountedFiles().isEmpty()) {
            check.faults.add(RouteText.shown(connectors.toString()), 0, "it holds no folder, and each folder in it would be a connector");
        }
        return check;
    }

    private record Given(String key, Path directory) {
    }

    /** Of this process, with some keys of its configuration given otherwise. */
    static Check with(Map<String, String> given) {
        Check check = new Check();
        try {
            check.look(given);
        } catch (ConfigValidationException wrong) {
            for (int i = 0; i < wrong.getProblemCount(); i++) {
                check.faults.add("configuration", 0, wrong.getProblem(i).getMessage());
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the check itself failed", e);
        }
        return check;
    }

    /** A path that the configuration of this process names. */
    static Optional<Path> configured(String key) {
        return Accounts.read(Map.of()).getOptionalValue(key, Path.class);
    }

    /** Sorted by file and line; empty when nothing is wrong. */
    public List<Fault> faults() {
        return faults.all();
    }

    /** Looks at the recordings of what is mounted, too: nothing that runs reads them, so they refuse no start. */
    Check andFixtures() {
        Set<String> mounted = new HashSet<>();
        connectors.mountedFiles().forEach(file -> mounted.add(file.getParent().getFileName().toString()));
        connectors.all().filter(connector -> mounted.contains(connector.system()))
                .forEach(connector -> FixtureFaults.of(connectors, connector).forEach(told -> faults.add(told.file(), told.line(), told.says())));
        return this;
    }

    /** What was looked at. */
    String summary() {
        return summary;
    }

    /** What vendors end of what is used, by connection. */
    Map<String, List<End>> ends() {
        return ends;
    }

    private void look(Map<String, String> given) throws Exception {
        SmallRyeConfig config = Accounts.read(given);
        Settings settings = config.getConfigMapping(Settings.class);
        List<String> wrong = new ArrayList<>();
        connectors = Connectors.looked(config.getOptionalValue(CONNECTORS, Path.class), wrong);
        Types types = Types.looked(config.getOptionalValue(TYPES, Path.class), wrong);
        boolean understood = wrong.isEmpty();
        Served served = new Served();
        List<Path> files = connectors.mountedFiles();
        summary = "no connectors are mounted";
        if (files.isEmpty()) {
            // nothing that has to be understood: it takes a tenth of the time
            for (String location : packaged(connectors)) {
                served.addAsWritten(RouteText.at(location));
            }
        } else {
            routes(files, connectors, types, config, served);
            connectors.systems().forEach(system -> complaints(connectors, system, wrong));
        }
        new TypeFiles(config.getOptionalValue(TYPES, Path.class), types, faults).look().forEach(broken::add);
        wrong.forEach(says -> descriptor(config, says));
        new Tables(settings, config, connectors, served, faults).look(understood);
        settings.connections().forEach((name, connection) -> connectors.find(connection.system()).filter(connector -> connection.url().isPresent())
                .ifPresent(connector -> ends.put(name, connector.ends(Connections.given(connection), connection.settings()))));
        summary += ", " + settings.connections().size() + " connections";
    }

    private void routes(List<Path> files, Connectors connectors, Types types, SmallRyeConfig config, Served served) throws Exception {
        Beans beans = new Beans(connectors);
        DefaultCamelContext camel = Paper.context(beans, config);
        Routes routes = new Routes(camel, beans, connectors, types, served, faults);
        for (String location : packaged(connectors)) {
            routes.read(location);
        }
        int routeFiles = 0;
        for (Path file : files) {
            RouteText text = RouteText.of(file);
            String name = file.getFileName().toString();
            String folder = file.getParent().getFileName().toString();
            if (!isOfAFolder(file, config)) {
                if (name.endsWith(YAML) || name.endsWith(JQ)) {
                    faults.add(text.file(), 0, "nobody reads it here: each folder in " + CONNECTORS + " is a connector; put it into one, and name the directory around that");
                }
            } else if (name.endsWith(Connectors.ROUTES)) {
                routeFiles++;
                routes.read(text, connectors.find(folder).orElseGet(() -> unknown(folder)));
            } else if (name.endsWith(JQ)) {
                Mappings.look(text.file(), 1, text.text(), faults);
                Whole.look(text, faults);
            } else if (name.endsWith(YAML)) {
                text.yaml(faults);
                if (faults.anyOf(text.file())) {
                    broken.add(text.file());
                }
                Whole.look(text, faults);
            }
        }
        routes.look();
        summary = routeFiles + " files with " + routes.routes() + " routes";
    }

    private static void complaints(Connectors connectors, String system, List<String> wrong) {
        try {
            new Complaints(connectors, system);
        } catch (IllegalStateException refused) {
            wrong.add(refused.getMessage());
        } catch (UncheckedIOException noYaml) {
            // that is told where the text is read
        }
    }

    private static boolean isOfAFolder(Path file, SmallRyeConfig config) {
        return !file.getParent().equals(config.getValue(CONNECTORS, Path.class).toAbsolutePath());
    }

    /** What stands for a connector whose descriptor is not understood: that is told, and not what its routes lack. */
    private static Connector unknown(String system) {
        return new Connector(system, system, null, null, null, null, null, null, null, null, null, null, null);
    }

    private static List<String> packaged(Connectors connectors) {
        return Stream.concat(RoleRoutes.engine().stream(), connectors.routeFiles().filter(location -> location.startsWith(RouteText.PACKAGED))).toList();
    }

    /** A sentence of the connectors, with the file and the line that it names. */
    private void descriptor(SmallRyeConfig config, String says) {
        Matcher placed = PLACED.matcher(says);
        if (!placed.matches()) {
            faults.add(Keys.place(config, says), says.replaceFirst("^" + REFUSED, ""));
            return;
        }
        String file = RouteText.shown(placed.group(1));
        if (!broken.contains(file)) {
            faults.add(file, placed.group(2) == null ? 0 : Integer.parseInt(placed.group(2)), placed.group(3));
        }
    }
}
