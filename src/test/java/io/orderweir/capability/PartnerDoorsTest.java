package io.orderweir.capability;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.capability.PaperDoors.Answer;
import io.orderweir.capability.PaperDoors.Kept;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a partner signed, and lately, is kept under its own name; nothing else leaves a trace. */
class PartnerDoorsTest {

    private static final long NOW = 1_795_266_000L;
    private static final byte[] PAYMENT = bytes("{\"id\":\"evt_1\",\"object\":\"event\",\"created\":1795265990,\"data\":{\"object\":{\"id\":\"pi_1\",\"amount_received\":1250,\"currency\":\"usd\","
            + "\"latest_charge\":\"ch_1\",\"metadata\":{\"order\":\"#1201\"}}},\"type\":\"payment_intent.succeeded\"}");
    private static final byte[] BUILT = bytes("{\"type\":\"work-order.built\",\"timestamp\":\"2026-11-21T12:59:50Z\",\"data\":{\"id\":\"WO-000001\",\"reference\":\"web-1-2\"}}");
    private static final byte[] APPROVED = bytes("{\"signal\":\"finance-approved\",\"order\":\"#1201\",\"at\":\"2026-11-21T12:59:50Z\",\"evidence\":{\"approvedBy\":\"accounts receivable\"}}");
    private static final String WHSEC = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String WHSEC_BEFORE = "whsec_bm90IHRoZSBjdXJyZW50IG9uZQ==";

    private PaperDoors doors;

    @BeforeEach
    void open() throws Exception {
        doors = doors().start(Map.of(), "shopify", "stripe", "factory", "signals");
    }

