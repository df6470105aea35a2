package io.orderweir.hold;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.connector.Connector.FieldLimit;
import io.orderweir.connector.Connector.Lines;
import io.orderweir.connector.Connector.Says;
import io.orderweir.connector.Connectors;
import io.orderweir.ledger.Goods;
import io.orderweir.policy.Policies;
import io.orderweir.policy.Row;
import io.orderweir.type.Types;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelContextCustomizer;

/**
 * Finds, before any call, what a target is known to refuse in an order: what the descriptor of its connector lists, and the rows of a mounted {@code limits.yaml},
 * which are what an account demands beyond that. What is wrong there refuses the start.
 */
@Unremovable
@Named("fieldLimits")
@ApplicationScoped
public class FieldLimits implements CamelContextCustomizer {

    /** Where the row names no port, of every port. */
    private record Limit(String system, String port, String path, boolean required, int max, boolean shippingOnly, String unless, String joinedTo) {
    }

    private static final List<String> COLUMNS = List.of("system", "port", "path", "says", "max", "lines", "joined-to");

    private static final String LINES = "lineItems";
    private static final String EACH_LINE = LINES + "[]";

    private final Words words = new Words();
    private final List<Limit> limits;

    /** For the client proxy only. */
    protected FieldLimits() {
        limits = null;
    }

    @Inject
    public FieldLimits(Connectors connectors, Policies policies) {
        limits = Stream.concat(connectors.all().flatMap(connector -> connector.fieldLimits().stream().map(row -> limit(connector.system(), row))),
            policies.mounted("limits.yaml").stream().flatMap(policy -> Row.of(policy, COLUMNS).stream()).map(row -> limit(row, connectors))).toList();
    }

    /** It is made before any route starts: nothing is planned by a table that is wrong. */
    @Override
    public void configure(CamelContext camel) {
    }

    /** What this port of the system is known to refuse, in sentences that name it as it is {@code called}. A cancelled order has no limits: it tells the target only which lines to close. */
    public List<Violation> check(JsonNode order, String system, String port, String called) {
        return check(order, system, port, called, Set.of());
    }

    /** The same of an account that has these settings. */
    public List<Violation> check(JsonNode order, String system, String port, String called, Set<String> settings) {
        List<Violation> found = new ArrayList<>();
        if (!order.path("status").asText().equals("cancelled")) {
            limits.stream().filter(limit -> limit.system().equals(system) && (limit.port() == null || limit.port().equals(port)) && (limit.unless() == null || !settings.contains(limit.unless()))).forEach(limit ->
                paths(limit, order).forEach(path -> check(limit, path, order, called, found)));
        }
        return found;
    }

    private void check(Limit limit, String path, JsonNode order, String called, List<Violation> found) {
        String before = limit.joinedTo() == null ? null : OrderPath.text(OrderPath.find(order, limit.joinedTo()));
        String own = path.equals(LINES) ? wantedLines(order) : OrderPath.text(OrderPath.find(order, path));
        String value = before == null || own == null ? own == null ? before : own : before + " " + own;
        if (limit.required() && value == null && path.equals(LINES)) {
            found.add(new Violation(path, "", "over-limit", of(order) + "every line was taken out, and " + called
                + " takes no order without one. Book there by hand what is left of it" + total(order) + ", then discard this."));
            return;
        }
        if (limit.required() && value == null && hasParent(order, path)) {
            String word = words.of(path);
            found.add(new Violation(path, "", "over-limit",
                of(order) + called + " needs " + article(word) + word + line(order, path) + " and there is none. Add it and release."));
        } else if (!limit.required() && value != null && value.codePointCount(0, value.length()) > limit.max()) {
            String word = before == null ? words.of(path) : own == null ? words.of(limit.joinedTo()) : words.of(limit.joinedTo()) + " and " + words.of(path);
            found.add(new Violation(before != null && (own == null || before.length() > own.length()) ? limit.joinedTo() : path, value, "over-limit",
                of(order) + "the " + word + " " + Words.quoted(value) + line(order, path) + " has " + value.codePointCount(0, value.length())
                    + " characters, and " + called + " takes " + limit.max() + ". Shorten it and release."));
        }
    }

