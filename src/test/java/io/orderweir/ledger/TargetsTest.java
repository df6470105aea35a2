package io.orderweir.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.orderweir.capability.Configured;
import io.orderweir.gate.GateClasses;
import io.orderweir.house.PaperEngine;
import io.orderweir.policy.Policies;
import io.orderweir.policy.Policies.Policy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of sync.yaml: where orders go, what one shop has otherwise, and what is said to who wrote nonsense. */
class TargetsTest {

    private static final String ERP = "{target: erp.order, connection: erp, port: order, sends: [name, tags]}";
    private static final String WMS = "{target: wms.fulfilment, connection: wms, port: fulfilment, goods-moving: true, after: erp.order, until: delivered, sends: [name]}";
    private static final String OUTLET = "{target: wms.fulfilment, from: outlet, connection: wms, port: fulfilment, goods-moving: true, after: none, priority: 2, sends: [name, orderNote]}";

    @Test
    void oneShopHasARowOfItsOwnAndAllOthersTheUsualOne() throws JsonProcessingException {
        // Given the row of the shop stands before the usual one
        Targets targets = targets(OUTLET, ERP, WMS);
        // Then
        assertEquals("erp.order", targets.target("wms.fulfilment", "web").after());
        assertEquals(List.of("name"), targets.target("wms.fulfilment", "web").sends());
        assertNull(targets.target("wms.fulfilment", "outlet").after());
        assertEquals(2, targets.target("wms.fulfilment", "outlet").priority());
        assertEquals(List.of("name", "orderNote"), targets.target("wms.fulfilment", "outlet").sends());
        assertEquals(targets.target("erp.order", "web"), targets.target("erp.order", "outlet"));
        assertEquals("policy/sync.yaml has no target 'wms.order'; it has [erp.order, wms.fulfilment]",
                assertThrows(IllegalArgumentException.class, () -> targets.target("wms.order", "outlet")).getMessage());
    }

    @Test
    void whatAShopNeedNotWaitForIsPlannedWithoutWaiting() throws JsonProcessingException {
        // Given
        Plan plan = new Plan();
        plan.targets = targets(ERP, WMS, OUTLET);
        plan.connections = Configured.connections(Map.of());
        plan.gates = new GateClasses(new Policies(Configured.settings(Map.of())), Configured.connections(Map.of()));
        // When
        JsonNode usual = planned(plan, "web");
        JsonNode own = planned(plan, "outlet");
        // Then
        assertEquals("{\"connection\":\"erp\",\"port\":\"order\",\"part\":\"order\"}", usual.path("after").toString());
        assertTrue(own.path("after").isMissingNode(), own.toString());
        assertEquals("0 2", usual.get("priority") + " " + own.get("priority"));
        assertEquals("wms fulfilment true", own.get("connection").textValue() + " " + own.get("port").textValue() + " " + own.get("goods_moving"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{target: erp.invoice, from: outlet, connection: erp, port: invoice, sends: [name]}|target 'erp.invoice' from outlet has no row without from beside it; add one",
            "{target: erp.order, from: outlet, connection: erp-eu, port: order, sends: [name]}|from outlet differs from the row without from in connection, port, goods-moving or tells (erp-eu, order, false, and not erp, order, false)",
            "{target: erp.order, from: outlet, connection: erp, port: invoice, sends: [name]}|a shop may have its own after, until, priority and sends only",
            "{target: erp.order, from: outlet, connection: erp, port: order, goods-moving: true, sends: [name]}|(erp, order, true, and not erp, order, false)",
            "{target: erp.order, from: [outlet, web], connection: erp, port: order, sends: [name]}|from is the connection of one shop",
            "{target: erp.order, from: outlet, connection: erp, port: order, after: crm.order, until: delivered, sends: [name]}|comes after 'crm.order', which is not a target; there are [erp.order, wms.fulfilment]",
            "{target: erp.order, from: outlet, connection: erp, port: order, after: wms.fulfilment, sends: [name]}|with 'after' also 'until: delivered'",
            "{target: design.drawing, connection: design, port: drawing, sends: [name]},{target: factory.work-order, connection: factory, port: work-order, after: design.drawing, until: delivered, sends: [name]}"
                    + "|target 'factory.work-order' comes after 'design.drawing', of which an order may have no delivery: it would wait for ever. Only [erp.order] gets every order as a whole",
            "{target: wms.notice, connection: wms, port: notice, after: wms.fulfilment, until: delivered, sends: [name]}|write after: none, or one of these, in {\"target\":\"wms.notice\"",
            "{target: wms.fulfilment, from: outlet, connection: wms, port: fulfilment, goods-moving: true, after: wms.fulfilment, until: delivered, sends: [name]}|target 'wms.fulfilment' from outlet comes after itself",
            "{target: erp.order, from: outlet, connection: erp, port: order, after: erp.order, until: delivered, sends: [name]}|target 'erp.order' from outlet comes after itself: it would wait for ever",
            "{target: erp.order, form: outlet, connection: erp, port: order, sends: [name]}|'form' is not a column of targets; use [target, from,",
            "{target: erp.order, from: outlet, connection: erp, port: order, priority: urgent, sends: [name]}|priority is a whole number from 0 to 4, and not 'urgent'",
            "{target: erp.order, connection: erp, port: order, sends: [name]}|target 'erp.order' has two rows without from; remove one",
            OUTLET + "," + OUTLET + "|target 'wms.fulfilment' has two rows from outlet; remove one"})
    void nonsenseIsRefusedByName(String nonsense) {
        String[] parts = nonsense.split("\\|");
        String said = assertThrows(IllegalStateException.class, () -> targets(ERP, WMS, parts[0])).getMessage();
        assertTrue(said.startsWith("policy/sync.yaml: ") && said.contains(parts[1]), said);
    }

    @Test
    void whatMayBeWaitedForIsWhatTheRoutesPlanAsAWhole() throws JsonProcessingException {
        Set<String> whole = Pattern.compile("whole\\(\\$\\{exchange}, '([\\w.-]+)'\\)").matcher(PaperEngine.file("2-process.camel.yaml")).results().map(route -> route.group(1)).collect(Collectors.toSet());
        assertEquals(whole, Targets.WHOLE);
    }

    private static JsonNode planned(Plan plan, String source) throws JsonProcessingException {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setVariable("captured", new Captured("t", 0, 0, "d", source, "order", source + "/7", "c", "2026-11-21T13:00:00Z", new byte[0]));
        exchange.setVariable("canonical", new ObjectMapper().readTree("{\"externalId\":\"7\",\"status\":\"open\",\"lineItems\":[{\"id\":\"1\",\"sku\":\"MUG\",\"quantity\":1}]}"));
        plan.standardLines(exchange, "wms.fulfilment");
        return exchange.getVariable("deliveries", JsonNode.class).get(0);
    }

    private static Targets targets(String... rows) throws JsonProcessingException {
        return new Targets(new Policy("policy/sync.yaml", new YAMLMapper().readTree("targets: [" + String.join(",", rows) + "]")));
    }
}
