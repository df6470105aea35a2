package io.orderweir.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One look at everything: the sandbox's full report, and from the ledger what no target can know. */
record Scene(JsonNode report, Set<String> held, Set<String> superseded, long gatedLines, Ledger.Equation equation) {

    /** Orders answered 2xx that are neither at the ERP, nor in the Error Hold bin, nor superseded or cancelled before they were sent. */
    Set<String> lost() {
        Set<String> lost = new TreeSet<>();
        orders().filter(order -> order.path("answered2xx").asBoolean()).forEach(order -> lost.add(order.path("key").asText()));
        lost.removeAll(atErp());
        lost.removeAll(held);
        lost.removeAll(superseded);
        return lost;
    }

    Set<String> atErp() {
        return texts(report.path("netsuite").path("records"), "externalId");
    }

    /** What the warehouse knows its requests by: an order, or an order and one of its lines. */
    Set<String> atWms() {
        return texts(report.path("wms").path("records"), "reference");
    }

    /** Second records, lines or units beyond the order's, at either target. */
    long duplicates() {
        return Stream.of("netsuite", "wms").map(report::path)
                .mapToLong(target -> target.path("secondRecords").asLong() + target.path("linesBeyond").asLong() + target.path("unitsBeyond").asLong()).sum();
    }

    /** Lines or units of an order that the ERP lacks, or has under another article. */
    long missing() {
        JsonNode erp = report.path("netsuite");
        return erp.path("linesMissing").asLong() + erp.path("unitsMissing").asLong() + erp.path("wrongSku").asLong();
    }

    /** Documents that the ERP reckons to another total than the shop says their order is worth. */
    long otherTotals() {
        return report.path("netsuite").path("otherTotals").asLong(-1);
    }

    /** Warehouse requests still open for cancelled orders, and any for an order that is held. */
    long shippedAgainstAStop() {
        JsonNode wms = report.path("wms");
        long ofHeld = atWms().stream().filter(reference -> held.stream().anyMatch(key -> reference.equals(key) || reference.startsWith(key + "-"))).count();
        return wms.path("cancelledOpen").asLong() + wms.path("pickedOfCancelled").asLong() + ofHeld;
    }

    Set<String> builtToOrderLinesAtWms() {
        Set<String> builtToOrder = new HashSet<>();
        orders().forEach(order -> order.path("btoLines").forEach(line -> builtToOrder.add(line.asText())));
        Set<String> found = new TreeSet<>();
        report.path("wms").path("records").forEach(record -> found.addAll(texts(record.path("lines"), "lineId")));
        found.retainAll(builtToOrder);
        return found;
    }

    /** Webhooks the shop sent again although they had been acknowledged. */
    long repeatsAcknowledged() {
        return orders().flatMap(order -> stream(order.path("history"))).mapToLong(version -> Math.max(0, version.path("answered2xx").asLong() - 1)).sum();
    }

    long cancelled() {
        return orders().filter(order -> order.path("cancelled").asBoolean()).count();
    }

    private Stream<JsonNode> orders() {
        return stream(report.path("shopify").path("list"));
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Set<String> texts(JsonNode array, String field) {
        Set<String> texts = new TreeSet<>();
        array.forEach(one -> texts.add(one.path(field).asText()));
        return texts;
    }
}
