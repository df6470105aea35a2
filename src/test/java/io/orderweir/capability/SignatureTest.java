package io.orderweir.capability;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.signature.HmacSignature;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Only who holds a secret of the connection is believed. */
class SignatureTest {

    private static final byte[] ORDER = utf8("{\"id\":820982911946154508,\"email\":\"jon@example.com\"}");
    private static final String OF_ORDER = "D0UMXmhjwBRi4y66TmhJrDlhQABD7zI2fm3p6/QLMo8=";
    private static final byte[] FOREIGN = utf8("{\"name\":\"Łódź – 東京\"}");
    private static final String OF_FOREIGN = "oIvDTB8AcUqox0n7novPsQK67BNRToBlm4MAiakBjEQ=";

    @Test
    void theKnownVectorIsAccepted() {
        assertTrue(signedWith("hush").verify(ORDER, "shopify-us", OF_ORDER));
    }

    @Test
    void bytesAreSignedNotCharacters() {
        assertTrue(signedWith("hush").verify(FOREIGN, "shopify-us", OF_FOREIGN));
    }

    @Test
    void oneChangedByteIsRefused() {
        byte[] changed = ORDER.clone();
        changed[8] ^= 1;
        assertFalse(signedWith("hush").verify(changed, "shopify-us", OF_ORDER));
    }

    @Test
    void duringARotationBothSecretsAreAccepted() {
        assertTrue(signedWith("hush,next").verify(ORDER, "shopify-us", OF_ORDER));
        assertTrue(signedWith("next,hush").verify(ORDER, "shopify-us", OF_ORDER));
        assertFalse(signedWith("next").verify(ORDER, "shopify-us", OF_ORDER));
    }

    @Test
    void noSignatureNoSecretAndForeignConnectionAreRefused() {
        assertFalse(signedWith("hush").verify(ORDER, "shopify-us", null));
        assertFalse(signedWith("hush").verify(ORDER, "shopify-us", ""));
        assertFalse(signedWith("hush").verify(ORDER, "shopify-us", OF_ORDER.toLowerCase(java.util.Locale.ROOT)));
        assertFalse(signedWith(" ").verify(ORDER, "shopify-us", OF_ORDER));
        assertFalse(signedWith("hush").verify(ORDER, "shopify-eu", OF_ORDER));
    }

    private static HmacSignature signedWith(String secrets) {
        return new HmacSignature(Configured.connections(Map.of("orderweir.connections.shopify-us.system", "shopify",
                "orderweir.connections.shopify-us.secrets", secrets)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
