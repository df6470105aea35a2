package io.orderweir.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * No field of what comes in is lost by accident: changing it changes the canonical document, or &lt;type&gt;.dropped.yaml says why not.
 * The mappings are not asked what they read; they are watched.
 */
class DroppedFieldsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FIXTURES = Path.of("../shared/fixtures/shopify");
    private static final int TRIES_PER_FIELD = 3;
    private static final Mapping MAPPING = new Mapping();
    private static final In ORDERS = new In("shopify", "shopify", "order");
    private static final List<In> ALL = List.of(ORDERS, new In("shopify-products", "shopify", "product"), new In("shopify-transactions", "shopify", "signal"), new In("stripe", "stripe", "signal"),
        new In("factory", "factory", "signal"), new In("drawings", "drawings", "signal"), new In("signals", "signals", "signal"));

    /** What comes in from a system, and the type it becomes. */
    private record In(String folder, String system, String type) {
        Path dropped() {
            return Path.of("src/main/resources/connectors", system, type + ".dropped.yaml");
        }
    }

    @AfterAll
    static void close() {
        MAPPING.close();
    }

    @Test
    void everyFieldOfOurPayloadsIsMappedOrDroppedWithAReason() throws Exception {
        for (In in : ALL) {
            TreeSet<String> lost = lost(in, ours(in));

            assertEquals(new TreeSet<>(), lost, in.toString());
        }
    }

    @Test
    void everyRowOfTheDroppedListHasAReason() throws Exception {
        for (In in : ALL) {
            dropped(in).forEach((path, reason) -> assertTrue(!reason.isBlank(), path));
        }
    }

    /** A trial where the folder of recorded orders lies beside the repository; nothing of it is needed to build. */
    @Test
    void everyFieldOfRecordedOrdersIsMappedOrDroppedAndEveryOneIsValid() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(FIXTURES), "no recorded orders beside the repository");
        List<JsonNode> orders = new ArrayList<>();
        try (Stream<Path> files = Files.walk(FIXTURES)) {
            for (Path file : files.filter(f -> f.getFileName().toString().matches(".*order.*\\.json") && f.toString().contains("rest")).sorted().toList()) {
                collect(JSON.readTree(Files.readAllBytes(file)), orders);
            }
        }
        for (JsonNode order : orders) {
            Mapping.Outcome outcome = MAPPING.map("shopify/order.in.jq", bytes(order));
            assertNull(outcome.sentence());
            assertNull(MAPPING.invalid(outcome.result()), order.path("name").asText());
        }
        List<JsonNode> oursFirst = new ArrayList<>(ours(ORDERS));
        oursFirst.addAll(orders);

        assertEquals(new TreeSet<>(), lost(ORDERS, oursFirst));
    }

    private static List<JsonNode> ours(In in) {
        return Payloads.of(in.folder()).stream().filter(folder -> Files.exists(folder.resolve("canonical.json")))
            .map(folder -> Payloads.json(folder.resolve("in.json"))).toList();
    }

    private static void collect(JsonNode node, List<JsonNode> orders) {
        if (node.has("line_items") && node.has("financial_status")) {
            orders.add(node);
        } else {
            node.forEach(child -> collect(child, orders));
        }
    }

    private static TreeSet<String> lost(In in, List<JsonNode> documents) throws Exception {
        Map<String, String> dropped = dropped(in);
        Map<String, Integer> tries = new LinkedHashMap<>();
        TreeSet<String> seen = new TreeSet<>();
        for (JsonNode document : documents) {
            Object before = outcome(in, document);
            Map<String, Integer> triesHere = new LinkedHashMap<>();
            for (List<Object> leaf : leaves(document)) {
                String path = general(leaf);
                if (dropped.keySet().stream().noneMatch(d -> path.equals(d) || path.startsWith(d + ".") || path.startsWith(d + "[]"))) {
                    tries.putIfAbsent(path, 0);
                    if (!seen.contains(path) && triesHere.merge(path, 1, Integer::sum) <= TRIES_PER_FIELD && changes(in, document, leaf, before)) {
                        seen.add(path);
                    }
                }
            }
        }
        TreeSet<String> lost = new TreeSet<>(tries.keySet());
        lost.removeAll(seen);
        return lost;
    }

    private static boolean changes(In in, JsonNode document, List<Object> leaf, Object before) throws Exception {
        for (JsonNode other : others(at(document, leaf))) {
            JsonNode changed = document.deepCopy();
            JsonNode parent = at(changed, leaf.subList(0, leaf.size() - 1));
            Object last = leaf.get(leaf.size() - 1);
            if (last instanceof Integer index) {
                ((ArrayNode) parent).set(index, other);
            } else {
                ((ObjectNode) parent).set((String) last, other);
            }
            if (!before.equals(outcome(in, changed))) {
                return true;
            }
        }
        return false;
    }

    private static Object outcome(In in, JsonNode document) {
        Mapping.Outcome outcome = MAPPING.map(in.system() + "/" + in.type() + ".in.jq", bytes(document));
        return outcome.result() != null ? outcome.result() : "" + outcome.sentence();
    }

    /** Other values of the same kind; for nothing, something of every kind. */
    private static List<JsonNode> others(JsonNode value) throws Exception {
        if (value.isTextual()) {
            boolean number = value.textValue().matches("-?[0-9.]+");
            boolean time = value.textValue().matches("\\d{4}-\\d\\d-\\d\\dT.*");
            return List.of(JSON.getNodeFactory().textNode(number ? "7.77" : time ? "2026-01-02T03:04:05Z" : value.textValue() + "x"));
        }
        return switch (value.getNodeType()) {
            case NUMBER -> List.of(JSON.getNodeFactory().numberNode(value.asLong() + 1));
            case BOOLEAN -> List.of(JSON.getNodeFactory().booleanNode(!value.booleanValue()));
            default -> List.of(JSON.readTree("\"x\""), JSON.readTree("\"2026-01-02T03:04:05Z\""), JSON.readTree("\"7.77\""), JSON.readTree("77"),
                JSON.readTree("true"), JSON.readTree("false"), JSON.readTree("[\"x\"]"), JSON.readTree("[{\"id\":7,\"name\":\"x\",\"title\":\"x\",\"code\":\"x\",\"price\":\"7.77\",\"amount\":\"7.77\"}]"),
                JSON.readTree("{\"id\":7,\"name\":\"x\",\"order\":\"x\",\"zip\":\"x\",\"payment_terms_name\":\"x\",\"shop_money\":{\"amount\":\"7.77\"}}"));
        };
    }

    private static List<List<Object>> leaves(JsonNode node) {
        List<List<Object>> found = new ArrayList<>();
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(e -> leaves(e.getValue()).forEach(tail -> found.add(join(e.getKey(), tail))));
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                int index = i;
                leaves(node.get(i)).forEach(tail -> found.add(join(index, tail)));
            }
        } else {
            found.add(List.of());
        }
        return found;
    }

    private static List<Object> join(Object head, List<Object> tail) {
        List<Object> all = new ArrayList<>(List.of(head));
        all.addAll(tail);
        return all;
    }

    private static JsonNode at(JsonNode node, List<Object> path) {
        for (Object step : path) {
            node = step instanceof Integer index ? node.get(index) : node.get((String) step);
        }
        return node;
    }

    private static String general(List<Object> path) {
        StringBuilder general = new StringBuilder();
        path.forEach(step -> general.append(step instanceof Integer ? "[]" : (general.isEmpty() ? "" : ".") + step));
        return general.toString();
    }

    private static byte[] bytes(JsonNode document) {
        return document.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Where there is no list, nothing is left out. */
    private static Map<String, String> dropped(In in) throws Exception {
        Map<String, String> rows = new LinkedHashMap<>();
        if (Files.exists(in.dropped())) {
            new YAMLMapper().readTree(Files.readAllBytes(in.dropped())).properties().forEach(row -> rows.put(row.getKey(), row.getValue().asText()));
        }
        return rows;
    }
}
