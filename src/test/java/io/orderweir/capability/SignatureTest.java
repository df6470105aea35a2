package io.orderweir.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.signature.HmacSignature;
import io.orderweir.wire.ReceivedHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only who holds a secret of the connection is believed, and only lately where the time is signed too; each way of signing that a descriptor can say with known vectors. */
class SignatureTest {

    private static final CamelContext CAMEL = new DefaultCamelContext();
    private static final String UNSIGNED = "no secret of a connection of this name made the signature";
    private static final String OLD = "it was signed more than 5 minutes ago, or the clocks differ; send it again, signed anew";

    private static final byte[] ORDER = utf8("{\"id\":820982911946154508,\"email\":\"jon@example.com\"}");
    private static final String OF_ORDER = "D0UMXmhjwBRi4y66TmhJrDlhQABD7zI2fm3p6/QLMo8=";
    private static final byte[] FOREIGN = utf8("{\"name\":\"Łódź – 東京\"}");
    private static final String OF_FOREIGN = "oIvDTB8AcUqox0n7novPsQK67BNRToBlm4MAiakBjEQ=";

    private static final byte[] EVENT = utf8("{\"id\":\"evt_1\"}");
    private static final long EVENT_AT = 1_700_000_000L;
    private static final String OF_EVENT = "c89214b5b5da833daed6f0b8c5bb6bd58cea9022bd80ccc78230f3942d632925";

    private static final byte[] MESSAGE = utf8("{\"test\": 2432232314}");
    private static final long MESSAGE_AT = 1_614_265_330L;
    private static final String MESSAGE_ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final String MESSAGE_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OF_MESSAGE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void theWholeBodyIsSignedAsBytesNotCharacters() {
        assertNull(wholeBody("hush", ORDER, OF_ORDER));
        assertNull(wholeBody("hush", FOREIGN, OF_FOREIGN));
    }

    @Test
    void oneChangedByteIsRefused() {
        byte[] changed = ORDER.clone();
        changed[8] ^= 1;
        assertEquals(UNSIGNED, wholeBody("hush", changed, OF_ORDER));
    }

    @Test
    void duringARotationBothSecretsAreAccepted() {
        assertNull(wholeBody("hush,next", ORDER, OF_ORDER));
        assertNull(wholeBody("next,hush", ORDER, OF_ORDER));
        assertEquals(UNSIGNED, wholeBody("next", ORDER, OF_ORDER));
        assertNull(timestamped("next,whsec_test", "t=" + EVENT_AT + ",v1=" + OF_EVENT, EVENT_AT));
        assertNull(standard("whsec_AAAA," + MESSAGE_SECRET, MESSAGE_ID, OF_MESSAGE, MESSAGE_AT));
    }

    @Test
    void noSignatureNoSecretAndForeignConnectionAreRefused() {
        for (String signature : new String[] {null, "", "not base64!", OF_ORDER.toLowerCase(Locale.ROOT)}) {
            assertEquals(UNSIGNED, wholeBody("hush", ORDER, signature));
        }
        assertEquals(UNSIGNED, wholeBody(" ", ORDER, OF_ORDER));
        Exchange foreign = signed("shopify", ORDER, Map.of("X-Shopify-Hmac-Sha256", OF_ORDER));
        foreign.setVariable("source", "other");
        assertEquals(UNSIGNED, doubt(with("shopify", "hush", EVENT_AT), foreign));
        // nor a connection of another system, whose secret it is
        Exchange elsewhere = signed("shopify", ORDER, Map.of("X-Shopify-Hmac-Sha256", OF_ORDER));
        assertNull(doubt(with("shopify", "hush", EVENT_AT), elsewhere));
        assertEquals(UNSIGNED, doubt(with("stripe", "hush", EVENT_AT), elsewhere));
    }

    @Test
    void aTimestampedHeaderIsReadAsStripeWritesIt() {
        String right = "t=" + EVENT_AT + ",v1=" + OF_EVENT;
        for (String header : new String[] {right, "t=" + EVENT_AT + ", v1=" + OF_EVENT + " ", right.replace("v1=", "v1=" + "0".repeat(64) + ",v1="), right + ",v0=" + "0".repeat(64),
            "v1=" + OF_EVENT + ",t=" + EVENT_AT, "t=" + EVENT_AT + ",v1=" + OF_EVENT.toUpperCase(Locale.ROOT)}) {
            assertNull(timestamped("whsec_test", header, EVENT_AT), header);
        }
        for (String header : new String[] {null, "", "garbage", ",,=,", "v1=" + OF_EVENT, "t=" + EVENT_AT, "t=" + EVENT_AT + ",v0=" + OF_EVENT, "t=" + EVENT_AT + ",v1=zz",
            "t=" + (EVENT_AT + 1) + ",v1=" + OF_EVENT, "t=now,v1=" + OF_EVENT, "t=-1,v1=" + OF_EVENT, "t=99999999999999999999,v1=" + OF_EVENT}) {
            assertEquals(UNSIGNED, timestamped("whsec_test", header, EVENT_AT), header);
        }
    }

