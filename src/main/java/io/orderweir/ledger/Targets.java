package io.orderweir.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.connection.Priority;
import io.orderweir.policy.Policies;
import io.orderweir.policy.Policies.Policy;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelContextCustomizer;

/** What is sent where, from {@code sync.yaml}. What is wrong there refuses the start. */
@Unremovable
@ApplicationScoped
public class Targets implements CamelContextCustomizer {

    /** Stands for the shop that the order came from. */
    private static final String SOURCE = "source";

    /** What routes plan as a whole, so that every order has it; of all others an order may have nothing. */
    static final Set<String> WHOLE = Set.of("erp.order");

    /**
     * One row of the table; {@code from} is the connection whose orders it is for, or null; {@code after} is the target it waits for, or null;
     * {@code tells} whether the shop is told of closed or of open gates, or null.
     */
    public record Target(String name, String from, String connection, String port, int priority, boolean goodsMoving, String after, String tells, List<String> sends) {

        private boolean leadsWhere(Target other) {
            return connection.equals(other.connection) && port.equals(other.port) && goodsMoving == other.goodsMoving && Objects.equals(tells, other.tells);
        }

        /** The account that an order from the connection {@code source} goes to. */
        String connection(String source) {
            return connection.equals(SOURCE) ? source : connection;
        }
    }

    private static final List<String> COLUMNS = List.of("target", "from", "connection", "port", "priority", "goods-moving", "tells", "after", "until", "sends");

    private final String file;
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final Map<String, Map<String, Target>> ofShops = new LinkedHashMap<>();

    /** For the client proxy only. */
    protected Targets() {
        file = null;
    }

    @Inject
    public Targets(Policies policies) {
        this(policies.read("sync.yaml"));
        policies.builtIn("sync.yaml").content().path("targets").forEach(row -> {
            if (!targets.containsKey(row.path("target").asText())) {
                throw new IllegalStateException(file + ": it has no target '" + row.path("target").asText()
                        + "', which routes plan by; take its row over from the built-in table: " + row);
            }
        });
    }

    Targets(Policy policy) {
        file = policy.file();
        if (!policy.content().path("targets").isArray() || policy.content().size() > 1) {
            throw policy.wrong("it has one table, the list 'targets'");
        }
        policy.content().get("targets").forEach(row -> {
            Target target = target(policy, row);
            Target before = target.from() == null ? targets.put(target.name(), target)
                    : ofShops.computeIfAbsent(target.name(), name -> new LinkedHashMap<>()).put(target.from(), target);
            if (before != null) {
                throw policy.wrong("target '" + target.name() + "' has two rows " + (target.from() == null ? "without from" : "from " + target.from())
                        + "; remove one, in " + row);
            }
        });
        ofShops.values().forEach(rows -> rows.values().forEach(row -> refuseStranger(policy, row)));
        policy.content().get("targets").forEach(row -> refuseWaitForEver(policy, target(policy, row), row));
    }

    /** It is made before any route starts: nothing is planned by a table that is wrong. */
    @Override
    public void configure(CamelContext camel) {
    }

    /**
     * Where orders of the connection {@code source} go by this target.
     *
     * @throws IllegalArgumentException if there is no such target
     */
    public Target target(String name, String source) {
        Target target = ofShops.getOrDefault(name, Map.of()).getOrDefault(source, targets.get(name));
        if (target == null) {
            throw new IllegalArgumentException(file + " has no target '" + name + "'; it has " + targets.keySet());
        }
        return target;
    }

    /** The names of all targets. */
    public Set<String> names() {
        return targets.keySet();
    }

    /** The account a target's orders go to; empty where that is the shop itself. */
    Optional<String> account(String name) {
        return Optional.of(targets.get(name).connection()).filter(connection -> !connection.equals(SOURCE));
    }

    /** The name of the target that leads to a port of an account; the account and port themselves where the table has none. */
    public String leadingTo(String connection, String port) {
        return targets.values().stream().filter(target -> target.connection().equals(connection) && target.port().equals(port)).map(Target::name).findFirst()
                .orElse(connection + "." + port);
    }

    private void refuseStranger(Policy policy, Target row) {
        Target usual = targets.get(row.name());
        String which = "target '" + row.name() + "' from " + row.from();
        if (usual == null) {
            throw policy.wrong(which + " has no row without from beside it; add one for the orders of all others");
        }
        if (!row.leadsWhere(usual)) {
            throw policy.wrong(which + " differs from the row without from in connection, port, goods-moving or tells (" + shown(row) + ", and not " + shown(usual)
                    + "); a shop may have its own after, until, priority and sends only");
        }
    }

    private static String shown(Target target) {
        return target.connection() + ", " + target.port() + ", " + target.goodsMoving() + (target.tells() == null ? "" : ", " + target.tells());
    }

    private void refuseWaitForEver(Policy policy, Target target, JsonNode row) {
        String who = "target '" + target.name() + "'" + (target.from() == null ? "" : " from " + target.from()) + " comes after ";
        if (target.after() == null) {
            return;
        }
        if (!targets.containsKey(target.after())) {
            throw policy.wrong(who + "'" + target.after() + "', which is not a target; there are " + targets.keySet() + ", in " + row);
        }
        if (target.after().equals(target.name())) {
            throw policy.wrong(who + "itself: it would wait for ever; write after: none, in " + row);
        }
        if (!WHOLE.contains(target.after())) {
            throw policy.wrong(who + "'" + target.after() + "', of which an order may have no delivery: it would wait for ever. Only " + WHOLE
                    + " gets every order as a whole; write after: none, or one of these, in " + row + ". What waits for a line's drawing waits at a gate: requests in gates.yaml");
        }
    }

    private static Target target(Policy policy, JsonNode row) {
        row.fieldNames().forEachRemaining(column -> {
            if (!COLUMNS.contains(column)) {
                throw policy.wrong("'" + column + "' is not a column of targets; use " + COLUMNS + ", in " + row);
            }
        });
        List<String> sends = new ArrayList<>();
        row.path("sends").forEach(field -> sends.add(field.textValue()));
        String after = row.path("after").asText("none");
        if (!row.path("target").isTextual() || !row.path("connection").isTextual() || !row.path("port").isTextual() || sends.isEmpty()
                || !after.equals("none") && !row.path("until").asText().equals("delivered")) {
            throw policy.wrong("a row needs target, connection, port and sends, and with 'after' also 'until: delivered', in " + row);
        }
        if (row.has("from") && !row.get("from").isTextual()) {
            throw policy.wrong("from is the connection of one shop, and not '" + row.get("from").asText() + "', in " + row);
        }
        JsonNode priority = row.path("priority");
        if (row.has("priority") && (!priority.isIntegralNumber() || priority.asInt() < 0 || priority.asInt() >= Priority.values().length)) {
            throw policy.wrong("priority is a whole number from 0 to " + (Priority.values().length - 1) + ", and not '" + priority.asText() + "', in " + row);
        }
        String tells = row.path("tells").textValue();
        if (tells != null && !Set.of("closed", "open").contains(tells) || (tells != null) != row.get("connection").textValue().equals(SOURCE)) {
            throw policy.wrong("what goes to the connection 'source', and nothing else, says of which gates it 'tells', closed or open, in " + row);
        }
        return new Target(row.get("target").textValue(), row.path("from").textValue(), row.get("connection").textValue(), row.get("port").textValue(),
                priority.asInt(0), row.path("goods-moving").asBoolean(false), after.equals("none") ? null : after, tells, sends);
    }
}
