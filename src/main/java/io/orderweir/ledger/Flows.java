package io.orderweir.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.connection.Priority;
import io.orderweir.gate.GateClasses;
import io.orderweir.gate.GateClasses.Gate;
import io.orderweir.gate.GateClasses.GateClass;
import io.orderweir.ledger.Casting.Part;
import io.orderweir.policy.Policies;
import io.orderweir.policy.Policies.Policy;
import io.orderweir.policy.Row;
import io.orderweir.type.Types;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelContextCustomizer;

/** What goes where, for whom, from {@code flows.yaml}. What is wrong there, or can never be met, refuses the start. */
@Unremovable
@ApplicationScoped
@Named("flows")
@RegisterForReflection
public class Flows implements CamelContextCustomizer {

    /** The shop that the order came from. */
    static final String SOURCE = "source";
    static final Set<String> TABLES = Set.of("roles", "flows");

    private static final String WHOLE = "whole";
    private static final String STANDARD = "standard-lines";
    private static final String GATED = "each-gated-line";
    private static final String PAYMENT = "each-payment";
    /** Kinds of signals that say that money came. */
    private static final Set<String> PAYMENTS = Set.of("payment");
    private static final List<String> COLUMNS = List.of("type", "parts", "for", "class", "to", "port", "behind", "while", "after", "moves-goods", "priority", "sends", "paid-by");

    /**
     * One row of the table. {@code shops} and {@code made} (a class of gates) are null where they are no condition; {@code behind} are names of gates, null for all of
     * the line's class; {@code after} is the name of the flow it waits for, or null; {@code tells} which gates the shop is told of, closed or open, or null;
     * {@code paidBy} whose payments it books, each {@code connection} or {@code connection/gateway}, or null where it is of no payments.
     */
    @RegisterForReflection
    public record Flow(String parts, Set<String> shops, String made, String to, String port, List<String> behind, String tells, String after, boolean movesGoods, int priority,
            List<String> sends, List<String> paidBy, Row row) {

        /** What people and other flows call it: role and port. */
        String name() {
            return to + "/" + port;
        }

        boolean toSource() {
            return to.equals(SOURCE);
        }

        boolean isWhole() {
            return parts.equals(WHOLE);
        }

        private boolean isOfPayments() {
            return parts.equals(PAYMENT);
        }

        private boolean isFor(String shop) {
            return shops == null || shops.contains(shop);
        }

        /** Rows that are alike are one flow, of which each shop has the first that fits. */
        private List<Object> key() {
            return Arrays.asList(parts, to, port, made, paidBy);
        }
    }

    private final List<Flow> flows = new ArrayList<>();
    private final Casting casting;

    /** For the client proxy only. */
    protected Flows() {
        casting = null;
    }

    @Inject
    public Flows(Policies policies, GateClasses gates) {
        this(policies.read("flows.yaml"), gates.all(), !policies.isMounted("flows.yaml"));
    }

    /** What is built in asks for lines of built-in classes, and a house with classes of its own has none of them. */
    Flows(Policy policy, List<GateClass> classes, boolean builtIn) {
        casting = new Casting(policy);
        Row.of(policy, TABLES, "flows", COLUMNS).stream().filter(row -> !builtIn || !row.has("class") || isOne(row.text("class"), classes)).forEach(row -> flows.add(flow(row, classes)));
        if (flows.isEmpty()) {
            throw policy.wrong("it has no flows, so no order would go anywhere; write the table flows, or remove the file and the built-in one counts");
        }
        for (Flow flow : flows) {
            refuseShadowed(flow);
            refuseWaitForEver(flow);
            refuseSharedLane(flow);
        }
        if (!builtIn) {
            casting.all().forEach(part -> refuseUnplayed(part, classes));
        }
    }

    /** It is made before any route starts: nothing is planned by a table that is wrong. */
    @Override
    public void configure(CamelContext camel) {
    }

    /** The flows of an order, in the order of the table. In: variable captured. */
    public List<Flow> of(Exchange exchange) {
        return of(exchange.getVariable("captured", Captured.class).connection());
    }

