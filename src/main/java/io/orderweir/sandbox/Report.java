package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.camel.Exchange;

/** Says what every pretend vendor received, and compares it with what the shop meant. */
@ApplicationScoped
@Named("sandboxReport")
@RegisterForReflection
public class Report {
    private static final Set<String> NOT_REFUSED = Set.of("accepted", "found", "repeated", "lostReply", "outage");

    private final Vendors vendors;
    private final Shop shop;
    private final NetsuiteSalesOrder netsuite;
    private final BusinessCentralCompany businessCentral;
    private final WmsFulfilment wms;
    private final FactoryFloor factory;
    private final DesignDesk design;
    private final StripeLevers stripe;
    private final ShopifyAdmin shopify;
    private final Messengers messengers;

    Report(Vendors vendors, Shop shop, NetsuiteSalesOrder netsuite, BusinessCentralCompany businessCentral, WmsFulfilment wms, FactoryFloor factory, DesignDesk design, StripeLevers stripe,
            ShopifyAdmin shopify, Messengers messengers) {
        this.vendors = vendors;
        this.shop = shop;
        this.netsuite = netsuite;
        this.businessCentral = businessCentral;
        this.wms = wms;
        this.factory = factory;
        this.design = design;
        this.stripe = stripe;
        this.shopify = shopify;
        this.messengers = messengers;
    }

    public String write(Exchange exchange) {
        boolean full = RestCall.parameter(exchange, "full").equals("true");
        String limit = RestCall.parameter(exchange, "allowanceLimit");
        String until = RestCall.parameter(exchange, "allowanceUntil");
        ObjectNode report = Json.object();
        ObjectNode erp = calls("netsuite");
        Vendor.Sight sight = vendors.get("netsuite").sight();
        Allowance.write(erp, sight.admitted().stamps(), vendors.get("netsuite").windowNanos(),
                !limit.isEmpty() ? Integer.parseInt(limit) : vendors.get("netsuite").settings.number("allowanceLimit"), sight.meanAnswerMs(),
                vendors.get("netsuite").outages.all(), until.isEmpty() ? null : vendors.watch().stamp(Long.parseLong(until)));
        compareErp(erp, netsuite.store().all(), record -> record.path("externalId").asText(), (record, order) -> Comparison.erpLines(record), "total", full);
        report.set("netsuite", erp);
        ObjectNode other = calls("business-central");
        compareErp(other, businessCentral.store().all(), record -> record.path("externalDocumentNumber").asText().toLowerCase(Locale.ROOT), Comparison::businessCentralLines, "totalAmountIncludingTax", full);
        report.set("business-central", other);
        ObjectNode warehouse = calls("wms");
        comparePieces(warehouse, wms.store().all(), Comparison::wmsLines, "picked", "pickedOfCancelled", full);
        report.set("wms", warehouse);
        ObjectNode hall = calls("factory");
        comparePieces(hall, factory.store().all(), Comparison::factoryLines, "built", "builtOfCancelled", full);
        hall.setAll(factory.report());
        report.set("factory", hall);
        ObjectNode desk = calls("design");
        desk.setAll(design.report());
        if (full) {
            desk.set("records", Json.value(design.store().all()));
        }
        report.set("design", desk);
        ObjectNode payments = stripe.report(full);
        payments.set("calls", calls("stripe"));
        report.set("stripe", payments);
        ObjectNode storefront = shop(full);
        storefront.setAll(calls("shopify"));
        storefront.put("throttled", storefront.path("refused").path("throttled").asLong());
        storefront.setAll(shopify.store().report());
        report.set("shopify", storefront);
        for (String name : Messengers.NAMES) {
            report.set(name, calls(name).put("messages", messengers.count(name)));
        }
        return Json.write(report);
    }

    private ObjectNode calls(String name) {
        Vendor vendor = vendors.get(name);
        Vendor.Sight sight = vendor.sight();
        long[] stamps = sight.arrivals().stamps();
        ObjectNode calls = Json.object();
        calls.put("arrivals", sight.arrivals().size()).put("admitted", sight.admitted().size());
        calls.put("accepted", sight.counts().getOrDefault("accepted", 0L)).put("found", sight.counts().getOrDefault("found", 0L));
        calls.put("repeated", sight.counts().getOrDefault("repeated", 0L));
        Map<String, Long> refused = new TreeMap<>(Map.of("limitWindow", 0L, "limitConcurrency", 0L, "auth", 0L, "validation", 0L));
        sight.counts().forEach((outcome, count) -> {
            if (!NOT_REFUSED.contains(outcome)) {
                refused.put(outcome, count);
            }
        });
        calls.set("refused", Json.value(refused));
        calls.put("lostReplies", sight.counts().getOrDefault("lostReply", 0L));
        calls.put("outageArrivals", sight.outageArrivals().size()).put("outageDropped", sight.counts().getOrDefault("outage", 0L));
        calls.put("windowMs", vendor.settings.number("windowMs"));
        calls.put("mostInAnyWindow", sight.arrivals().mostInAnyWindow(vendor.windowNanos()));
        calls.put("mostInAnyWindowWithOutage",
                WindowCounter.merged(sight.arrivals(), sight.outageArrivals()).mostInAnyWindow(vendor.windowNanos()));
        calls.put("mostAtOnce", sight.mostOpen()).put("openNow", sight.open());
        calls.put("answered", sight.answered()).put("meanAnswerMs", sight.meanAnswerMs());
        if (stamps.length > 0) {
            calls.put("firstCallAt", vendors.watch().epochMs(stamps[0])).put("lastCallAt", vendors.watch().epochMs(stamps[stamps.length - 1]));
        }
        calls.set("outages", vendor.outages.report(vendors.watch()));
        return calls;
    }

