package io.orderweir.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.connection.Connections;
import io.orderweir.gate.GateClasses;
import io.orderweir.gate.GateClasses.Gate;
import io.orderweir.gate.GateClasses.GateClass;
import io.orderweir.ledger.Targets.Target;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;

/**
 * Plans the deliveries of an order of which every line's class can be told: the whole order, its standard lines, or each build-to-order line
 * behind all its gates, some of them, or none.
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

    @Inject
    Connections connections;

    @Inject
    Ports ports;

    /**
     * Throws {@link NoLines} for an order that names none, cancelled or not: nobody can tell what of it was sent before. {@link TooManyLines} for one
     * that would keep all others waiting.
     */
    public void withLines(Exchange exchange) {
        int lines = exchange.getVariable("canonical", JsonNode.class).path("lineItems").size();
        if (lines == 0) {
            throw new NoLines();
        } else if (lines > TooManyLines.MOST) {
            throw new TooManyLines(lines);
        }
    }

    /** Throws {@link UnknownProduct} for the first line whose class cannot be told. */
    public void decided(Exchange exchange) {
        JsonNode order = exchange.getVariable("canonical", JsonNode.class);
        gates.undecided(exchange.getVariable("captured", Captured.class).connection(), order).ifPresent(place -> {
            JsonNode line = order.path("lineItems").get(place);
            throw new UnknownProduct(place, line.path("productId").asText(), line.path("name").asText(line.path("id").asText()));
        });
    }

    /** The order with all its lines, as one delivery; a cancel where nothing is left to be booked. */
    public void whole(Exchange exchange, String target) {
        add(exchange, target, ORDER, lines(exchange, line -> true), nothingToBook(exchange.getVariable("canonical", JsonNode.class)));
    }

    /** Nothing is charged any more, and nothing came back: goods that were shipped and returned are credited, which is no cancel. */
    private static boolean nothingToBook(JsonNode order) {
        return new BigDecimal(order.path("totalPrice").asText("0")).signum() == 0
                && order.path("refunds").findValuesAsText("restockType").stream().noneMatch("return"::equals);
    }

    /** All lines that need no gate, as one delivery; it waits for the others where the shop's mixed orders are shipped together. */
    public void standardLines(Exchange exchange, String target) {
        List<JsonNode> standard = lines(exchange, line -> gateClass(exchange, line).isEmpty() && line.path("requiresShipping").asBoolean(true));
        if (standard.isEmpty()) {
            return;
        }
        ObjectNode row = add(exchange, target, ORDER, standard, true);
        if (gates.shipsTogether(exchange) && gates.any(exchange)) {
            build(exchange, row, ORDER, "standard", Fingerprint.of(JsonNodeFactory.instance.arrayNode().addAll(standard.stream().map(Plan::asBuilt).toList())), List.of(GateClasses.TOGETHER));
        }
    }

    /** Each line that is built to order, as a delivery of its own that waits for all gates of its class. */
    public void gatedLines(Exchange exchange, String target) {
        for (JsonNode line : lines(exchange, line -> true)) {
            gateClass(exchange, line).ifPresent(made -> {
                List<Gate> behind = new ArrayList<>(made.gates());
                if (gates.shipsTogether(exchange)) {
                    behind.add(GateClasses.TOGETHER);
                }
                gatedLine(exchange, target, line, made, behind);
            });
        }
    }

    /** Each line of a class that asks this target for something on the way, behind the gates its table {@code requests} names. */
    public void requestedLines(Exchange exchange, String target) {
        for (JsonNode line : lines(exchange, line -> true)) {
            gateClass(exchange, line).filter(made -> made.requests().containsKey(target))
                    .ifPresent(made -> gatedLine(exchange, target, line, made, made.requests().get(target)));
        }
    }

    /** Tells the shop of each line that is built to order while it waits. */
    public void waitingLines(Exchange exchange, String target) {
        for (JsonNode line : lines(exchange, line -> true)) {
            gateClass(exchange, line).ifPresent(made -> gatedLine(exchange, target, line, made, List.of()));
        }
    }

    private void gatedLine(Exchange exchange, String name, JsonNode line, GateClass made, List<Gate> behind) {
        Target target = targets.target(name, source(exchange));
        String id = line.path("id").asText();
        if (target.tells() == null) {
            build(exchange, add(exchange, name, id, List.of(line), true), id, made.name(), Fingerprint.of(asBuilt(line)), behind);
        } else if (ports.take(target.connection(source(exchange)), target.port())) {
            // a shop is told several things of a line, each in its own time and under a name of its own: it may keep them in one place
            ObjectNode row = add(exchange, name, id, List.of(line), true).put("notice", target.tells()).put("external_id", externalId(exchange, id, target.port()));
            build(exchange, row, id, made.name(), Fingerprint.of(asBuilt(line)), behind);
        }
    }

    private static void build(Exchange exchange, ObjectNode row, String line, String made, String basis, List<Gate> behind) {
        row.put("class", made).put("line_id", line).put("gate_basis", basis);
        if (!row.path("cancel").asBoolean()) {
            row.set("gates", closed(exchange, behind));
        }
    }

    private static String source(Exchange exchange) {
        return exchange.getVariable("captured", Captured.class).connection();
    }

    private Optional<GateClass> gateClass(Exchange exchange, JsonNode line) {
        return gates.of(exchange.getVariable("captured", Captured.class).connection(), exchange.getVariable("canonical", JsonNode.class), line);
    }

    /** Gates as the ledger takes them: array of {name, lasting, persons, people, proposers, heldWhenLate, rule, due (s), said {open, by, reason, evidence}}. */
    private static ArrayNode closed(Exchange exchange, List<Gate> gates) {
        JsonNode order = exchange.getVariable("canonical", JsonNode.class);
        Captured captured = exchange.getVariable("captured", Captured.class);
        ArrayNode closed = JsonNodeFactory.instance.arrayNode();
        for (Gate gate : gates) {
            ObjectNode row = closed.addObject().put("name", gate.name()).put("lasting", gate.lasting()).put("persons", gate.persons())
                    .put("heldWhenLate", gate.heldWhenLate());
            row.set("rule", gate.rule());
            if (gate.due() != null) {
                row.put("due", gate.due().toSeconds());
            }
            if (gate.people() != null) {
                gate.people().forEach(row.putArray("people")::add);
            }
            if (gate.proposers() != null) {
                gate.proposers().forEach(row.putArray("proposers")::add);
            }
            if (gate.paymentStatus() != null) {
                String status = order.path("paymentStatus").asText("unknown");
                row.putObject("said").put("open", gate.paymentStatus().contains(status)).put("by", captured.connection()).put("reason", "payment status " + status)
                        .putObject("evidence").put("paymentStatus", status).put("totalPrice", order.path("totalPrice").asText()).put("updatedAt", order.path("updatedAt").asText());
            }
        }
        return closed;
    }

    private ObjectNode add(Exchange exchange, String name, String part, List<JsonNode> lines, boolean nothingLeftIsACancel) {
        JsonNode order = exchange.getVariable("canonical", JsonNode.class);
        Captured captured = exchange.getVariable("captured", Captured.class);
        Target target = targets.target(name, captured.connection());
        boolean nothingLeft = lines.stream().allMatch(line -> line.path("quantity").asLong() == 0);
        boolean cancel = order.path("status").asText().equals("cancelled") || nothingLeftIsACancel && nothingLeft;

        ObjectNode content = JsonNodeFactory.instance.objectNode();
        target.sends().forEach(field -> content.set(field, order.path(field).isMissingNode() ? null : order.get(field)));
        content.putArray("lines").addAll(lines.stream().map(Plan::asBuilt).toList());

        ObjectNode row = deliveries(exchange).addObject()
                .put("connection", target.connection(captured.connection()))
                .put("port", target.port())
                .put("part", part)
                .put("external_id", part.equals(ORDER) ? externalId(exchange) : externalId(exchange, part))
                .put("priority", target.priority())
                .put("goods_moving", target.goodsMoving() && !cancel)
                .put("cancel", cancel)
                .put("fingerprint", Fingerprint.of(content));
        ArrayNode ids = row.putArray("line_ids");
        lines.forEach(line -> ids.add(line.path("id").asText()));
        row.putArray("gates");
        if (target.after() != null && !cancel) {
            Target before = targets.target(target.after(), captured.connection());
            row.putObject("after").put("connection", before.connection(captured.connection())).put("port", before.port()).put("part", ORDER);
        }
        return row;
    }

    /** The line without its product type: that chooses the class, and neither a build nor what a target is sent is another with it. */
    private static JsonNode asBuilt(JsonNode line) {
        return line.has("productType") ? ((ObjectNode) line.deepCopy()).without("productType") : line;
    }

    private String externalId(Exchange exchange, String... part) {
        List<String> ids = new ArrayList<>(List.of(exchange.getVariable("canonical", JsonNode.class).path("externalId").asText()));
        ids.addAll(List.of(part));
        return ExternalId.of(connections.names(), exchange.getVariable("captured", Captured.class).connection(), ids);
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