    /** In: the body, a flow. Out: variables flow and parts (which part of the order it is for). */
    public void tell(Exchange exchange) {
        Flow flow = exchange.getMessage().getBody(Flow.class);
        exchange.setVariable("flow", flow);
        exchange.setVariable("parts", flow.parts());
    }

    /**
     * Says of a payment where it is booked, {@code booked: [{gateway, to, port, after, for}]}, or that it is not: by the rows that name who said it, or the gateway it came by, of which the first that
     * is for the shop of its order counts; without {@code for} it is for all. What the shop keeps itself (gift cards, store credit) only a row books that names its gateway.
     * In: the body, a canonical signal, and variable captured. Out: the body.
     */
    public JsonNode book(Exchange exchange) {
        JsonNode body = exchange.getMessage().getBody(JsonNode.class);
        if (body instanceof ObjectNode signal) {
            signal.remove("booked");
            String said = exchange.getVariable("captured", Captured.class).connection();
            JsonNode gateway = signal.at("/evidence/gateway");
            String named = said + "/" + gateway.asText();
            boolean keptByTheShop = signal.at("/evidence/kind").isTextual();
            flows.stream().filter(flow -> PAYMENTS.contains(signal.path("signal").asText()) && signal.has("amount") && flow.isOfPayments()
                    && (flow.paidBy().contains(named) || flow.paidBy().contains(said) && !keptByTheShop)).forEach(flow -> {
                ObjectNode booked = signal.withArray("booked").addObject().put("gateway", gateway.asText(said)).put("to", flow.to()).put("port", flow.port())
                        .put("after", flow.after().substring(flow.to().length() + 1));
                if (flow.shops() != null) {
                    flow.shops().forEach(booked.putArray("for")::add);
                }
            });
        }
        return body;
    }

    List<Flow> of(String shop) {
        Map<List<Object>, Flow> first = new LinkedHashMap<>();
        flows.stream().filter(flow -> !flow.isOfPayments() && flow.isFor(shop)).forEach(flow -> first.putIfAbsent(flow.key(), flow));
        return List.copyOf(first.values());
    }

    /**
     * The account that a flow of an order leads to.
     *
     * @param made the class of the line that is asked for alone, or null
     * @throws NoAccount where no row of the table roles fits
     */
    String connection(Flow flow, String source, JsonNode order, String made) {
        return flow.toSource() ? source : casting.connection(flow.to(), source, order, made)
                .orElseThrow(() -> new NoAccount(flow.to(), source, order.at("/shippingAddress/country").asText(), made));
    }

    /** The flow that another one of this shop waits for. */
    Flow before(Flow flow, String shop) {
        return of(shop).stream().filter(other -> other.parts().equals(WHOLE) && other.name().equals(flow.after())).findFirst().orElseThrow();
    }

    List<Flow> all() {
        return List.copyOf(flows);
    }

    /** The rows of the table roles that a flow may be led by; none where it goes to the shop itself. */
    List<Part> parts(Flow flow) {
        return casting.of(flow.to()).stream().filter(part -> meets(part.shops(), flow.shops()) && mayBeOf(part, flow)).toList();
    }

    /** The names that a column lists, at least one. */
    static Set<String> some(Row row, String column) {
        Set<String> names = new LinkedHashSet<>(row.names(column));
        if (names.isEmpty()) {
            throw row.wrong(column + " lists nothing, so nothing ever fits; write names, or leave it out");
        }
        return names;
    }

    private static boolean isOne(String made, List<GateClass> classes) {
        return classes.stream().anyMatch(known -> known.name().equals(made));
    }

    private static boolean mayBeOf(Part part, Flow flow) {
        return part.made() == null || flow.parts().equals(GATED) && (flow.made() == null || flow.made().equals(part.made()));
    }

    private static boolean meets(Set<String> these, Set<String> others) {
        return these == null || others == null || !Collections.disjoint(these, others);
    }

