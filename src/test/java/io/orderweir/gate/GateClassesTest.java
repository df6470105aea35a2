package io.orderweir.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.orderweir.gate.GateClasses.Gate;
import io.orderweir.gate.GateClasses.GateClass;
import io.orderweir.capability.Configured;
import io.orderweir.connection.Connections;
import io.orderweir.policy.Policies;
import io.orderweir.policy.Policies.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of policy/gates.yaml: which line waits for what, and what is said to who wrote nonsense. */
class GateClassesTest {
    private static final String GATES = """
            gates:
              - gate: payment
                for: order
                by: [Ann, Bob]
                persons: 2
                proposed-by: [Carol]
                due: 36h
                when-late: hold
                payment-status: [paid]
              - gate: drawing
            """;
    private static final String CLASSES = GATES + """
            classes:
              - class: engraved
                connection: shop-us
                custom-field: engraving
                gates: [payment]
              - class: made
                sku-prefix: BTO-
                gates: [payment, drawing]
              - class: promised
                tag: made-for-you
                gates: [drawing]
            """;

    private static final String PRODUCTS = GATES + """
            classes:
              - class: sample
                sku-prefix: SAMPLE-
                gates: [drawing]
              - class: made
                connection: shop-us
                product-type: Made to order
                gates: [payment, drawing]
            """;

