package io.orderweir.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.capability.Configured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An account that is taken over from another connector knows which orders are from before, and by which key that one booked them. */
class LegacyKeysTest {

    private static final String CONNECTION = "orderweir.connections.";
    private static final String ERP = CONNECTION + "erp.";

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", value = {
            // Berlin is an hour ahead of UTC in November: the day begins at 23:00
            "2026-11-24       | 2026-11-23T22:59:59Z | SHOP-1001",
            "2026-11-24       | 2026-11-23T23:00:00Z | none",
            "2026-11-24T06:30 | 2026-11-24T05:29:59Z | SHOP-1001",
            "2026-11-24T06:30 | 2026-11-24T05:30:00Z | none",
            // and two hours in summer; half past two is there twice in October, and counts from the first
            "2026-07-01       | 2026-06-30T21:59:59Z | SHOP-1001",
            "2026-07-01       | 2026-06-30T22:00:00Z | none",
            "2026-10-25T02:30 | 2026-10-25T00:29:59Z | SHOP-1001",
            "2026-10-25T02:30 | 2026-10-25T00:30:00Z | none",
            // nobody knows
            "2026-11-24       | none                 | SHOP-1001"})
    void anOrderIsFromBeforeByTheClocksOfItsShop(String from, String placed, String key) {
        ObjectNode order = order("#1001");
        if (placed != null) {
            order.put("createdAt", placed);
        }
        assertEquals(key, Configured.connections(keys("from", from)).legacyKey("erp", "web", order, null));
    }

    @ParameterizedTest
    @CsvSource({"SHOP-{number},#1001,SHOP-1001", "{number},EU1001,EU1001", "shop_{id}.{number},#1001,shop_71.1001", "{id},,71"})
    void theKeyIsMadeOfWhatTheOrderIsCalled(String pattern, String name, String key) {
        assertEquals(key, Configured.connections(keys("legacy-key", pattern)).legacyKey("erp", "web", order(name), null));
        assertEquals(key + "-13", Configured.connections(keys("legacy-key", pattern)).legacyKey("erp", "web", order(name), "13"));
    }

    @Test
    void ordersOfAnotherShopAndAtAnotherAccountAreOursFromTheirBeginning() {
        Connections connections = Configured.connections(keys("legacy-key", "{number}"));
        assertNull(connections.legacyKey("erp", "till", order("#1001"), null));
        assertNull(connections.legacyKey("till", "web", order("#1001"), null));
        assertNull(connections.legacyKey("nobody", "web", order("#1001"), null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "takes-over.web.legacy-key  | SHOP         | erp.takes-over.web.legacy-key = SHOP is the same for all orders; write it with {number} or {id}, such as SHOP-{number}",
            "takes-over.web.legacy-key  | {order.name} | erp.takes-over.web.legacy-key = {order.name} asks for {order.name}; there are {number}, the order's number without its #, and {id}, its id in the shop",
            "takes-over.web.legacy-key  | a b/{number} | erp.takes-over.web.legacy-key = a b/{number} is no key; use at most 60 letters, digits, '.', '_' and '-' around {number} or {id}",
            "takes-over.web.legacy-key  | {number      | erp.takes-over.web.legacy-key = {number is the same for all orders",
            "takes-over.web.legacykey   | {number}     | erp.takes-over.web.legacykey (in PropertiesConfigSource[source=test.properties], value not shown) is not a key of Orderweir",
            "takes-over.shop.legacy-key | {id}         | erp.takes-over.shop is no shop; name the connection that the orders come from, one of [till, web]",
            "takes-over.erp.legacy-key  | {id}         | erp.takes-over.erp is no shop",
            "takes-over.till.legacy-key | {number}     | erp.takes-over.web.legacy-key = {number} is that of till, too, so an order of one would be taken for one of the other; tell them apart",
            "system                     | slack        | erp.takes-over looks for orders, and the connector slack cannot: it makes no records; add it to the connector"})
    void whatCannotBeRightRefusesTheStart(String key, String value, String said) {
        // Given
        Map<String, String> keys = keys("legacy-key", "{number}");
        if (key.startsWith("takes-over.") && !key.contains(".web.")) {
            keys.put(ERP + key.substring(0, key.lastIndexOf('.')) + ".from", "2026-11-24");
        }
        keys.put(ERP + key, value);
        // When
        String refusal = assertThrows(IllegalStateException.class, () -> Configured.connections(keys)).getMessage();
        // Then
        assertTrue(refusal.contains(CONNECTION + said), refusal);
    }

    @Test
    void aConnectorThatCannotLookForWhatItMakesRefusesTheStart(@TempDir Path connectors) throws Exception {
        // Given
        Files.writeString(Files.createDirectory(connectors.resolve("acme")).resolve("connector.yaml"), "system: acme\nlabel: Acme\nports:\n  order: { create: {} }\n");
        Map<String, String> keys = keys("legacy-key", "{number}");
        keys.putAll(Map.of(ERP + "system", "acme", "orderweir.connectors.dir", connectors.toString()));
        // When
        String refusal = assertThrows(IllegalStateException.class, () -> Configured.connections(keys)).getMessage();
        // Then
        assertTrue(refusal.contains(ERP + "takes-over looks for orders, and the connector acme cannot: its port order has no verb find; add it to the connector (docs/reference/connector.md), "
                + "or take it out and see to the orders from before by hand"), refusal);
    }

    @ParameterizedTest
    @CsvSource({"24.11.2026", "2026-11-31", "2026-11-24 06:00", "tuesday", "2026-11-24T06:00Z"})
    void aDateThatIsNoneIsToldWithItsKey(String from) {
        String refusal = assertThrows(IllegalStateException.class, () -> Configured.connections(keys("from", from))).getMessage();
        assertTrue(refusal.contains(ERP + "takes-over.web.from = " + from + " is no day and no time of one; write it like 2026-11-24 or 2026-11-24T06:00"), refusal);
    }

    private static Map<String, String> keys(String key, String value) {
        Map<String, String> keys = new HashMap<>(Map.of(ERP + "system", "netsuite", CONNECTION + "web.system", "shopify", CONNECTION + "web.zone", "Europe/Berlin",
                CONNECTION + "till.system", "shopify", ERP + "takes-over.web.from", "2026-11-24", ERP + "takes-over.web.legacy-key", "SHOP-{number}"));
        keys.put(ERP + "takes-over.web." + key, value);
        return keys;
    }

    private static ObjectNode order(String name) {
        ObjectNode order = JsonNodeFactory.instance.objectNode().put("externalId", "71");
        return name == null ? order : order.put("name", name);
    }
}
