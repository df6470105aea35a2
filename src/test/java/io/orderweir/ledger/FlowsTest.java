package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.orderweir.capability.Configured;
import io.orderweir.gate.GateClasses;
import io.orderweir.hold.Refusal;
import io.orderweir.hold.Sentence;
import io.orderweir.ledger.Flows.Flow;
import io.orderweir.policy.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of flows.yaml: what goes where, for whom, and what is said to who wrote nonsense. */
class FlowsTest {

    private static final String ERP = "{role: erp, connection: erp}";
    private static final String WMS = "{role: warehouse, connection: wms}";
    private static final String BOOK = "{type: order, parts: whole, to: erp, port: order, sends: [name, tags]}";
    private static final String SHIP = "{type: order, parts: standard-lines, to: warehouse, port: fulfilment, after: erp/order, moves-goods: true, sends: [name]}";
    private static final String BUILD = "{type: order, parts: each-gated-line, to: warehouse, port: fulfilment, behind: all, after: erp/order, moves-goods: true, sends: [name]}";

    private final Policies policies = new Policies(Configured.settings(Map.of()));
    private final GateClasses gates = new GateClasses(policies, Configured.connections(Map.of()));

    @Test
    void aSecondErpGetsTheOrdersOfOtherShops() throws IOException {
        Flows flows = flows(List.of("{role: erp, for: [web-eu, outlet-eu], connection: erp-eu}", ERP), List.of(BOOK));
        assertEquals(List.of("erp order order"), planned(flows, "web-us", "US", "MUG"));
        assertEquals(List.of("erp-eu order order"), planned(flows, "web-eu", "US", "MUG"));
    }

    @Test
    void theWarehouseOfTheCountryShipsAndWaitsForTheErpOfTheShop() throws IOException {
        Flows flows = flows(List.of("{role: erp, for: [web-eu], connection: erp-eu}", ERP, "{role: warehouse, ship-to: [DE, AT, CH], connection: hamburg}", WMS), List.of(BOOK, SHIP));
        assertEquals(List.of("erp order order", "hamburg fulfilment order after erp order"), planned(flows, "web-us", "AT", "MUG"));
        assertEquals(List.of("erp-eu order order", "wms fulfilment order after erp-eu order"), planned(flows, "web-eu", "FR", "MUG"));
    }

