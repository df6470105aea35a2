package io.orderweir.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A trial where the folder of recorded orders lies beside the repository: each is booked at its total, or is one of those that do not add up by themselves. */
class RecordedOrdersTest {

    private static final Path FIXTURES = Path.of("../shared/fixtures/shopify");

    /** Orders whose own parts do not come to their total, by file and order: total less parts, tax less that of the parts. */
    private static final Map<String, String> HELD = Map.of("rest-classic/go_order.json #9999", "-0.50, 0", "rest-classic/order_with_properties.json #1001", "329.00, 0.00");

    @Test
    void everyRecordedOrderIsBookedAtItsTotal() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(FIXTURES), "no recorded orders beside the repository");
        Map<String, String> held = new TreeMap<>();
        int booked = 0;
        int alike = 0;
        try (Booked way = new Booked(); Stream<Path> files = Files.walk(FIXTURES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
                for (ObjectNode payload : orders(file)) {
                    JsonNode order = way.canonical(payload);
                    String called = FIXTURES.relativize(file) + " " + order.path("name").asText();
                    if (Booked.isHeld(order)) {
                        held.put(called, Worth.of(order).difference().toPlainString() + ", " + Worth.of(order).taxDifference().toPlainString());
                        continue;
                    }
                    for (Booked.Books books : Booked.EXACT) {
                        JsonNode document = way.document(order, books);
                        BigDecimal total = sold(payload);
                        assertEquals(0, total.compareTo(books.total().apply(document)), () -> called + " is " + total + ", booked " + books + " " + document);
                    }
                    alike += way.enginesAreAlike(order, sold(payload)) ? 1 : 0;
                    booked++;
                }
            }
        }
        assertEquals(new TreeMap<>(HELD), held);
        assertTrue(booked > 25, booked + " orders");
        assertTrue(alike > 10, alike + " orders that engines of both ERPs book at their total");
    }

    /** What the shop says it comes to; of an order whose goods came back, what they were worth with them. */
    private static BigDecimal sold(JsonNode payload) {
        if (!payload.has("current_total_price")) {
            return payload.has("total_price") ? new BigDecimal(payload.get("total_price").asText()) : goods(payload);
        }
        BigDecimal total = new BigDecimal(payload.get("current_total_price").asText());
        boolean onTop = !payload.path("taxes_included").asBoolean();
        for (JsonNode refund : payload.path("refunds")) {
            for (JsonNode line : refund.path("refund_line_items")) {
                if (line.path("restock_type").asText().equals("return")) {
                    total = total.add(new BigDecimal(line.path("subtotal").asText("0"))).add(onTop ? new BigDecimal(line.path("total_tax").asText("0")) : BigDecimal.ZERO);
                }
            }
        }
        return total;
    }

    /** Of a recording that did not ask for the total. */
    private static BigDecimal goods(JsonNode payload) {
        BigDecimal total = BigDecimal.ZERO;
        for (JsonNode line : payload.get("line_items")) {
            total = total.add(new BigDecimal(line.get("price").asText()).multiply(BigDecimal.valueOf(line.path("current_quantity").asLong(line.get("quantity").asLong()))));
        }
        return total;
    }

    private static List<ObjectNode> orders(Path file) throws Exception {
        List<ObjectNode> orders = new ArrayList<>();
        try (MappingIterator<JsonNode> documents = Booked.JSON.readerFor(JsonNode.class).readValues(file.toFile())) {
            documents.forEachRemaining(document -> orders.addAll(RecordedOrder.in(document)));
        }
        return orders;
    }
}
