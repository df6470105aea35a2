package io.orderweir.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder under test and the folders tests write to. */
public final class Folders {
    private Folders() {
    }

    /** What the build made and a user would run. */
    public static Path orderweir() {
        return Path.of("target", "orderweir").toAbsolutePath();
    }

    /** Which of the JVMs that test beside each other this is, from 0. */
    static int fork() {
        return Integer.parseInt(System.getProperty("orderweir.fork", "jvm-1").replace("jvm-", "")) - 1;
    }

    /** A folder of this name, of its own for each of the JVMs that test beside each other. */
    static Path of(String name) {
        return Path.of("target", "it", System.getProperty("orderweir.fork", "jvm-1"), name).toAbsolutePath();
    }

    /** An empty folder of this test's own, kept afterwards for whoever looks into a failure. */
    public static Path fresh(String name) {
        Path folder = of(name);
        delete(folder);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : all) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
