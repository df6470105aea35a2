package io.orderweir.money;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.connector.Mapping;
import io.orderweir.sandbox.BusinessCentralTotals;
import io.orderweir.sandbox.NetsuiteTotals;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** An order on its way from the shop's words to what a pretend ERP says that it comes to. */
final class Booked implements AutoCloseable {

    /** An account of an ERP: whose mapping makes the document, by which settings, and what the ERP reckons of it, with the tax rounded line by line where it does, or once. */
    record Books(String system, Map<String, String> settings, Function<JsonNode, BigDecimal> total, Function<JsonNode, BigDecimal> totalOfTheWhole) {

        static Books netsuite(Map<String, String> settings) {
            return new Books("netsuite", settings, order -> NetsuiteTotals.of(Set.of(), true).reckon(order).get("total").decimalValue(), order -> NetsuiteTotals.of(Set.of(), false).reckon(order).get("total").decimalValue());
        }

        /** It has one way of rounding. */
        static Books businessCentral(Map<String, String> settings) {
            Map<String, String> all = new HashMap<>(Map.of("customer", "10000", "other-account", "8400", "custom-account", "8410", "no-tax-code", "VAT0"));
            all.putAll(settings);
            Function<JsonNode, BigDecimal> total = order -> BusinessCentralTotals.reckon(order).get("totalAmountIncludingTax").decimalValue();
            return new Books("business-central", all, total, total);
        }

        @Override
        public String toString() {
            return system + " " + settings;
        }
    }

    static final Books LINE = Books.netsuite(Map.of("tax", "line", "custom-item", "911"));
    static final Books OVERRIDE = Books.netsuite(Map.of("tax", "override", "nexus", "3", "tax-type", "5", "tax-code", "20", "tax-codes", "0.19=21, 0.07=23", "no-tax-code", "22", "ship-method", "4", "custom-item", "911"));
    static final Books ENGINE = Books.netsuite(Map.of("tax", "engine", "tax-code", "20", "tax-codes", "0.19=21, 0.07=23", "no-tax-code", "22", "ship-method", "4", "custom-item", "911"));
    static final Books OTHER_LINE = Books.businessCentral(Map.of());
    static final Books OTHER_ENGINE = Books.businessCentral(Map.of("tax", "engine", "tax-code", "SALES65", "tax-codes", "0.19=VAT19, 0.07=VAT7"));
    /** Those that say no tax of their own: whatever the shop reckoned, they come to its total. */
    static final List<Books> EXACT = List.of(LINE, OVERRIDE, OTHER_LINE);
    static final ObjectMapper JSON = new ObjectMapper();

    private final Mapping mapping = new Mapping();

    /** The canonical order; throws with the mapping's sentence where there is none, or with the schema's. */
    JsonNode canonical(JsonNode payload) {
        Mapping.Outcome outcome = mapping.map("shopify/order.in.jq", payload.toString().getBytes(StandardCharsets.UTF_8));
        if (outcome.result() == null) {
            throw new IllegalStateException(outcome.sentence(), outcome.thrown());
        }
        Throwable invalid = mapping.invalid(outcome.result());
        if (invalid != null) {
            throw new IllegalStateException(invalid);
        }
        return outcome.result();
    }

    /** Whether the engine would hold it, because its parts do not come to its total or its tax. */
    static boolean isHeld(JsonNode canonical) {
        Worth worth = Worth.of(canonical);
        return worth.difference().signum() != 0 || worth.taxDifference().signum() != 0;
    }

    /** The sales order as it is sent by an account. */
    ObjectNode document(JsonNode canonical, Books books) {
        return document(canonical, books, null, null);
    }

    /** The same of a record that is there, or null, and was read back. */
    ObjectNode document(JsonNode canonical, Books books, String remoteId, ObjectNode found) {
        ObjectNode envelope = JSON.createObjectNode();
        envelope.set("order", canonical);
        envelope.put("part", "order").set("lines", canonical.get("lineItems"));
        envelope.set("money", Worth.of(canonical).document());
        envelope.put("remoteId", remoteId);
        if (found != null) {
            envelope.set("found", found);
        }
        return document(envelope, books);
    }

    /** The same of an envelope that says all but the settings. */
    ObjectNode document(ObjectNode envelope, Books books) {
        envelope.set("settings", JSON.valueToTree(books.settings()));
        Mapping.Outcome outcome = mapping.map(books.system() + "/order.out.jq", envelope.toString().getBytes(StandardCharsets.UTF_8));
        if (outcome.result() == null) {
            throw new IllegalStateException(outcome.sentence(), outcome.thrown());
        }
        return (ObjectNode) outcome.result();
    }

    /** Throws where an order that NetSuite's engine books at its total, or one of prices with the tax in them, is booked otherwise by the other's; returns whether it was one. */
    boolean enginesAreAlike(JsonNode canonical, BigDecimal total) {
        boolean same = canonical.path("taxesIncluded").asBoolean() || total.compareTo(ENGINE.totalOfTheWhole().apply(document(canonical, ENGINE))) == 0;
        JsonNode document = document(canonical, OTHER_ENGINE);
        if (same && total.compareTo(OTHER_ENGINE.total().apply(document)) != 0) {
            throw new AssertionError(total + " is booked otherwise by the other engine: " + document);
        }
        return same;
    }

    @Override
    public void close() {
        mapping.close();
    }
}
