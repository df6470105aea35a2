package io.orderweir.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.orderweir.money.Booked.Books;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What the ERP books for any cart is what the shop says it is worth, to the smallest unit: as placed, after edits and after refunds. */
class CartsTest {

    /** With -Pchaos 3000, with -Dcarts=20000 as many as a night has time for. */
    private static final long CARTS = Long.getLong("carts", 600);
    private static final Booked BOOKED = new Booked();

    @AfterAll
    static void close() {
        BOOKED.close();
    }

    @Test
    void theErpBooksWhatTheShopSays() {
        LongStream.rangeClosed(1, CARTS).forEach(seed -> {
            // Given
            Cart cart = new Cart(seed);

            // When
            JsonNode order = BOOKED.canonical(cart.payload());

            // Then
            assertFalse(Booked.isHeld(order), () -> seed + ": " + Worth.of(order).parts() + " of " + cart.total() + ", off by " + Worth.of(order).difference() + ", tax by " + Worth.of(order).taxDifference() + "\n" + cart.payload() + "\n" + order);
            for (Books books : Booked.EXACT) {
                JsonNode document = BOOKED.document(order, books);
                amount(cart.total(), books.total().apply(document), seed + " " + books + " " + document);
                amount(cart.total(), books.totalOfTheWhole().apply(document), seed + " " + books + " " + document);
            }
            amount(cart.returned(), new BigDecimal(order.path("returnedPrice").asText("0")), seed + " came back " + cart.payload());
            order.get("lineItems").forEach(line -> within(line, order, seed));
        });
    }

    @Test
    void whatTheEngineOfOneErpBooksAtItsTotalThatOfTheOtherDoesToo() {
        long alike = LongStream.rangeClosed(1, CARTS).mapToObj(Cart::new).filter(cart -> BOOKED.enginesAreAlike(BOOKED.canonical(cart.payload()), cart.total())).count();
        assertTrue(alike > CARTS / 4, alike + " carts");
    }

    @Test
    void anyPartThatTheShopSaysOneUnitOffIsNoticed() {
        // Given orders of which every part counts in full
        long[] shifted = {0};
        LongStream.rangeClosed(1, CARTS / 10).mapToObj(Cart::new).filter(Cart::isAsPlaced).forEach(cart -> parts(cart.payload(), List.of("price", "amount", "total_price", "total_tip_received")).forEach(part -> {
            if (cart.payload().at("/line_items").toString().contains("\"tip\"") && part.field().equals("total_tip_received")) {
                return;
            }
            String was = part.in().get(part.field()).asText();
            for (BigDecimal unit : List.of(cart.smallestUnit(), cart.smallestUnit().negate())) {
                // When
                part.in().put(part.field(), new BigDecimal(was).add(unit).toPlainString());

                // Then
                assertTrue(Booked.isHeld(BOOKED.canonical(cart.payload())), () -> part.field() + " " + was + " + " + unit + "\n" + cart.payload());
                shifted[0]++;
            }
            part.in().put(part.field(), was);
        }));
        assertTrue(shifted[0] > CARTS / 10, "so many parts were shifted: " + shifted[0]);
    }

    @Test
    void anyAmountOfADocumentOneUnitOffIsAnotherTotal() {
        LongStream.rangeClosed(1, CARTS / 10).mapToObj(Cart::new).forEach(cart -> {
            JsonNode order = BOOKED.canonical(cart.payload());
            for (Books books : Booked.EXACT) {
                ObjectNode document = BOOKED.document(order, books);
                for (Part part : parts(document, List.of("amount", "shippingCost", "taxAmount", "unitPrice", "discountAmount"))) {
                    JsonNode was = part.in().get(part.field());
                    part.in().put(part.field(), was.decimalValue().add(cart.smallestUnit()));
                    assertFalse(books.total().apply(document).compareTo(cart.total()) == 0, () -> part.field() + "\n" + document);
                    part.in().set(part.field(), was);
                }
            }
        });
    }

    /** Nothing of a line is more than the line: what is taken off it, or the tax in it. */
    private static void within(JsonNode line, JsonNode order, long seed) {
        BigDecimal price = decimal(line, "unitPrice").multiply(decimal(line, "quantity"));
        BigDecimal discount = decimal(line, "totalDiscount");
        BigDecimal tax = decimal(line, "totalTax");
        BigDecimal slack = decimal(line, "quantity").compareTo(decimal(line, "orderedQuantity")) == 0 ? BigDecimal.ZERO : BigDecimal.valueOf(order.path("lineItems").size());
        assertTrue(discount.signum() >= 0 && discount.compareTo(price) <= 0 || slack.signum() > 0, () -> seed + " " + line);
        assertTrue(tax.signum() >= 0 && tax.compareTo(decimal(order, "orderTax")) <= 0 || slack.signum() > 0, () -> seed + " " + line);
        assertEquals(0, tax.compareTo(line.path("taxes").findValuesAsText("amount").stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add)), () -> seed + " " + line);
    }

    private record Part(ObjectNode in, String field) {
    }

    private static List<Part> parts(JsonNode node, List<String> fields) {
        List<Part> found = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            fields.stream().filter(field -> object.path(field) instanceof TextNode || object.path(field).isNumber()).forEach(field -> found.add(new Part(object, field)));
        }
        node.forEach(inner -> found.addAll(parts(inner, fields)));
        return found;
    }

    private static BigDecimal decimal(JsonNode node, String field) {
        return new BigDecimal(node.path(field).asText("0"));
    }

    private static void amount(BigDecimal expected, BigDecimal actual, String where) {
        assertEquals(0, expected.compareTo(actual), () -> "expected " + expected + " but was " + actual + ": " + where);
    }
}
