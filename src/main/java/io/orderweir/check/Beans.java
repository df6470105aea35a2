package io.orderweir.check;

import io.orderweir.connector.ConnectorResources;
import io.orderweir.connector.Connectors;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.spi.BeanRepository;
import sun.reflect.ReflectionFactory;

/** The beans that routes may name, as the running program has them: found in our own classes, and made without their constructors, so that none of them does anything. */
final class Beans implements BeanRepository {

    /** How a class file names the annotation. */
    private static final String NAMED = "Ljakarta/inject/Named;";

    private final Map<String, Class<?>> types = new TreeMap<>();
    private final ConnectorResources resources;

    /** The files of these connectors are read, and not only named. */
    Beans(Connectors connectors) {
        resources = new ConnectorResources(connectors);
        try {
            Path classes = Path.of(Beans.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(classes)) {
                look(classes);
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(classes)) {
                    look(jar.getPath("/"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    Collection<String> names() {
        return types.keySet();
    }

    /** The methods that a route may call of a bean. */
    Set<String> methods(String name) {
        return Arrays.stream(types.get(name).getMethods()).filter(method -> method.getDeclaringClass() != Object.class).map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public Object lookupByName(String name) {
        return name.equals(ConnectorResources.NAME) ? resources : types.containsKey(name) ? idle(types.get(name)) : null;
    }

    @Override
    public <T> T lookupByNameAndType(String name, Class<T> type) {
        Class<?> known = types.get(name);
        return known == null || !type.isAssignableFrom(known) ? null : type.cast(lookupByName(name));
    }

    @Override
    public <T> Map<String, T> findByTypeWithName(Class<T> type) {
        return Map.of();
    }

    @Override
    public <T> Set<T> findByType(Class<T> type) {
        return Set.of();
    }

    private void look(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve("io/orderweir"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
                if (contains(file)) {
                    keep(root.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", ""));
                }
            }
        }
    }

    private void keep(String type) {
        try {
            Class<?> known = Class.forName(type, false, Beans.class.getClassLoader());
            Named named = known.getAnnotation(Named.class);
            if (named != null) {
                types.put(named.value(), known);
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean contains(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).contains(NAMED);
        }
    }

    private static Object idle(Class<?> type) {
        try {
            return ReflectionFactory.getReflectionFactory().newConstructorForSerialization(type, Object.class.getDeclaredConstructor()).newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