    private void compareErp(ObjectNode report, List<ObjectNode> records, Function<JsonNode, String> reference, BiFunction<JsonNode, ShopOrder, List<Comparison.TargetLine>> lines, String total, boolean full) {
        Comparison comparison = new Comparison();
        for (ObjectNode record : records) {
            String name = reference.apply(record);
            ShopOrder order = shop.find(name.replaceFirst("-r\\d+$", ""));
            comparison.record(record.path("id").asText(), lines.apply(record, order));
            if (order == null) {
                comparison.unknownRecord();
            } else {
                comparison.order(order, lines.apply(record, order), true);
                comparison.total(order, record.path(total).decimalValue());
            }
        }
        report.put("distinct", records.size());
        comparison.write(report);
        if (full) {
            report.set("records", Json.value(records));
        }
    }

    /**
     * A record of the warehouse or the factory is the whole order's or one line's: its reference is the order's key, or that
     * and the line's id; and after a cancelled request -r2. What is done (picked, built) of a cancelled order cannot be undone.
     */
    private void comparePieces(ObjectNode report, List<ObjectNode> records, Function<JsonNode, List<Comparison.TargetLine>> lines, String done,
            String doneOfCancelled, boolean full) {
        Comparison comparison = new Comparison();
        Map<ShopOrder, List<Comparison.TargetLine>> ofOrder = new HashMap<>();
        int ofCancelled = 0;
        for (ObjectNode record : records) {
            comparison.record(record.path("reference").asText(), lines.apply(record));
            String reference = record.path("reference").asText().replaceFirst("-r\\d+$", "");
            ShopOrder order = shop.find(reference);
            int dash = reference.lastIndexOf('-');
            order = order != null || dash < 0 ? order : shop.find(reference.substring(0, dash));
            if (order == null) {
                comparison.unknownRecord();
                continue;
            }
            boolean tooLate = record.path("status").asText().equals(done) && order.last().cancelled;
            ofCancelled += tooLate ? 1 : 0;
            List<Comparison.TargetLine> asked = ofOrder.computeIfAbsent(order, none -> new ArrayList<>());
            if (!tooLate) {
                asked.addAll(lines.apply(record));
            }
        }
        ofOrder.forEach((order, asked) -> comparison.order(order, asked, false));
        report.put("distinct", records.size()).put(doneOfCancelled, ofCancelled);
        comparison.write(report);
        if (full) {
            report.set("records", Json.value(records));
        }
    }

    private ObjectNode shop(boolean full) {
        List<ShopOrder> orders = shop.all();
        ObjectNode report = Json.object().put("orders", orders.size());
        report.put("answered2xx", orders.stream().filter(ShopOrder::isAcknowledged).count());
        report.put("uncertain", orders.stream().filter(ShopOrder::isUncertain).count());
        report.put("cancelled", orders.stream().filter(order -> order.last().cancelled).count());
        report.put("bto", orders.stream().filter(order -> order.last().lines.stream().anyMatch(ShopOrder.Line::builtToOrder)).count());
        report.set("webhooks", Json.value(shop.counts()));
        if (full) {
            ArrayNode list = report.putArray("list");
            orders.forEach(order -> list.add(shopOrder(order)));
        }
        return report;
    }

    private static ObjectNode shopOrder(ShopOrder order) {
        ShopOrder.Version last = order.last();
        ObjectNode one = Json.object().put("key", order.key()).put("id", order.id).put("name", order.name);
        one.put("answered2xx", order.isAcknowledged()).put("uncertain", order.isUncertain()).put("bad", order.bad);
        one.put("cancelled", last.cancelled).put("versions", order.versions().size()).put("updatedAt", last.updatedAt);
        ArrayNode lines = one.putArray("lines");
        ArrayNode builtToOrder = one.putArray("btoLines");
        for (ShopOrder.Line line : last.lines) {
            lines.addObject().put("id", line.id()).put("sku", line.sku()).put("quantity", line.quantity());
            if (line.builtToOrder()) {
                builtToOrder.add(line.id());
            }
        }
        ArrayNode versions = one.putArray("history");
        for (ShopOrder.Version version : order.versions()) {
            versions.addObject().put("topic", version.topic).put("updatedAt", version.updatedAt)
                    .put("sent", version.sent).put("answered2xx", version.acknowledged);
        }
        return one;
    }
}
