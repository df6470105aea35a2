package io.orderweir.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Holds what the shop got a 2xx for against what the vendors have, line by line, and names what differs. */
final class BothEnds {
    private final BlackFriday day;
    private final JsonNode report;
    private final Map<String, List<String>> states;
    private final Map<String, JsonNode> salesOrders = new HashMap<>();
    private final Map<String, Map<String, Long>> requested = new HashMap<>();
    private final List<String> broken = new ArrayList<>();
    private final Set<String> builtToOrder = new HashSet<>();

    BothEnds(BlackFriday day) {
        this.day = day;
        report = day.report("full=true");
        states = new Books(day).states();
        report.path("netsuite").path("records").forEach(record -> {
            if (salesOrders.put(record.path("externalId").asText(), record) != null) {
                broken.add(record.path("externalId").asText() + " is twice at the ERP");
            }
        });
        report.path("shopify").path("list").forEach(order -> order.path("btoLines").forEach(line -> builtToOrder.add(line.asText())));
        report.path("wms").path("records").forEach(this::fulfilment);
    }

    private void fulfilment(JsonNode record) {
        boolean open = !record.path("status").asText().equals("cancelled");
        for (JsonNode line : record.path("lines")) {
            if (builtToOrder.contains(line.path("lineId").asText())) {
                broken.add(record.path("reference").asText() + " asks for a line whose gate is closed");
            }
            if (open) {
                add(requested.computeIfAbsent(record.path("reference").asText().replaceFirst("-r\\d+$", ""), reference -> new TreeMap<>()), line.path("lineId").asText(), line, "the WMS");
            }
        }
    }

    private void add(Map<String, Long> lines, String id, JsonNode line, String where) {
        if (lines.put(id, line.path("quantity").asLong()) != null) {
            broken.add("line " + id + " is twice in one record of " + where);
        }
    }

    /** Every order answered 2xx is found, each once, with its own lines and units; nothing held or cancelled is shipped. */
    void agree() {
        for (JsonNode order : report.path("shopify").path("list")) {
            if (!order.path("answered2xx").asBoolean()) {
                broken.add(order.path("key").asText() + " was never answered 2xx");
            } else if (order.path("bad").asBoolean()) {
                isHeld(order.path("key").asText());
            } else if (order.path("cancelled").asBoolean()) {
                isCancelled(order.path("key").asText());
            } else {
                isThere(order);
            }
        }
        assertEquals(List.of(), broken.stream().limit(40).toList(), broken.size() + " promises broken");
        assertEquals(0, report.path("netsuite").path("otherTotals").asInt(-1), () -> "every document at the ERP equals its order to the cent: " + report.path("netsuite").path("otherTotalsOrders"));
        for (String vendor : List.of("netsuite", "wms")) {
            for (String figure : List.of("secondRecords", "linesBeyond", "unitsBeyond", "linesMissing", "unitsMissing", "wrongSku", "unknownRecords", "cancelledOpen")) {
                assertEquals(0, report.path(vendor).path(figure).asInt(-1), vendor + "." + figure);
            }
        }
    }

    /** Never over a limit, counted at the vendor: kills and restarts included. */
    void limitsHeld() {
        limitsHeldWhenHalved(0);
    }

    /** A vendor that lowers its limit without a word has to refuse some calls before that is known: at most this share of all. */
    void limitsHeldWhenHalved(double refused) {
        JsonNode erp = report.path("netsuite");
        JsonNode wms = report.path("wms");
        assertEquals(Map.of(), atMost(Map.of(
                "ERP calls in any window", new long[] {erp.path("mostInAnyWindow").asLong(), BlackFriday.ERP_CALLS_PER_WINDOW},
                "ERP calls at once", new long[] {erp.path("mostAtOnce").asLong(), day.erpAtOnce},
                "WMS calls at once", new long[] {wms.path("mostAtOnce").asLong(), day.wmsAtOnce},
                "ERP refusals for the window", new long[] {erp.path("refused").path("limitWindow").asLong(), (long) (refused * erp.path("arrivals").asLong())},
                "ERP refusals for calls at once", new long[] {erp.path("refused").path("limitConcurrency").asLong(), 0})));
    }

    /** What the ERP counted. */
    String figures() {
        JsonNode erp = report.path("netsuite");
        return "%d calls, %d answers lost, most in any window %d, most at once %d, %d refused, %d second records".formatted(erp.path("arrivals").asLong(),
                erp.path("lostReplies").asLong(), erp.path("mostInAnyWindow").asLong(), erp.path("mostAtOnce").asLong(),
                erp.path("refused").path("limitWindow").asLong(), erp.path("secondRecords").asLong());
    }

    private static Map<String, Long> atMost(Map<String, long[]> figures) {
        Map<String, Long> over = new TreeMap<>();
        figures.forEach((name, figure) -> {
            if (figure[0] > figure[1]) {
                over.put(name, figure[0]);
            }
        });
        return over;
    }

    private void isHeld(String key) {
        if (salesOrders.containsKey(key) || requested.containsKey(key)) {
            broken.add(key + " has an impossible address and is at a vendor");
        }
        if (!states.getOrDefault(key, List.of()).contains("held")) {
            broken.add(key + " has an impossible address and is not held but " + states.get(key));
        }
    }

    private void isCancelled(String key) {
        if (!salesOrders.containsKey(key) && !states.getOrDefault(key, List.of("lost")).equals(List.of("superseded"))) {
            broken.add(key + " was cancelled, is not at the ERP and is " + states.get(key));
        }
        if (salesOrders.containsKey(key) && !openLines(salesOrders.get(key)).isEmpty()) {
            broken.add(key + " was cancelled and is open at the ERP");
        }
        if (requested.containsKey(key)) {
            broken.add(key + " was cancelled and is asked for at the WMS");
        }
    }

    private void isThere(JsonNode order) {
        String key = order.path("key").asText();
        Map<String, Long> ordered = new TreeMap<>();
        order.path("lines").forEach(line -> {
            if (line.path("quantity").asLong() > 0) {
                ordered.put(line.path("id").asText(), line.path("quantity").asLong());
            }
        });
        if (!salesOrders.containsKey(key)) {
            broken.add(key + " " + order.path("name").asText() + " is lost: not at the ERP, the ledger says " + states.get(key));
        } else if (!openLines(salesOrders.get(key)).equals(ordered)) {
            broken.add(key + " is at the ERP with " + openLines(salesOrders.get(key)) + " instead of " + ordered + ", the ledger says " + states.get(key));
        }
        ordered.keySet().removeAll(builtToOrder);
        if (!requested.getOrDefault(key, Map.of()).equals(ordered)) {
            broken.add(key + " is at the WMS with " + requested.get(key) + " instead of " + ordered + ", the ledger says " + states.get(key));
        }
    }

    private Map<String, Long> openLines(JsonNode record) {
        Map<String, Long> open = new TreeMap<>();
        for (JsonNode line : record.path("item").path("items")) {
            if (!line.path("isClosed").asBoolean() && line.hasNonNull("custcol_ow_line")) {
                add(open, line.path("custcol_ow_line").asText(), line, "the ERP");
            }
        }
        return open;
    }
}