    @Test
    void aLineThatIsAskedForAloneGoesToWhoeverMakesItsClass() throws IOException {
        Flows flows = flows(List.of(ERP, "{role: warehouse, class: factory-built, connection: works}", WMS), List.of(BOOK, SHIP, BUILD));
        assertEquals(List.of("erp order order", "wms fulfilment order after erp order", "works fulfilment 2 after erp order", "wms fulfilment 3 after erp order"),
                planned(flows, "web-us", "US", "MUG", "FAB-1", "BTO-1"));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource(delimiter = '|', value = {
        // who says it, and what           | by the gateway and at the port; nothing where it is not booked
        "stripe   | payment | {}                                             | stripe deposit order",
        "stripe   | payment | {\"gateway\":\"card\"}                         | card deposit order",
        "signals  | payment | {\"gateway\":\"paypal\"}                       | paypal deposit order",
        "signals  | payment | {\"gateway\":\"cash\"}                         | ''",
        "web      | payment | {\"gateway\":\"gift_card\",\"kind\":\"gift-card\"}  | ''",
        "tills    | payment | {\"gateway\":\"gift_card\",\"kind\":\"gift-card\"}  | gift_card cards order",
        "stripe   | refund  | {}                                             | ''",
        "adyen    | payment | {}                                             | ''"})
    void aPaymentIsBookedByTheFirstRowThatNamesIt(String said, String kind, String evidence, String booked) throws IOException {
        Flows flows = flows(List.of(ERP), List.of(BOOK, "{type: order, parts: each-payment, to: erp, port: deposit, after: erp/order, paid-by: [stripe, signals/paypal, web]}",
                "{type: order, parts: each-payment, to: erp, port: cards, after: erp/order, paid-by: [tills/gift_card, stripe]}"));
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setVariable("captured", new Captured("t", 0, 0, "ce", said, "signal", "e", "c", "2026-11-21T13:00:00Z", new byte[0]));
        exchange.getMessage().setBody(new ObjectMapper().readTree("{\"signal\":\"" + kind + "\",\"about\":\"ch_1\",\"amount\":\"1.00\",\"currency\":\"EUR\",\"evidence\":" + evidence
                + ",\"booked\":{\"to\":\"somewhere\"}}"));
        JsonNode where = flows.book(exchange).path("booked").path(0);
        assertEquals(booked, where.isMissingNode() ? "" : where.path("gateway").asText() + " " + where.path("port").asText() + " " + where.path("after").asText());
        // and of an order itself nothing else is planned than before
        assertEquals(List.of("erp order order"), planned(flows, "web", "US", "MUG"));
    }

    /** Who says that it was paid does not say of which shop the order is: that is seen when it is heard. */
    @Test
    void aPaymentIsBookedForTheShopsThatItsRowsAreFor() throws IOException {
        Flows flows = flows(List.of(ERP, "{role: books, for: [eu], connection: intacct}", "{role: books, connection: netsuite}"), List.of(BOOK, BOOK.replace("to: erp", "to: books"),
                "{type: order, parts: each-payment, for: [us, ca], to: books, port: deposit, after: books/order, paid-by: [stripe]}",
                "{type: order, parts: each-payment, to: erp, port: payment, after: erp/order, paid-by: [stripe]}"));
        // Then of a book that only another shop has nothing is asked
        assertEquals(List.of("netsuite"), flows.all().stream().filter(flow -> flow.port().equals("deposit")).flatMap(flow -> flows.parts(flow).stream()).map(Casting.Part::connection).toList());
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setVariable("captured", new Captured("t", 0, 0, "ce", "stripe", "signal", "e", "c", "2026-11-21T13:00:00Z", new byte[0]));
        exchange.getMessage().setBody(new ObjectMapper().readTree("{\"signal\":\"payment\",\"about\":\"ch_1\",\"amount\":\"1.00\",\"currency\":\"EUR\",\"evidence\":{}}"));
        assertEquals(new ObjectMapper().readTree("[{\"gateway\":\"stripe\",\"to\":\"books\",\"port\":\"deposit\",\"after\":\"order\",\"for\":[\"us\",\"ca\"]},"
                + "{\"gateway\":\"stripe\",\"to\":\"erp\",\"port\":\"payment\",\"after\":\"order\"}]"), flows.book(exchange).path("booked"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{type: order, parts: each-payment, to: erp, port: deposit, after: erp/order}",
        "{type: order, parts: each-payment, for: [], to: erp, port: deposit, after: erp/order, paid-by: [stripe]}",
        "{type: order, parts: whole, to: erp, port: deposit, sends: [name], paid-by: [stripe]}",
        "{type: order, parts: each-payment, to: erp, port: deposit, paid-by: [stripe]}",
        "{type: order, parts: each-payment, to: erp, port: deposit, after: erp/invoice, paid-by: [stripe]}",
        "{type: order, parts: each-payment, to: erp, port: deposit, after: erp/order, paid-by: [stripe], sends: [name]}",
        "{type: order, parts: each-payment, to: erp, port: deposit, after: erp/order, paid-by: []}"})
    void aRowOfPaymentsThatMeansNothingRefusesTheStart(String row) {
        assertThrows(IllegalStateException.class, () -> flows(List.of(ERP), List.of(BOOK, row)));
    }

    @Test
    void aLineIsNeverTakenForTheOrderWhateverItIsCalled() throws IOException {
        Flows flows = flows(List.of(ERP, WMS), List.of(BOOK, SHIP, BUILD));
        assertEquals(List.of("erp order order", "wms fulfilment order after erp order", "wms fulfilment =order after erp order", "wms fulfilment ==order after erp order"),
                planned(flows, "web-us", "US", "MUG", "BTO-order", "BTO-=order"));
    }

    @Test
    void anErpThatShipsItselfHasNoFlowToAWarehouse() throws IOException {
        assertEquals(List.of("erp order order"), planned(flows(List.of(ERP), List.of(BOOK)), "web-us", "US", "MUG", "BTO-1"));
    }

    @Test
    void twoFlowsGoToTwoPortsOfOneAccount() throws IOException {
        Flows flows = flows(List.of(ERP, "{role: warehouse, connection: erp}"), List.of(BOOK, SHIP));
        assertEquals(List.of("erp order order", "erp fulfilment order after erp order"), planned(flows, "web-us", "US", "MUG"));
    }

    @Test
    void oneShopHasARowOfItsOwnAndAllOthersTheUsualOne() throws IOException {
        // Given a shop whose goods wait for nobody
        Flows flows = flows(List.of(ERP, WMS), List.of(BOOK, SHIP.replace("to:", "for: [outlet], to:").replace("after: erp/order, ", "priority: 2, "), SHIP));
        // Then
        assertEquals(List.of("erp order order", "wms fulfilment order"), planned(flows, "outlet", "US", "MUG"));
        assertEquals(List.of("erp order order", "wms fulfilment order after erp order"), planned(flows, "web-us", "US", "MUG"));
        assertEquals(List.of(2, 0), List.of(flows.of("outlet").get(1).priority(), flows.of("web-us").get(1).priority()));
    }

    @Test
    void anOrderNobodyPlaysAPartForIsHeldWithASentenceThatSaysWhichRowIsMissing() throws IOException {
        // Given
        Flows flows = flows(List.of(ERP, "{role: warehouse, ship-to: [US], connection: wms}"), List.of(BOOK, SHIP));
        // When
        Refusal held = new Sentence(Configured.connectors(Map.of())).forError("#1001", assertThrows(NoAccount.class, () -> planned(flows, "web-us", "FR", "MUG")));
        // Then
        assertEquals("no-account", held.reason());
        assertEquals("Order #1001: no row of the table roles in flows.yaml says who is the warehouse for an order from web-us to FR. An integrator adds a row that fits, or one without conditions; "
                + "then release.", held.sentence());
    }

    @Test
    void theBuiltInTableServesAHouseWithClassesOfItsOwn(@TempDir Path directory) throws IOException {
        // Given a gates.yaml that knows nothing of what is built in the factory
        Files.writeString(directory.resolve("gates.yaml"), "gates: [{gate: finance}]\nclasses: [{class: made, sku-prefix: BTO-, gates: [finance]}]\n");
        Policies mounted = new Policies(Configured.settings(Map.of("orderweir.policy.dir", directory.toString())));
        // When
        Flows flows = new Flows(mounted, new GateClasses(mounted, Configured.connections(Map.of())));
        // Then
        assertEquals(List.of("erp/order", "warehouse/fulfilment", "warehouse/fulfilment", "source/hold"), flows.all().stream().map(Flow::name).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {
            // roles that nobody ever plays
            "roles|{role: erp, for: [web], connection: erp-2}|no order ever comes to it: whatever fits it fits the row before it {\"role\":\"erp\",\"connection\":\"erp\"}; put it above that one, or take it out",
            "roles|{role: warehous, connection: wms}|no flow goes to the role 'warehous'; correct its name, or take the row out",
            "roles|{role: erp, connection: erp-2}|no order ever comes to it",
            "roles|{role: warehouse, class: built-to-ordr, connection: works}|no order ever comes to it",
            "roles|{role: source, connection: web}|source is the shop that an order came from",
            "roles|{role: warehouse, ship-to: [Germany], connection: wms}|ship-to lists countries by their two capitals, such as [DE, AT], and not [Germany]",
            "roles|{role: warehouse, ship-to: [], connection: wms}|ship-to lists nothing, so nothing ever fits",
            "roles|{role: warehouse, for: web, connection: wms}|for is a list such as [a, b], and not 'web'",
            "roles|{role: warehouse, shop: [web], connection: wms}|'shop' is not a column of roles; use [role, for, ship-to, class, connection]",
            "roles|{role: warehouse}|a row needs connection",
            // flows that nothing ever takes
            "flows|{type: order, parts: whole, to: erp, port: order, sends: [name]}|no order ever comes to it: those of its shops go by the row before it",
            "flows|{type: order, parts: standard-lines, to: erp, port: order, sends: [name]}|put the same part of an order into the port order of erp; give one of them another port",
            "flows|{type: order, parts: whole, to: crm, port: order, sends: [name]}|there is no role 'crm'; there are [erp, warehouse], and source for the shop itself",
            "flows|{type: stock, parts: whole, to: erp, port: stock, sends: [name]}|type is order, of which lines and parts are known, and not 'stock'",
            "flows|{type: order, parts: lines, to: erp, port: lines, sends: [name]}|parts is whole or standard-lines or each-gated-line or each-payment, and not 'lines'",
            "flows|{type: order, to: erp, port: lines, sends: [name]}|a row needs parts",
            "flows|{type: order, parts: whole, to: erp, port: invoice}|a row needs sends",
            "flows|{type: order, parts: whole, to: erp, prot: invoice, sends: [name]}|'prot' is not a column of flows; use [type, parts, for, class, to, port,",
            "flows|{type: order, parts: whole, to: erp, port: invoice, priority: urgent, sends: [name]}|priority is a whole number from 0 to 4, and not 'urgent'",
            "flows|{type: order, parts: whole, to: erp, port: invoice, moves-goods: always, sends: [name]}|moves-goods is true or false, and not 'always'",
            "flows|{type: order, parts: whole, to: erp, port: invoice, behind: all, sends: [name]}|class, behind and while are for lines that wait at gates",
            "flows|{type: order, parts: whole, to: erp, port: invoice, after: erp/invoice, sends: [name]}|it comes after itself, so it would wait for ever",
            "flows|{type: order, parts: whole, to: erp, port: invoice, after: erp/ordr, sends: [name]}|it comes after 'erp/ordr', which no whole order goes to, so it would wait for ever; use one of [erp/order, erp/invoice]",
            "flows|{type: order, parts: whole, to: erp, port: invoice, after: warehouse/fulfilment, sends: [name]}|which no whole order goes to, so it would wait for ever",
            // lines that wait at gates
            "flows|{type: order, parts: each-gated-line, to: erp, port: work, sends: [name]}|behind says which gates are open before a line is asked for: all of its class, a list such as [payment], or none",
            "flows|{type: order, parts: each-gated-line, class: made, to: erp, port: work, behind: all, sends: [name]}|there is no class 'made' in gates.yaml; there are [built-to-order, factory-built]",
            "flows|{type: order, parts: each-gated-line, to: erp, port: work, behind: [payment], sends: [name]}|lines of the class 'built-to-order' pass the gates [release], and not all of [payment]",
            "flows|{type: order, parts: each-gated-line, to: source, port: hold, sends: [name]}|what goes to the source, and nothing else, says of which gates it tells",
            "flows|{type: order, parts: each-gated-line, to: erp, port: work, behind: all, while: gates-open, sends: [name]}|what goes to the source, and nothing else, says of which gates it tells",
            "flows|{type: order, parts: each-gated-line, to: source, port: hold, while: gates-closed, behind: all, sends: [name]}|of closed gates the shop is told at once; take behind out",
            "flows|{type: order, parts: each-gated-line, to: source, port: hold, while: closed, sends: [name]}|while is gates-closed or gates-open, and not 'closed'"})
    void nonsenseIsRefusedWithItsRowAndLine(String nonsense) throws IOException {
        // Given it stands below two rows of each table
        String[] parts = nonsense.split("\\|");
        boolean role = parts[0].equals("roles");
        List<String> roles = new ArrayList<>(List.of(ERP, WMS));
        List<String> flows = new ArrayList<>(List.of(BOOK, SHIP));
        (role ? roles : flows).add(parts[1]);
        // When
        String said = assertThrows(IllegalStateException.class, () -> flows(roles, flows)).getMessage();
        // Then
        assertTrue(said.contains("flows.yaml: ") && said.contains(parts[2]), said);
        assertTrue(said.endsWith((role ? " (line 4)" : " (line 7)")), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{role: warehouse, for: [web], class: made, connection: works}|there is no class 'made' in gates.yaml",
            "{role: warehouse, for: [web], class: built-to-order, connection: works}|no flow to 'warehouse' asks for a line of the class built-to-order alone"})
    void aRoleOfALineNeedsAFlowThatAsksForItAlone(String nonsense) {
        String[] parts = nonsense.split("\\|");
        String said = assertThrows(IllegalStateException.class, () -> flows(List.of(ERP, parts[0], WMS), List.of(BOOK, SHIP))).getMessage();
        assertTrue(said.contains(parts[1]) && said.endsWith("(line 3)"), said);
    }

    @Test
    void whatOnlySomeShopsHaveIsWaitedForByTheirOrdersAlone() throws IOException {
        String some = BOOK.replace("to:", "for: [web], to:");
        String said = assertThrows(IllegalStateException.class, () -> flows(List.of(ERP, WMS), List.of(some, SHIP))).getMessage();
        assertTrue(said.contains("it comes after 'erp/order', which only orders of [web] go to: those of other shops would wait for ever; say for: [web]"), said);
        assertEquals(List.of(), planned(flows(List.of(ERP, WMS), List.of(some, SHIP.replace("to:", "for: [web], to:"))), "outlet", "US", "MUG"));
    }

    private Flows flows(List<String> roles, List<String> flows) throws IOException {
        Path directory = Files.createTempDirectory("flows");
        Files.writeString(directory.resolve("flows.yaml"), "roles:\n  - " + String.join("\n  - ", roles) + "\nflows:\n  - " + String.join("\n  - ", flows) + "\n");
        return new Flows(new Policies(Configured.settings(Map.of("orderweir.policy.dir", directory.toString()))), gates);
    }

    /** What becomes of an order with lines of these SKUs: connection, port and part, and what it waits for. */
    private List<String> planned(Flows flows, String source, String country, String... skus) throws JsonProcessingException {
        Plan plan = new Plan();
        plan.flows = flows;
        plan.gates = gates;
        plan.connections = Configured.connections(Map.of());
        ArrayNode lines = JsonNodeFactory.instance.arrayNode();
        for (String sku : skus) {
            String id = sku.startsWith("BTO-") && sku.endsWith("order") ? sku.substring("BTO-".length()) : String.valueOf(lines.size() + 1);
            lines.addObject().put("id", id).put("sku", sku).put("quantity", 1);
        }
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setVariable("captured", new Captured("t", 0, 0, "d", source, "order", source + "/7", "c", "2026-11-21T13:00:00Z", new byte[0]));
        exchange.setVariable("canonical", new ObjectMapper().readTree("{\"externalId\":\"7\",\"status\":\"open\",\"totalPrice\":\"1\",\"shippingAddress\":{\"country\":\"" + country + "\"},\"lineItems\":" + lines + "}"));
        List<String> planned = new ArrayList<>();
        for (Flow flow : flows.of(exchange)) {
            exchange.setVariable("flow", flow);
            for (JsonNode row : flow.parts().equals("whole") ? plan.whole(exchange) : flow.parts().equals("standard-lines") ? plan.standardLines(exchange) : plan.gatedLines(exchange)) {
                planned.add(row.path("connection").asText() + " " + row.path("port").asText() + " " + row.path("part").asText()
                        + (row.has("after") ? " after " + row.at("/after/connection").asText() + " " + row.at("/after/port").asText() : ""));
            }
        }
        return planned;
    }
}
