package io.orderweir.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.connection.Connections;
import io.orderweir.gate.GateClasses;
import io.orderweir.gate.GateClasses.Gate;
import io.orderweir.gate.GateClasses.GateClass;
import io.orderweir.ledger.Flows.Flow;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;

/**
 * Plans the deliveries of an order of which every line's class can be told: the whole order, its standard lines, or each build-to-order line
 * behind all its gates, some of them, or none.
 * In: variables canonical, captured, and flow, which says where it goes. Out: the rows. A part of which nothing is left is planned as a cancel.
 */
@ApplicationScoped
@Named("plan")
@RegisterForReflection
public class Plan {

    /** The part that stands for the order itself. */
    private static final String ORDER = "order";
    /** What a shop says of money that does not come any more without the buyer. */
    private static final Set<String> LOST = Set.of("voided", "expired");
    private static final List<String> CHOOSING = List.of("productType", "openQuantity", "shippedQuantity", "toShip", "notShipped");
    private static final List<String> BUILT = List.of("id", "sku", "name", "quantity", "groupId", "customFields");

    @Inject
    Flows flows;

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

    /** Did somebody only try the shop? In: variable canonical. */
    public boolean isTest(Exchange exchange) {
        return exchange.getVariable("canonical", JsonNode.class).path("test").asBoolean();
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
    public ArrayNode whole(Exchange exchange) {
        return rows(List.of(add(exchange, null, List.of(), lines(exchange, line -> true), nothingToBook(exchange.getVariable("canonical", JsonNode.class)))));
    }

    /** Nothing is charged any more: goods that were shipped and came back still are, and are credited. */
    private static boolean nothingToBook(JsonNode order) {
        return new BigDecimal(order.path("totalPrice").asText("0")).signum() == 0;
    }

    /** All lines that need no gate, as one delivery; it waits for the others where the shop's mixed orders are shipped together. */
    public ArrayNode standardLines(Exchange exchange) {
        List<JsonNode> standard = lines(exchange, line -> !Goods.isForNobody(line) && gateClass(exchange, line).isEmpty());
        if (standard.isEmpty()) {
            return rows(List.of());
        }
        ObjectNode row = add(exchange, null, List.of(), standard, true);
        List<Gate> behind = new ArrayList<>(flow(exchange).movesGoods() ? gates.ofStandard(source(exchange), exchange.getVariable("canonical", JsonNode.class)) : List.of());
        behind.addAll(askingTheShop(exchange));
        // what is paid stays paid whatever is taken in or out
        String basis = GateClasses.STANDARD;
        if (gates.shipsTogether(exchange) && gates.any(exchange)) {
            behind.add(GateClasses.TOGETHER);
            basis = Fingerprint.of(JsonNodeFactory.instance.arrayNode().addAll(standard.stream().map(Plan::asBuilt).toList()));
        }
        if (!behind.isEmpty()) {
            build(exchange, row, ORDER, GateClasses.STANDARD, basis, behind);
        }
        return rows(List.of(row));
    }

    /** Each line that is built to order, as a delivery of its own behind the gates that the flow says; a shop that cannot be told of it is not. */
    public ArrayNode gatedLines(Exchange exchange) {
        Flow flow = flow(exchange);
        List<ObjectNode> rows = new ArrayList<>();
        if (!flow.toSource() || ports.take(source(exchange), flow.port())) {
            for (JsonNode line : lines(exchange, line -> !Goods.isForNobody(line))) {
                gateClass(exchange, line).filter(made -> flow.made() == null || flow.made().equals(made.name())).ifPresent(made -> rows.add(gatedLine(exchange, flow, line, made)));
            }
        }
        return rows(rows);
    }

    /** What all flows of an order planned. In: a list of arrays of rows as the body. Out: variable deliveries. */
    public void gather(Exchange exchange) {
        ArrayNode deliveries = JsonNodeFactory.instance.arrayNode();
        exchange.getMessage().getBody(List.class).forEach(planned -> deliveries.addAll((ArrayNode) planned));
        exchange.setVariable("deliveries", deliveries);
    }

    private ObjectNode gatedLine(Exchange exchange, Flow flow, JsonNode line, GateClass made) {
        String id = line.path("id").asText();
        // a shop is told several things of a line, each in its own time and under a name of its own: it may keep them in one place
        ObjectNode row = add(exchange, made.name(), flow.toSource() ? List.of(id, flow.port()) : List.of(id), List.of(line), true);
        if (flow.tells() != null) {
            row.put("notice", flow.tells());
        }
        build(exchange, row, id, made.name(), Fingerprint.of(asBuilt(line)), behind(exchange, flow, made));
        return row;
    }

    private List<Gate> behind(Exchange exchange, Flow flow, GateClass made) {
        List<Gate> behind = new ArrayList<>(flow.behind() == null ? made.gates() : flow.behind().stream().map(name ->
                made.gates().stream().filter(gate -> gate.name().equals(name)).findFirst().orElseThrow()).toList());
        if (flow.behind() == null && gates.shipsTogether(exchange)) {
            behind.add(GateClasses.TOGETHER);
        }
        if (flow.behind() == null) {
            behind.addAll(askingTheShop(exchange));
        }
        return behind;
    }

    /** Goods that the shop can be asked of leave when nobody holds them there. */
    private List<Gate> askingTheShop(Exchange exchange) {
        String shop = source(exchange);
        return flow(exchange).movesGoods() && connections.asked(shop).isPresent() ? List.of(GateClasses.heldAt(shop)) : List.of();
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

    /** Gates as the ledger takes them: array of {name, lasting, persons, people, proposers, heldWhenLate, rule, due (s), said {open, by, reason, evidence}, lost}; lost is the status of a payment that is gone. */
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
            String status = order.path("paymentStatus").asText("unknown");
            if (LOST.contains(status) && !isGone(order) && (gate.paymentStatus() != null || gate.rule().has("paid"))) {
                row.put("lost", status);
            }
            if (gate.paymentStatus() != null && (gate.paymentStatus().contains(status) || !isGone(order))) {
                row.putObject("said").put("open", gate.paymentStatus().contains(status)).put("by", captured.connection()).put("reason", "payment status " + status)
                        .putObject("evidence").put("paymentStatus", status).put("totalPrice", order.path("totalPrice").asText()).put("updatedAt", order.path("updatedAt").asText());
            }
        }
        return closed;
    }

