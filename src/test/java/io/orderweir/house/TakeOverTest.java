package io.orderweir.house;

import static io.orderweir.capability.Injected.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.call.RemoteId;
import io.orderweir.capability.Configured;
import io.orderweir.connection.Connections;
import io.orderweir.connector.Connectors;
import io.orderweir.hold.FieldLimits;
import io.orderweir.hold.Refuse;
import io.orderweir.hold.Sentence;
import io.orderweir.policy.Policies;
import io.orderweir.privacy.Scrubber;
import io.orderweir.type.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first delivery of what another connector may have sent is a look by that one's key, also where a second create would do no harm; and what is not found is never made by itself. */
class TakeOverTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEYS = "orderweir.connections.warehouse.";
    private static final String ONE = "{\"id\":\"F-7\",\"reference\":\"SHOP-1001\",\"orderName\":\"#1001\",\"status\":\"%s\",\"requestedAt\":1,\"lines\":[{\"lineId\":\"11\",\"sku\":\"LAMP\",\"quantity\":2}]}";

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', nullValues = "none", value = {
        "create, found,  found,  none", "cancel, found,  found,  none",
        "create, absent, hold,   not-taken-over", "update, absent, hold, not-taken-over",
        // there is nothing to be cancelled
        "cancel, absent, absent, none",
        "create, unsure, unsure, none", "create, later, later, none"})
    void itIsLookedForWhateverItIs(String verb, String seen, String outcome, String reason) throws Exception {
        Exchange done = delivered(verb, "SHOP-1001", seen);
        assertEquals("find", done.getVariable("asked"));
        assertEquals(List.of(outcome, String.valueOf(reason)), List.of(done.getVariable("outcome"), String.valueOf(done.getVariable("reason"))));
    }

    @ParameterizedTest
    @CsvSource({"true,true,find", "true,false,create", "false,true,create"})
    void whatIsOldByNowIsLookedForAndNotMadeAgain(boolean overtaken, boolean finds, String asked) throws Exception {
        assertEquals(asked, delivered("create", null, "found", Map.of("overtaken", overtaken, "finds", finds)).getVariable("asked"));
    }

    @Test
    void aPersonReadsWhichRecordIsNotThereAndWhatSheCanDo() throws Exception {
        assertEquals("Order #1001 was placed 2026-11-20T10:00:00Z, before Leeds was taken over, and Leeds has no record SHOP-1001. Give its record there that key, or create it there, and have it looked for; "
                + "discard this if nothing is to be done. Release it, and it is made anew.", delivered("create", "SHOP-1001", "absent").getVariable("sentence"));
    }

    @ParameterizedTest
    @CsvSource({"create,SHOP 1001", "create,SHOP/1001", "cancel,Ü-1001", "create,1001?x=1"})
    void aKeyThatMeansSomethingElseInAnAddressIsHeldWithoutACall(String verb, String key) throws Exception {
        Exchange done = delivered(verb, key, "found");
        assertNull(done.getVariable("asked"));
        assertEquals("not-taken-over", done.getVariable("reason"));
        assertTrue(done.getVariable("sentence", String.class).contains("nobody can look for the key " + key + ": it has more than letters, digits, '.', '_' and '-'"), done.getVariable("sentence", String.class));
    }

    @Test
    void theWarehouseLeavesWhatItHasForTheComparison() throws Exception {
        Exchange done = looked("[" + ONE.formatted("picked") + "]");
        assertEquals(List.of("found", "F-7"), List.of(done.getVariable("outcome"), done.getVariable("remoteId")));
        assertEquals(JSON.readTree("{\"there\":{\"reference\":\"SHOP-1001\",\"orderName\":\"#1001\",\"lines\":[{\"lineId\":\"11\",\"sku\":\"LAMP\",\"quantity\":2}]}}"),
                JSON.readTree(done.getVariable("found", String.class)));
    }

    @Test
    void aRequestThatWasCancelledThereSaysNothingAnyMore() throws Exception {
        Exchange done = looked("[" + ONE.formatted("cancelled") + "]");
        assertEquals(List.of("found", JSON.createObjectNode()), List.of(done.getVariable("outcome"), JSON.readTree(done.getVariable("found", String.class))));
    }

    @Test
    void ofSeveralRecordsNoneIsTaken() throws Exception {
        Exchange done = looked("[" + ONE.formatted("new") + "," + ONE.formatted("new").replace("F-7", "F-8") + "]");
        assertEquals(List.of("hold", "ambiguous-record"), List.of(done.getVariable("outcome"), done.getVariable("reason")));
        assertNull(done.getVariable("remoteId"));
        assertEquals("Order #1001: Leeds has several records SHOP-1001, and nobody can tell which one it is. Leave one of them under that reference there, and release.", done.getVariable("sentence"));
    }

    /** By the real route, at a target whose look comes out so. */
    private static Exchange delivered(String verb, String key, String seen) throws Exception {
        return delivered(verb, key, seen, Map.of("finds", true));
    }

    private static Exchange delivered(String verb, String key, String seen, Map<String, Object> more) throws Exception {
        try (PaperEngine engine = PaperCalls.start(engine(), port("create", "done"), port("update", "done"), port("cancel", "done"), port("find", seen))) {
            Map<String, Object> claimed = claimed(verb, key);
            claimed.put("system", "acme");
            claimed.put("port", "order");
            claimed.put("repeatable", "create update cancel");
            claimed.putAll(more);
            return engine.send("direct:deliver.port.verb", claimed);
        }
    }

    /** By the warehouse's own look-up, answered with these. */
    private static Exchange looked(String fulfilments) throws Exception {
        String routes = PaperEngine.connector("wms", "routes").split("(?m)(?=^- route:\n    id: wms.call$)")[0];
        String call = """
                - route:
                    id: wms.call
                    from:
                      uri: direct:wms.call
                      steps:
                        - setVariable: { name: outcome, constant: done }
                        - setVariable: { name: remoteId, simple: "${bean:remoteId?method=fromBody(${exchange}, 'fulfilments')}" }
                """;
        Map<String, Object> claimed = claimed("create", "SHOP-1001");
        claimed.put("answer", "{\"fulfilments\":" + fulfilments + "}");
        try (PaperEngine engine = PaperCalls.start(engine(), routes, call)) {
            return engine.send("direct:wms.fulfilment.find", claimed);
        }
    }

    private static PaperEngine engine() throws ReflectiveOperationException {
        Map<String, String> keys = Map.of(KEYS + "system", "wms", KEYS + "label", "Leeds");
        Connections connections = Configured.connections(keys);
        Connectors connectors = Configured.connectors(Map.of());
        return PaperCalls.engine().bean("remoteId", with(new RemoteId(), JSON)).bean("connections", connections)
                .bean("refusal", with(new Refuse(), new Sentence(connectors), new FieldLimits(connectors, new Policies(Configured.settings(Map.of()))), connections, new Scrubber(List.of()), Types.packaged()));
    }

    private static Map<String, Object> claimed(String verb, String key) throws Exception {
        Map<String, Object> claimed = new HashMap<>(Map.of("connection", "warehouse", "verb", verb, "lookUp", true, "looks", false, "label", "Leeds", "orderName", "#1001",
                "envelope", JSON.readTree("{\"order\":{\"createdAt\":\"2026-11-20T10:00:00Z\"}}")));
        claimed.put("takenOver", key);
        claimed.put("externalId", key);
        return claimed;
    }

    private static String port(String verb, String outcome) {
        return "- route: { id: acme.order.%1$s, from: { uri: direct:acme.order.%1$s, steps: [ { setVariable: { name: asked, constant: %1$s } }, { setVariable: { name: outcome, constant: %2$s } } ] } }".formatted(verb, outcome);
    }
}
