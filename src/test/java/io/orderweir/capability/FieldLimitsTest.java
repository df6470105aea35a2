package io.orderweir.capability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.connector.Connectors;
import io.orderweir.hold.FieldLimits;
import io.orderweir.hold.Violation;
import io.orderweir.policy.Policies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a target is known to refuse is found before it is called. */
class FieldLimitsTest {

    private static final String GOOD_ADDRESS = "{'address1':'Storgata 1','city':'Oslo','country':'NO','zipCodeOrPostalCode':'ÅÅ-?'}";
    private static final String GOOD_LINE = "{'id':'1','sku':'MUG','name':'Mug','quantity':1,'requiresShipping':true}";
    private final FieldLimits limits = new FieldLimits(Configured.connectors(Map.of()), new Policies(Configured.settings(Map.of())));

    @Test
    void anOrderWithinTheLimitsHasNoViolationEvenWithAnImpossiblePostalCode() throws Exception {
        assertEquals(List.of(), limits.check(order("open", GOOD_ADDRESS, GOOD_LINE), "netsuite", "order", "NetSuite"));
        assertEquals(List.of(), limits.check(order("open", GOOD_ADDRESS, GOOD_LINE), "wms", "fulfilment", "the warehouse"));
    }

    @Test
    void aStreetThatIsTooLongIsNamedWithBothLengths() throws Exception {
        JsonNode order = order("open", GOOD_ADDRESS.replace("Storgata 1", "å".repeat(151)), GOOD_LINE);

        List<Violation> found = limits.check(order, "netsuite", "order", "NetSuite");

        assertEquals(1, found.size());
        assertEquals("shippingAddress.address1", found.get(0).path());
        assertEquals("over-limit", found.get(0).reason());
        assertEquals("Order #7: the street '" + "å".repeat(60) + "...' has 151 characters, and NetSuite takes 150. Shorten it and release.", found.get(0).sentence());
    }

    @Test
    void aNameThatIsTooLongTogetherIsCalledTheNameWithItsLength() throws Exception {
        // Given neither of the two is too long alone
        String names = GOOD_ADDRESS.replace("{", "{'firstName':'" + "A".repeat(50) + "','lastName':'" + "B".repeat(40) + "',");
        // When
        Violation found = limits.check(order("open", names, GOOD_LINE), "netsuite", "order", "NetSuite").get(0);
        // Then
        assertEquals("shippingAddress.firstName", found.path());
        assertEquals("Order #7: the first name and last name '" + "A".repeat(50) + " " + "B".repeat(9) + "...' has 91 characters, and NetSuite takes 83. Shorten it and release.", found.sentence());
        // and one of them may be missing
        assertEquals("Order #7: the first name '" + "A".repeat(60) + "...' has 84 characters, and NetSuite takes 83. Shorten it and release.",
            limits.check(order("open", GOOD_ADDRESS.replace("{", "{'firstName':'" + "A".repeat(84) + "',"), GOOD_LINE), "netsuite", "order", "NetSuite").get(0).sentence());
        assertEquals(List.of(), limits.check(order("open", names.replace("A".repeat(50), "A".repeat(42)), GOOD_LINE), "netsuite", "order", "NetSuite"));
    }

    @Test
    void aLineWithoutAnSkuIsNamedUnlessNobodyWantsItAnyMore() throws Exception {
        String noSku = "{'id':'2','name':'Rush fee','quantity':1,'requiresShipping':false}";

        assertEquals(List.of(new Violation("lineItems[1].sku", "", "over-limit",
            "Order #7: NetSuite needs an SKU for 'Rush fee' and there is none. Add it and release.")),
            limits.check(order("open", GOOD_ADDRESS, GOOD_LINE + "," + noSku), "netsuite", "order", "NetSuite"));
        assertEquals(List.of(), limits.check(order("open", GOOD_ADDRESS, GOOD_LINE + "," + noSku.replace("'quantity':1", "'quantity':0")), "netsuite", "order", "NetSuite"));
        assertEquals(List.of(), limits.check(order("open", GOOD_ADDRESS, GOOD_LINE + "," + noSku), "wms", "fulfilment", "the warehouse"));
        assertEquals(List.of(), limits.check(order("open", GOOD_ADDRESS, GOOD_LINE + "," + noSku), "netsuite", "order", "NetSuite", Set.of("custom-item")), "an account that has an item for it");
    }

