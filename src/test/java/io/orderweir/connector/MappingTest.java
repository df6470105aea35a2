package io.orderweir.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * Every payload folder is a promise: in.json becomes canonical.json or the sentence in outcome.txt,
 * envelope.json becomes each &lt;mapping&gt;.out.json; and the jq command says the same as the engine.
 */
class MappingTest {

    private static final String IN = "shopify/order.in.jq";
    /** jq before 1.7 reads every number as a double: ids beyond 2^53 keep their digits only in the engine and in jq 1.7. */
    private static final double JQ_KEEPS_LARGE_NUMBERS = 1.7;
    private static final Comparator<JsonNode> AS_NUMBERS = (a, b) ->
        a.isNumber() && b.isNumber() ? a.decimalValue().compareTo(b.decimalValue()) : a.equals(b) ? 0 : 1;

    private static final Mapping MAPPING = new Mapping();

    @AfterAll
    static void close() {
        MAPPING.close();
    }

    @TestFactory
    Stream<DynamicTest> everyShopifyOrderBecomesItsCanonicalOrderOrASentence() {
        return Payloads.of("shopify").stream().map(folder -> dynamicTest(folder.getFileName().toString(), () -> {
            Mapping.Outcome outcome = MAPPING.map(IN, Payloads.bytes(folder.resolve("in.json")));
            expect(folder, outcome);
            if (outcome.result() != null) {
                assertNull(MAPPING.invalid(outcome.result()), "the canonical order does not follow its schema");
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> theJqCommandReadsEveryShopifyOrderTheSame() {
        double version = Mapping.jqVersion();
        return Payloads.of("shopify").stream()
            .filter(folder -> version >= JQ_KEEPS_LARGE_NUMBERS || version > 0 && !folder.endsWith("huge-ids"))
            .map(folder -> dynamicTest(folder.getFileName().toString(),
                () -> expect(folder, Mapping.onTheCommandLine(IN, folder.resolve("in.json")))));
    }

    @TestFactory
    Stream<DynamicTest> everyEnvelopeBecomesTheRequestsOfItsTarget() {
        double version = Mapping.jqVersion();
        return Stream.of("netsuite", "wms").flatMap(system -> Payloads.of(system).stream().flatMap(folder ->
            Payloads.list(folder).stream().filter(file -> file.toString().endsWith(".out.json")).map(file -> {
                String mapping = system + "/" + file.getFileName().toString().replace(".out.json", ".out.jq");
                return dynamicTest(folder.getFileName() + " to " + mapping, () -> {
                    Path envelope = folder.resolve("envelope.json");
                    same(Payloads.json(file), MAPPING.map(mapping, Payloads.bytes(envelope)).result());
                    if (version > 0) {
                        same(Payloads.json(file), Mapping.onTheCommandLine(mapping, envelope).result());
                    }
                });
            })));
    }

    @Test
    void noDigitOfARateIsLost() throws Exception {
        // Given one order with every price of two decimals that has shown trouble in some double, and the largest
        JsonNode envelope = Payloads.json(Path.of("src/test/resources/payloads/netsuite/zero-price/envelope.json"));
        Stream<String> prices = Stream.concat(Stream.of("0.01", "0.07", "1.10", "4.35", "1.005", "8192.17", "9999999.99", "99999999999.9999"),
            Stream.iterate(1L, cents -> cents < 1_000_000_000L, cents -> cents * 3 + 7).map(cents -> BigDecimal.valueOf(cents, 2).toPlainString()));
        prices.forEach(price -> {
            ((ObjectNode) envelope.get("lines").get(0)).put("unitPrice", price);

            // When
            JsonNode body = MAPPING.map("netsuite/order.out.jq", envelope.toString().getBytes()).result();

            // Then the digits on the wire are the digits of the price
            String rate = body.toString().replaceFirst(".*\"rate\":([^,}]+).*", "$1");
            assertEquals(0, new BigDecimal(price).compareTo(new BigDecimal(rate)), price + " became " + rate);
        });
    }

    @Test
    void aPriceNoDoubleCanHoldIsRefusedWithASentence() {
        // Given
        JsonNode envelope = Payloads.json(Path.of("src/test/resources/payloads/netsuite/zero-price/envelope.json"));
        ((ObjectNode) envelope.get("lines").get(0)).put("unitPrice", "12345678901234.567");

        // When
        Mapping.Outcome outcome = MAPPING.map("netsuite/order.out.jq", envelope.toString().getBytes());

        // Then
        assertEquals("Order #1213: NetSuite cannot take the price 12345678901234.567 without losing a digit. Correct the price and release.",
            outcome.sentence());
    }

    private static void expect(Path folder, Mapping.Outcome outcome) {
        if (Files.exists(folder.resolve("outcome.txt"))) {
            assertEquals(Payloads.text(folder.resolve("outcome.txt")), outcome.sentence());
        } else {
            same(Payloads.json(folder.resolve("canonical.json")), outcome.result());
        }
    }

    private static void same(JsonNode expected, JsonNode actual) {
        assertTrue(actual != null && expected.equals(AS_NUMBERS, actual), () -> "expected " + expected + "\n but was " + actual);
    }
}
