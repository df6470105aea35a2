package io.orderweir.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.gate.GateClasses;
import io.orderweir.gate.GateClasses.GateClass;
import io.orderweir.ledger.Targets.Target;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;

/**
 * Plans the deliveries of an order: the whole order, its standard lines, or each build-to-order line behind its gates.
 * In: variables canonical, captured. Out: rows added to the variable deliveries. A part of which nothing is left is planned as a cancel.
 */
@ApplicationScoped
@Named("plan")
@RegisterForReflection
public class Plan {

    /** The part that stands for the order itself. */
    private static final String ORDER = "order";

    @Inject
    Targets targets;

    @Inject
    GateClasses gates;

    /** The order with all its lines, as one delivery. */
    public void whole(Exchange exchange, String target) {
        add(exchange, targets.target(target), ORDER, lines(exchange, line -> true), List.of(), false);
    }

    /** All lines that need no gate, as one delivery. */
    public void standardLines(Exchange exchange, String target) {
        List<JsonNode> standard = lines(exchange, line -> gates.of(line).isEmpty() && line.path("requiresShipping").asBoolean(true));
        if (!standard.isEmpty()) {
            add(exchange, targets.target(target), ORDER, standard, List.of(), true);
        }
    }

    /** Each line that is built to order, as a delivery of its own that waits for the gates of its class. */
    public void gatedLines(Exchange exchange, String target) {
        for (JsonNode line : lines(exchange, line -> gates.of(line).isPresent())) {
            List<String> closed = gates.of(line).map(GateClass::gates).orElseThrow();
            add(exchange, targets.target(target), line.path("id").asText(), List.of(line), closed, true);
        }
    }

    private void add(Exchange exchange, Target target, String part, List<JsonNode> lines, List<String> gateNames, boolean nothingLeftIsACancel) {
        JsonNode order = exchange.getVariable("canonical", JsonNode.class);
        Captured captured = exchange.getVariable("captured", Captured.class);
        boolean nothingLeft = lines.stream().allMatch(line -> line.path("quantity").asLong() == 0);
        boolean cancel = order.path("status").asText().equals("cancelled") || nothingLeftIsACancel && nothingLeft;

        ObjectNode content = JsonNodeFactory.instance.objectNode();
        target.sends().forEach(field -> content.set(field, order.path(field).isMissingNode() ? null : order.get(field)));
        content.putArray("lines").addAll(lines);

        ObjectNode row = deliveries(exchange).addObject()
                .put("connection", target.connection())
                .put("port", target.port())
                .put("part", part)
                .put("external_id", externalId(captured, order, part))
                .put("priority", target.priority())
                .put("goods_moving", target.goodsMoving() && !cancel)
                .put("cancel", cancel)
                .put("fingerprint", Fingerprint.of(content));
        lines.forEach(line -> row.withArray("line_ids").add(line.path("id").asText()));
        ArrayNode closed = row.putArray("gates");
        if (!cancel) {
            gateNames.forEach(closed::add);
        }
        if (!gateNames.isEmpty()) {
            row.put("gate_basis", Fingerprint.of(lines.get(0)));
        }
        if (target.after() != null && !cancel) {
            row.putObject("after").put("connection", targets.target(target.after()).connection()).put("part", ORDER);
        }
    }

    /** Letters, digits and '-' only: NetSuite takes nothing else in an external id. */
    private static String externalId(Captured captured, JsonNode order, String part) {
        String id = captured.connection() + "-" + order.path("externalId").asText();
        return part.equals(ORDER) ? id : id + "-" + part;
    }

    private static List<JsonNode> lines(Exchange exchange, Predicate<JsonNode> wanted) {
        JsonNode order = exchange.getVariable("canonical", JsonNode.class);
        return new ArrayList<>(StreamSupport.stream(order.path("lineItems").spliterator(), false).filter(wanted).toList());
    }

    private static ArrayNode deliveries(Exchange exchange) {
        ArrayNode deliveries = exchange.getVariable("deliveries", ArrayNode.class);
        if (deliveries == null) {
            deliveries = JsonNodeFactory.instance.arrayNode();
            exchange.setVariable("deliveries", deliveries);
        }
        return deliveries;
    }
}
