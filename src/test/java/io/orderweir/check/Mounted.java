package io.orderweir.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A connector and a policy as an integrator mounts them: the warehouse's, under the name acme. */
public final class Mounted {

    static final Path RESOURCES = Path.of("src/main/resources");
    private static final String SYSTEM = "orderweir.connections.acme.system";

    public final Path connectors;
    public final Path policy;
    public final Path types;
    private final Map<String, String> keys = new TreeMap<>();

    /** Whole and right, in two new folders of a directory. */
    public Mounted(Path directory) {
        connectors = folder(directory.resolve("connectors"));
        policy = folder(directory.resolve("policy"));
        types = directory.resolve("types");
        copy("wms", "acme");
        write(policy.resolve("flows.yaml"), read(RESOURCES.resolve("policy/flows.yaml")).replace("connection: wms", "connection: acme"));
        keys.put(SYSTEM, "acme");
    }

    /** Takes a built-in connector's files over under another name. */
    Mounted copy(String system, String name) {
        Path from = RESOURCES.resolve("connectors").resolve(system);
        try (Stream<Path> files = Files.walk(from)) {
            files.filter(Files::isRegularFile).forEach(file -> write(folder(connectors.resolve(name).resolve(from.relativize(file)).getParent()).resolve(file.getFileName()), read(file)
                    .replace("resource:connector:" + system, "resource:connector:" + name).replaceAll("(?<![\\w/{-])" + system + "(?=[ .:}/\"'\\n])", name)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    /** Mounts the type price beside them. */
    Mounted price() {
        folder(types.resolve("price"));
        for (String file : new String[] {"type.yaml", "schema.json", "words.yaml"}) {
            write(types.resolve("price").resolve(file), read(Path.of("src/test/resources/types/price", file)));
        }
        return this;
    }

    /** Exchanges the first place where a text stands. */
    public Mounted instead(String file, String from, String to) {
        Path path = path(file);
        String text = read(path);
        if (!text.contains(from)) {
            throw new AssertionError(file + " does not hold " + from);
        }
        int at = text.indexOf(from);
        write(path, text.substring(0, at) + to + text.substring(at + from.length()));
        return this;
    }

    Mounted file(String file, String text) {
        write(path(file), text);
        return this;
    }

    Mounted without(String file) {
        try {
            Files.delete(path(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    Mounted rename(String folder, String name) {
        try {
            Files.move(path(folder), path(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    Mounted key(String key, String value) {
        keys.put(key, value);
        return this;
    }

    /** Everything that says to a process that these are mounted. */
    public Map<String, String> keys() {
        Map<String, String> all = new TreeMap<>(keys);
        all.put("orderweir.connectors.dir", connectors.toString());
        all.put("orderweir.policy.dir", policy.toString());
        if (Files.exists(types)) {
            all.put("orderweir.types.dir", types.toString());
        }
        return all;
    }

    /** Files of the policy are named by policy/, those of types by types/. */
    public Path path(String file) {
        return file.startsWith("types/") ? types.resolve(file.substring("types/".length())) : file.startsWith("policy/") ? policy.resolve(file.substring("policy/".length())) : connectors.resolve(file);
    }

    /** A sentence as it is wherever they lie, and however long the files of others are. */
    public static String general(String says, Mounted in) {
        return says.replace(RouteText.shown(in.connectors.toString()), "{connectors}").replace(in.policy.toString(), "{policy}").replaceAll("(routes|door)\\.camel\\.yaml:\\d+", "$1.camel.yaml:N")
                .replaceFirst("the mapping connectors/", "the mapping {connectors}/").replaceAll("\\(in [^,]+, value not shown\\)", "(value not shown)").replaceFirst(", in \\{\"(type|role)\".*", ", in ?");
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public static void write(Path file, String text) {
        try {
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path folder(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