    private ObjectNode add(Exchange exchange, String made, List<String> ids, List<JsonNode> lines, boolean nothingLeftIsACancel) {
        Flow flow = flow(exchange);
        JsonNode order = exchange.getVariable("canonical", JsonNode.class);
        boolean nothingLeft = lines.stream().allMatch(line -> (flow.isWhole() ? line.path("quantity").asLong() : Goods.toShip(line)) == 0);
        boolean cancel = order.path("status").asText().equals("cancelled") || nothingLeftIsACancel && nothingLeft;

        ObjectNode content = JsonNodeFactory.instance.objectNode();
        flow.sends().forEach(field -> content.set(field, order.path(field).isMissingNode() ? null : order.get(field)));
        // what is not asked for makes a request no other one, whether it was shipped by others, came back, or was taken out
        content.putArray("lines").addAll(lines.stream().filter(line -> cancel || flow.isWhole() || Goods.toShip(line) > 0).map(flow.isWhole() ? Plan::asSold : Plan::asBuilt).toList());

        String account = flows.connection(flow, source(exchange), order, made);
        ObjectNode row = JsonNodeFactory.instance.objectNode()
                .put("connection", account)
                .put("port", flow.port())
                .put("part", ids.isEmpty() ? ORDER : part(ids.get(0)))
                .put("external_id", externalId(exchange, ids))
                .put("priority", flow.priority())
                .put("goods_moving", flow.movesGoods() && !cancel)
                .put("cancel", cancel)
                .put("fingerprint", Fingerprint.of(content));
        if (!flow.toSource()) {
            row.put("role", flow.to());
        }
        String legacyKey = connections.legacyKey(account, source(exchange), order, ids.isEmpty() ? null : ids.get(0));
        if (legacyKey != null) {
            row.put("legacy_key", legacyKey);
        }
        ArrayNode lineIds = row.putArray("line_ids");
        lines.forEach(line -> lineIds.add(line.path("id").asText()));
        row.putArray("gates");
        if (flow.after() != null && !cancel) {
            Flow before = flows.before(flow, source(exchange));
            row.putObject("after").put("connection", flows.connection(before, source(exchange), order, null)).put("port", before.port()).put("part", ORDER);
        }
        return row;
    }

    /** A line without what chooses who is asked for it, and when: what the ERP is sent is not another with it. */
    private static JsonNode asSold(JsonNode line) {
        return CHOOSING.stream().anyMatch(line::has) ? ((ObjectNode) line.deepCopy()).without(CHOOSING) : line;
    }

    /** What is built and shipped of a line: what it costs, and whether the shop still has the product, makes it no other thing. */
    private static JsonNode asBuilt(JsonNode line) {
        ObjectNode built = ((ObjectNode) line.deepCopy()).retain(BUILT);
        return built.put("quantity", Goods.toShip(line));
    }

    /** Nothing of the order is to be shipped any more: whether it is paid says nothing of goods that are out. */
    private static boolean isGone(JsonNode order) {
        return StreamSupport.stream(order.path("lineItems").spliterator(), false).allMatch(line -> line.path("openQuantity").asLong(line.path("quantity").asLong()) == 0);
    }

    /** A line may be called as the order's own part is, and is another part all the same. */
    private static String part(String line) {
        return line.equals(ORDER) || line.startsWith("=") ? "=" + line : line;
    }

    private String externalId(Exchange exchange, List<String> part) {
        List<String> ids = new ArrayList<>(List.of(exchange.getVariable("canonical", JsonNode.class).path("externalId").asText()));
        ids.addAll(part);
        return ExternalId.of(connections.names(), source(exchange), ids);
    }

    private static Flow flow(Exchange exchange) {
        return exchange.getVariable("flow", Flow.class);
    }

    private static ArrayNode rows(List<ObjectNode> rows) {
        return JsonNodeFactory.instance.arrayNode().addAll(rows);
    }

    private static List<JsonNode> lines(Exchange exchange, Predicate<JsonNode> wanted) {
        JsonNode order = exchange.getVariable("canonical", JsonNode.class);
        return new ArrayList<>(StreamSupport.stream(order.path("lineItems").spliterator(), false).filter(wanted).toList());
    }
}