    private Flow flow(Row row, List<GateClass> classes) {
        String order = Types.packaged().order().type();
        if (!row.required("type").equals(order)) {
            throw row.wrong("type is " + order + ", of which lines and parts are known, and not '" + row.text("type") + "'");
        }
        row.required("parts");
        String parts = row.oneOf("parts", WHOLE, STANDARD, GATED, PAYMENT);
        boolean gated = parts.equals(GATED);
        boolean payments = parts.equals(PAYMENT);
        String to = row.required("to");
        boolean toSource = to.equals(SOURCE);
        if (!toSource && !casting.roles().contains(to)) {
            throw row.wrong("there is no role '" + to + "'; there are " + casting.roles() + ", and source for the shop itself");
        }
        if (row.has("paid-by") != payments) {
            throw row.wrong("parts: " + PAYMENT + ", and nothing else, says paid-by, whose payments it books: connections, or connection/gateway");
        }
        if (payments && Stream.of("sends", "moves-goods").anyMatch(row::has)) {
            throw row.wrong("sends and moves-goods are of lines; what is booked of a payment is its amount");
        }
        if (!gated && Set.of("class", "behind", "while").stream().anyMatch(row::has)) {
            throw row.wrong("class, behind and while are for lines that wait at gates, parts: " + GATED);
        }
        if (row.has("class") && !isOne(row.text("class"), classes)) {
            throw row.wrong("there is no class '" + row.text("class") + "' in gates.yaml; there are " + classes.stream().map(GateClass::name).toList());
        }
        if (row.has("while") != toSource) {
            throw row.wrong("what goes to the source, and nothing else, says of which gates it tells: while: gates-closed or gates-open");
        }
        String tells = toSource ? row.oneOf("while", "gates-closed", "gates-open").substring("gates-".length()) : null;
        if (gated && row.has("behind") == "closed".equals(tells)) {
            throw row.wrong(toSource ? "of closed gates the shop is told at once; take behind out"
                    : "behind says which gates are open before a line is asked for: all of its class, a list such as [payment], or none");
        }
        List<String> sends = row.names("sends");
        if (sends.isEmpty() && !payments) {
            throw row.wrong("a row needs sends, the fields of the order that are sent besides its lines, such as [name]");
        }
        String after = row.has("after") && !row.text("after").equals("none") ? row.text("after") : null;
        if (payments && (after == null || !after.startsWith(to + "/"))) {
            throw row.wrong("a payment is booked behind its order at the same account: after: " + to + "/order, or what the port of whole orders is called");
        }
        return new Flow(parts, row.has("for") ? some(row, "for") : null, row.text("class"), to, row.required("port"), behind(row, classes), tells, after, yes(row, "moves-goods"),
                row.has("priority") ? row.whole("priority", Priority.values().length - 1) : 0, sends, payments ? List.copyOf(some(row, "paid-by")) : null, row);
    }

    /** Null: all. */
    private static List<String> behind(Row row, List<GateClass> classes) {
        if (!row.has("behind") || row.columns().get("behind").asText().equals("none")) {
            return List.of();
        }
        if (row.columns().get("behind").asText().equals("all")) {
            return null;
        }
        List<String> behind = row.names("behind");
        for (GateClass made : classes) {
            List<String> gates = made.gates().stream().map(Gate::name).toList();
            if ((!row.has("class") || made.name().equals(row.text("class"))) && !gates.containsAll(behind)) {
                throw row.wrong("lines of the class '" + made.name() + "' pass the gates " + gates + ", and not all of " + behind + "; name others, or say for which class the row is");
            }
        }
        return behind;
    }

    private static boolean yes(Row row, String column) {
        if (row.has(column) && !row.columns().get(column).isBoolean()) {
            throw row.wrong(column + " is true or false, and not '" + row.columns().get(column).asText() + "'");
        }
        return row.columns().path(column).asBoolean(false);
    }

    private void refuseShadowed(Flow flow) {
        flows.subList(0, flows.indexOf(flow)).stream().filter(before -> before.key().equals(flow.key())
                && (before.shops() == null || flow.shops() != null && before.shops().containsAll(flow.shops()))).findFirst().ifPresent(before -> {
                    throw flow.row().wrong("no order ever comes to it: those of its shops go by the row before it " + before.row().columns() + "; put it above that one, or take it out");
                });
    }

