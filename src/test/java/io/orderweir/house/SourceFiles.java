package io.orderweir.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Java sources without the tests. */
final class SourceFiles {

    private SourceFiles() {
    }

    /** Each with its text. */
    static Map<Path, String> texts() {
        return Read.TEXTS;
    }

    /** Read once: the rules ask for them hundreds of times, and nobody changes them meanwhile. */
    private static final class Read {
        private static final Map<Path, String> TEXTS = java().stream().collect(Collectors.toMap(file -> file, RouteFile::read, (one, same) -> one, LinkedHashMap::new));
    }

    static List<Path> java() {
        return java(Path.of("src/main/java"));
    }

    static List<Path> java(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
