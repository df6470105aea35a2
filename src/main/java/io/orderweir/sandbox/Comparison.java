package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds a target's records against the shop's final truth, line by line. */
final class Comparison {
    /** One line of one record; a closed line asks for nothing any more. */
    record TargetLine(String id, String sku, int quantity) {
    }

    private final Map<String, String> recordOfLine = new HashMap<>();
    private final Set<String> secondRecords = new HashSet<>();
    private final List<String> cancelledOpen = new ArrayList<>();
    private final List<String> differing = new ArrayList<>();
    private final List<String> otherTotals = new ArrayList<>();
    private int unknownRecords;
    private int linesBeyond;
    private int unitsBeyond;
    private int linesMissing;
    private int unitsMissing;
    private int wrongSku;

    /** A record is a second one when it holds a line that another record holds too. */
    void record(String name, Collection<TargetLine> lines) {
        for (TargetLine line : lines) {
            String holder = recordOfLine.putIfAbsent(line.id, name);
            if (holder != null && !holder.equals(name)) {
                secondRecords.add(name);
            }
        }
    }

    void unknownRecord() {
        unknownRecords++;
    }

    /** Lines the order has no longer, or has once and the target twice, are beyond it; so is every unit above the order's. */
    void order(ShopOrder order, Collection<TargetLine> lines, boolean complete) {
        int before = linesBeyond + unitsBeyond + linesMissing + unitsMissing + wrongSku;
        ShopOrder.Version last = order.last();
        if (last.cancelled) {
            if (!lines.isEmpty()) {
                cancelledOpen.add(order.key());
            }
            return;
        }
        Map<String, ShopOrder.Line> left = new HashMap<>();
        last.lines.stream().filter(line -> line.quantity() > 0).forEach(line -> left.put(line.id(), line));
        for (TargetLine line : lines) {
            ShopOrder.Line ordered = left.remove(line.id);
            if (ordered == null) {
                linesBeyond++;
                unitsBeyond += line.quantity;
                continue;
            }
            unitsBeyond += Math.max(0, line.quantity - ordered.quantity());
            unitsMissing += Math.max(0, ordered.quantity() - line.quantity);
            wrongSku += ordered.sku().equals(line.sku) ? 0 : 1;
        }
        if (complete) {
            for (ShopOrder.Line missing : left.values()) {
                linesMissing++;
                unitsMissing += missing.quantity();
            }
        }
        if (linesBeyond + unitsBeyond + linesMissing + unitsMissing + wrongSku > before) {
            differing.add(order.key());
        }
    }

    /** What a record comes to must be what the shop says the order is worth. */
    void total(ShopOrder order, BigDecimal reckoned) {
        ShopOrder.Version last = order.last();
        if (!last.cancelled && last.total != null && last.total.compareTo(reckoned) != 0) {
            otherTotals.add(order.key());
        }
    }

    void write(ObjectNode report) {
        report.put("otherTotals", otherTotals.size()).set("otherTotalsOrders", Json.value(otherTotals));
        report.put("secondRecords", secondRecords.size()).put("linesBeyond", linesBeyond).put("unitsBeyond", unitsBeyond);
        report.put("linesMissing", linesMissing).put("unitsMissing", unitsMissing).put("wrongSku", wrongSku);
        report.put("unknownRecords", unknownRecords).put("cancelledOpen", cancelledOpen.size());
        report.set("cancelledOpenOrders", Json.value(cancelledOpen));
        report.set("differingOrders", Json.value(differing));
    }

    static List<TargetLine> erpLines(JsonNode record) {
        List<TargetLine> lines = new ArrayList<>();
        for (JsonNode line : record.path("item").path("items")) {
            // what is neither goods nor a gift card has no line of the order's
            if (!line.path("isClosed").asBoolean() && line.hasNonNull("custcol_ow_line")) {
                lines.add(new TargetLine(line.path("custcol_ow_line").asText(), line.path("item").path("externalId").asText(), line.path("quantity").asInt()));
            }
        }
        return lines;
    }

    /** Its lines say by their sequence which of the order's they are, those of goods are below a hundred million; without the order their own ids count. */
    static List<TargetLine> businessCentralLines(JsonNode record, ShopOrder order) {
        List<TargetLine> lines = new ArrayList<>();
        for (JsonNode line : record.path("salesOrderLines")) {
            int at = line.path("sequence").asInt() / 1_000 - 1;
            if (line.path("lineType").asText().equals("Item") && at < 100_000) {
                String id = order == null || at >= order.last().lines.size() ? line.path("id").asText() : order.last().lines.get(at).id();
                lines.add(new TargetLine(id, line.path("lineObjectNumber").asText(), line.path("quantity").asInt()));
            }
        }
        return lines;
    }

    static List<TargetLine> wmsLines(JsonNode record) {
        List<TargetLine> lines = new ArrayList<>();
        if (!record.path("status").asText().equals("cancelled")) {
            record.path("lines").forEach(line -> lines.add(
                    new TargetLine(line.path("lineId").asText(), line.path("sku").asText(), line.path("quantity").asInt())));
        }
        return lines;
    }

    static List<TargetLine> factoryLines(JsonNode record) {
        return record.path("status").asText().equals("cancelled") ? List.of()
                : List.of(new TargetLine(record.path("line").asText(), record.path("sku").asText(), record.path("quantity").asInt()));
    }
}
