package io.orderweir.house;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RoutesDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * Reads routes into Camel's model and writes the model as YAML, as an editor or converter that is built on Camel does.
 * Which Camel writes is the caller's choice, so each runs in a class loader of its own; what comes and goes is text.
 */
public final class CamelWriter implements BiFunction<String, Boolean, String> {

    /** The versions whose jars the build lays here, for these tests alone. */
    private static final Path VERSIONS = Path.of("target/camel-writer");

    /** Of a text, and whether the options of endpoints are to stand below {@code parameters} (or in the URI), the text that this version of Camel makes. */
    @SuppressWarnings("unchecked")
    static BiFunction<String, Boolean, String> of(String version) {
        try (Stream<Path> jars = Files.list(VERSIONS.resolve(version))) {
            List<URL> first = new ArrayList<>();
            for (Path jar : jars.sorted().toList()) {
                first.add(jar.toUri().toURL());
            }
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                first.add(Path.of(entry).toUri().toURL());
            }
            return (BiFunction<String, Boolean, String>) new URLClassLoader(first.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())
                    .loadClass(CamelWriter.class.getName()).getDeclaredConstructor().newInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(VERSIONS.resolve(version) + " is laid by the build; run mvn generate-test-resources", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String apply(String yaml, Boolean parameters) {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(CamelWriter.class.getClassLoader());
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("read.camel.yaml", yaml));
            RoutesDefinition routes = new RoutesDefinition();
            routes.setRoutes(new ArrayList<>(camel.getRouteDefinitions()));
            return PluginHelper.getModelToYAMLDumper(camel).dumpModelAsYaml(camel, routes, false, parameters, false, false);
        } catch (Exception e) {
            throw new IllegalStateException("it cannot be written: " + e.getMessage(), e);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