    @Test
    void whatWasSignedTooLongAgoOrInTheFutureIsRefusedWithItsOwnSentence() {
        String header = "t=" + EVENT_AT + ",v1=" + OF_EVENT;
        for (long off : new long[] {-300, -1, 0, 1, 300}) {
            assertNull(timestamped("whsec_test", header, EVENT_AT + off), off + " s");
        }
        for (long off : new long[] {-86_400, -301, 301, 86_400}) {
            assertEquals(OLD, timestamped("whsec_test", header, EVENT_AT + off), off + " s");
            assertEquals(OLD, standard(MESSAGE_SECRET, MESSAGE_ID, OF_MESSAGE, MESSAGE_AT + off), off + " s");
        }
        // who does not hold the secret is not told about the time
        assertEquals(UNSIGNED, timestamped("other", header, EVENT_AT + 301));
    }

    @Test
    void standardWebhooksSignIdTimeAndBody() {
        assertNull(standard(MESSAGE_SECRET, MESSAGE_ID, OF_MESSAGE, MESSAGE_AT));
        assertNull(standard(MESSAGE_SECRET, MESSAGE_ID, "v1,AAAA v2,AAAA " + OF_MESSAGE, MESSAGE_AT));
        assertEquals(UNSIGNED, standard(MESSAGE_SECRET, "msg_other", OF_MESSAGE, MESSAGE_AT));
        assertEquals(UNSIGNED, standard(MESSAGE_SECRET, null, OF_MESSAGE, MESSAGE_AT));
        assertEquals(UNSIGNED, standard(MESSAGE_SECRET, MESSAGE_ID, OF_MESSAGE.replace("v1,", "v2,"), MESSAGE_AT));
        assertEquals(UNSIGNED, standard(MESSAGE_SECRET, MESSAGE_ID, null, MESSAGE_AT));
        assertEquals(UNSIGNED, standard(MESSAGE_SECRET, MESSAGE_ID, "v1", MESSAGE_AT));
    }

    @Test
    void aSecretThatStandsForNoKeySignsNothing() {
        for (String secret : new String[] {"whsec_", "whsec_not base64!"}) {
            assertEquals(UNSIGNED, standard(secret, MESSAGE_ID, OF_MESSAGE, MESSAGE_AT), secret);
        }
    }

    @Test
    void aSecretWithoutThePrefixIsTheKeyItself() {
        // Given the vector of a vendor that signs so with the plain secret
        byte[] body = utf8("{\"store_id\":\"11111\",\"producer\":\"stores/abcde\",\"scope\":\"store/order/statusUpdated\",\"data\":{\"type\":\"order\",\"id\":173331},\"hash\":\"3f9e\"}");
        Exchange exchange = signed("factory", body, Map.of("webhook-signature", "v1,MBthwnROL4vnIsK3GtmaMBiQo/Mlm0RZ2kbBsBSzsZ8=", "webhook-id", "msg_1",
                "webhook-timestamp", "1700000000"));
        // When
        String doubt = doubt(with("factory", "client-secret-1", EVENT_AT), exchange);
        // Then
        assertNull(doubt);
    }

