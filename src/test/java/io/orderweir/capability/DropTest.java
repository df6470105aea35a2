package io.orderweir.capability;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.capability.PaperDoors.Kept;
import io.orderweir.drop.Complete;
import io.orderweir.drop.Copying;
import io.orderweir.drop.Inspection;
import io.orderweir.drop.Shelf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A dropped file is captured once it is whole, leaves the folder when the broker has it, and is never lost or doubled on the way. */
@Timeout(60)
class DropTest {

    private static final String DRAWING = "web-us-5324830114101-13_A.step";
    private static final String OF_DRAWING = sha256("drawing A");

    @TempDir
    private Path directory;
    @TempDir
    private Path outside;
    private final List<PaperDoors> replicas = new ArrayList<>();

    @BeforeEach
    void folders() throws IOException {
        Files.createDirectory(directory.resolve("proposed"));
        Files.createDirectory(directory.resolve("approved"));
    }

    @AfterEach
    void stop() {
        replicas.forEach(PaperDoors::close);
    }

    @Test
    void aWholeFileIsCapturedAndPutAwayWithItsChecksum() throws Exception {
        // Given
        PaperDoors drop = replica();
        // When
        Path file = dropped("approved", DRAWING, "drawing A");
        // Then
        await().until(() -> isPutAway(directory, DRAWING));
        assertEquals("drawing A", Files.readString(directory.resolve("done/approved/" + DRAWING)));
        assertFalse(Files.exists(file));
        Kept kept = drop.kept.get(0);
        assertEquals("drawings:drawing-approved:" + OF_DRAWING + "/" + DRAWING, kept.delivery());
        assertEquals("orderweir.captured.signal", kept.topic());
        assertEquals("drawings/drawing-approved/" + OF_DRAWING + "/" + DRAWING, kept.key());
        JsonNode news = new ObjectMapper().readTree(kept.body());
        assertEquals("{\"file\":\"" + DRAWING + "\",\"revision\":\"A\",\"reference\":\"web-us-5324830114101-13\",\"sha256\":\"" + OF_DRAWING
                + "\",\"size\":9,\"folder\":\"approved\",\"at\":\"2026-11-21T13:00:00.250Z\"}", news.toString());
        assertEquals("drawing-approved web-us-5324830114101-13", signal(drop, kept));
        assertEquals(List.of(), drop.alerts);
    }

    @Test
    void twoFilesAtOnceAreTwoNewsTheEarlierFirst() throws Exception {
        // Given
        dropped("proposed", "web-1-2_B.step", "drawing B", Instant.parse("2026-11-21T13:00:01Z"));
        dropped("approved", DRAWING, "drawing A");
        // When
        PaperDoors drop = replica();
        // Then
        await().until(() -> list("done").size() == 4);
        assertEquals(List.of("drawing-approved web-us-5324830114101-13", "drawing web-1-2"), drop.kept.stream().map(kept -> signal(drop, kept)).toList());
    }

    @Test
    void aFileThatIsNotWholeYetIsLeftAlone() throws Exception {
        // Given
        Path part = Files.writeString(directory.resolve("approved/web-1-3_A.step.part"), "half");
        Files.writeString(directory.resolve("approved/web-1-3_A.step.part.sha256"), sha256("half"));
        Files.writeString(directory.resolve("approved/web-1-3_A.step.sha256"), sha256("whole"));
        Path alone = Files.writeString(directory.resolve("approved/web-1-4_A.step"), "without a checksum");
        Path early = Files.writeString(directory.resolve("approved/web-1-5_A.step"), "its checksum is being written");
        Files.createFile(directory.resolve("approved/web-1-5_A.step.sha256"));
        Path elsewhere = Files.writeString(directory.resolve("web-1-6_A.step"), "not in a folder");
        Files.writeString(directory.resolve("web-1-6_A.step.sha256"), sha256("not in a folder"));
        PaperDoors drop = replica();
        // When others were taken, one after the other
        for (String name : List.of("web-1-7_A.step", "web-1-8_A.step")) {
            dropped("approved", name, name);
            await().until(() -> isPutAway(directory, name));
        }
        // Then
        assertEquals(2, drop.kept.size());
        for (Path left : List.of(part, alone, early, elsewhere)) {
            assertTrue(Files.exists(left), left.toString());
        }
        // and it is taken as soon as it is whole
        Files.writeString(part, "whole");
        Files.move(part, directory.resolve("approved/web-1-3_A.step"));
        await().until(() -> Files.exists(directory.resolve("done/approved/web-1-3_A.step")));
        assertEquals(List.of(), drop.alerts);
    }

