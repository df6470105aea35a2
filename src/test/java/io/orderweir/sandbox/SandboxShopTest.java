package io.orderweir.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SandboxShopTest {
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
    private final OrderGenerator generator = new OrderGenerator();

    @Test
    void signsTheRawBytesAsShopifyDoes() {
        assertEquals("D0UMXmhjwBRi4y66TmhJrDlhQABD7zI2fm3p6/QLMo8=",
                sign("{\"id\":820982911946154508,\"email\":\"jon@example.com\"}"));
        assertEquals("oIvDTB8AcUqox0n7novPsQK67BNRToBlm4MAiakBjEQ=", sign("{\"name\":\"Łódź – 東京\"}"));
    }

    @Test
    void everyOrderHasTheShapeOfARealPayload() {
        Catalogue catalogue = new Catalogue();
        Set<String> shapes = new HashSet<>();
        for (int number = 1; number <= 300; number++) {
            ObjectNode order = generator.order(ShopTraffic.FIRST_ID + number, number, NOW, number % 5 == 0, 42);
            int bytes = Json.write(order).getBytes(StandardCharsets.UTF_8).length;
            assertTrue(bytes > 5_000 && bytes < 13_000, "an order has " + bytes + " bytes");
            assertEquals("#" + number, order.path("name").asText());
            assertTrue(order.path("shipping_address").path("address1").asText().length() > 3);
            assertTrue(order.path("created_at").asText().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d-05:00"));
            long cents = 0;
            for (JsonNode line : order.path("line_items")) {
                assertTrue(catalogue.knows(line.path("sku").asText(), Set.of()));
                cents += Money.cents(line.path("price")) * line.path("quantity").asLong();
                for (JsonNode share : line.path("discount_allocations")) {
                    cents -= Money.cents(share.path("amount"));
                }
                shapes.add(!line.has("properties") ? "absent" : line.path("properties").getNodeType().name());
                if (line.path("sku").asText().startsWith("BTO-")) {
                    assertEquals("Engraving", line.path("properties").path(0).path("name").asText());
                }
            }
            assertEquals(Money.text(cents), order.path("subtotal_price").asText());
            assertEquals(Money.text(cents), order.path("subtotal_price_set").path("presentment_money").path("amount").asText());
        }
        assertEquals(Set.of("absent", "ARRAY", "OBJECT"), shapes);
    }

    @Test
    void theSameSeedGivesTheSameOrder() {
        assertEquals(generator.order(1, 7, NOW, true, 42), generator.order(1, 7, NOW, true, 42));
        assertNotEquals(generator.order(1, 7, NOW, true, 42), generator.order(1, 7, NOW, true, 43));
    }

    @Test
    void everyVersionOfAnOrderHasItsOwnSecondAndAtLeastOneUnitStays() {
        Random random = new Random(1);
        for (int number = 1; number <= 300; number++) {
            ObjectNode order = generator.order(number, number, NOW, number % 3 == 0, 1);
            ObjectNode edited = OrderEdit.edited(order, NOW.plusSeconds(1), random);
            assertTrue(edited.path("updated_at").asText().compareTo(order.path("updated_at").asText()) > 0);
            assertNotEquals(order.without("updated_at"), edited.deepCopy().without("updated_at"));
            long units = 0;
            for (JsonNode line : edited.path("line_items")) {
                units += line.path("current_quantity").asInt();
            }
            assertTrue(units > 0);
        }
    }

    @Test
    void theBadOrderIsNeverEditedOrCancelledAndThePlanKeepsItsShares() {
        // Given
        Shop shop = new Shop();
        ObjectNode wanted = Json.readObject("""
                {"target":"http://127.0.0.1:1/capture/shopify/shopify-us","secret":"s","orders":2000,"badAddressAt":1201,"seed":3}""");

        // When
        List<Webhook> webhooks = new TrafficPlan(generator, shop).plan(TrafficOrder.read(wanted, shop), NOW, 0);

        // Then
        List<ShopOrder> bad = shop.all().stream().filter(order -> order.bad).toList();
        assertEquals(List.of("#1201"), bad.stream().map(order -> order.name).toList());
        assertEquals(1, bad.get(0).versions().size());
        assertEquals(2_000, shop.all().size());
        Map<String, Integer> topics = new HashMap<>();
        shop.all().forEach(order -> order.versions().forEach(version -> topics.merge(version.topic, 1, Integer::sum)));
        assertTrue(topics.get("orders/updated") > 20 && topics.get("orders/updated") < 65, topics.toString());
        assertTrue(topics.get("orders/cancelled") > 20 && topics.get("orders/cancelled") < 65, topics.toString());
        int versions = topics.values().stream().mapToInt(Integer::intValue).sum();
        assertTrue(webhooks.size() - versions > 60 && webhooks.size() - versions < 150, webhooks.size() + " webhooks");
        for (ShopOrder order : shop.all()) {
            assertEquals(order.versions().size(), order.versions().stream().map(version -> version.updatedAt).distinct().count());
        }
    }

    @Test
    void linesAndUnitsBeyondTheOrdersAreFound() {
        // Given an order of 2 and 1
        ShopOrder order = new ShopOrder("shopify-us", Json.object().put("id", 1).put("name", "#1"));
        order.acknowledged(order.add("orders/create", Json.readObject("""
                {"id":1,"updated_at":"2026-11-27T05:00:00-05:00","line_items":[
                 {"id":11,"sku":"SKU-1","quantity":2,"current_quantity":2},{"id":12,"sku":"SKU-2","quantity":1,"current_quantity":1}]}""")));
        Comparison comparison = new Comparison();

        // When the target has the first line twice, and not the second
        comparison.order(order, List.of(new Comparison.TargetLine("11", "SKU-1", 3), new Comparison.TargetLine("11", "SKU-1", 2)), true);

        // Then
        ObjectNode report = Json.object();
        comparison.write(report);
        assertEquals(1, report.path("linesBeyond").asInt());
        assertEquals(3, report.path("unitsBeyond").asInt());
        assertEquals(1, report.path("linesMissing").asInt());
        assertFalse(report.path("differingOrders").isEmpty());
    }

    @Test
    void aDocumentOfAnotherTotalIsFound() {
        // Given an order that an edit made cheaper
        ShopOrder order = new ShopOrder("shopify-us", Json.object().put("id", 1).put("name", "#1"));
        order.acknowledged(order.add("orders/create", Json.readObject("""
                {"id":1,"updated_at":"2026-11-27T05:00:00-05:00","total_price":"20.00","current_total_price":"10.00","line_items":[]}""")));
        Comparison comparison = new Comparison();

        // When
        comparison.total(order, new BigDecimal("10.0"));
        comparison.total(order, new BigDecimal("10.01"));

        // Then
        ObjectNode report = Json.object();
        comparison.write(report);
        assertEquals(1, report.path("otherTotals").asInt());
    }

    @Test
    void everyOrderOfTheShopAddsUpAsPlacedAndAfterAnEdit() {
        for (int number = 1; number <= 300; number++) {
            ObjectNode placed = generator.order(ShopTraffic.FIRST_ID + number, number, NOW, number % 5 == 0, 42);
            ObjectNode edited = OrderEdit.edited(placed, NOW.plusSeconds(60), new Random(number));
            assertEquals(sum(placed, ""), Money.cents(placed.path("total_price")));
            assertEquals(sum(edited, "current_"), Money.cents(edited.path("current_total_price")));
            assertEquals(Money.cents(placed.path("total_tax")), taxes(placed));
        }
    }

    private static long sum(ObjectNode order, String state) {
        long sum = Money.cents(order.path(state + "subtotal_price")) + Money.cents(order.path(state + "total_tax"));
        for (JsonNode shipping : order.path("shipping_lines")) {
            sum += Money.cents(shipping.path("price"));
        }
        return sum;
    }

    private static long taxes(ObjectNode order) {
        long sum = 0;
        for (String list : List.of("line_items", "shipping_lines")) {
            for (JsonNode line : order.path(list)) {
                for (JsonNode tax : line.path("tax_lines")) {
                    sum += Money.cents(tax.path("price"));
                }
            }
        }
        return sum;
    }

    private static String sign(String body) {
        return Signature.shopify("hush", body.getBytes(StandardCharsets.UTF_8));
    }
}
