package io.orderweir.connector;

import io.orderweir.capability.Configured;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.hold.Refusal;
import io.orderweir.hold.Sentence;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the mapping makes of records nobody would send on purpose: a valid order, or a sentence, never a surprise. */
class NastyRecordsTest {

    private static final Mapping MAPPING = new Mapping();
    private static final Sentence SENTENCE = new Sentence(Configured.connectors(Map.of()));
    private static final String ORDER = """
        {"id":5900000009001,"name":"#9001","updated_at":"2026-11-27T05:00:00Z","currency":"USD","note":%s,"landing_site":%s,
         "line_items":[{"id":1,"quantity":1,"price":"1.00","sku":"A","name":"Kite"}]}""";

    @AfterAll
    static void close() {
        MAPPING.close();
    }

    @Test
    void aNulInAFieldThatIsKeptIsHeldWithASentenceThatHasNone() {
        Refusal refusal = invalid(order("\"call \\u0000 me\"", "null"));

        assertEquals("invalid-document", refusal.reason());
        assertEquals("Order #9001: the note 'call \uFFFD me' holds a character that no system can store. Correct it and release.", refusal.sentence());
        assertEquals("orderNote", refusal.canonicalPath());
    }

    @Test
    void halfASurrogatePairIsHeldWithASentence() {
        for (String half : new String[] {"smile \\ud83d!", "\\ude00 smile", "smile \\ud83d", "\\ud83d\\ud83d\\ude00"}) {
            Refusal refusal = invalid(order("\"" + half + "\"", "null"));

            assertEquals("invalid-document", refusal.reason(), half);
            assertTrue(refusal.sentence().contains("holds a character that no system can store"), refusal.sentence());
            assertEquals(refusal.sentence(), new String(refusal.sentence().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        }
    }

    @Test
    void theSameInAFieldThatIsDroppedHurtsNobody() {
        assertValid(order("null", "\"\\u0000\\ud83d\""));
    }

    @Test
    void nestingUpToTheParsersLimitInADroppedFieldHurtsNobody() {
        assertValid(order("null", "[".repeat(900) + "]".repeat(900)));
    }

    @Test
    void nestingInAKeptFieldIsKeptAsText() {
        // what is nested deeper may need more stack than a thread has whose code was not compiled yet, and is held then (Budget)
        String deep = "[".repeat(300) + "]".repeat(300);

        assertEquals(deep, assertValid(order(deep, "null")).path("orderNote").textValue());
    }

    @Test
    void nestingBeyondAThousandIsNotJsonForUs() {
        assertNotJson(order("null", "[".repeat(1_001) + "]".repeat(1_001)));
    }

    @Test
    void fiveHundredLinesFitIntoTheStackOfAnOrdinaryThread() throws Exception {
        // Given
        byte[] document = ("{\"id\":1,\"name\":\"#1\",\"updated_at\":\"2026-11-27T05:00:00Z\",\"currency\":\"USD\",\"line_items\":["
            + IntStream.rangeClosed(1, 500).mapToObj(i -> "{\"id\":" + i + ",\"quantity\":1,\"price\":\"1.10\",\"sku\":\"S" + i + "\",\"tax_lines\":[{\"price\":\"0.05\"},{\"price\":\"0.06\"}]}")
            .collect(Collectors.joining(",")) + "]}").getBytes(StandardCharsets.UTF_8);
        JsonNode[] mapped = new JsonNode[1];

        // When the thread has three quarters of what a JVM gives by default; code that is not compiled yet takes about a half of it
        Thread small = new Thread(null, () -> mapped[0] = assertValid(document), "small-stack", 768 * 1024);
        small.start();
        small.join();

        // Then
        assertNotNull(mapped[0], "the mapping did not fit into the stack");
        assertEquals(500, mapped[0].path("lineItems").size());
        assertEquals("0.11", mapped[0].at("/lineItems/499/totalTax").textValue());
    }

    @Test
    void ofDuplicateKeysTheLastCounts() {
        byte[] document = new String(order("\"first\",\"note\":\"last\"", "null"), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);

        assertEquals("last", assertValid(document).path("orderNote").textValue());
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        ByteArrayOutputStream marked = new ByteArrayOutputStream();
        marked.writeBytes(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
        marked.writeBytes(order("null", "null"));

        assertValid(marked.toByteArray());
    }

    @Test
    void invalidUtf8IsNotJson() {
        assertNotJson(new String(order("\"?\"", "null"), StandardCharsets.UTF_8).replace('?', '\u00FF').getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void textThatIsNoJsonIsNotJson() {
        assertNotJson("<html>Bad gateway</html>".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void noBytesAtAllAreASentence() {
        Mapping.Outcome outcome = MAPPING.map("shopify/order.in.jq", new byte[0]);

        assertNull(outcome.result());
        assertNotNull(SENTENCE.forError(null, outcome.thrown()).sentence());
    }

    @Test
    void aShapeNobodyThoughtOfIsASentence() {
        for (String shape : new String[] {"null", "7", "\"text\"", "[]", "{}", "{\"id\":1,\"line_items\":[7]}", "{\"id\":{},\"name\":[]}", "{\"id\":1,\"updated_at\":7,\"line_items\":{}}"}) {
            Mapping.Outcome outcome = MAPPING.map("shopify/order.in.jq", shape.getBytes(StandardCharsets.UTF_8));
            assertNull(outcome.result(), shape);
            assertNotNull(outcome.sentence(), shape + ": " + outcome.thrown());
            assertEquals("unmapped", SENTENCE.forError(null, outcome.thrown()).reason());
        }
    }

    private static byte[] order(String note, String landingSite) {
        return ORDER.formatted(note, landingSite).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode assertValid(byte[] document) {
        Mapping.Outcome outcome = MAPPING.map("shopify/order.in.jq", document);
        assertNull(outcome.thrown());
        assertNull(MAPPING.invalid(outcome.result()));
        return outcome.result();
    }

    private static Refusal invalid(byte[] document) {
        return SENTENCE.forError("#9001", MAPPING.invalid(MAPPING.map("shopify/order.in.jq", document).result()));
    }

    private static void assertNotJson(byte[] document) {
        Mapping.Outcome outcome = MAPPING.map("shopify/order.in.jq", document);
        Throwable root = outcome.thrown();
        while (root.getCause() != null && !(root instanceof JsonProcessingException)) {
            root = root.getCause();
        }
        assertInstanceOf(JsonProcessingException.class, root);
        Refusal refusal = SENTENCE.forError(null, outcome.thrown());
        assertEquals("not-json", refusal.reason());
        assertTrue(refusal.sentence().startsWith("This event: what came cannot be read, it is cut off or garbled. Nobody can correct it in the shop:"), refusal.sentence());
    }
}
