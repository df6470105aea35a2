package io.orderweir.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A start of the launcher as a user would type it, with everything it said. */
public final class Launch implements AutoCloseable {
    /** As long as a start may take on a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Path log;
    private final Child child;

    private Launch(Path log, Child child) {
        this.log = log;
        this.child = child;
    }

    /** Words before java, -D options and arguments, run in this folder; the environment is added to the test's own. */
    public static Launch of(Path orderweir, Path directory, List<String> before, List<String> options, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(Folders.java(), "-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-jar", orderweir.resolve("orderweir.jar").toString()));
        command.addAll(List.of(arguments));
        Path log = directory.resolve("launch-" + System.nanoTime() + ".log");
        return new Launch(log, Child.start(command, new HashMap<>(environment), directory, log, ProcessBuilder.Redirect.appendTo(log.toFile())));
    }

    public String said() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void awaitSaid(String words) {
        child.await(() -> said().contains(words), PATIENCE);
    }

    /** Waits for the end it comes to by itself. */
    public int exitCode() {
        child.end(PATIENCE);
        return child.process().exitValue();
    }

    public long pid() {
        return child.process().pid();
    }

    /** Everything it started, directly or not. */
    public List<ProcessHandle> descendants() {
        return child.process().descendants().toList();
    }

    /** Asks it to stop, as Ctrl-C or a service manager would. */
    public void stop() {
        child.stop();
    }

    /** Closes its standard input: the end for services-only. */
    public void endInput() {
        try {
            child.process().getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (child.process().isAlive()) {
            stop();
        }
    }
}
