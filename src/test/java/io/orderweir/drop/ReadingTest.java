package io.orderweir.drop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ReadingTest {

    @TempDir
    private Path directory;

    @Test
    void whatTakesLongerThanItMayIsGivenUp() throws IOException {
        // Given more bytes than a millisecond reads
        Path file = directory.resolve("large");
        Files.write(file, new byte[64 << 20]);
        // When, Then
        assertTrue(new Reading(200L << 20, Duration.ofMillis(1)).hash(file).complaint().startsWith("could not be read within"), "it was read");
        assertEquals(64 << 20, new Reading(200L << 20, Duration.ofSeconds(20)).hash(file).size());
    }

    @Test
    void whatIsNoFileIsNotOpened() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Path link = Files.createSymbolicLink(directory.resolve("link"), Files.writeString(directory.resolve("secret"), "CANARY"));
        for (Path path : new Path[] {pipe, link}) {
            assertThrows(IOException.class, () -> new Reading().hash(path));
            assertEquals(null, PlainFile.text(path));
        }
    }

    @Test
    void whatAnotherReplicaPutAwayMeanwhileIsNoWrongChecksum() {
        assertThrows(NoSuchFileException.class, () -> PlainFile.text(directory.resolve("web-36_A.step.sha256")));
    }

    @Test
    void whatWeWriteTakesThePlaceOfALinkAndLeavesAloneWhatItLeadsTo() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "CANARY");
        Path link = Files.createSymbolicLink(directory.resolve("link"), secret);
        PlainFile.write(link, "ours");
        assertEquals("CANARY", Files.readString(secret));
        assertTrue(Files.isRegularFile(link, LinkOption.NOFOLLOW_LINKS));
    }
}