    @Test
    void whatMustBeShippedNeedsAnAddressAndOneSentenceIsEnough() throws Exception {
        assertEquals(List.of("Order #7: the warehouse needs a delivery address and there is none. Add it and release."),
            limits.check(order("open", "null", GOOD_LINE), "wms", "fulfilment", "the warehouse").stream().map(Violation::sentence).toList());
        assertEquals(List.of(), limits.check(order("open", "null", GOOD_LINE.replace("true", "false")), "wms", "fulfilment", "the warehouse"));
        assertEquals(List.of(), limits.check(order("open", "null", GOOD_LINE), "netsuite", "order", "NetSuite"));
    }

    @Test
    void anOrderWithNothingLeftIsFoundAndACancelledOneIsNot() throws Exception {
        String removed = GOOD_LINE.replace("'quantity':1", "'quantity':0");

        assertEquals(List.of("Order #7: every line was taken out, and NetSuite takes no order without one. Book there by hand what is left of it, then discard this."),
            limits.check(order("open", GOOD_ADDRESS, removed), "netsuite", "order", "NetSuite").stream().map(Violation::sentence).toList());
        assertEquals(List.of(), limits.check(order("cancelled", "null", removed), "netsuite", "order", "NetSuite"));
    }

    @Test
    void aLimitOfOnePortIsNoneOfAnother() throws Exception {
        // a port that takes customers needs no line: it would have been held for missing them
        String removed = GOOD_LINE.replace("'quantity':1", "'quantity':0");

        assertEquals(List.of(), limits.check(order("open", GOOD_ADDRESS, removed), "netsuite", "customer", "NetSuite"));
        assertEquals(List.of(), limits.check(order("open", "null", GOOD_LINE), "wms", "notice", "the warehouse"));
    }

    @Test
    void aRowWithoutAPortIsOfEveryPort(@TempDir Path directory) throws Exception {
        // Given
        Files.writeString(directory.resolve("limits.yaml"), "- { system: netsuite, path: name, says: too-long, max: 1 }");
        FieldLimits mounted = new FieldLimits(Configured.connectors(Map.of()), new Policies(Configured.settings(Map.of("orderweir.policy.dir", directory.toString()))));
        // Then
        assertEquals(1, mounted.check(order("open", GOOD_ADDRESS, GOOD_LINE), "netsuite", "order", "NetSuite").size());
        assertEquals(1, mounted.check(order("open", GOOD_ADDRESS, GOOD_LINE), "netsuite", "customer", "NetSuite").size());
        assertEquals(0, mounted.check(order("open", GOOD_ADDRESS, GOOD_LINE), "wms", "order", "the warehouse").size());
    }

    @Test
    void whatAnAccountDemandsBesidesIsMounted(@TempDir Path directory) throws Exception {
        // Given
        Files.writeString(directory.resolve("limits.yaml"), "- { system: netsuite, path: orderNote, says: required }");
        FieldLimits mounted = new FieldLimits(Configured.connectors(Map.of()), new Policies(Configured.settings(Map.of("orderweir.policy.dir", directory.toString()))));
        // Then
        assertEquals("Order #7: NetSuite needs a note and there is none. Add it and release.", mounted.check(order("open", GOOD_ADDRESS, GOOD_LINE), "netsuite", "order", "NetSuite").get(0).sentence());
    }

    @Test
    void aRowThatWouldNeverBeLookedAtIsNamedWithItsLine(@TempDir Path directory) throws Exception {
        for (String row : List.of("{ system: acne, path: name, says: required }|'acne' is no connector", "{ system: wms, path: lineItms, says: required }|'lineItms' is no field of the canonical order")) {
            Files.writeString(directory.resolve("limits.yaml"), "# ours\n- { system: wms, path: name, says: required }\n- " + row.split("\\|")[0] + "\n");
            Policies policies = new Policies(Configured.settings(Map.of("orderweir.policy.dir", directory.toString())));
            Connectors connectors = Configured.connectors(Map.of());
            String refusal = assertThrows(IllegalStateException.class, () -> new FieldLimits(connectors, policies)).getMessage();
            assertTrue(refusal.contains(row.split("\\|")[1]) && refusal.endsWith("(line 3)"), refusal);
        }
    }

    private static JsonNode order(String status, String address, String lines) throws Exception {
        return new ObjectMapper().readTree(("{'name':'#7','status':'" + status + "','shippingAddress':" + address + ",'lineItems':[" + lines + "]}").replace('\'', '"'));
    }
}