    @Test
    void aGateSaysHowLongBeforeItsMoneyEndsAPersonIsTold() throws JsonProcessingException {
        GateClasses classes = classes("""
                gates: [{gate: payment, payment-status: [paid], tell-ending: 2d}, {gate: deposit, paid: 30%, tell-ending: 12h}]
                standard: [{connection: shop-eu, gates: [payment], payment-status: [paid, authorized]}, {gates: [deposit]}]
                """);
        JsonNode unsaid = new ObjectMapper().createObjectNode();
        JsonNode paid = new ObjectMapper().createObjectNode().put("paymentStatus", "paid");
        assertEquals("{\"tellsEnding\":172800}", classes.ofStandard("shop-eu", paid).get(0).rule().toString());
        assertEquals("{\"paid\":0.30,\"tellsEnding\":43200}", classes.ofStandard("shop", paid).get(0).rule().toString());
        // and an order of which the shop says nothing waits for none that its word alone opens
        assertEquals(List.of(), classes.ofStandard("shop-eu", unsaid));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            "shop-us, BTO-1, engraving, -, engraved",
            "shop-eu, BTO-1, engraving, -, made",
            "shop-us, SKU-1, engraving, made-for-you, engraved",
            "shop-us, SKU-1, colour, made-for-you, promised",
            "shop-us, SKU-1, -, -, -"})
    void theFirstRowOfWhichAllConditionsHoldDecides(String source, String sku, String field, String tag, String expected) throws JsonProcessingException {
        // Given
        JsonNode line = new ObjectMapper().createObjectNode().put("sku", sku).set("customFields", fields(field));
        JsonNode order = new ObjectMapper().createObjectNode().set("tags", tag == null ? new ObjectMapper().createArrayNode() : new ObjectMapper().createArrayNode().add(tag));
        // When, Then
        assertEquals(expected, classes(CLASSES).of(source, order, line).map(GateClass::name).orElse(null));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            "SKU-1, 77, Made to order, made",
            "SKU-1, 77, made to order, -",
            "SKU-1, 77, '', -",
            "SKU-1, 77, -, undecided",
            "SKU-1, -, -, -",
            "SAMPLE-1, 77, -, sample",
            "SAMPLE-1, 77, Made to order, sample"})
    void aProductOfWhichNothingIsKnownLeavesTheClassOpenUnlessARowBeforeDecides(String sku, String product, String type, String expected) throws JsonProcessingException {
        // Given
        GateClasses classes = classes(PRODUCTS);
        ObjectNode line = new ObjectMapper().createObjectNode().put("sku", sku).put("productId", product).put("productType", type).put("quantity", 1);
        ObjectNode order = order(line);
        // When, Then
        assertTrue(classes.askForProducts());
        assertEquals("undecided".equals(expected) ? OptionalInt.of(0) : OptionalInt.empty(), classes.undecided("shop-us", order));
        assertEquals("undecided".equals(expected) ? null : expected, classes.of("shop-us", order, line).map(GateClass::name).orElse(null));
        assertEquals(OptionalInt.empty(), classes.undecided("shop-eu", order), "the row asks another shop");
    }

    @Test
    void whatIsCancelledOrRemovedNeedsNoProduct() throws JsonProcessingException {
        // Given
        GateClasses classes = classes(PRODUCTS);
        ObjectNode removed = new ObjectMapper().createObjectNode().put("productId", "77").put("quantity", 0);
        ObjectNode wanted = removed.deepCopy().put("quantity", 2);
        // When, Then
        assertEquals(OptionalInt.of(1), classes.undecided("shop-us", order(removed, wanted)));
        assertEquals(OptionalInt.empty(), classes.undecided("shop-us", order(removed)));
        assertEquals(OptionalInt.empty(), classes.undecided("shop-us", order(wanted).put("status", "cancelled")));
    }

    @Test
    void theTableThatIsBuiltInAsksForNoProduct() {
        assertFalse(new GateClasses(new Policies(Configured.settings(Map.of())), Configured.connections(Map.of())).askForProducts());
    }

    @Test
    void aGateSaysWhoHowManyAndUntilWhen() throws JsonProcessingException {
        JsonNode line = new ObjectMapper().createObjectNode().put("sku", "BTO-1");
        List<Gate> gates = classes(CLASSES).of("shop-eu", new ObjectMapper().createObjectNode(), line).orElseThrow().gates();
        assertEquals(new Gate("payment", true, List.of("Ann", "Bob"), List.of("Carol"), 2, Duration.ofHours(36), true, List.of("paid"), new ObjectMapper().createObjectNode()), gates.get(0));
        assertEquals(new Gate("drawing", false, null, null, 1, null, false, null, new ObjectMapper().createObjectNode()), gates.get(1));
    }

    @Test
    void aGateSaysWhatOpensItAndAClassWhatIsAskedForOnTheWay() throws JsonProcessingException {
        // Given
        GateClass made = classes("""
                calendars: [{calendar: shopfloor, slots: 40, days: [MON, FRI], zone: Europe/Berlin, lead: 2}]
                gates:
                  - {gate: deposit, paid: 30%, paid-by: [stripe-us]}
                  - {gate: drawing, opened-by: [drawing-approved], closed-by: [drawing], after: [deposit]}
                  - {gate: slot, calendar: shopfloor, after: [deposit, drawing], by: nobody}
                classes: [{class: made, sku-prefix: BTO-, gates: [deposit, drawing, slot]}]
                """).of("shop", new ObjectMapper().createObjectNode(), new ObjectMapper().createObjectNode().put("sku", "BTO-1")).orElseThrow();
        // Then
        assertEquals(List.of("{\"paid\":0.30,\"payers\":[\"stripe-us\"]}", "{\"opens\":[\"drawing-approved\"],\"closes\":[\"drawing\"],\"after\":[\"deposit\"]}",
                "{\"calendar\":\"shopfloor\",\"after\":[\"deposit\",\"drawing\"]}"),
                made.gates().stream().map(gate -> gate.rule().toString()).toList());
        assertEquals(List.of(), made.gates().get(2).people());
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "gates: [{gate: a, for: everyone}]|for is line or order, and not 'everyone'",
            "gates: [{gate: a, due: soon}]|due is a time such as 14d",
            "gates: [{gate: a, persons: 3}]|persons is 1 or 2, and not '3'",
            "gates: [{gate: a, proposed-by: [Ann]}]|proposed-by is for gates of 2 persons",
            "gates: [{gate: together}]|a gate cannot be called together",
            "shipping: [{connection: shop-us, mixed-orders: later}]|mixed-orders is apart or together, and not 'later'",
            "gate: [{gate: a}]|'gate' is not a table; use some of [calendars, classes, gates, shipping, standard]",
            "[{gate: a}]|it has no tables",
            "gates: [{gate: a, whom: Ann}]|'whom' is not a column",
            "gates: [{gate: a, by: Ann}]|by is anyone, or nobody, or a list of names",
            "gates: [{gate: a, paid: all}]|paid is a share of the order's total from 1% to 100%, and not 'all'",
            "gates: [{gate: a, paid: 100%, opened-by: [built]}]|a gate is opened by paid, or by opened-by",
            "gates: [{gate: a, tell-ending: 2d}]|tell-ending is for a gate that waits for money",
            "gates: [{gate: a, paid: 100%, tell-ending: soon}]|tell-ending is a time such as 24h",
            "gates: [{gate: a, closed-by: [drawing]}]|a gate is opened by paid, or by opened-by",
            "gates: [{gate: a, paid-by: [stripe-us]}]|paid-by lists the connections whose payments count, such as [payments-us], for a gate with paid",
            "gates: [{gate: a, paid: 100%, paid-by: []}]|paid-by lists the connections",
            "gates: [{gate: a, opened-by: built}]|opened-by is a list such as [a, b], and not 'built'",
            "gates: [{gate: a, calendar: shopfloor}]|there is no calendar 'shopfloor'",
            "gates: [{gate: a, after: [b]}, {gate: b}]|there is no gate 'b' here",
            "calendars: [{calendar: c, slots: 3, days: [MONDAY]}]|days are of [MON, TUE",
            "calendars: [{calendar: c, slots: many, days: [MON]}]|slots is a whole number from 0 to 1000000, and not 'many'",
            "calendars: [{calendar: c, slots: 3, days: [MON], closed: [Christmas]}]|closed are days such as 2026-12-25",
            "gates: [{gate: a}, {gate: b, after: [a]}]\nclasses: [{class: c, sku-prefix: X, gates: [b]}]|gate 'b' comes after 'a', which the class does not pass",
            "requests: [{class: c, target: factory.work-order, behind: []}]|'requests' is not a table",
            "classes: [{class: c, sku-prefix: X, gates: [b]}]|there is no gate 'b'",
            "gates: [{gate: a}]\nclasses: [{class: c, product-type: 7, gates: [a]}]|product-type is a text; write it in quotes: '7'",
            "gates: [{gate: a}]\nclasses: [{class: c, tag: 2026, gates: [a]}]|tag is a text; write it in quotes: '2026'",
            "classes: [{class: c, gates: []}]|a class needs gates",
            "standard: [{connection: shop-us}]|a row says at which gates the lines wait; write gates: []",
            "standard: [{gates: [a]}]|there is no gate 'a'",
            "gates: [{gate: a}, {gate: b}]\nstandard: [{gates: [a, b], payment-status: [paid]}]|payment-status opens one gate"})
    void nonsenseIsRefusedByName(String nonsense) {
        String[] parts = nonsense.split("\\|");
        String said = assertThrows(IllegalStateException.class, () -> classes(parts[0])).getMessage();
        assertTrue(said.startsWith("policy/gates.yaml: ") && said.contains(parts[1]), said);
    }

    @Test
    void whomAGateBelievesMustBeThereAndMaySayIt() throws Exception {
        Connections connections = Configured.connections(Map.of("orderweir.connections.stripe-us.system", "stripe", "orderweir.connections.floor.system", "signals",
                "orderweir.connections.floor.may-say", "built"));
        check("gates: [{gate: a, paid: 100%, paid-by: [stripe-us]}, {gate: b, opened-by: [floor/built, checked], closed-by: [floor/built]}]", connections);
        assertEquals("policy/gates.yaml: gate 'a' is paid-by stripe-eu, which is no connection; use some of [floor, stripe-us]",
                refused("gates: [{gate: a, paid: 100%, paid-by: [stripe-eu]}]", connections));
        assertEquals("policy/gates.yaml: gate 'a' is paid-by floor, which may not say payment; add it to orderweir.connections.floor.may-say, or name another",
                refused("gates: [{gate: a, paid: 100%, paid-by: [floor]}]", connections));
        assertEquals("policy/gates.yaml: gate 'a' is moved by floor/scheduled, which may not say scheduled; add it to orderweir.connections.floor.may-say, or name another",
                refused("gates: [{gate: a, opened-by: [floor/scheduled]}]", connections));
        // and what a connection may say is something that somebody asks for
        Connections misspelt = Configured.connections(Map.of("orderweir.connections.floor.system", "signals", "orderweir.connections.floor.may-say", "biult"));
        assertTrue(refused("gates: [{gate: a, opened-by: [built]}]", misspelt).startsWith(
                "Orderweir does not start: orderweir.connections.floor.may-say = biult is a kind of signal that no gate asks for; use some of [authorized, built, cancelled, "));
    }

    private static String refused(String yaml, Connections connections) {
        return assertThrows(IllegalStateException.class, () -> check(yaml, connections)).getMessage();
    }

    private static void check(String yaml, Connections connections) throws JsonProcessingException {
        Policy policy = new Policy("policy/gates.yaml", new YAMLMapper().readTree(yaml));
        new Senders(new StageGates(policy).all()).check(policy, connections);
    }

    private static GateClasses classes(String yaml) throws JsonProcessingException {
        return new GateClasses(new Policy("policy/gates.yaml", new YAMLMapper().readTree(yaml)));
    }

    private static ObjectNode order(JsonNode... lines) {
        ObjectNode order = new ObjectMapper().createObjectNode().put("status", "open");
        order.putArray("lineItems").addAll(List.of(lines));
        return order;
    }

    private static JsonNode fields(String name) {
        var fields = new ObjectMapper().createArrayNode();
        if (name != null) {
            fields.addObject().put("name", name).put("value", "x");
        }
        return fields;
    }
}
