package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What the ledger is asked to take for every payload that comes in: its key, version and hash, its deliveries with lane and external id, or its note, or its hold. It was written
 * when the types of events were names in the code, before each was a folder; with -Drecord=true it is written anew, and the difference is read.
 */
class UnderstoodTest {

    /** What comes in, the account it comes from, and the type it becomes. */
    private record In(String folder, String connection, String type) {
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PAYLOADS = Path.of("src/test/resources/payloads");
    private static final Path UNDERSTOOD = Path.of("src/test/resources/understood");
    private static final List<In> IN = List.of(new In("shopify", "web-us", "order"), new In("shopify-products", "web-us", "product"), new In("shopify-transactions", "web-us", "signal"), new In("stripe", "stripe-us", "signal"),
            new In("factory", "factory", "signal"), new In("drawings", "drawings", "signal"), new In("signals", "desk", "signal"));

    private static Understanding understanding;

    @BeforeAll
    static void start() throws Exception {
        understanding = new Understanding();
    }

    @AfterAll
    static void close() {
        understanding.close();
    }

    @TestFactory
    Stream<DynamicTest> everyPayloadIsTakenInAsItWas() {
        return IN.stream().flatMap(in -> folders(in).map(folder -> dynamicTest(in.folder() + " " + folder.getFileName(), () -> {
            // When
            String understood = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(understood(in, Files.readAllBytes(folder.resolve("in.json")))) + "\n";

            // Then
            Path file = UNDERSTOOD.resolve(in.folder() + "." + folder.getFileName() + ".json");
            if (Boolean.getBoolean("record")) {
                Files.createDirectories(UNDERSTOOD);
                Files.writeString(file, understood);
            }
            assertEquals(Files.readString(file), understood);
        })));
    }

    /** Without the bytes, and without the document, of which the hash tells. */
    private static JsonNode understood(In in, byte[] raw) {
        return understanding.entry(in.connection(), in.type(), key(in, raw), raw, List.of()).without(List.of("raw", "canonical"));
    }

    /** As capture names it: a signal by what brought it. */
    private static String key(In in, byte[] raw) {
        try {
            String id = JSON.readTree(raw).path("id").asText();
            return in.type().equals("signal") || id.isEmpty() ? in.connection() + ":news:1" : in.connection() + "/" + id;
        } catch (JsonProcessingException notJson) {
            return in.connection() + ":news:1";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> folders(In in) {
        try (Stream<Path> folders = Files.list(PAYLOADS.resolve(in.folder()))) {
            return folders.filter(folder -> Files.exists(folder.resolve("in.json"))).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
