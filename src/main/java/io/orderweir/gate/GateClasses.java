package io.orderweir.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.connection.Connections;
import io.orderweir.ledger.Captured;
import io.orderweir.policy.Policies;
import io.orderweir.policy.Policies.Policy;
import io.orderweir.policy.Row;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelContextCustomizer;

/** Says which lines of an order are built to order and which gates each waits for, from {@code gates.yaml}. What is wrong there refuses the start. */
@Unremovable
@ApplicationScoped
@Named("gateClasses")
@RegisterForReflection
public class GateClasses implements CamelContextCustomizer {

    /**
     * A stage gate; {@code people} is null where anyone may open it, {@code proposers} where those who open it may propose it, {@code due} where it may take any time, {@code paymentStatus} where the
     * shop does not open it; {@code rule} is what opens it besides, as the ledger takes it: {paid, payers} or {opens, closes} or {calendar}, and {after}, {tellsEnding}.
     */
    public record Gate(String name, boolean lasting, List<String> people, List<String> proposers, int persons, Duration due, boolean heldWhenLate, List<String> paymentStatus,
            ObjectNode rule) {
    }

    static final String SHOP = "shop";

    /** Open while nothing of the order waits at another gate; anybody may open it before, to ship what is there. */
    public static final Gate TOGETHER = new Gate("together", false, null, null, 1, null, false, null,
            JsonNodeFactory.instance.objectNode().put("together", true));

    /** Open when nobody else holds or schedules the goods, as the shop says that is asked last of all; anybody may open it before. */
    public static Gate heldAt(String shop) {
        return new Gate(SHOP, false, null, null, 1, null, false, null, JsonNodeFactory.instance.objectNode().put("asks", shop));
    }

    /** One row of the table; an absent condition is null. */
    public record GateClass(String name, String connection, String tag, String skuPrefix, String customField, String productType, List<Gate> gates) {

        boolean covers(String source, JsonNode order, JsonNode line) {
            return othersHold(source, order, line) && (productType == null || productType.equals(line.path("productType").textValue()));
        }

        /** Whether it depends on the type of a product of which nothing is known. */
        boolean mayCover(String source, JsonNode order, JsonNode line) {
            return othersHold(source, order, line) && productType != null && line.hasNonNull("productId") && !line.hasNonNull("productType");
        }

        private boolean othersHold(String source, JsonNode order, JsonNode line) {
            return (connection == null || connection.equals(source))
                    && (tag == null || has(order.path("tags"), "", tag))
                    && (skuPrefix == null || line.path("sku").asText("").startsWith(skuPrefix))
                    && (customField == null || has(line.path("customFields"), "/name", customField));
        }

