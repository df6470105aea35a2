package io.orderweir.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** Directories of our own: made for this user alone, removed whole. */
final class Directories {
    private Directories() {
    }

    static Path make(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return directory.toRealPath();
        } catch (AccessDeniedException e) {
            throw new Refusal("user " + System.getProperty("user.name") + " may not create " + directory.toAbsolutePath()
                    + "; choose another data directory with -Dorderweir.data=<directory>", e);
        } catch (IOException e) {
            throw new Refusal("cannot use " + directory.toAbsolutePath() + " as a directory: " + e, e);
        }
    }

    static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
