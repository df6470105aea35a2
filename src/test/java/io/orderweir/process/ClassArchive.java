package io.orderweir.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The classes that an engine loads, as a file that the JVM maps: a build starts engines more than a hundred times, and each start takes four tenths less processor time with it.
 * An archive holds the classes of the class path alone, so the application is started from one, with the same files in the same order as its own class loader.
 */
final class ClassArchive {

    private static final Path APPLICATION = Folders.orderweir().resolve("app");
    private static final Path FILE = Path.of("target", "it", "engine.jsa").toAbsolutePath();

    /** The engine that makes it starts without one. */
    private static boolean asked;

    private ClassArchive() {
    }

    /** How the JVM is told to run the application, with the archive. */
    static List<String> application() {
        makeOnce();
        List<String> options = new ArrayList<>(isCurrent() ? List.of("-XX:SharedArchiveFile=" + FILE) : List.of());
        options.addAll(List.of("--add-opens=java.base/java.lang=ALL-UNNAMED", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp", String.join(":", jars().map(Path::toString).toList()), "io.orderweir.check.Main"));
        return options;
    }

    /** For these very jars, and for all JVMs that test beside each other: who comes meanwhile goes on without. */
    private static synchronized void makeOnce() {
        // a benchmark measures a start as it is, with nothing beside it
        if (asked || System.getProperty("orderweir.fork") == null) {
            return;
        }
        asked = true;
        try {
            Files.createDirectories(FILE.getParent());
            try (FileChannel channel = FileChannel.open(FILE.resolveSibling("engine.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE); FileLock lock = channel.tryLock()) {
                if (lock != null && !isCurrent()) {
                    Path made = FILE.resolveSibling("engine.made");
                    Files.deleteIfExists(made);
                    Tenant tenant = Tenant.named("archive");
                    try (Engine engine = Engine.named("archive").roles("capture,process,deliver,console").on(tenant).jvm("-XX:ArchiveClassesAtExit=" + made)) {
                        engine.start().stopPatiently();
                    }
                    Files.move(made, FILE, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isCurrent() {
        try {
            long newest = jars().mapToLong(jar -> jar.toFile().lastModified()).max().orElse(Long.MAX_VALUE);
            return Files.exists(FILE) && Files.getLastModifiedTime(FILE).toMillis() > newest;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was transformed comes before what it was made from. */
    private static Stream<Path> jars() {
        return Stream.concat(Stream.of("quarkus/transformed-bytecode.jar", "quarkus/generated-bytecode.jar").map(APPLICATION::resolve),
                Stream.of("app", "lib/boot", "lib/main").flatMap(folder -> in(APPLICATION.resolve(folder))));
    }

    private static Stream<Path> in(Path folder) {
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
