package io.orderweir.hold;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.policy.Policies;
import io.orderweir.policy.Policies.Policy;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelContextCustomizer;

/** Finds, before any call, what a target is known to refuse in an order: {@code limits.yaml}. What is wrong there refuses the start. */
@Unremovable
@Named("fieldLimits")
@ApplicationScoped
public class FieldLimits implements CamelContextCustomizer {

    /** Where the row names no port, of every port. */
    private record Limit(String system, String port, String path, boolean required, int max, boolean shippingOnly) {
    }

    private static final List<String> COLUMNS = List.of("system", "port", "path", "says", "max", "lines");

    private static final String LINES = "lineItems";
    private static final String EACH_LINE = LINES + "[]";

    private final Words words = new Words();
    private final Map<String, String> labels = new ConcurrentHashMap<>();
    private final List<Limit> limits;

    /** For the client proxy only. */
    protected FieldLimits() {
        limits = null;
    }

    @Inject
    public FieldLimits(Policies policies) {
        this(policies.read("limits.yaml"));
    }

    FieldLimits(Policy policy) {
        if (!policy.content().isArray()) {
            throw policy.wrong("it is one list of rows such as - { system: wms, port: fulfilment, path: name, says: required }");
        }
        limits = StreamSupport.stream(policy.content().spliterator(), false).map(row -> limit(policy, row)).toList();
    }

    /** It is made before any route starts: nothing is planned by a table that is wrong. */
    @Override
    public void configure(CamelContext camel) {
    }

    /** What this port of the system is known to refuse. A cancelled order has no limits: it tells the target only which lines to close. */
    public List<Violation> check(JsonNode order, String system, String port) {
        List<Violation> found = new ArrayList<>();
        if (!order.path("status").asText().equals("cancelled")) {
            limits.stream().filter(limit -> limit.system().equals(system) && (limit.port() == null || limit.port().equals(port))).forEach(limit ->
                paths(limit, order).forEach(path -> check(limit, path, order, found)));
        }
        return found;
    }

    private void check(Limit limit, String path, JsonNode order, List<Violation> found) {
        String value = path.equals(LINES) ? wantedLines(order) : OrderPath.text(OrderPath.find(order, path));
        if (limit.required() && value == null && path.equals(LINES)) {
            found.add(new Violation(path, "", "over-limit", of(order) + "every line was taken out, and " + label(limit)
                + " takes no order without one. Book there by hand what is left of it" + total(order) + ", then discard this."));
            return;
        }
        if (limit.required() && value == null && hasParent(order, path)) {
            String word = words.of(path);
            found.add(new Violation(path, "", "over-limit",
                of(order) + label(limit) + " needs " + article(word) + word + line(order, path) + " and there is none. Add it and release."));
        } else if (!limit.required() && value != null && value.codePointCount(0, value.length()) > limit.max()) {
            found.add(new Violation(path, value, "over-limit",
                of(order) + "the " + words.of(path) + " " + Words.quoted(value) + line(order, path) + " has " + value.codePointCount(0, value.length())
                    + " characters, and " + label(limit) + " takes " + limit.max() + ". Shorten it and release."));
        }
    }

    private static String of(JsonNode order) {
        return "Order " + Words.first(60, order.path("name").asText()) + ": ";
    }

    private static String total(JsonNode order) {
        return order.has("totalPrice") ? " (" + Words.first(60, order.path("totalPrice").asText() + " " + order.path("currency").asText()) + ")" : "";
    }

    private String label(Limit limit) {
        return labels.computeIfAbsent(limit.system(), system -> new Complaints(system).label());
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
            .filter(i -> lines.get(i).path("quantity").asInt() > 0 && (!limit.shippingOnly() || lines.get(i).path("requiresShipping").asBoolean()))
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

    private static Limit limit(Policy policy, JsonNode row) {
        row.fieldNames().forEachRemaining(column -> {
            if (!COLUMNS.contains(column)) {
                throw policy.wrong("'" + column + "' is not a column; use " + COLUMNS + ", in " + row);
            }
        });
        String says = row.path("says").asText();
        if (!row.path("system").isTextual() || row.has("port") && !row.get("port").isTextual() || !row.path("path").isTextual()
                || !says.equals("required") && !(says.equals("too-long") && row.path("max").asInt() > 0)) {
            throw policy.wrong("a row needs system and path, may name a port, and says required, or too-long with a max, in " + row);
        }
        String path = row.get("path").textValue();
        List<String> fields = new OrderFields().insteadOf(path);
        if (!fields.isEmpty()) {
            throw policy.wrong("'" + path + "' is no field of the canonical order, so it would never be looked at; there " + fields + " can stand, in " + row);
        }
        return new Limit(row.path("system").asText(), row.path("port").textValue(), row.path("path").asText(), says.equals("required"),
            row.path("max").asInt(), row.path("lines").asText().equals("shipping"));
    }
}
