package io.orderweir.check;

import io.orderweir.connection.RoleRoutes;
import io.orderweir.connection.Settings;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/**
 * Finds everything that is wrong with mounted connectors, a mounted policy and the configuration, without a database, a broker or a network: what
 * {@code check} prints and what refuses the start.
 */
final class Check {

    private static final String CONNECTORS = "orderweir.routes.dir";
    private static final String POLICY = "orderweir.policy.dir";
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
        Beans beans = new Beans();
        try (DefaultCamelContext camel = Paper.context(beans, config)) {
            Routes routes = new Routes(camel, beans, faults);
            for (String pattern : RoleRoutes.builtIn()) {
                for (Resource file : found(camel, pattern)) {
                    if (!file.getLocation().contains("routes/sandbox/")) {
                        routes.read(file, false);
                    }
                }
            }
            String mounted = config.getOptionalValue(CONNECTORS, String.class).orElse(null);
            if (mounted != null) {
                mounted(Path.of(mounted), camel, routes);
            }
            routes.look();
            new Tables(config.getConfigMapping(Settings.class), config, routes.served(), routes.folders(), faults).look();
            summary = routes.files() + " files with " + routes.routes() + " routes, " + config.getConfigMapping(Settings.class).connections().size() + " connections";
        }
    }

    private void mounted(Path directory, DefaultCamelContext camel, Routes routes) throws Exception {
        if (!Files.isDirectory(directory)) {
            faults.add(directory.toString(), 0, "it is no directory; correct " + CONNECTORS + ", or remove it");
            return;
        }
        for (String pattern : RoleRoutes.mounted(directory.toString()).split(",")) {
            for (Resource file : found(camel, pattern)) {
                routes.read(file, true);
            }
        }
        if (routes.files() == 0) {
            faults.add(directory.toString(), 0, "it holds no routes; they stand in <system>/<name>.camel.yaml, or in <name>.camel.yaml");
        }
        MountedFiles.look(directory, faults);
    }

    private static Collection<Resource> found(DefaultCamelContext camel, String pattern) throws Exception {
        return PluginHelper.getPackageScanResourceResolver(camel).findResources(pattern);
    }
}
