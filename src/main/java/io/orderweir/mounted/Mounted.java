package io.orderweir.mounted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a mounted directory held at one moment, whatever becomes of it later.
 *
 * @param directory where a person finds it
 * @param folders the folders in it
 * @param files the bytes of all files, by names such as {@code flows.yaml} and {@code acme/order.out.jq}
 */
public record Mounted(Path directory, SortedSet<String> folders, SortedMap<String, byte[]> files) {

    /** Of all files together: these are tables, routes and mappings, and each version of them is kept. */
    public static final int MOST_BYTES = 16 << 20;

    /**
     * Reads a directory, its files and those of its folders.
     *
     * @throws UncheckedIOException if it cannot be read
     * @throws IllegalStateException if it holds more than 16 MB
     */
    public static Mounted read(Path directory) {
        Mounted mounted = new Mounted(directory, new TreeSet<>(), new TreeMap<>());
        long bytes = 0;
        for (String name : list(directory)) {
            Path each = directory.resolve(name);
            if (Files.isDirectory(each)) {
                mounted.folders.add(name);
                for (String file : list(each)) {
                    bytes += mounted.keep(name + "/" + file, each.resolve(file), bytes);
                }
            } else {
                bytes += mounted.keep(name, each, bytes);
            }
        }
        return mounted;
    }

    /** The same files, wherever else a process may have them. */
    public static Mounted of(Path directory, SortedMap<String, byte[]> files) {
        SortedSet<String> folders = new TreeSet<>();
        files.keySet().stream().filter(file -> file.contains("/")).forEach(file -> folders.add(file.substring(0, file.indexOf('/'))));
        return new Mounted(directory, folders, files);
    }

    public Optional<byte[]> bytes(String file) {
        return Optional.ofNullable(files.get(file));
    }

    /** The names of the files of a folder. */
    public List<String> in(String folder) {
        return files.subMap(folder + "/", folder + "0").keySet().stream().map(file -> file.substring(folder.length() + 1)).toList();
    }

    /** Of names and bytes: the same for the same files, wherever they stand. */
    public String digest() {
        return digest(files);
    }

    /** That of one of its folders. */
    public String digest(String folder) {
        return digest(files.subMap(folder + "/", folder + "0"));
    }

    private static String digest(SortedMap<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, bytes) -> {
                digest.update((name + "\n" + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private long keep(String name, Path file, long before) {
        try {
            if (!Files.isRegularFile(file)) {
                return 0;
            }
            if (before + Files.size(file) > MOST_BYTES) {
                throw new IllegalStateException(directory + " holds more than " + (MOST_BYTES >> 20) + " MB, with " + name + "; take out what is no descriptor, route, mapping or table");
            }
            byte[] bytes = Files.readAllBytes(file);
            files.put(name, bytes);
            return bytes.length;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /** Names with a dot before them are not ours: Kubernetes keeps the versions of a mounted ConfigMap beside its files. */
    private static List<String> list(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> !name.startsWith(".")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be read", e);
        }
    }
}
