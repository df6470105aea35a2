package io.orderweir.demo;

import io.orderweir.embedded.PasswordFile;
import io.orderweir.process.Folders;
import io.orderweir.process.Launch;
import io.orderweir.process.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** One process on the stage, started by the launcher as a user would start it, ended with everything it started. */
final class Stage implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(180);
    private static final Pattern DATABASE = Pattern.compile("PostgreSQL at (\\S+) \\(user (\\S+), password in (\\S+)\\)");

    private final String name;
    private final Launch launch;
    private final String url;
    private final Set<ProcessHandle> started = ConcurrentHashMap.newKeySet();

    private Stage(String name, Launch launch, String url) {
        this.name = name;
        this.launch = launch;
        this.url = url;
        // when this JVM is ended the launcher may be gone before it could end the others
        Runtime.getRuntime().addShutdownHook(new Thread(() -> started.forEach(ProcessHandle::destroy)));
    }

    /** Starts on an empty folder, target/demo/(name), at a free port, and does not wait. */
    static Stage start(String name, Stream<String> options) {
        Path folder = Path.of("target", "demo", name).toAbsolutePath();
        Folders.delete(folder);
        int port = freePort();
        List<String> all = Stream.concat(Stream.of("-Dquarkus.http.port=" + port, "-Dorderweir.data=" + folder.resolve("data")), options).toList();
        return new Stage(name, Launch.of(Folders.orderweir(), folder, List.of(), all, Map.of()), "http://127.0.0.1:" + port);
    }

    Stage awaitReady() {
        Awaitility.await(name + " is ready").atMost(READY).pollInterval(Duration.ofMillis(100)).pollInSameThread().until(() -> {
            started.addAll(launch.descendants());
            if (ProcessHandle.of(launch.pid()).isEmpty()) {
                throw new IllegalStateException(name + " ended before it was ready:\n" + launch.said());
            }
            return isReady();
        });
        started.addAll(launch.descendants());
        return this;
    }

    String url() {
        return url;
    }

    /** What it said when it was started. */
    String said() {
        return launch.said();
    }

    Sql sql() {
        Matcher found = DATABASE.matcher(said());
        if (!found.find()) {
            throw new IllegalStateException(name + " did not say where its database is:\n" + said());
        }
        PasswordFile.add(found.group(1), Path.of(found.group(3)).getParent());
        return new Sql(found.group(1), found.group(2));
    }

    @Override
    public void close() {
        launch.close();
    }

    private boolean isReady() {
        try {
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(url + "/q/health/ready")).timeout(Duration.ofSeconds(5)).build(),
                    HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