    private static String of(JsonNode order) {
        return "Order " + Words.first(60, order.path("name").asText()) + ": ";
    }

    private static String total(JsonNode order) {
        return order.has("totalPrice") ? " (" + Words.first(60, order.path("totalPrice").asText() + " " + order.path("currency").asText()) + ")" : "";
    }

    /** Lines an edit removed are still in the order, and nothing a target could take. */
    private static String wantedLines(JsonNode order) {
        return order.path("lineItems").findValues("quantity").stream().anyMatch(quantity -> quantity.asInt() > 0) ? "some" : null;
    }

    /** A missing address is one violation, not one for each of its fields. */
    private static boolean hasParent(JsonNode order, String path) {
        int end = path.lastIndexOf('.');
        return end < 0 || OrderPath.find(order, path.substring(0, end)).isObject();
    }

    private static Stream<String> paths(Limit limit, JsonNode order) {
        JsonNode lines = order.path("lineItems");
        List<Integer> wanted = IntStream.range(0, lines.size())
            .filter(i -> limit.shippingOnly() ? Goods.isShipped(lines.get(i)) : lines.get(i).path("quantity").asInt() > 0)
            .boxed().toList();
        if (limit.path().startsWith(EACH_LINE)) {
            return wanted.stream().map(i -> LINES + "[" + i + "]" + limit.path().substring(EACH_LINE.length()));
        }
        return limit.shippingOnly() && wanted.isEmpty() ? Stream.empty() : Stream.of(limit.path());
    }

    private static String article(String word) {
        return word.equals("SKU") || "aeiou".indexOf(word.charAt(0)) >= 0 ? "an " : "a ";
    }

    private static String line(JsonNode order, String path) {
        String name = path.startsWith("lineItems[")
            ? OrderPath.text(OrderPath.find(order, path.substring(0, path.indexOf(']') + 1) + ".name")) : null;
        return name == null ? "" : " for " + Words.quoted(name);
    }

    private static Limit limit(String system, FieldLimit row) {
        return new Limit(system, row.port(), row.path(), row.says() == Says.REQUIRED, row.max(), row.lines() == Lines.SHIPPING, row.unless(), row.joinedTo());
    }

    private static Limit limit(Row row, Connectors connectors) {
        String says = row.columns().path("says").asText();
        if (!row.columns().path("system").isTextual() || row.columns().has("port") && !row.columns().get("port").isTextual() || !row.columns().path("path").isTextual()
                || !says.equals("required") && !(says.equals("too-long") && row.columns().path("max").asInt() > 0)) {
            throw row.wrong("a row needs system and path, may name a port, and says required, or too-long with a max");
        }
        String system = row.text("system");
        if (!connectors.systems().contains(system)) {
            throw row.wrong("'" + system + "' is no connector, so its limits would never be looked at; use one of " + connectors.systems());
        }
        String path = row.text("path");
        Stream.of(path, row.text("joined-to")).filter(Objects::nonNull).forEach(field -> {
            List<String> fields = Types.packaged().order().fields().insteadOf(field);
            if (!fields.isEmpty()) {
                throw row.wrong("'" + field + "' is no field of the canonical order, so it would never be looked at; there " + fields + " can stand");
            }
        });
        if (row.has("joined-to") && !says.equals("too-long")) {
            throw row.wrong("joined-to is for what is too-long together with another field");
        }
        return new Limit(system, row.text("port"), path, says.equals("required"), row.columns().path("max").asInt(), row.has("lines") && row.oneOf("lines", "shipping").equals("shipping"), null, row.text("joined-to"));
    }
}
