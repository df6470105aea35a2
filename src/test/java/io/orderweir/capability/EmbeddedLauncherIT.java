package io.orderweir.capability;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orderweir.embedded.TestDatabase;
import io.orderweir.process.Folders;
import io.orderweir.process.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One command starts everything from one folder, and says what to do when it cannot. */
class EmbeddedLauncherIT {
    private static final List<String> AS_NOBODY = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    private static final String SERVICES_READY = "orderweir services: ";

    /** Outside the project, readable for everybody, and not where the build made it. */
    private static Path moved;
    /** Of PostgreSQL, unpacked in it: every start but one finds them there. */
    private static Path programs;

    @BeforeAll
    static void moveTheFolder() throws IOException {
        moved = Files.createTempDirectory("orderweir-moved");
        Files.setPosixFilePermissions(moved, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Stream<Path> files = Files.walk(Folders.orderweir())) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> file.getParent().endsWith("embedded") || !file.startsWith(Folders.orderweir().resolve("embedded"))).toList()) {
                Path copy = moved.resolve("folder").resolve(Folders.orderweir().relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Path embedded = moved.resolve("folder/embedded");
        TestDatabase.unpack(embedded);
        try (Stream<Path> unpacked = Files.list(embedded)) {
            programs = unpacked.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    @AfterAll
    static void remove() {
        Folders.delete(moved);
    }

    @Test
    void aMovedFolderStartsEverythingWithoutTheMavenRepositoryAndStopsIt() throws IOException {
        // Given a folder in which nothing is unpacked yet
        Path work = Folders.fresh("launcher-cold");
        Path aside = Files.move(programs, moved.resolve("programs"));
        try (ServerSocketPort port = new ServerSocketPort();
                // When
                Launch launch = start(work, List.of(), List.of("-Duser.home=" + work, "-Dorderweir.data=data", "-Dquarkus.http.port=" + port.released()), Map.of())) {
            launch.awaitSaid("Listening on: http://127.0.0.1:" + port.number());
            // Then
            assertTrue(launch.said().contains("PostgreSQL at jdbc:postgresql://127.0.0.1:"), launch.said());
            List<ProcessHandle> everything = launch.descendants();
            launch.stop();
            await().atMost(Duration.ofSeconds(10)).until(() -> everything.stream().noneMatch(ProcessHandle::isAlive));
            assertTrue(launch.said().contains("stopped in"), "the application was given time to finish: " + launch.said());
        } finally {
            Folders.delete(programs);
            Files.move(aside, programs);
        }
    }

    @Test
    void theApplicationOfAKilledLauncherIsStoppedTooAndNothingOfItRunsAsRoot() throws IOException {
        // Given
        Path work = Files.createDirectory(moved.resolve("killed"));
        try (ServerSocketPort port = new ServerSocketPort();
                Launch launch = start(work, List.of(), List.of("-Dquarkus.http.port=" + port.released()), Map.of())) {
            launch.awaitSaid("Listening on: http://127.0.0.1:" + port.number());
            List<ProcessHandle> everything = launch.descendants();
            for (ProcessHandle process : everything) {
                assertTrue(Files.readString(Path.of("/proc", String.valueOf(process.pid()), "status")).matches("(?s).*\nUid:\t(?!0\t).*\nCapEff:\t0{13}[04]00\n.*"), process.info().command().orElse("") + "\n" + launch.said());
            }
            // When
            ProcessHandle.of(launch.pid()).ifPresent(ProcessHandle::destroyForcibly);
            // Then
            await().atMost(Duration.ofSeconds(30)).until(() -> everything.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void aSecondStartIsRefusedWhileTheOwnerLives() {
        // Given
        Path work = Folders.fresh("launcher-second");
        try (Launch owner = start(work, List.of(), List.of(), Map.of(), "services")) {
            owner.awaitSaid(SERVICES_READY);
            // When
            try (Launch second = start(work, List.of(), List.of(), Map.of(), "services")) {
                // Then
                assertEquals(2, second.exitCode());
                assertTrue(second.said().contains("process " + owner.pid() + " already runs on " + work.resolve("orderweir-data")), second.said());
            }
        }
    }

    @Test
    void oneOfTwoSettingsIsRefusedWithTheOtherNamed() {
        // Given
        Path work = Folders.fresh("launcher-half");
        // When
        try (Launch onlyBroker = start(work, List.of(), List.of("-Dkafka.bootstrap.servers=127.0.0.1:1"), Map.of());
                Launch onlyDatabase = start(work, List.of(), List.of(), Map.of("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/x"))) {
            // Then
            assertEquals(2, onlyBroker.exitCode());
            assertTrue(onlyBroker.said().contains("quarkus.datasource.jdbc.url is not; set it too"), onlyBroker.said());
            assertEquals(2, onlyDatabase.exitCode());
            assertTrue(onlyDatabase.said().contains("kafka.bootstrap.servers is not; set it too"), onlyDatabase.said());
        }
    }

    @Test
    void aPortInUseAndDataOfAnotherVersionAreRefusedInOneSentence() throws IOException {
        // Given
        Path work = Folders.fresh("launcher-port");
        Path old = Folders.fresh("launcher-old");
        Files.createDirectories(old.resolve("orderweir-data/postgres"));
        Files.writeString(old.resolve("orderweir-data/postgres/PG_VERSION"), "11\n");
        // When
        try (ServerSocketPort port = new ServerSocketPort();
                Launch busy = start(work, List.of(), List.of("-Dorderweir.launcher.kafka-port=" + port.number()), Map.of(), "services");
                Launch outdated = start(old, List.of(), List.of(), Map.of(), "services")) {
            // Then
            assertEquals(2, busy.exitCode());
            assertTrue(busy.said().contains("port " + port.number() + " is in use on 127.0.0.1"), busy.said());
            assertEquals(2, outdated.exitCode());
            assertTrue(outdated.said().contains("was made by PostgreSQL 11"), outdated.said());
        }
    }

    @Test
    void anOrdinaryUserStartsItTooAndIsToldWhereItMayNotWrite() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can become another user");
        // Given
        Path work = Files.createDirectory(moved.resolve("nobody"));
        Files.setAttribute(work, "unix:uid", 65534);
        // When
        try (Launch allowed = start(moved, AS_NOBODY, List.of("-Dorderweir.data=" + work.resolve("data")), Map.of(), "services");
                Launch forbidden = start(moved, AS_NOBODY, List.of("-Dorderweir.data=" + moved.resolve("forbidden")), Map.of(), "services")) {
            // Then
            allowed.awaitSaid(SERVICES_READY);
            assertEquals(2, forbidden.exitCode());
            assertTrue(forbidden.said().contains("may not create " + moved.resolve("forbidden")), forbidden.said());
        }
    }

    @Test
    void rootWithoutUserNamespacesStartsItToo() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root needs another identity for PostgreSQL");
        // Given a machine whose unshare is forbidden, and a directory only root can reach
        Path work = Folders.fresh("launcher-no-namespaces");
        Path programs = Files.createDirectory(work.resolve("programs"));
        Files.writeString(programs.resolve("unshare"), "#!/bin/sh\nexit 1\n");
        Files.setPosixFilePermissions(programs.resolve("unshare"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwx------"));
        // When
        try (Launch launch = start(work, List.of(), List.of(), Map.of("PATH", programs + ":" + System.getenv("PATH")), "services")) {
            // Then
            launch.awaitSaid(SERVICES_READY);
            assertEquals(65534, Files.getAttribute(work.resolve("orderweir-data/postgres"), "unix:uid"));
        }
    }

    @Test
    void theSandboxNeedsNoServices() {
        // Given
        Path work = Folders.fresh("launcher-sandbox");
        try (ServerSocketPort port = new ServerSocketPort();
                // When
                Launch launch = start(work, List.of(), List.of("-Dorderweir.roles=sandbox", "-Dquarkus.http.port=" + port.released()), Map.of())) {
            launch.awaitSaid("Listening on: http://127.0.0.1:" + port.number());
            // Then
            assertEquals(1, launch.descendants().size(), "the application alone");
        }
    }

    private static Launch start(Path directory, List<String> before, List<String> options, Map<String, String> environment, String... arguments) {
        return Launch.of(moved.resolve("folder"), directory, before, options, environment, arguments);
    }

    /** A port that is taken until it is released. */
    private static final class ServerSocketPort implements AutoCloseable {
        private final ServerSocket socket;

        ServerSocketPort() {
            try {
                socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        int number() {
            return socket.getLocalPort();
        }

        int released() {
            close();
            return number();
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
