package io.orderweir.hold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.capability.Configured;
import io.orderweir.house.PaperCalls;
import io.orderweir.house.PaperEngine;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person is shown of what a release would send, by the connectors' own routes. */
class DryRunTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> KEYS = Map.of("orderweir.connections.factory.system", "factory", "orderweir.connections.factory.credentials.token", "sandbox-factory-token",
            "orderweir.connections.store.system", "shopify", "orderweir.connections.store.credentials.token", "sandbox-shopify-token");

    /** Takes the place of call.CallTerms. */
    public static final class Terms {
        public void state(Exchange exchange) {
            exchange.setVariable("system", exchange.getVariable("connection").equals("store") ? "shopify" : "factory");
        }
    }

    /** Takes the place of deliver.Envelope. */
    public static final class Envelope {
        public JsonNode open(Exchange exchange) throws Exception {
            Map<?, ?> row = exchange.getMessage().getBody(Map.class);
            row.forEach((column, value) -> exchange.setVariable(column.toString(), value));
            ObjectNode envelope = JSON.createObjectNode();
            envelope.set("order", JSON.readTree("{\"name\":\"#1\",\"externalId\":\"1\"}"));
            envelope.put("externalId", "web-1-2").put("basis", "b").putObject("settings");
            envelope.putArray("lines").addObject().put("id", "2").put("sku", "S").put("quantity", 1);
            if (row.get("found") != null) {
                envelope.set("found", JSON.readTree(row.get("found").toString()));
            }
            exchange.setVariable("envelope", envelope);
            return envelope;
        }
    }

    @ParameterizedTest
    @CsvSource({"factory,work-order,create,,GET /capacity|POST /work-orders,the first day with a slot free", "factory,work-order,create,{\"day\":\"2026-12-01\"},POST /work-orders,2026-12-01",
        "factory,work-order,update,,PUT /work-orders/r1,web-1-2", "store,hold,create,,POST graphql|POST graphql,the line in it", "store,hold,cancel,,POST graphql|POST graphql,our hold on it"})
    void everyCallOfADeliveryIsShown(String connection, String port, String verb, String found, String calls, String last) throws Exception {
        // Given
        DryRun dryRun = new DryRun();
        dryRun.json = JSON;
        dryRun.connectors = Configured.connectors(Map.of());
        dryRun.sentence = new Sentence(Configured.connectors(Map.of()));
        Map<String, Object> row = new java.util.HashMap<>(Map.of("connection", connection, "port", port, "part", "2", "verb", verb, "remoteId", "r1", "externalId", "web-1-2"));
        row.put("found", found);
        try (PaperEngine engine = new PaperEngine().bean("dryRun", dryRun).bean("callTerms", new Terms()).bean("envelope", new Envelope()).bean("refusal", new Refuse())
                .bean("connections", Configured.connections(KEYS)).bean("referenceData", new PaperCalls.NothingListed()).bean("aside", new PaperCalls.Alone()).bean("signIn", new PaperCalls.Unsigned()).statement("hold/would-send.sql", exchange -> row)
                .start(PaperEngine.file("0-errors.camel.yaml"), held("hold.dry-run.request"), held("hold.dry-run.show"), port("factory"), port("shopify"), PaperEngine.file("4-call-usual.camel.yaml"), PaperEngine.file("4-reference.camel.yaml"),
                        "- route: { id: session.next, from: { uri: direct:session.next, steps: [ { log: next } ] } }",
                        "- route: { id: exit, from: { uri: direct:call, steps: [ { to: direct:hold.dry-run.show } ] } }")) {
            dryRun.engine = engine.camel().createProducerTemplate();
            // When
            Exchange asked = new DefaultExchange(engine.camel());
            Map.of("delivery", 7L, "changes", "[]", "canonical", JSON.createObjectNode()).forEach(asked::setVariable);
            dryRun.answer(asked);
            // Then
            JsonNode requests = JSON.readTree(asked.getMessage().getBody(String.class)).path("requests");
            List<String> shown = requests.findValuesAsText("path");
            assertEquals(List.of(calls.split("\\|")), java.util.stream.IntStream.range(0, shown.size()).mapToObj(i -> requests.path(i).path("method").asText() + " "
                    + shown.get(i).replaceAll("/admin/api/.*/", "").replace(".json", "")).toList(), requests.toPrettyString());
            assertTrue(requests.path(requests.size() - 1).path("body").asText().contains(last), requests.toPrettyString());
            assertEquals(requests.size() == 2, requests.path(requests.size() - 1).has("after"));
        }
    }

    @Test
    void aConnectorThatCannotLookSaysSoAndWhy() {
        Look look = new Look();
        look.connections = Configured.connections(KEYS);
        Exchange asked = new DefaultExchange(new DefaultCamelContext());
        asked.setVariable("held", Map.of("target", "factory", "port", "work-order"));
        Refused refused = assertThrows(Refused.class, () -> look.refuse(asked));
        assertEquals("422 Orderweir cannot look at factory: the connector factory has no port factory.work-order.find. Look there yourself, then release it, or discard it if it is there. "
                + "Nothing has changed.", refused.status() + " " + refused.getMessage());
    }

    private static String held(String id) {
        String file = PaperEngine.file("7-hold.camel.yaml");
        int begin = file.indexOf("- route:\n    id: " + id + "\n");
        int end = file.indexOf("\n- route:\n", begin);
        return file.substring(begin, end < 0 ? file.length() : end + 1);
    }

    private static String port(String system) {
        String file = PaperEngine.connector(system, "routes");
        return file.substring(file.indexOf("- route:\n"));
    }
}
