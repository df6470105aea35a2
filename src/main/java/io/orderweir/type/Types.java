package io.orderweir.type;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The types of events there are: the folders that are packaged, and those of {@code orderweir.types.dir}. A folder is called like its type and holds
 * {@code type.yaml}, {@code schema.json} and, where people should read other words than the fields' names, {@code words.yaml}. A mounted one cannot take the place of a
 * packaged one.
 */
@Singleton
public class Types {

    /** What nobody declared is captured as; its kind is noted and nothing else is done. */
    public static final String UNKNOWN = "unknown";
    static final String REFUSED = "Orderweir does not start: ";
    /** Of {@code type.yaml}. */
    public static final List<String> KEYS = TypeFolder.KEYS;
    private static final String KEY = "orderweir.types.dir";
    /** Written by the build: all files of the packaged folders, one a line, as {@code order/schema.json}. */
    private static final String INDEX = "/types/files.index";

    private final Map<String, Type> types = new TreeMap<>();
    private final Set<String> packaged = new LinkedHashSet<>();
    private final Path mounted;

    @Inject
    public Types(@ConfigProperty(name = KEY) Optional<Path> mounted) {
        this(mounted, refusal -> {
            throw refusal;
        });
    }

    private Types(Optional<Path> directory, Consumer<IllegalStateException> wrong) {
        mounted = directory.filter(Files::isDirectory).map(Path::toAbsolutePath).orElse(null);
        directory.filter(named -> mounted == null).ifPresent(named ->
                wrong.accept(new IllegalStateException(REFUSED + KEY + " = " + named + " is no directory; mount it, correct the path, or remove the key")));
        index().forEach(file -> packaged.add(file.substring(0, file.indexOf('/'))));
        packaged.forEach(folder -> types.put(folder, read(folder, "types/" + folder)));
        for (String folder : mounted == null ? List.<String>of() : list(mounted).stream().filter(name -> Files.isDirectory(mounted.resolve(name))).toList()) {
            try {
                if (packaged.contains(folder)) {
                    throw new IllegalStateException(REFUSED + mounted.resolve(folder) + ": it is called like a type that is packaged; give it, and its type, a name of its own");
                }
                types.put(folder, read(folder, mounted.resolve(folder).toString()));
            } catch (IllegalStateException refusal) {
                wrong.accept(refusal);
            }
        }
    }

    /** For who only wants to know: {@code wrong} gets a sentence for everything that is, and those that are understood can be asked. */
    public static Types looked(Optional<Path> mounted, List<String> wrong) {
        return new Types(mounted, refusal -> wrong.add(refusal.getMessage()));
    }

    /** The types of a directory that may be null, beside those that are packaged. */
    public static Types in(String directory) {
        return new Types(Optional.ofNullable(directory).map(Path::of));
    }

    /** Those that every process has. */
    public static Types packaged() {
        return Packaged.TYPES;
    }

    public Optional<Type> find(String type) {
        return Optional.ofNullable(type).map(types::get);
    }

    /** By name. */
    public Collection<Type> all() {
        return Collections.unmodifiableCollection(types.values());
    }

    public Set<String> names() {
        return Collections.unmodifiableSet(types.keySet());
    }

    /** The names as a sentence lists them: order, product or signal. */
    public String listed(String before) {
        List<String> names = new ArrayList<>(types.keySet());
        String last = names.remove(names.size() - 1);
        return String.join(", ", names) + " " + before + " " + last;
    }

    /** The type of what has lines, parts and gates. */
    public Type order() {
        return types.values().stream().filter(type -> type.kind() == Kind.ORDER).findFirst().orElseThrow();
    }

    /** A file of a folder, by its name such as {@code order/schema.json}; empty where the folder has none. */
    public Optional<byte[]> bytes(String file) {
        boolean ours = packaged.contains(file.split("/")[0]);
        try (InputStream in = ours ? Types.class.getResourceAsStream("/types/" + file)
                : mounted != null && Files.isRegularFile(mounted.resolve(file)) ? Files.newInputStream(mounted.resolve(file)) : null) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("types/" + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** All files of the mounted folders, and what lies beside these, which nobody reads. */
    public List<Path> mountedFiles() {
        return mounted == null ? List.of() : list(mounted).stream().filter(name -> !packaged.contains(name)).map(mounted::resolve)
                .flatMap(each -> Files.isDirectory(each) ? list(each).stream().map(each::resolve) : Stream.of(each)).filter(Files::isRegularFile).toList();
    }

    private Type read(String folder, String place) {
        return new TypeFolder(folder, place, !packaged.contains(folder), file -> bytes(folder + "/" + file)).read();
    }

    /** Names with a dot before them are not ours: Kubernetes keeps the versions of a mounted ConfigMap beside its files. */
    private static List<String> list(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> !name.startsWith(".")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be read", e);
        }
    }

    private static List<String> index() {
        try (InputStream index = Types.class.getResourceAsStream(INDEX)) {
            return new String(index.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** They are read once. */
    private static final class Packaged {
        private static final Types TYPES = in(null);
    }
}
