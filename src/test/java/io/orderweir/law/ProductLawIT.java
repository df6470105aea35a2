package io.orderweir.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of a product is what its newest version says, in whatever order, how often and in which batches its news come. */
class ProductLawIT {

    private static final int PRODUCTS = 4;
    private static final int EVENTS = 150;
    private static final List<String> TYPES = List.of("Made to order", "Lamp", "");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theNewestVersionCountsWheneverItComes(long seed) throws SQLException {
        // Given
        Random random = new Random(seed);
        List<ObjectNode> events = new ArrayList<>();
        for (int offset = 0; offset < EVENTS; offset++) {
            events.add(offset > 0 && random.nextInt(6) == 0 ? events.get(random.nextInt(offset)).deepCopy().put("offset", offset) : event(random, offset));
        }
        try (Ledger ledger = Ledger.fresh()) {
            // When
            for (int from = 0; from < EVENTS; ) {
                int to = Math.min(EVENTS, from + 1 + random.nextInt(30));
                ledger.append(events.subList(from, to).toArray(JsonNode[]::new));
                from = to;
            }
            // Then
            assertEquals(known(events), products(ledger));
            List<String> reasons = ledger.sql.rows("select distinct reason from message order by 1").stream().map(row -> (String) row.get("reason")).toList();
            for (String reason : List.of("a newer version is known", "a newer version of the product is known", "product deleted", "product type Lamp",
                    "product type Made to order", "product without a product type")) {
                assertTrue(reasons.contains(reason), "no '" + reason + "' in the mixture");
            }
            assertEquals(EVENTS, ledger.sql.number("select count(*) + sum(repeats) from message"));
            assertEquals(0, ledger.sql.number("select count(*) from message where state = 'planned' or planned > 0"));
        }
    }

    @Test
    void ofTwoVersionsOfOneSecondTheOneThatWasCapturedLastCounts() throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            // When
            ledger.append(told(0, "7", 3, "Lamp"), told(1, "7", 3, "Made to order"), told(2, "7", 2, ""));