    @Test
    void aWrongChecksumGoesToFailedWithAReasonAndAPersonIsTold() throws Exception {
        // Given
        PaperDoors drop = replica();
        // When
        Path file = dropped("approved", DRAWING, "drawing A");
        Files.writeString(directory.resolve("approved/web-1-2_A.step.sha256"), sha256("as it was") + "  web-1-2_A.step\n");
        Files.writeString(directory.resolve("approved/web-1-2_A.step"), "as it came");
        // Then
        await().until(() -> Files.exists(directory.resolve("failed/approved/web-1-2_A.step.sha256")) && !Files.exists(file));
        String reason = Files.readString(directory.resolve("failed/approved/web-1-2_A.step.reason")).strip();
        assertEquals("The dropped file " + directory.resolve("approved/web-1-2_A.step") + " does not have the checksum that the file beside it says: it was changed or cut off on its way. Drop both again.", reason);
        assertEquals("as it came", Files.readString(directory.resolve("failed/approved/web-1-2_A.step")));
        assertEquals(List.of(reason), drop.alerts);
        assertEquals(1, drop.kept.size(), "the other file went on");
    }

    @Test
    void aNameThatSaysNoReferenceAndAChecksumThatIsNoneGoToFailed() throws Exception {
        // Given
        PaperDoors drop = replica();
        // When
        dropped("proposed", "lamp final.step", "x");
        dropped("proposed", "web-1-2_A.step", "y");
        Files.writeString(directory.resolve("proposed/web-1-3_A.step.sha256"), "see the e-mail");
        Files.writeString(directory.resolve("proposed/web-1-3_A.step"), "z");
        Files.writeString(directory.resolve("proposed/web-1-4_A.step.sha256"), sha256("z") + "  web-1-3_A.step\n");
        Files.writeString(directory.resolve("proposed/web-1-4_A.step"), "z");
        // Then
        await().until(() -> list("failed").size() == 9 && list("done").size() == 2);
        assertTrue(Files.readString(directory.resolve("failed/proposed/lamp final.step.reason")).contains("Name it <reference>_<revision>.<ending>"));
        for (String name : List.of("web-1-3_A.step", "web-1-4_A.step")) {
            assertTrue(Files.readString(directory.resolve("failed/proposed/" + name + ".reason")).contains("no SHA-256 of it"), name);
        }
        assertEquals(3, drop.alerts.size());
        assertEquals(1, drop.kept.size());
    }

    @Test
    void aCrashBetweenCaptureAndMoveDoublesNothing() throws Exception {
        // Given a process that dies after the broker has acknowledged
        PaperDoors drop = replica(new DyingShelf());
        // When
        dropped("approved", DRAWING, "drawing A");
        // Then the second run is the same delivery
        await().until(() -> isPutAway(directory, DRAWING));
        assertEquals(2, drop.kept.size());
        assertEquals(drop.kept.get(0).delivery(), drop.kept.get(1).delivery());
        assertEquals(drop.kept.get(0).key(), drop.kept.get(1).key());
        assertEquals(drop.kept.get(0).text(), drop.kept.get(1).text());
    }

    @Test
    void whileTheBrokerIsAwayTheFileStays() throws Exception {
        // Given
        PaperDoors drop = replica();
        drop.brokerAway = true;
        Path file = dropped("approved", DRAWING, "drawing A");
        // a wrong one is put away after the other was tried
        Files.writeString(directory.resolve("approved/web-1-2_A.step.sha256"), sha256("other"));
        Files.writeString(directory.resolve("approved/web-1-2_A.step"), "x");
        await().until(() -> Files.exists(directory.resolve("failed/approved/web-1-2_A.step")));
        assertTrue(Files.exists(file));
        // When
        drop.brokerAway = false;
        // Then
        await().until(() -> Files.exists(directory.resolve("done/approved/" + DRAWING)));
        assertEquals(1, drop.kept.size());
    }

    @Test
    void severalReplicasWatchOneDirectory() throws Exception {
        // Given
        PaperDoors one = replica();
        PaperDoors other = replica();
        // When
        for (int i = 0; i < 40; i++) {
            dropped("approved", "web-" + i + "_A.step", "drawing " + i);
        }
        // Then each is put away once, and whatever was captured twice has one name
        await().until(() -> list("done").size() == 80);
        TreeSet<String> names = new TreeSet<>();
        // what capture tells process of its clock has no name
        Stream.concat(one.kept.stream(), other.kept.stream()).map(Kept::delivery).filter(Objects::nonNull).forEach(names::add);
        assertEquals(40, names.size());
        assertEquals(List.of(), list("approved"));
        assertEquals(List.of(), one.alerts);
        assertEquals(List.of(), other.alerts);
    }

