package io.orderweir.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {

    /** Who bought, in our payloads; none of it may be left in any vendor's spelling. */
    private static final List<String> WHO = List.of("marta@example.org", "Marta", "Okafor", "18 Quarry Lane", "97205", "555 0142", "Brightwell");

    @Test
    void whoIsBookedIsMaskedInWhatNetsuiteIsSentAndAsked() {
        String masked = Masking.text("{\"shippingAddress\":{\"addrPhone\":\"555 0142 00\"},\"entityId\":\"ada@example.org\",\"q\":\"SELECT id FROM customer WHERE LOWER(email) = 'ada@example.org'\"}");
        assertFalse(masked.contains("555") || masked.contains("ada@"), masked);
    }

    @Test
    void ofEveryPayloadWeHaveNobodyIsRecognisable() throws IOException {
        // Given
        try (Stream<Path> payloads = Files.walk(Path.of("src/test/resources/payloads"))) {
            for (Path payload : payloads.filter(path -> path.toString().endsWith(".json")).toList()) {
                // When
                String masked = Masking.text(Files.readString(payload));
                // Then
                WHO.forEach(word -> assertFalse(masked.contains(word), () -> payload + " still tells " + word));
            }
        }
    }

    @Test
    void whatIsNotPersonalStays() {
        String masked = Masking.text("{\"customer\":{\"name\":\"Ann\",\"id\":7},\"lineItems\":[{\"sku\":\"MUG\",\"name\":\"Mug\",\"price\":12.50}],\"country\":\"US\",\"city\":\"Oslo\"}")
                .replaceAll("\\s", "");
        assertEquals("{\"customer\":{\"name\":\"•••\",\"id\":7},\"lineItems\":[{\"sku\":\"MUG\",\"name\":\"Mug\",\"price\":12.50}],\"country\":\"US\",\"city\":\"•••\"}", masked);
    }

    @Test
    void whatABuyerFilledInIsMasked() {
        assertTrue(Masking.text("{\"customFields\":[{\"name\":\"engraving\",\"value\":\"For Ann\"}]}").contains("\"value\" : \"•••\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<order><email>ann@example.org</email></order>", "email=ann@example.org", "\"ann@example.org\"", "{\"email\":\"ann@example.org\"} ann", "{\"email\":"})
    void textThatIsNoDocumentIsMaskedWhole(String text) {
        assertEquals(Masking.MASK, Masking.text(text));
    }

    @Test
    void ofARequestTheFirstLineStays() {
        assertEquals("GET /fulfilments?reference=•••&limit=•••", Masking.request("GET /fulfilments?reference=ann%40example.org&limit=1\n"));
        assertEquals("PUT /a\n•••", Masking.request("PUT /a\nnot JSON"));
        assertEquals("PUT /a?b=•••\nContent-Type: text/plain\n\n•••", Masking.request("PUT /a?b=c\nContent-Type: text/plain\n\nnot JSON"));
        assertNull(Masking.request(null));
    }

    @Test
    void aSentenceKeepsWhatIsNotPersonal() {
        assertEquals("NetSuite does not accept the postal code '•••'.", Masking.sentence("NetSuite does not accept the postal code 'ÅÅ-?'.", "shippingAddress.zipCodeOrPostalCode"));
        assertEquals("There is no SKU 'MUG'.", Masking.sentence("There is no SKU 'MUG'.", "lineItems.0.sku"));
        assertEquals("Not accepted: '•••'.", Masking.sentence("Not accepted: 'x'.", null));
    }
}
