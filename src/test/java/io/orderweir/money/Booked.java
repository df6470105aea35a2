package io.orderweir.money;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.connector.Mapping;
import io.orderweir.sandbox.NetsuiteTotals;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** An order on its way from the shop's words to what the pretend ERP says that it comes to. */
final class Booked implements AutoCloseable {

    static final Map<String, String> LINE = Map.of("tax", "line", "custom-item", "911");
    static final Map<String, String> OVERRIDE = Map.of("tax", "override", "nexus", "3", "tax-type", "5", "tax-code", "20", "tax-codes", "0.19=21, 0.07=23", "no-tax-code", "22", "ship-method", "4", "custom-item", "911");
    static final Map<String, String> ENGINE = Map.of("tax", "engine", "tax-code", "20", "tax-codes", "0.19=21, 0.07=23", "no-tax-code", "22", "ship-method", "4", "custom-item", "911");
    static final ObjectMapper JSON = new ObjectMapper();

    private final Mapping mapping = new Mapping();
    private final NetsuiteTotals byLine = NetsuiteTotals.of(Set.of(), true);
    private final NetsuiteTotals byDocument = NetsuiteTotals.of(Set.of(), false);

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

    /** The sales order as it is sent, by an account of these settings. */
    ObjectNode document(JsonNode canonical, Map<String, String> settings) {
        return document(canonical, settings, null, null);
    }

    /** The same of a record that is there, or null, and was read back. */
    ObjectNode document(JsonNode canonical, Map<String, String> settings, String remoteId, ObjectNode found) {
        ObjectNode envelope = JSON.createObjectNode();
        envelope.set("order", canonical);
        envelope.put("part", "order").set("lines", canonical.get("lineItems"));
        envelope.set("money", Worth.of(canonical).document());
        envelope.put("remoteId", remoteId);
        if (found != null) {
            envelope.set("found", found);
        }
        envelope.set("settings", JSON.valueToTree(settings));
        Mapping.Outcome outcome = mapping.map("netsuite/order.out.jq", envelope.toString().getBytes(StandardCharsets.UTF_8));
        if (outcome.result() == null) {
            throw new IllegalStateException(outcome.sentence(), outcome.thrown());
        }
        return (ObjectNode) outcome.result();
    }

    /** What the ERP says of a document, by its own rates, with the tax rounded line by line. */
    BigDecimal total(JsonNode document) {
        return byLine.reckon(document).get("total").decimalValue();
    }

    /** The same with the tax of the whole rounded once. */
    BigDecimal totalOfTheWhole(JsonNode document) {
        return byDocument.reckon(document).get("total").decimalValue();
    }

    @Override
    public void close() {
        mapping.close();
    }
}
