package io.orderweir.contract;

import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.thisptr.jackson.jq.Function;
import org.apache.camel.spi.BeanRepository;

/** The classes of the beans that routes may name, by their names, as the running program has them: found in our own class files, where no container is. */
public final class NamedBeans {

    /** How a class file names the annotation. */
    private static final String NAMED = "Ljakarta/inject/Named;";

    private NamedBeans() {
    }

    public static Map<String, Class<?>> all() {
        Map<String, Class<?>> types = new TreeMap<>();
        try {
            Path classes = Path.of(NamedBeans.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(classes)) {
                look(classes, types);
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(classes)) {
                    look(jar.getPath("/"), types);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return types;
    }

    private static void look(Path root, Map<String, Class<?>> types) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve("io/orderweir"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
                if (contains(file)) {
                    keep(root.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", ""), types);
                }
            }
        }
    }

    private static void keep(String type, Map<String, Class<?>> types) {
        try {
            Class<?> known = Class.forName(type, false, NamedBeans.class.getClassLoader());
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

    /** The beans of the engine by their names, each made when a route first asks for it. */
    static final class Made implements BeanRepository {

        private final Map<String, Class<?>> named = all();
        private final Assembly beans;

        Made(Assembly beans) {
            this.beans = beans;
        }

        @Override
        public Object lookupByName(String name) {
            return named.containsKey(name) ? beans.get(named.get(name)) : null;
        }

        @Override
        public <T> T lookupByNameAndType(String name, Class<T> type) {
            Class<?> known = named.get(name);
            return known == null || !type.isAssignableFrom(known) ? null : type.cast(beans.get(known));
        }

        @Override
        public <T> Map<String, T> findByTypeWithName(Class<T> type) {
            Map<String, T> found = new HashMap<>();
            if (type == Function.class) {
                named.forEach((name, known) -> {
                    if (type.isAssignableFrom(known)) {
                        found.put(name, type.cast(beans.get(known)));
                    }
                });
            }
            return found;
        }

        @Override
        public <T> Set<T> findByType(Class<T> type) {
            return Set.copyOf(findByTypeWithName(type).values());
        }
    }
}