            // Then
            assertEquals(Map.of("7", "Made to order"), products(ledger));
        }
    }

    @Test
    void aProductThatAPersonCorrectsIsKnownWhenSheReleasesIt() throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            // Given
            ObjectNode event = told(0, "7", 3, "Lamp");
            JsonNode document = event.remove("canonical");
            event.remove("note");
            event.put("version", (String) null).putObject("hold").put("reason", "unmapped").put("sentence", "s");
            ledger.append(event);
            assertEquals(Map.of(), products(ledger));

            // When
            long hold = ledger.sql.number("select id from hold");
            ObjectNode released = Ledger.JSON.createObjectNode().put("entity_key", "shop/7").put("version", document.path("updatedAt").textValue()).put("hash", "h");
            released.set("canonical", document);
            released.putArray("deliveries");
            ledger.run("hold/release-message.sql", Map.of("hold", hold, "by", "Ann", "changes", "[]", "document", released.toString()));

            // Then
            assertEquals(Map.of("7", "Lamp"), products(ledger));
            assertEquals("noted product type Lamp", ledger.sql.rows("select state || ' ' || reason as became from message").get(0).get("became"));
        }
    }

    @Test
    void aLineIsReadAsItWasPlannedAndAProductAsItIsKnown() throws SQLException {
        try (Ledger ledger = Ledger.fresh()) {
            // Given an order that was planned and then held, one that was discarded, and one that is held because a product is not known
            ledger.append(
                    ordered(0, "planned", 1, null, "{'id':'11','productId':'7','variantId':'70','productType':'Lamp'}", "{'id':'12'}"),
                    ordered(1, "planned", 2, "unmapped", "{'id':'11','productId':'7','variantId':'70','productType':'Sofa'}", "{'id':'13','productId':'8'}"),
                    ordered(2, "discarded", 1, "unmapped", "{'id':'21','productId':'9'}"),
                    ordered(3, "held", 1, "unknown-product", "{'id':'31','productId':'9'}"),
                    told(4, "7", 1, "Made to order"), told(5, "8", 1, ""), gone(6, "9"));
            long hold = ledger.sql.number("select h.id from hold h join message m on m.id = h.message_id where m.\"offset\" = 2");
            ledger.run("hold/discard.sql", Map.of("hold", hold, "by", "Ann", "reason", "a trial"));

            // When
            List<Map<String, Object>> rows = ledger.run("gate/products.sql", Map.of("keys", """
                    [{"connection":"shop","type":"order","key":"shop/planned"}, {"connection":"shop","type":"order","key":"shop/discarded"},
                     {"connection":"shop","type":"order","key":"shop/held"}, {"connection":"shop","type":"order","key":"shop/unheard-of"},
                     {"connection":"shop","type":"product","key":"shop/7"}]""",
                    "named", "[{\"connection\":\"shop\",\"products\":[\"7\",\"9\",\"10\"]},{\"connection\":\"other\",\"products\":[\"8\"]}]"));

            // Then what is not known has no row: a product that was deleted before its type was told, and one nobody told
            assertEquals(new TreeSet<>(List.of(
                    "line shop/planned 11 7 70 Lamp", "line shop/planned 12 null null null", "line shop/planned 11 7 70 null", "line shop/planned 13 8 null null",
                    "line shop/discarded 21 9 null null", "line shop/held 31 9 null null",
                    "product shop 7 Made to order", "product shop 8 ")), shown(rows));
        }
    }

    private static Set<String> shown(List<Map<String, Object>> rows) {
        Set<String> shown = new TreeSet<>();
        rows.forEach(row -> shown.add(row.get("entity") == null ? "product " + row.get("connection") + " " + row.get("product") + " " + row.get("type")
                : "line " + row.get("entity") + " " + row.get("line") + " " + row.get("product") + " " + row.get("variant") + " " + row.get("type")));
        assertEquals(rows.size(), shown.size());
        return shown;
    }

    private static ObjectNode event(Random random, int offset) {
        String product = Integer.toString(random.nextInt(PRODUCTS));
        if (random.nextInt(12) == 0) {
            return gone(offset, product);
        }
        int version = random.nextInt(40);
        ObjectNode event = told(offset, product, version, TYPES.get((version + Integer.parseInt(product)) % TYPES.size()));
        if (random.nextInt(12) == 0) {
            event.remove("note");
            event.put("version", (String) null).putObject("hold").put("reason", "not-understood").put("sentence", "s");
        }
        return event;
    }

    private static ObjectNode told(int offset, String product, long version, String type) {
        ObjectNode event = product(offset, product, version);
        event.put("hash", type).putObject("canonical").put("externalId", product).put("productType", type).put("updatedAt", event.get("version").textValue());
        return event;
    }

    private static ObjectNode gone(int offset, String product) {
        ObjectNode event = product(offset, product, 0);
        event.put("version", (String) null).put("hash", "deleted").putObject("canonical").put("externalId", product).put("deleted", true);
        return event;
    }

    private static ObjectNode product(int offset, String product, long version) {
        return Ledger.event(offset, product, version).put("type", "product").put("name", (String) null).put("note", "news of a product");
    }

    private static ObjectNode ordered(int offset, String order, long version, String hold, String... lines) {
        ObjectNode event = Ledger.event(offset, order, version);
        try {
            event.set("canonical", Ledger.JSON.readTree(("{'lineItems':[" + String.join(",", lines) + "]}").replace('\'', '"')));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
        if (hold == null) {
            Ledger.delivery(event, "erp", "order", false);
        } else {
            event.put("version", (String) null).putObject("hold").put("reason", hold).put("sentence", "s");
        }
        return event;
    }

    /** What must be known: of each product its type, with a mark when it was deleted. */
    private static Map<String, String> known(List<ObjectNode> events) {
        Map<String, ObjectNode> newest = new TreeMap<>();
        Set<String> deleted = new TreeSet<>();
        Set<String> seen = new HashSet<>();
        for (ObjectNode event : events) {
            String product = event.at("/canonical/externalId").textValue();
            if (!seen.add(event.get("ce_id").textValue()) || event.has("hold")) {
                continue;
            }
            if (event.get("canonical").has("deleted")) {
                deleted.add(product);
            } else if (!newest.containsKey(product) || newest.get(product).get("version").textValue().compareTo(event.get("version").textValue()) <= 0) {
                newest.put(product, event);
            }
        }
        Map<String, String> known = new TreeMap<>();
        newest.forEach((product, event) -> known.put(product, event.at("/canonical/productType").textValue()));
        deleted.forEach(product -> known.merge(product, " deleted", String::concat));
        return known;
    }

    private static Map<String, String> products(Ledger ledger) {
        Map<String, String> known = new TreeMap<>();
        ledger.sql.rows("select product_id, coalesce(product_type, '') || case when deleted then ' deleted' else '' end as known from product")
                .forEach(row -> known.put((String) row.get("product_id"), (String) row.get("known")));
        return known;
    }
}