    private void refuseWaitForEver(Flow flow) {
        if (flow.after() == null) {
            return;
        }
        List<Flow> before = flows.stream().filter(other -> other.parts().equals(WHOLE) && other.name().equals(flow.after())).toList();
        if (before.isEmpty()) {
            throw flow.row().wrong("it comes after '" + flow.after() + "', which no whole order goes to, so it would wait for ever; use one of "
                    + flows.stream().filter(other -> other.parts().equals(WHOLE)).map(Flow::name).distinct().toList() + ". What waits for a line's drawing waits at a gate: behind");
        }
        Set<String> shops = new LinkedHashSet<>();
        before.forEach(other -> Optional.ofNullable(other.shops()).ifPresent(shops::addAll));
        if (before.stream().allMatch(other -> other.shops() != null) && (flow.shops() == null || !shops.containsAll(flow.shops()))) {
            throw flow.row().wrong("it comes after '" + flow.after() + "', which only orders of " + shops + " go to: those of other shops would wait for ever; say for: " + shops);
        }
        if (waitsFor(flow, flow.name(), new LinkedHashSet<>())) {
            throw flow.row().wrong("it comes after itself, so it would wait for ever; write after: none");
        }
    }

    private boolean waitsFor(Flow flow, String name, Collection<String> seen) {
        return flow.parts().equals(WHOLE) && flow.after() != null && seen.add(flow.after()) && (flow.after().equals(name)
                || flows.stream().anyMatch(other -> other.name().equals(flow.after()) && waitsFor(other, name, seen)));
    }

    /** Two flows that put the same part of an order into one port of one account would each undo the other. */
    private void refuseSharedLane(Flow flow) {
        for (Flow before : flows.subList(0, flows.indexOf(flow))) {
            boolean samePart = before.parts().equals(GATED) == flow.parts().equals(GATED);
            boolean sameLine = before.made() == null || flow.made() == null || before.made().equals(flow.made());
            if (!flow.isOfPayments() && !before.isOfPayments() && !before.key().equals(flow.key()) && before.port().equals(flow.port()) && samePart && sameLine && meets(before.shops(), flow.shops())) {
                shared(before, flow).ifPresent(connection -> {
                    throw flow.row().wrong("it and the row " + before.row().columns() + " put the same part of an order into the port " + flow.port() + " of " + connection
                            + "; give one of them another port, or take it out");
                });
            }
        }
    }

    private Optional<String> shared(Flow one, Flow other) {
        if (one.toSource() || other.toSource()) {
            return one.toSource() && other.toSource() ? Optional.of("the shop") : Optional.empty();
        }
        return parts(one).stream().filter(mine -> parts(other).stream().anyMatch(part -> part.connection().equals(mine.connection()) && meets(part.shops(), mine.shops())
                && meets(part.shipTo(), mine.shipTo()) && (part.made() == null || mine.made() == null || Objects.equals(part.made(), mine.made())))).map(Part::connection).findFirst();
    }

    private void refuseUnplayed(Part part, List<GateClass> classes) {
        if (part.made() != null && !isOne(part.made(), classes)) {
            throw part.row().wrong("there is no class '" + part.made() + "' in gates.yaml; there are " + classes.stream().map(GateClass::name).toList());
        }
        List<Flow> played = flows.stream().filter(flow -> flow.to().equals(part.role())).toList();
        if (played.isEmpty()) {
            throw part.row().wrong("no flow goes to the role '" + part.role() + "'; correct its name, or take the row out");
        }
        if (played.stream().noneMatch(flow -> mayBeOf(part, flow))) {
            throw part.row().wrong("no flow to '" + part.role() + "' asks for a line of the class " + part.made() + " alone, parts: " + GATED + "; take class out, or the row");
        }
        if (played.stream().noneMatch(flow -> meets(part.shops(), flow.shops()))) {
            throw part.row().wrong("no flow to '" + part.role() + "' is for orders of " + part.shops() + "; correct for, or take the row out");
        }
    }
}
