package io.orderweir.ledger;

import static io.orderweir.capability.Injected.with;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.capability.Configured;
import io.orderweir.connection.Connections;
import io.orderweir.gate.GateClasses;
import io.orderweir.gate.ProductTypes;
import io.orderweir.hold.Corrections;
import io.orderweir.hold.FieldLimits;
import io.orderweir.hold.Refuse;
import io.orderweir.hold.Sentence;
import io.orderweir.house.PaperEngine;
import io.orderweir.mapping.Budget;
import io.orderweir.mapping.MappingFunctions;
import io.orderweir.policy.Policies;
import io.orderweir.privacy.Scrubber;
import io.orderweir.signature.Seals;
import io.orderweir.type.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** The real routes that understand what was captured, from its bytes to what the ledger is asked to take; the ledger is of paper. */
public final class Understanding implements AutoCloseable {

    /** Any time after those of the payloads. */
    private static final String CAPTURED_AT = "2027-12-27T13:00:00Z";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PaperEngine engine = new PaperEngine();

    /** By the policy that is built in. */
    public Understanding() throws Exception {
        this(Map.of());
    }

    /** With keys of the configuration besides. */
    Understanding(Map<String, String> more) throws Exception {
        Map<String, String> keys = new HashMap<>(Map.of("orderweir.connections.web-us.url", "https://shop.example", "orderweir.connections.web-us.limits.at-once.calls", "5",
                "orderweir.connections.web-us.limits.at-once.window", "0S", "orderweir.connections.web-us.secrets", "hush", "orderweir.connections.stripe-us.secrets", "hush",
                "orderweir.connections.desk.secrets", "whsec_aHVzaA==", "orderweir.connections.desk.may-say", "drawing-approved,drawing,scheduled,built,cancelled,payment,refund"));
        keys.put("orderweir.connections.drawings.settings.directory", "drop");
        keys.put("orderweir.connections.web-us.may-say", "goods-news,payment,authorized,payment-failed,refund");
        Map.of("web-us", "shopify", "netsuite", "netsuite", "wms", "wms", "design", "design", "factory", "factory", "drawings", "drawings", "stripe-us", "stripe", "desk", "signals")
                .forEach((connection, system) -> keys.put("orderweir.connections." + connection + ".system", system));
        keys.putAll(more);
        Connections connections = Configured.connections(keys);
        Policies policies = new Policies(Configured.settings(more));
        GateClasses gates = new GateClasses(policies, connections);
        Flows flows = new Flows(policies, gates);
        Budget budget = new Budget(Configured.settings(Map.of("orderweir.process.budget", "60S")));
        budget.configure(engine.camel());
        MappingFunctions.bind(engine::bean);
        engine.bean("connections", connections).bean("batch", new Batch(Seals.with())).bean("intake", new Intake()).bean("append", new Append()).bean("gateClasses", gates).bean("productTypes", new ProductTypes())
                .bean("flows", flows).bean("plan", with(new Plan(), flows, gates, connections, engine.camel())).bean("entry", new Entry(Types.packaged())).bean("age", with(new Age(), engine.camel(), connections)).bean("budget", budget)
                .bean("corrections", with(new Corrections(), JSON)).bean("goods", with(new Goods(), gates, JSON))
                .bean("refusal", with(new Refuse(), new Sentence(Configured.connectors(Map.of())), new FieldLimits(Configured.connectors(Map.of()), policies), connections, new Scrubber(List.of()), Types.packaged()))
                .start(PaperEngine.file("0-errors.camel.yaml"), PaperEngine.file("2-process.camel.yaml").replaceFirst("(?s)uri: \"kafka:.*?\\s+parameters:.*?\n      steps:", "uri: direct:polled\n      steps:"),
                        "- route: { id: deliver.wake, from: { uri: direct:deliver.wake, steps: [ { log: woken } ] } }", "- route: { id: alert, from: { uri: direct:alert, steps: [ { log: told } ] } }",
                        port("hold"), port("expected-date"), mappings("shopify"), mappings("stripe"), mappings("factory"), mappings("drawings"), mappings("signals"));
    }

    /** What the ledger is asked to take of one captured record; {@code requested} are rows of what somebody was asked for before. */
    public ObjectNode entry(String connection, String type, String key, byte[] raw, List<Map<String, Object>> requested) {
        return entry(new Captured("t", 0, 0, connection + ":news:1", connection, type, key, "c", CAPTURED_AT, raw), requested);
    }

    public ObjectNode entry(Captured captured, List<Map<String, Object>> requested) {
        Exchange done = engine.camel().createProducerTemplate().send("direct:process.record", exchange -> {
            exchange.setVariable("corrections", List.of());
            exchange.setVariable("requested", requested);
            exchange.getMessage().setBody(captured);
        });
        assertNull(done.getException(), () -> String.valueOf(done.getException()));
        return done.getMessage().getBody(ObjectNode.class);
    }

    @Override
    public void close() {
        engine.close();
    }

    /** The routes of a connector that map; those at the door are left out. */
    private static String mappings(String system) {
        StringBuilder routes = new StringBuilder();
        for (String route : PaperEngine.connector(system, "door").split("(?m)(?=^- route:)")) {
            if (route.matches("(?s).*uri: direct:\\S+\\.(map|products|version)\\n.*")) {
                routes.append(route);
            }
        }
        return routes.toString();
    }

    private static String port(String name) {
        return "- route: { id: shopify.%1$s.create, from: { uri: direct:shopify.%1$s.create, steps: [ { log: none } ] } }".formatted(name);
    }
}