    @Test
    void anotherFileOfTheSameNameTakesTheNameOfNoneBefore() throws Exception {
        // Given
        PaperDoors drop = replica();
        for (String content : List.of("first", "second", "second")) {
            // When
            Path file = dropped("approved", DRAWING, content);
            await().until(() -> !Files.exists(file) && !Files.exists(file.resolveSibling(DRAWING + ".sha256")));
        }
        // Then
        assertEquals("first", Files.readString(directory.resolve("done/approved/" + DRAWING)));
        assertEquals("second", Files.readString(directory.resolve("done/approved/" + DRAWING + ".2")));
        assertEquals(4, list("done").size(), "the same bytes again are the same file");
        assertEquals(drop.kept.get(1).delivery(), drop.kept.get(2).delivery());
    }

    @Test
    void whatCannotBePutAwayIsNotCapturedAndToldOnce() throws Exception {
        // Given a file where the folder should be
        Path inTheWay = Files.writeString(directory.resolve("done"), "");
        PaperDoors drop = replica();
        Path file = dropped("approved", DRAWING, "drawing A");
        // When
        await().until(() -> !drop.alerts.isEmpty());
        // Then
        assertEquals(List.of(), drop.kept);
        assertTrue(Files.exists(file));
        assertTrue(drop.alerts.get(0).startsWith("The dropped file " + file + " cannot be read or put away"), drop.alerts.get(0));
        // and it goes on when the way is free
        Files.delete(inTheWay);
        await().until(() -> Files.exists(directory.resolve("done/approved/" + DRAWING)));
        assertEquals(1, drop.alerts.size());
        assertEquals(1, drop.kept.size());
    }

    @Test
    void aDirectoryThatIsMountedLaterIsWatchedFromThen() throws Exception {
        // Given a process that starts before its directory is there
        Path mount = directory.resolve("mount");
        directory = mount;
        PaperDoors drop = replica();
        // When
        Files.createDirectories(mount.resolve("approved"));
        dropped("approved", DRAWING, "drawing A");
        // Then
        await().until(() -> isPutAway(mount, DRAWING));
        assertEquals(1, drop.kept.size());
    }

    /** Dies before its first move. */
    public static final class DyingShelf extends Shelf {
        private final AtomicInteger moves = new AtomicInteger();

        @Override
        public void done(Exchange exchange) {
            if (moves.incrementAndGet() == 1) {
                throw new IllegalStateException("killed here");
            }
            super.done(exchange);
        }
    }

    @Test
    void aLinkAPipeAndADeviceAreRefusedAndTheDropGoesOn() throws Exception {
        // Given a secret beside the drop
        Path secret = Files.writeString(outside.resolve("secret"), "CANARY of the process");
        PaperDoors drop = replica();
        // When somebody drops what is no file: with a checksum that is guessed, right, or endless itself
        link("web-1-1_A.step", secret, sha256("a guess"));
        link("web-1-2_A.step", secret, sha256("CANARY of the process"));
        link("web-1-3_A.step", Path.of("/dev/zero"), sha256("x"));
        pipe("web-1-4_A.step");
        Files.writeString(directory.resolve("approved/web-1-4_A.step.sha256"), sha256("x"));
        Files.createSymbolicLink(directory.resolve("approved/web-1-5_A.step.sha256"), Path.of("/dev/zero"));
        Files.writeString(directory.resolve("approved/web-1-5_A.step"), "y");
        pipe("web-1-6_A.step.sha256");
        Files.writeString(directory.resolve("approved/web-1-6_A.step"), "z");
        Files.writeString(directory.resolve("approved/web-1-7_A.step.sha256"), sha256("z") + " ".repeat(2_000));
        Files.writeString(directory.resolve("approved/web-1-7_A.step"), "z");
        dropped("approved", DRAWING, "drawing A");
        // Then each is put away with its reason, a person is told, and the drawing behind them is taken
        await().until(() -> isPutAway(directory, DRAWING) && reasons().size() == 7);
        assertEquals(1, drop.kept.size());
        await().until(() -> drop.alerts.size() == 7);
        reasons().forEach((name, reason) -> assertTrue(reason.contains(name.compareTo("web-1-5") < 0 ? "is no file but a link, a pipe or a device" : "holds no SHA-256 of it"), reason));
        // and nothing of the secret is told, nor handed out
        assertFalse(reasons().toString().contains(sha256("CANARY of the process")), reasons().toString());
        for (String folder : List.of("approved", "failed/approved", "done/approved")) {
            assertFalse(Files.isRegularFile(directory.resolve(folder).resolve("web-1-2_A.step"), LinkOption.NOFOLLOW_LINKS), folder);
        }
        assertEquals(null, Copying.find(directory, "web-1-2_A.step", sha256("CANARY of the process")));
        assertEquals("drawing A", Files.readString(Copying.find(directory, DRAWING, OF_DRAWING)));
        assertEquals(null, Copying.find(directory, DRAWING, sha256("another")));
    }

