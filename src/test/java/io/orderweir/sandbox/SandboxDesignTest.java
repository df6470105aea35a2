package io.orderweir.sandbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxDesignTest {
    private static final String GOOD = """
            {"reference":"shopify-us-4507-13","order":"#1201","line":"13","sku":"BTO-1","configuration":[{"name":"Engraving","value":"Für 'Oma'"}]}""";
    private static final String REFERENCE = "shopify-us-4507-13";
    private static final long NOW = 1_795_000_000_000L;

    private final DesignRules rules = new DesignRules(new Catalogue(), Settings.design());
    private final DesignStore store = new DesignStore();

    @Test
    void refusesWhatWouldMakeAPathOfTheFileName() {
        assertNull(rules.problem(request()));
        for (String wrong : List.of("../x", "a/b", ".hidden", "a_b", "", "a b")) {
            assertEquals("reference", rules.problem(request().put("reference", wrong)).field(), wrong);
        }
        assertEquals("colour", rules.problem(request().put("colour", "red")).field());
        assertEquals("sku", rules.problem(request().put("sku", "SKU-999")).field());
    }

    @Test
    void aRequestIsDrawnWhenItIsDueAndOnce() {
        // Given
        assertEquals("created", store.create(request(), NOW + 5_000).was());
        assertEquals("duplicate-reference", store.create(request(), NOW).was());

        // When
        List<Drawing> early = store.draw(NOW + 4_999);
        List<Drawing> due = store.draw(NOW + 5_000);

        // Then
        assertEquals(List.of(), early);
        assertEquals(List.of("shopify-us-4507-13_A.step"), due.stream().map(Drawing::file).toList());
        assertEquals(List.of(), store.draw(NOW + 9_000));
        assertEquals("drawn", store.findReference(REFERENCE).path("status").asText());
    }

    @Test
    void anotherConfigurationIsANewRevisionAndTheSameIsNoWork() {
        // Given
        String id = store.create(request(), NOW).record().path("id").asText();
        Drawing first = store.draw(NOW).get(0);
        ObjectNode other = request();
        other.withArray("configuration").removeAll();

        // Then
        assertEquals("same", store.change(id, request(), NOW).was());
        assertEquals(List.of(), store.draw(NOW));
        assertEquals("changed", store.change(id, other, NOW + 1).was());
        Drawing second = store.draw(NOW + 1).get(0);
        assertEquals("B", second.revision());
        assertNotEquals(first.sha256(), second.sha256());
        assertEquals("none", store.change("DR-9", other, NOW).was());
    }

    @Test
    void nothingIsDrawnOfACancelledRequestAndTheNextOneGoesOnCounting() {
        // Given
        String id = store.create(request(), NOW).record().path("id").asText();
        store.next(REFERENCE, NOW);
        String again = store.create(request().put("reference", "other"), NOW).record().path("id").asText();

        // When
        assertEquals("ended", store.cancel(id).was());
        assertEquals("ended", store.cancel(again).was());

        // Then
        assertEquals("cancelled", store.cancel(id).was());
        assertEquals(List.of(), store.draw(NOW));
        assertEquals("cancelled", store.change(id, request(), NOW).was());
        assertEquals("created", store.create(request(), NOW).was());
        assertEquals("B", store.draw(NOW).get(0).revision());
    }

    @Test
    void aProposedRevisionIsApprovedByteForByte() {
        Drawing proposed = store.next(REFERENCE, NOW);
        Drawing newest = store.next(REFERENCE, NOW + 1);
        assertArrayEquals(proposed.bytes(), store.drawn(REFERENCE, "A").bytes());
        assertArrayEquals(newest.bytes(), store.drawn(REFERENCE, "").bytes());
        assertThrows(IllegalArgumentException.class, () -> store.drawn(REFERENCE, "C"));
    }

    @Test
    void revisionsGoOnAfterZ() {
        assertEquals(List.of("A", "Z", "AA", "AZ", "BA"), Stream.of(1, 26, 27, 52, 53).map(Drawing::letters).toList());
    }

    @Test
    void aFileHasItsNameOnlyWhenItAndItsSidecarAreWhole(@TempDir Path directory) throws IOException {
        // Given
        Drawing drawing = store.next(REFERENCE, NOW);
        String name = drawing.file();

        // When it is not finished
        FileDrop.drop(directory.resolve("approved"), name, drawing, FileDrop.Checksum.RIGHT, false);

        // Then
        assertEquals(List.of(name + ".part"), names(directory.resolve("approved")));

        // and when it is
        FileDrop.drop(directory.resolve("approved"), name, drawing, FileDrop.Checksum.RIGHT, true);
        assertEquals(List.of(name, name + ".sha256"), names(directory.resolve("approved")));
        assertEquals(drawing.sha256() + "  " + name + "\n", Files.readString(directory.resolve("approved").resolve(name + ".sha256")));
        assertArrayEquals(drawing.bytes(), Files.readAllBytes(directory.resolve("approved").resolve(name)));

        // and when a test wants it broken
        FileDrop.drop(directory.resolve("proposed"), name, drawing, FileDrop.Checksum.WRONG, true);
        assertFalse(Files.readString(directory.resolve("proposed").resolve(name + ".sha256")).contains(drawing.sha256()));
        FileDrop.drop(directory.resolve("bare"), name, drawing, FileDrop.Checksum.NONE, true);
        assertEquals(List.of(name), names(directory.resolve("bare")));
    }

    @Test
    void aLeverForNonsenseIsRefused() {
        DropOrder order = DropOrder.read(Json.readObject("{\"reference\":\"r-1\",\"folder\":\"proposed\",\"checksum\":\"wrong\",\"file\":\"holiday photo.jpg\"}"));
        assertEquals(new DropOrder("r-1", null, "proposed", FileDrop.Checksum.WRONG, "holiday photo.jpg", true), order);
        for (String wrong : List.of("{}", "{\"reference\":\"../r\"}", "{\"reference\":\"r\",\"folder\":\"done\"}", "{\"reference\":\"r\",\"checksum\":\"odd\"}",
                "{\"reference\":\"r\",\"file\":\"../x\"}", "{\"reference\":\"r\",\"file\":\"..\"}", "{\"reference\":\"r\",\"colour\":\"red\"}")) {
            assertThrows(IllegalArgumentException.class, () -> DropOrder.read(Json.readObject(wrong)), wrong);
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static ObjectNode request() {
        return Json.readObject(GOOD);
    }
}