    private static PaperDoors doors() {
        return new PaperDoors(Map.of(
                "orderweir.connections.stripe-us.system", "stripe", "orderweir.connections.stripe-us.secrets", "whsec_now,whsec_before",
                "orderweir.connections.factory-leeds.system", "factory", "orderweir.connections.factory-leeds.secrets", WHSEC + "," + WHSEC_BEFORE,
                "orderweir.connections.erp-finance.system", "signals", "orderweir.connections.erp-finance.may-say", "finance-approved", "orderweir.connections.erp-finance.secrets", WHSEC + "," + WHSEC_BEFORE,
                "orderweir.connections.web-us.system", "shopify", "orderweir.connections.web-us.secrets", "hush"),
                Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        doors.close();
    }

    @Test
    void aPaymentIsKeptUnderTheNameItGivesItself() {
        // When
        Answer answer = stripe(PAYMENT, "whsec_now", NOW);

        // Then
        assertEquals(new Answer(202, "{\"id\":\"stripe-us:payment_intent.succeeded:evt_1\"}"), answer);
        Kept kept = only();
        assertArrayEquals(PAYMENT, kept.body());
        assertEquals("orderweir.captured.signal", kept.topic());
        assertEquals("stripe-us/evt_1", kept.key());
        assertEquals(Map.of("ce_type", "signal", "ce_source", "stripe-us", "ce_subject", "stripe-us/evt_1", "topic", "payment_intent.succeeded", "triggeredat", "1795265990"),
                some(kept, "ce_type", "ce_source", "ce_subject", "topic", "triggeredat"));
        assertNull(kept.headers().get("old"));
        assertNull(kept.headers().get("Stripe-Signature"), "nothing from outside goes along");
    }

    @Test
    void aWorkOrderIsKeptUnderTheIdOfItsMessage() {
        // When
        Answer answer = factory(BUILT, WHSEC, NOW, "msg_1");

        // Then
        assertEquals(new Answer(202, "{\"id\":\"factory-leeds:work-order.built:msg_1\"}"), answer);
        Kept kept = only();
        assertArrayEquals(BUILT, kept.body());
        assertEquals("orderweir.captured.signal", kept.topic());
        assertEquals("factory-leeds/msg_1", kept.key());
        assertEquals("2026-11-21T12:59:50Z", kept.headers().get("triggeredat"));
    }

    @Test
    void aSignalInOurOwnWordsIsKeptUnderTheIdOfItsMessage() {
        // When
        Answer answer = signals(APPROVED, WHSEC, NOW, "msg_1");

        // Then
        assertEquals(new Answer(202, "{\"id\":\"erp-finance:finance-approved:msg_1\"}"), answer);
        Kept kept = only();
        assertArrayEquals(APPROVED, kept.body());
        assertEquals("orderweir.captured.signal", kept.topic());
        assertEquals("erp-finance/msg_1", kept.key());
        assertEquals("2026-11-21T12:59:50Z", kept.headers().get("triggeredat"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "", "[1]", "{}", "{\"signal\":7}", "{\"signal\":\"two words\"}"})
    void whatIsSignedAtTheDoorForSignalsAndIsNoneWaitsForAPersonAsOne(String body) {
        // When
        Answer answer = signals(bytes(body), WHSEC, NOW, "msg_9");
        // Then its mapping will say what is wrong with it
        assertEquals(202, answer.status());
        assertEquals("orderweir.captured.signal", only().topic());
        assertEquals("erp-finance/msg_9", only().key());
        assertNotNull(doors.map("signals", bytes(body)).getException());
    }

    @Test
    void aStorefrontGoesThroughTheSameDoor() {
        // When
        Answer answer = doors.send("shopify", "web-us", bytes("{\"id\":7}"), Map.of("X-Shopify-Hmac-Sha256", base64(hmac("hush".getBytes(), bytes("{\"id\":7}"))),
                "X-Shopify-Topic", "orders/create", "X-Shopify-Webhook-Id", "w-1"));

        // Then
        assertEquals(new Answer(202, "{\"id\":\"web-us:orders/create:w-1\"}"), answer);
        assertEquals("orderweir.captured.order", only().topic());
        assertEquals("web-us/7", only().key());
    }

    @Test
    void theNewsOfAProductStandBesideTheOrders() {
        for (String topic : List.of("products/create", "products/update", "products/delete", "product_listings/update")) {
            byte[] body = bytes("{\"id\":8}");
            doors.send("shopify", "web-us", body, Map.of("X-Shopify-Hmac-Sha256", base64(hmac("hush".getBytes(), body)), "X-Shopify-Topic", topic, "X-Shopify-Webhook-Id", "w-2"));
        }
        assertEquals(List.of("orderweir.captured.product", "orderweir.captured.product", "orderweir.captured.product", "orderweir.captured.unknown"),
                doors.kept.stream().map(Kept::topic).toList());
        assertEquals(List.of("web-us/8"), doors.kept.stream().map(Kept::key).distinct().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fulfillment_orders/placed_on_hold", "fulfillment_orders/hold_released", "fulfillment_orders/scheduled_fulfillment_order_ready", "fulfillment_holds/released"})
    void newsOfGoodsThatAStorefrontHoldsAreSignals(String topic) {
        byte[] body = bytes("{\"fulfillment_order\":{\"id\":\"gid://shopify/FulfillmentOrder/9001\",\"status\":\"open\"}}");
        // When
        Answer answer = doors.send("shopify", "web-us", body, Map.of("X-Shopify-Hmac-Sha256", base64(hmac("hush".getBytes(), body)), "X-Shopify-Topic", topic, "X-Shopify-Webhook-Id", "w-3"));
        // Then
        assertEquals(202, answer.status());
        assertArrayEquals(body, only().body());
        assertEquals("orderweir.captured.signal", only().topic());
        assertEquals("web-us:" + topic + ":w-3", only().key());
        Exchange mapped = doors.map("shopify", body);
        assertNull(mapped.getException());
        assertEquals("9001", mapped.getMessage().getBody(JsonNode.class).path("about").asText());
    }

    @ParameterizedTest
    @CsvSource({"sale, success, false, signal", "authorization, success, false, signal", "capture, failure, false, signal", "refund, success, false, signal",
        "sale, failure, false, unknown", "void, success, false, unknown", "capture, pending, false, unknown", "sale, success, true, unknown"})
    void whatAStorefrontTellsOfMoneyThatMovedIsASignal(String kind, String status, boolean test, String type) {
        byte[] body = bytes(("{\"id\":7410000000101,\"order_id\":5900000001201,\"kind\":\"%s\",\"status\":\"%s\",\"test\":%s,\"gateway\":\"cash\",\"amount\":\"5.00\",\"currency\":\"EUR\","
                + "\"processed_at\":\"2026-11-27T05:00:03Z\"}").formatted(kind, status, test));
        // When
        Answer answer = doors.send("shopify", "web-us", body, Map.of("X-Shopify-Hmac-Sha256", base64(hmac("hush".getBytes(), body)), "X-Shopify-Topic", "order_transactions/create", "X-Shopify-Webhook-Id", "w-4"));
        // Then
        assertEquals(202, answer.status());
        assertArrayEquals(body, only().body());
        assertEquals("orderweir.captured." + type, only().topic());
        if (type.equals("signal")) {
            assertEquals("5900000001201", doors.map("shopify", body).getMessage().getBody(JsonNode.class).path("order").asText());
        }
    }

    @Test
    void aTypeThatIsOnlyKnownWhenItComesAndThatNobodyReadsGoesWhereProcessHoldsIt() throws Exception {
        // Given a connector that takes the type from the sender, so that the start cannot refuse it
        doors.close();
        doors = doors().start(Map.of("constant: signal\n", "variable: kind\n"), "signals");
        // When
        Answer answer = signals(APPROVED, WHSEC, NOW, "msg_1");
        // Then
        assertEquals(202, answer.status());
        assertEquals("orderweir.captured.unknown", only().topic());
        assertEquals("finance-approved", only().headers().get("ce_type"));
    }

    @Test
    void aDoubledEventHasTheSameNameTwice() {
        stripe(PAYMENT, "whsec_now", NOW - 60);
        stripe(PAYMENT, "whsec_now", NOW);
        factory(BUILT, WHSEC, NOW, "msg_1");
        factory(BUILT, WHSEC, NOW - 7, "msg_1");
        signals(APPROVED, WHSEC, NOW, "msg_1");
        signals(APPROVED, WHSEC, NOW + 7, "msg_1");
        assertEquals(List.of("stripe-us:payment_intent.succeeded:evt_1", "stripe-us:payment_intent.succeeded:evt_1", "factory-leeds:work-order.built:msg_1",
                "factory-leeds:work-order.built:msg_1", "erp-finance:finance-approved:msg_1", "erp-finance:finance-approved:msg_1"), doors.kept.stream().map(Kept::delivery).toList());
    }

    @Test
    void theSecretBeforeIsAcceptedWhileItIsListed() {
        assertEquals(202, stripe(PAYMENT, "whsec_before", NOW).status());
        assertEquals(202, factory(BUILT, WHSEC_BEFORE, NOW, "msg_2").status());
        assertEquals(202, signals(APPROVED, WHSEC_BEFORE, NOW, "msg_3").status());
    }

    @Test
    void whoCannotSignIsTurnedAwayAndNothingIsKept() {
        byte[] changed = PAYMENT.clone();
        changed[8] ^= 1;
        String header = stripeHeader(PAYMENT, "whsec_now", NOW);
        for (Answer answer : List.of(stripe(PAYMENT, "whsec_other", NOW), doors.send("stripe", "stripe-us", changed, Map.of("Stripe-Signature", header)),
                doors.send("stripe", "stripe-us", PAYMENT, Map.of()), doors.send("stripe", "stripe-us", null, Map.of("Stripe-Signature", header)),
                factory(BUILT, "whsec_b3RoZXI=", NOW, "msg_1"), doors.send("factory", "factory-leeds", BUILT, Map.of()),
                signals(APPROVED, "whsec_b3RoZXI=", NOW, "msg_1"), doors.send("signals", "erp-finance", APPROVED, Map.of()))) {
            assertEquals(new Answer(401, "{\"error\":\"no secret of a connection of this name made the signature\"}"), answer);
        }
        assertEquals(List.of(), doors.kept);
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, -86_400, 301})
    void whatWasSignedTooLongAgoIsTurnedAwayWithItsOwnSentence(long off) {
        for (Answer answer : List.of(stripe(PAYMENT, "whsec_now", NOW + off), factory(BUILT, WHSEC, NOW + off, "msg_1"), signals(APPROVED, WHSEC, NOW + off, "msg_1"))) {
            assertEquals(new Answer(401, "{\"error\":\"it was signed more than 5 minutes ago, or the clocks differ; send it again, signed anew\"}"), answer);
        }
        assertEquals(List.of(), doors.kept);
    }

    @Test
    void anUnknownConnectionOrOneOfAnotherSystemIsAnsweredLikeAWrongSignature() {
        String header = stripeHeader(PAYMENT, "whsec_now", NOW);
        for (String connection : List.of("nobody", "factory-leeds", "web-us")) {
            assertEquals(new Answer(401, "{\"error\":\"no secret of a connection of this name made the signature\"}"),
                    doors.send("stripe", connection, PAYMENT, Map.of("Stripe-Signature", header)));
        }
        assertEquals(List.of(), doors.kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "", "[1]", "{}", "{\"id\":{},\"type\":5}", "{\"type\":\"a \\\"b\"}", "{\"id\":\"evt_9\",\"typ"})
    void whateverIsSignedIsKeptUnderANameThatIsTheSameForARepeat(String body) {
        // When
        int first = stripe(bytes(body), "whsec_now", NOW).status();
        stripe(bytes(body), "whsec_now", NOW - 1);
        int message = factory(bytes(body), WHSEC, NOW, "msg_9").status();

        // Then
        assertEquals(202, first);
        assertEquals(202, message);
        assertArrayEquals(bytes(body), doors.kept.get(0).body());
        assertEquals("orderweir.captured.unknown", doors.kept.get(0).topic());
        assertEquals(doors.kept.get(0).delivery(), doors.kept.get(1).delivery());
        assertTrue(doors.kept.get(0).delivery().startsWith("stripe-us:"), doors.kept.get(0).delivery());
        assertEquals("factory-leeds/msg_9", doors.kept.get(2).key());
    }

    @Test
    void whatNobodyReadsIsKeptBesideTheSignals() {
        stripe(bytes("{\"id\":\"evt_2\",\"type\":\"payout.paid\"}"), "whsec_now", NOW);
        factory(bytes("{\"type\":\"capacity.changed\"}"), WHSEC, NOW, "msg_3");
        assertEquals(List.of("orderweir.captured.unknown", "orderweir.captured.unknown"), doors.kept.stream().map(Kept::topic).toList());
        assertEquals("stripe-us:payout.paid:evt_2", doors.kept.get(0).delivery());
    }

    @Test
    void aBrokerThatDoesNotAcknowledgeMeansSendItAgain() {
        // Given
        doors.brokerAway = true;
        // When
        Answer answer = stripe(PAYMENT, "whsec_now", NOW);
        // Then
        assertEquals(503, answer.status());
    }

    @Test
    void theConnectorMakesTheCanonicalSignalOfTheRawBytes() {
        // When
        JsonNode payment = doors.map("stripe", PAYMENT).getMessage().getBody(JsonNode.class);
        JsonNode built = doors.map("factory", BUILT).getMessage().getBody(JsonNode.class);
        JsonNode approved = doors.map("signals", APPROVED).getMessage().getBody(JsonNode.class);
        Exchange neither = doors.map("stripe", bytes("not json"));

        // Then
        assertEquals("payment #1201 12.50 USD", payment.path("signal").textValue() + " " + payment.path("order").textValue() + " "
                + payment.path("amount").textValue() + " " + payment.path("currency").textValue());
        assertEquals("built web-1-2", built.path("signal").textValue() + " " + built.path("reference").textValue());
        assertEquals("1 finance-approved #1201 2026-11-21T12:59:50.000Z", approved.path("schemaVersion") + " " + approved.path("signal").textValue() + " "
                + approved.path("order").textValue() + " " + approved.path("at").textValue());
        assertNotNull(neither.getException());
    }

    private Kept only() {
        assertEquals(1, doors.kept.size());
        return doors.kept.get(0);
    }

    private static Map<String, Object> some(Kept kept, String... names) {
        Map<String, Object> some = new java.util.HashMap<>(kept.headers());
        some.keySet().retainAll(List.of(names));
        return some;
    }

    private Answer stripe(byte[] body, String secret, long at) {
        return doors.send("stripe", "stripe-us", body, Map.of("Stripe-Signature", stripeHeader(body, secret, at)));
    }

    private static String stripeHeader(byte[] body, String secret, long at) {
        return "t=" + at + ",v1=" + HexFormat.of().formatHex(hmac(bytes(secret), bytes(at + "."), body));
    }

    private Answer factory(byte[] body, String secret, long at, String id) {
        return standard("factory", "factory-leeds", body, secret, at, id);
    }

    private Answer signals(byte[] body, String secret, long at, String id) {
        return standard("signals", "erp-finance", body, secret, at, id);
    }

    private Answer standard(String system, String connection, byte[] body, String secret, long at, String id) {
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        return doors.send(system, connection, body, Map.of("webhook-id", id, "webhook-timestamp", Long.toString(at),
                "webhook-signature", "v1," + base64(hmac(key, bytes(id + "." + at + "."), body))));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