    @Test
    void aFolderThatIsALinkIsNotLookedInto() throws Exception {
        // Given a folder somebody has replaced by a link
        Path elsewhere = Files.createDirectory(outside.resolve("elsewhere"));
        Files.delete(directory.resolve("approved"));
        Files.writeString(elsewhere.resolve(DRAWING), "drawing A");
        Files.writeString(elsewhere.resolve(DRAWING + ".sha256"), OF_DRAWING);
        Files.createSymbolicLink(directory.resolve("approved"), elsewhere);
        // When
        PaperDoors drop = replica();
        // Then a person is told, and nothing is taken
        await().until(() -> !drop.alerts.isEmpty());
        assertTrue(drop.alerts.get(0).contains("is a link, or lies behind one"), drop.alerts.get(0));
        assertEquals(List.of(), drop.kept);
        assertTrue(Files.exists(elsewhere.resolve(DRAWING)));
    }

    @Test
    void whatIsTooLargeOrTakesTooLongIsRefused() throws Exception {
        // Given a drop that takes a kilobyte, and reads for a tenth of a second
        PaperDoors drop = replica(new Shelf(), Copying.inspection(1_024, Duration.ofMillis(100)));
        // When
        dropped("approved", "web-1-1_A.step", "x".repeat(1_025));
        dropped("approved", DRAWING, "drawing A");
        // Then
        await().until(() -> isPutAway(directory, DRAWING) && reasons().size() == 1);
        assertTrue(reasons().get("web-1-1_A.step").contains("is larger than the "), reasons().toString());
        assertEquals(1, drop.kept.size());
    }

    /** Why each was refused, by its name. */
    private Map<String, String> reasons() throws IOException {
        Map<String, String> reasons = new TreeMap<>();
        for (String name : list("failed")) {
            if (name.endsWith(".reason")) {
                reasons.put(name.replace(".reason", ""), Files.readString(directory.resolve("failed/approved").resolve(name)));
            }
        }
        return reasons;
    }

    private void link(String name, Path target, String checksum) throws IOException {
        Files.writeString(directory.resolve("approved").resolve(name + ".sha256"), checksum);
        Files.createSymbolicLink(directory.resolve("approved").resolve(name), target);
    }

    private void pipe(String name) throws Exception {
        assertEquals(0, new ProcessBuilder("mkfifo", directory.resolve("approved").resolve(name).toString()).start().waitFor());
    }

    private static boolean isPutAway(Path directory, String name) {
        return Files.exists(directory.resolve("done/approved").resolve(name)) && !Files.exists(directory.resolve("approved").resolve(name + ".sha256"));
    }

    private PaperDoors replica() throws Exception {
        return replica(new Shelf());
    }

    private PaperDoors replica(Shelf shelf) throws Exception {
        return replica(shelf, new Inspection());
    }

    private PaperDoors replica(Shelf shelf, Inspection inspection) throws Exception {
        PaperDoors drop = new PaperDoors(Map.of(), Clock.systemUTC()).bean("complete", new Complete()).bean("inspection", inspection).bean("shelf", shelf)
                .function("receives", connection -> "true").function("directoryOf", name -> directory.toString())
                .start(Map.of("delay: 1000", "delay: 20\n        initialDelay: 0"), "drawings");
        replicas.add(drop);
        return drop;
    }

    private static String signal(PaperDoors drop, Kept kept) {
        JsonNode signal = drop.map("drawings", kept.body()).getMessage().getBody(JsonNode.class);
        return signal.path("signal").textValue() + " " + signal.path("reference").textValue();
    }

    private Path dropped(String folder, String name, String content) throws IOException {
        return dropped(folder, name, content, Instant.parse("2026-11-21T13:00:00.250Z"));
    }

    /** As the sender does it: everything is there before the file has its name. */
    private Path dropped(String folder, String name, String content, Instant at) throws IOException {
        Path part = Files.writeString(directory.resolve(folder).resolve(name + ".part"), content);
        Files.setLastModifiedTime(part, FileTime.from(at));
        Files.writeString(directory.resolve(folder).resolve(name + ".sha256"), sha256(content) + "  " + name + "\n");
        return Files.move(part, directory.resolve(folder).resolve(name));
    }

    /** The files of a folder, those of its folders with them. */
    private List<String> list(String folder) {
        if (!Files.isDirectory(directory.resolve(folder))) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory.resolve(folder))) {
            return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).sorted().toList();
        } catch (UncheckedIOException movedMeanwhile) {
            return list(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
