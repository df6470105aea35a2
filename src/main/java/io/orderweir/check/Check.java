package io.orderweir.check;

import io.orderweir.connection.RoleRoutes;
import io.orderweir.connection.Settings;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Finds everything that is wrong with mounted connectors, a mounted policy and the configuration, without a database, a broker or a network: what
 * {@code check} prints and what refuses the start.
 */
final class Check {

    private static final String CONNECTORS = "orderweir.routes.dir";
    private static final String POLICY = "orderweir.policy.dir";
    /** How the files of one connector are called. */
    private static final Set<String> OF_ONE = Set.of("routes", "door");
    /** More than any other place in which somebody says it. */
    private static final int ORDINAL = 1000;

    private final Faults faults = new Faults();
    private String summary = "";

    private Check() {
    }

    /** Of the directories that the configuration of this process names; those given here count before them, unless they are null. */
    static Check of(Path connectors, Path policy) {
        Map<String, String> given = new TreeMap<>();
        if (connectors != null) {
            given.put(CONNECTORS, connectors.toString());
        }
        if (policy != null) {
            given.put(POLICY, policy.toString());
        }
        return with(given);
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

    /** Sorted by file and line; empty when nothing is wrong. */
    List<Fault> faults() {
        return faults.all();
    }

    /** What was looked at. */
    String summary() {
        return summary;
    }

    private void look(Map<String, String> given) throws Exception {
        SmallRyeConfig config = ConfigUtils.configBuilder().withSources(new PropertiesConfigSource(given, "command line", ORDINAL)).withMapping(Settings.class).withValidateUnknown(false).build();
        Settings settings = config.getConfigMapping(Settings.class);
        Served served = new Served();
        summary = "no connectors are mounted";
        Optional<String> mounted = config.getOptionalValue(CONNECTORS, String.class);
        if (mounted.isPresent()) {
            routes(Path.of(mounted.get()), config, served);
        } else {
            // nothing that has to be understood: it takes a tenth of the time
            for (String file : RoleRoutes.builtIn()) {
                served.addAsWritten(RouteText.packaged(file));
            }
        }
        new Tables(settings, config, served, faults).look();
        summary += ", " + settings.connections().size() + " connections";
    }

    private void routes(Path directory, SmallRyeConfig config, Served served) throws Exception {
        Beans beans = new Beans();
        DefaultCamelContext camel = Paper.context(beans, config);
        Routes routes = new Routes(camel, beans, served, faults);
        for (String file : RoleRoutes.builtIn()) {
            routes.read(RouteText.packaged(file));
        }
        for (Path file : RoleRoutes.mounted(directory)) {
            RouteText text = RouteText.of(file);
            if (file.toString().endsWith(RoleRoutes.ROUTES)) {
                routes.read(text, connector(directory, file));
            } else if (file.toString().endsWith(".jq")) {
                Mappings.look(text.file(), 1, text.text(), faults);
                Whole.look(text, faults);
            } else if (file.toString().endsWith(".yaml")) {
                text.yaml(faults);
                Whole.look(text, faults);
            }
        }
        routes.look();
        if (routes.files() == 0) {
            faults.add(RouteText.shown(directory.toString()), 0, "it holds no routes; they stand in <system>/<name>.camel.yaml or <name>.camel.yaml of the directory that " + CONNECTORS + " names");
        }
        summary = routes.files() + " files with " + routes.routes() + " routes";
    }

    /** What a file in it is called after: its folder, itself, or the directory where that is one connector's. */
    private static String connector(Path directory, Path file) {
        Path inside = directory.relativize(file);
        String name = inside.getName(0).toString().replace(RoleRoutes.ROUTES, "");
        return inside.getNameCount() > 1 || !OF_ONE.contains(name) ? name : directory.toAbsolutePath().normalize().getFileName().toString();
    }
}
