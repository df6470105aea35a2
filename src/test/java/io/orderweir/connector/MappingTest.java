package io.orderweir.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.money.Worth;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * Every payload folder is a promise: in.json becomes canonical.json or the sentence in outcome.txt,
 * envelope.json becomes each &lt;mapping&gt;.out.json; and the jq command says the same as the engine.
 */
class MappingTest {

    /** What comes in, and the type it becomes. */
    private record In(String folder, String system, String type) {
    }

    private static final List<In> IN = List.of(new In("shopify", "shopify", "order"), new In("shopify-products", "shopify", "product"), new In("shopify-transactions", "shopify", "signal"),
        new In("stripe", "stripe", "signal"), new In("factory", "factory", "signal"), new In("drawings", "drawings", "signal"), new In("signals", "signals", "signal"));
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
    Stream<DynamicTest> everyPayloadBecomesItsCanonicalDocumentOrASentence() {
        return incoming((folder, system, type) -> {
            Mapping.Outcome outcome = MAPPING.map(system + "/" + type + ".in.jq", Payloads.bytes(folder.resolve("in.json")));
            expect(folder, outcome);
            if (outcome.result() != null) {
                assertNull(MAPPING.invalid(type, outcome.result()), "the canonical " + type + " does not follow its schema");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> theJqCommandReadsEveryPayloadTheSame() {
        double version = Mapping.jqVersion();
        return incoming((folder, system, type) -> {
            assumeTrue(version >= JQ_KEEPS_LARGE_NUMBERS || version > 0 && !folder.endsWith("huge-ids"), "no jq that can");
            expect(folder, Mapping.onTheCommandLine(system + "/" + type + ".in.jq", folder.resolve("in.json")));
        });
    }

    @TestFactory
    Stream<DynamicTest> theProductsOfAnOrderAreThoseOfItsCanonicalLines() {
        return Payloads.of("shopify").stream().filter(folder -> Files.exists(folder.resolve("canonical.json"))).map(folder -> dynamicTest(folder.getFileName().toString(), () -> {
            JsonNode named = MAPPING.map("shopify/order.products.jq", Payloads.bytes(folder.resolve("in.json"))).result();

            assertEquals(new TreeSet<>(Payloads.json(folder.resolve("canonical.json")).findValuesAsText("productId")), texts(named));
            assertEquals(named.size(), texts(named).size(), "each once");
        }));
    }

    @Test
    void aProductSaysItsTypeOrThatItWasDeleted() throws Exception {
        String product = "{'schemaVersion':1,'externalId':'7701000000101'%s}";
        for (String more : List.of(",'productType':'','updatedAt':'2026-11-21T13:00:00.000Z'", ",'deleted':true")) {
            assertNull(MAPPING.invalid("product", json(product.formatted(more))), more);
        }
        for (String more : List.of("", ",'productType':'Made to order'", ",'updatedAt':'2026-11-21T13:00:00.000Z'", ",'deleted':false",
            ",'deleted':true,'updatedAt':'2026-11-21T13:00:00.000Z'", ",'deleted':true,'productType':'a'", ",'deleted':true,'more':1")) {
            assertNotNull(MAPPING.invalid("product", json(product.formatted(more))), more);
        }
    }

    @Test
    void aSignalIsAboutAnOrderOrAReferenceAndItsMoneyAboutACharge() throws Exception {
        String signal = "{'schemaVersion':1,'signal':'payment','at':'2026-11-21T13:00:00.000Z','evidence':{}%s}";
        for (String more : List.of(",'order':'#1201'", ",'order':'#1201','line':'13'", ",'reference':'web-1-2'", ",'order':'#1','about':'ch_1','amount':'1.00','currency':'USD'")) {
            assertNull(MAPPING.invalid("signal", json(signal.formatted(more))), more);
        }
        for (String more : List.of("", ",'order':'#1','reference':'web-1'", ",'reference':'web-1','line':'13'", ",'order':''", ",'order':'#1','line':''",
            ",'order':'#1','amount':'1.00'", ",'order':'#1','amount':'1.00','currency':'USD'", ",'order':'#1','about':'ch_1'", ",'order':'#1','about':'ch_1','amount':'-1','currency':'USD'",
            ",'order':'#1','about':'ch_1','amount':'1','currency':'usd'", ",'order':'#1','more':1")) {
            assertNotNull(MAPPING.invalid("signal", json(signal.formatted(more))), more);
        }
    }

    @Test
    void anIdIsATextOfOneToTwoHundredPrintableCharacters() throws Exception {
        String order = "{'schemaVersion':1,'externalId':'%1$s','name':'#1','updatedAt':'2026-11-21T13:00:00.000Z','status':'open','currency':'USD','customer':{'externalId':'%1$s'},"
            + "'lineItems':[{'id':'%1$s','quantity':1,'requiresShipping':true,'productId':'%1$s','variantId':'%1$s'}]}";
        String product = "{'schemaVersion':1,'externalId':'%s','deleted':true}";
        String signal = "{'schemaVersion':1,'signal':'built','at':'2026-11-21T13:00:00.000Z','evidence':{},'order':'#1','line':'%s'}";
        for (String id : List.of("5900000001201", "111-1234567-1234567", "9f1c2a34-7d1e-4c7b-9c11-0e5a5b0f3a11", "XKFQRJN52PEDVUMT", "gid://shop/Order/1", "Größe 12", "ß".repeat(200))) {
            assertNull(MAPPING.invalid("order", json(order.formatted(id))), id);
            assertNull(MAPPING.invalid("product", json(product.formatted(id))), id);
            assertNull(MAPPING.invalid("signal", json(signal.formatted(id))), id);
            assertNotNull(MAPPING.map("signals/signal.in.jq", json(signal.formatted(id)).toString().getBytes(StandardCharsets.UTF_8)).result(), id);
        }
        for (String id : List.of("", "a".repeat(201), "a\\nb", "1\\n", "\\u0000", "\\ud83d", "\\u200e1", "1\\u2028")) {
            assertNotNull(MAPPING.invalid("order", json(order.formatted(id))), id);
            assertNotNull(MAPPING.invalid("product", json(product.formatted(id))), id);
            assertNotNull(MAPPING.invalid("signal", json(signal.formatted(id))), id);
        }
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

    /** Outgoing mappings read what an order is worth from their envelope; with -Drecord=true it is written into it. */
    @TestFactory
    Stream<DynamicTest> theMoneyOfEveryEnvelopeIsWhatItsOrderIsWorth() {
        return Stream.of("netsuite", "wms").flatMap(system -> Payloads.of(system).stream()).map(folder -> dynamicTest(folder.getParent().getFileName() + " " + folder.getFileName(), () -> {
            Path file = folder.resolve("envelope.json");
            ObjectNode envelope = (ObjectNode) Payloads.json(file);
            JsonNode worth = Worth.of(envelope.get("order")).document();
            if (Boolean.getBoolean("record")) {
                Files.writeString(file, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(envelope.set("money", worth)) + "\n");
            }

            assertEquals(worth, envelope.get("money"));
            assertTrue(envelope.at("/order/status").asText().equals("cancelled") || Worth.of(envelope.get("order")).difference().signum() == 0, "it adds up");
        }));
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
        ObjectNode envelope = (ObjectNode) Payloads.json(Path.of("src/test/resources/payloads/netsuite/zero-price/envelope.json"));
        envelope.put("called", "#1213 of web");
        ((ObjectNode) envelope.get("lines").get(0)).put("unitPrice", "12345678901234.567");

        // When
        Mapping.Outcome outcome = MAPPING.map("netsuite/order.out.jq", envelope.toString().getBytes());

        // Then
        assertEquals("Order #1213 of web: NetSuite cannot take the price 12345678901234.567 without losing a digit. Correct the price and release.",
            outcome.sentence());
    }

    private interface Check {
        void of(Path folder, String system, String type) throws Exception;
    }

    private static Stream<DynamicTest> incoming(Check check) {
        return IN.stream().flatMap(in -> Payloads.of(in.folder()).stream()
            .map(folder -> dynamicTest(in.folder() + " " + folder.getFileName(), () -> check.of(folder, in.system(), in.type()))));
    }

    private static TreeSet<String> texts(JsonNode list) {
        TreeSet<String> texts = new TreeSet<>();
        list.forEach(each -> texts.add(each.textValue()));
        return texts;
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
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