        private static boolean has(JsonNode list, String member, String wanted) {
            for (JsonNode each : list) {
                if (each.at(member).asText().equals(wanted)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The class of what waits together with all else of its order that is not built to order. */
    public static final String STANDARD = "standard";

    /** Where no table says which gates standard lines wait at. */
    private static final Gate PAID = new Gate("payment", false, null, null, 1, Duration.ofDays(7), false, List.of("paid", "authorized", "partially_refunded"), JsonNodeFactory.instance.objectNode());

    /** A row that says at which gates the standard lines of some orders wait; an absent condition is null. */
    private record Standard(String connection, String terms, List<Gate> gates) {

        boolean covers(String source, JsonNode order) {
            return (connection == null || connection.equals(source)) && (terms == null || terms.equals(ANY) && order.hasNonNull(TERMS) || terms.equals(order.path(TERMS).textValue()));
        }
    }

    private static final String ANY = "any";
    private static final String TERMS = "paymentTerms";
    private static final Set<String> STANDARD_COLUMNS = Set.of("connection", "terms", "gates", "payment-status");
    private static final Set<String> BY_SHOP = Set.of("manual");
    private static final Set<String> CLASS_COLUMNS = Set.of("class", "connection", "tag", "sku-prefix", "custom-field", "product-type",
            "gates");
    private static final List<String> CONDITIONS = List.of("connection", "tag", "sku-prefix", "custom-field", "product-type");
    static final Set<String> TABLES = Set.of("gates", "classes", "standard", "shipping", "calendars");
    private static final Set<String> SHIPPING_COLUMNS = Set.of("connection", "mixed-orders", "services");

    private final List<Gate> stages = new ArrayList<>();
    private final List<GateClass> classes = new ArrayList<>();
    private final List<Standard> standard = new ArrayList<>();
    private final Set<String> together = new HashSet<>();
    private final Map<String, Set<String>> services = new HashMap<>();

    /** For the client proxy only. */
    protected GateClasses() {
    }

    @Inject
    public GateClasses(Policies policies, Connections connections) {
        this(policies.read("gates.yaml"));
        // the other roles may know fewer accounts
        if (connections.hasRole("process")) {
            new Senders(stages).check(policies.read("gates.yaml"), connections);
        }
    }

    /** Those of a policy, whoever may open their gates. */
    public static GateClasses of(Policies policies) {
        return new GateClasses(policies.read("gates.yaml"));
    }

    GateClasses(Policy policy) {
        List<Gate> gates = new StageGates(policy).all();
        stages.addAll(gates);
        Row.of(policy, TABLES, "classes", CLASS_COLUMNS).forEach(row -> classes.add(gateClass(row, gates)));
        Row.of(policy, TABLES, "shipping", SHIPPING_COLUMNS).forEach(row -> {
            String shop = row.required("connection");
            if (row.oneOf("mixed-orders", "apart", "together").equals("together")) {
                together.add(shop);
            }
            if (row.has("services")) {
                services.put(shop, Set.copyOf(row.names("services")));
            }
        });
        if (policy.content().has("standard")) {
            Row.of(policy, TABLES, "standard", STANDARD_COLUMNS).forEach(row -> standard.add(standard(row, gates)));
        } else {
            standard.add(new Standard(null, null, List.of(PAID)));
        }
    }

    private static Standard standard(Row row, List<Gate> gates) {
        List<String> statuses = row.has("payment-status") ? row.names("payment-status") : null;
        List<Gate> waits = StageGates.named(row, "gates", gates).stream().map(gate -> new Gate(gate.name(), false, gate.people(), gate.proposers(), gate.persons(), gate.due(), gate.heldWhenLate(),
                statuses == null ? gate.paymentStatus() : statuses, statuses == null ? gate.rule() : gate.rule().deepCopy().retain(StageGates.TELLS_ENDING))).toList();
        if (!row.has("gates")) {
            throw row.wrong("a row says at which gates the lines wait; write gates: [] where they wait for nothing");
        }
        if (statuses != null && waits.size() != 1) {
            throw row.wrong("payment-status opens one gate; name it in gates, and no other");
        }
        return new Standard(row.text("connection"), row.text("terms"), waits);
    }

    /** It is made before any route starts: nothing is planned by a table that is wrong. */
    @Override
    public void configure(CamelContext camel) {
    }

    /** Does the order have a line that waits for a gate? In: variables canonical, captured. */
    public boolean any(Exchange exchange) {
        JsonNode order = exchange.getVariable("canonical", JsonNode.class);
        String source = exchange.getVariable("captured", Captured.class).connection();
        for (JsonNode line : order.path("lineItems")) {
            if (of(source, order, line).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Does a mixed order of this shop wait until all of it can be shipped? In: variable captured. */
    public boolean shipsTogether(Exchange exchange) {
        return together.contains(exchange.getVariable("captured", Captured.class).connection());
    }

    /**
     * The gates that the lines of an order wait at together that are not built to order, by the first row that fits; none where none does. What the shop's payment status alone would open
     * is no gate for an order of which the shop says none.
     */
    public List<Gate> ofStandard(String source, JsonNode order) {
        return standard.stream().filter(row -> row.covers(source, order)).findFirst().map(Standard::gates).orElse(List.of()).stream()
                .filter(gate -> gate.paymentStatus() == null || opensOtherwise(gate) || order.hasNonNull("paymentStatus")).toList();
    }

    private static boolean opensOtherwise(Gate gate) {
        return gate.rule().size() > (gate.rule().has(StageGates.TELLS_ENDING) ? 1 : 0);
    }

    /** Is a line ours to ship that this fulfilment service of the shop has? One that names none is. */
    public boolean isOurs(String source, String service) {
        return service == null || services.getOrDefault(source, BY_SHOP).contains(service);
    }

    /** The class of a line of an order that came from the connection {@code source}. */
    public Optional<GateClass> of(String source, JsonNode order, JsonNode line) {
        return classes.stream().filter(c -> c.covers(source, order, line)).findFirst();
    }

    /** The classes, in the order of their table. */
    public List<GateClass> all() {
        return List.copyOf(classes);
    }

    /** Does any row ask for the type of a product? Where none does, nothing is read of products. */
    public boolean askForProducts() {
        return classes.stream().anyMatch(c -> c.productType() != null);
    }

    /**
     * The place of the first line whose class depends on a product of which nothing is known, empty when every class can be told. What is
     * cancelled or removed needs no class.
     */
    public OptionalInt undecided(String source, JsonNode order) {
        JsonNode lines = order.path("lineItems");
        return order.path("status").asText().equals("cancelled") ? OptionalInt.empty()
                : IntStream.range(0, lines.size()).filter(i -> lines.get(i).path("quantity").asLong() > 0 && isUndecided(source, order, lines.get(i))).findFirst();
    }

    private boolean isUndecided(String source, JsonNode order, JsonNode line) {
        for (GateClass each : classes) {
            if (each.covers(source, order, line)) {
                return false;
            }
            if (each.mayCover(source, order, line)) {
                return true;
            }
        }
        return false;
    }

    private static GateClass gateClass(Row row, List<Gate> gates) {
        List<Gate> waits = StageGates.named(row, "gates", gates);
        if (waits.isEmpty() || CONDITIONS.stream().noneMatch(row::has)) {
            throw row.wrong("a class needs gates, and connection, tag, sku-prefix, custom-field or product-type");
        }
        for (Gate gate : waits) {
            for (JsonNode before : gate.rule().path("after")) {
                if (waits.stream().noneMatch(other -> other.name().equals(before.asText()))) {
                    throw row.wrong("gate '" + gate.name() + "' comes after '" + before.asText() + "', which the class does not pass");
                }
            }
        }
        return new GateClass(row.required("class"), row.text("connection"), row.text("tag"), row.text("sku-prefix"), row.text("custom-field"),
                row.text("product-type"), waits);
    }
}
