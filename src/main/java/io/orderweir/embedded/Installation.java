package io.orderweir.embedded;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folder this launcher's jar lies in, wherever it was moved, and the commands that run what is in it. */
record Installation(Path folder) {

    static Installation ofThisJar() {
        try {
            return new Installation(Path.of(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toAbsolutePath().getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What whoever runs it must be able to read. */
    List<Path> read() {
        return Stream.concat(Stream.of(Path.of(java()), folder.resolve("orderweir.jar"), folder.resolve("app/quarkus-run.jar"), folder.resolve("embedded"), Path.of("").toAbsolutePath()),
                Stream.of("config/application.properties", "application.properties", ".env").map(Path::of).filter(Files::exists).map(Path::toAbsolutePath)).toList();
    }

    List<String> application(List<String> before, List<String> jvmOptions, List<String> arguments) {
        return Stream.of(before, List.of(java()), jvmOptions, List.of("-jar", folder.resolve("app/quarkus-run.jar").toString()), arguments)
                .flatMap(List::stream).toList();
    }

    /** In a session of its own, so that Ctrl-C in the terminal reaches the application first and never the database. */
    List<String> services(List<String> before, Path data, List<String> jvmOptions) {
        String classPath = Stream.of("orderweir.jar", "embedded/*", "app/lib/main/*", "app/lib/boot/*")
                .map(entry -> folder + File.separator + entry).collect(Collectors.joining(File.pathSeparator));
        return Stream.of(List.of("setsid"), before, List.of(java(), "-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError",
                                // the optimizing compiler cost more than half of the CPU time to ready: 3.8 s against 10 s on two busy cores
                                "-XX:TieredStopAtLevel=1"), jvmOptions,
                        List.of("-cp", classPath, EmbeddedServices.class.getName(), data.toString(), folder.resolve("embedded").toString()))
                .flatMap(List::stream).toList();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