    @Test
    void theNewerHeadersOfAShopAreReadWhereTheClassicOnesAreNotThere() {
        assertNull(doubt(with("shopify", "hush", EVENT_AT), signed("shopify", ORDER, Map.of("shopify-hmac-sha256", OF_ORDER))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "encoding: hex, prefix: 'sha256='           | sha256= | HmacSHA256",
            "encoding: base64, algorithm: hmac-sha512   | ''      | HmacSHA512",
            "encoding: hex, algorithm: hmac-sha1        | ''      | HmacSHA1"})
    void aVendorThatSignsInItsOwnWayIsDescribedAndNotCoded(String said, String prefix, String algorithm, @TempDir Path connectors) throws Exception {
        // Given a mounted connector, and what the JDK makes of the order with the secret
        Files.createDirectory(connectors.resolve("acme"));
        Files.writeString(connectors.resolve("acme/connector.yaml"), "system: acme\nlabel: Acme\nsignature: { headers: [X-Acme-Signature], " + said + " }\n");
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(utf8("hush"), algorithm));
        String written = said.contains("hex") ? HexFormat.of().formatHex(mac.doFinal(ORDER)) : Base64.getEncoder().encodeToString(mac.doFinal(ORDER));
        String right = prefix.replace("'", "") + written;
        Map<String, String> keys = Map.of("orderweir.connectors.dir", connectors.toString(), "orderweir.connections.partner.system", "acme", "orderweir.connections.partner.secrets", "hush");
        // When, Then
        assertNull(doubt(with(keys, EVENT_AT), signed("acme", ORDER, Map.of("x-acme-signature", right))));
        for (String wrong : List.of("sha1=" + written, right + "00", right.substring(0, right.length() - 8), "")) {
            assertEquals(UNSIGNED, doubt(with(keys, EVENT_AT), signed("acme", ORDER, Map.of("x-acme-signature", wrong))), wrong);
        }
    }

    @Test
    void howOldItMayBeIsSaidAsEveryOtherTime(@TempDir Path connectors) throws Exception {
        // Given a vendor that signs the time, and is believed for a minute
        Files.createDirectory(connectors.resolve("acme"));
        Files.writeString(connectors.resolve("acme/connector.yaml"), "system: acme\nlabel: Acme\nsignature: { headers: [Stripe-Signature], encoding: hex, separator: ',', prefix: 'v1=', signed: [time, body],"
                + " time-part: 't=', tolerance: 1m }\n");
        Map<String, String> keys = Map.of("orderweir.connectors.dir", connectors.toString(), "orderweir.connections.partner.system", "acme", "orderweir.connections.partner.secrets", "whsec_test");
        Exchange event = signed("acme", EVENT, Map.of("Stripe-Signature", "t=" + EVENT_AT + ",v1=" + OF_EVENT));
        // When, Then
        assertNull(doubt(with(keys, EVENT_AT + 60), event));
        assertEquals("it was signed more than a minute ago, or the clocks differ; send it again, signed anew", doubt(with(keys, EVENT_AT + 61), event));
    }

    @Test
    void aSystemWithoutASignatureIsNoDoubtButAFault() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> doubt(with("netsuite", "hush", EVENT_AT), signed("netsuite", ORDER, Map.of()))).getMessage()
                .contains("connectors/netsuite/connector.yaml has no signature"));
    }

    private static String wholeBody(String secrets, byte[] body, String signature) {
        return doubt(with("shopify", secrets, EVENT_AT), signed("shopify", body, signature == null ? Map.of() : Map.of("X-Shopify-Hmac-Sha256", signature)));
    }

    private static String timestamped(String secrets, String header, long now) {
        return doubt(with("stripe", secrets, now), signed("stripe", EVENT, header == null ? Map.of() : Map.of("Stripe-Signature", header)));
    }

    private static String standard(String secrets, String id, String signature, long now) {
        Map<String, String> headers = new HashMap<>(Map.of("webhook-timestamp", Long.toString(MESSAGE_AT)));
        if (id != null) {
            headers.put("webhook-id", id);
        }
        if (signature != null) {
            headers.put("webhook-signature", signature);
        }
        return doubt(with("factory", secrets, now), signed("factory", MESSAGE, headers));
    }

    private static HmacSignature with(String system, String secrets, long now) {
        return with(Map.of("orderweir.connections.partner.system", system, "orderweir.connections.partner.secrets", secrets), now);
    }

    private static HmacSignature with(Map<String, String> keys, long now) {
        return new HmacSignature(Configured.connections(keys), Configured.connectors(keys), Clock.fixed(Instant.ofEpochSecond(now), ZoneOffset.UTC));
    }

    private static Exchange signed(String system, byte[] body, Map<String, String> headers) {
        Exchange exchange = new DefaultExchange(CAMEL);
        exchange.getMessage().setBody(body);
        exchange.setVariable("system", system);
        exchange.setVariable("source", "partner");
        headers.forEach((name, value) -> ReceivedHeaders.keep(exchange, name, value));
        return exchange;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String doubt(HmacSignature signature, Exchange exchange) {
        signature.check(exchange);
        return exchange.getVariable("doubt", String.class);
    }
}
