package io.orderweir.money;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an order is worth by its own parts, worked out once for all targets: exact decimals of its currency, for the quantities that are left of its lines.
 * Prices and discounts have the tax in them where the order says {@code taxesIncluded}; net amounts never have.
 */
public final class Worth {

    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream().map(Currency::getCurrencyCode).collect(Collectors.toSet());

    /** A line, what shipping costs, or a charge: its price for the whole quantity, what is taken off it, and the tax on it or in it. */
    private record Part(JsonNode said, BigDecimal price, BigDecimal discount, BigDecimal tax, boolean taxable) {

        BigDecimal paid() {
            return price.subtract(discount);
        }
    }

    private final JsonNode order;
    private final boolean included;
    private final List<Part> lines = new ArrayList<>();
    private final List<Part> shipping = new ArrayList<>();
    private final List<Part> charges = new ArrayList<>();

    private Worth(JsonNode order) {
        this.order = order;
        included = order.path("taxesIncluded").asBoolean();
        List<JsonNode> said = new ArrayList<>();
        order.path("lineItems").forEach(line -> said.add(line));
        order.path("shippingLines").forEach(said::add);
        order.path("charges").forEach(said::add);
        boolean placed = said.stream().anyMatch(part -> part.has("tax") || part.has("totalTax"));
        order.path("lineItems").forEach(line -> lines.add(new Part(line, amount(line, "unitPrice").multiply(BigDecimal.valueOf(line.path("quantity").asLong())), amount(line, "totalDiscount"), amount(line, "totalTax"),
                line.path("taxable").asBoolean(true) && !line.path("giftCard").asBoolean())));
        order.path("shippingLines").forEach(one -> shipping.add(new Part(one, amount(one, "price"), amount(one, "discount"), amount(one, "tax"), true)));
        order.path("charges").forEach(one -> charges.add(new Part(one, amount(one, "amount"), BigDecimal.ZERO, amount(one, "tax"), false)));
        if (!placed && amount(order, "orderTax").signum() != 0) {
            place(amount(order, "orderTax"));
        }
    }

    /** The worth of a canonical order that follows its schema. */
    public static Worth of(JsonNode order) {
        return new Worth(order);
    }

    /** What the parts come to, tax and all. */
    public BigDecimal total() {
        return paid(lines).add(paid(shipping)).add(paid(charges)).add(included ? BigDecimal.ZERO : tax());
    }

    public BigDecimal tax() {
        return sum(lines, Part::tax).add(sum(shipping, Part::tax)).add(sum(charges, Part::tax));
    }

    /** The total that the order says less that of its parts; zero where it says none. */
    public BigDecimal difference() {
        return order.has("totalPrice") ? amount(order, "totalPrice").subtract(total()) : BigDecimal.ZERO;
    }

    /** The tax that the order says less that of its parts; zero where it says none. */
    public BigDecimal taxDifference() {
        return order.has("orderTax") ? amount(order, "orderTax").subtract(tax()) : BigDecimal.ZERO;
    }

    /** Such as {@code goods 100.00, shipping 5.00, tax 8.00}: what there is, as it adds up to the total. */
    public String parts() {
        List<String> parts = new ArrayList<>();
        named(parts, "goods", paid(lines));
        named(parts, "shipping", paid(shipping));
        charges.forEach(charge -> named(parts, charge.said().path("kind").asText(), charge.paid()));
        named(parts, "tax", included ? BigDecimal.ZERO : tax());
        return parts.isEmpty() ? "nothing" : String.join(", ", parts);
    }

    /**
     * What outgoing mappings read: {@code {total, net, tax, lines: {<id>: {price, discount, net, tax, taxes}}, shipping: {net, tax}, shippingLines: [..], charges: [..]}}, every amount as decimal text.
     * Shipping lines and charges are those of the order, with their net, tax and taxes.
     */
    public ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("total", text(total())).put("net", text(total().subtract(tax()))).put("tax", text(tax()));
        ObjectNode byLine = document.putObject("lines");
        lines.forEach(line -> {
            ObjectNode one = byLine.putObject(line.said().path("id").asText()).put("price", text(line.price())).put("discount", text(line.discount()));
            reckoned(line, one);
        });
        document.putObject("shipping").put("net", text(net(shipping))).put("tax", text(sum(shipping, Part::tax)));
        listed(shipping, document.putArray("shippingLines"));
        listed(charges, document.putArray("charges"));
        return document;
    }

    private void listed(List<Part> parts, ArrayNode list) {
        parts.forEach(part -> {
            ObjectNode one = list.addObject();
            List.of("kind", "id", "title", "code").forEach(name -> {
                if (part.said().has(name)) {
                    one.set(name, part.said().get(name));
                }
            });
            reckoned(part, one);
        });
    }

    private void reckoned(Part part, ObjectNode one) {
        one.put("net", text(net(part))).put("tax", text(part.tax()));
        if (part.said().has("taxes")) {
            one.set("taxes", part.said().get("taxes"));
        }
    }

    /** A shop that says the tax of the whole alone: each part has its share, and together they have all of it. */
    private void place(BigDecimal tax) {
        List<List<Part>> taxed = List.of(lines, shipping);
        BigDecimal base = taxed.stream().flatMap(List::stream).filter(Part::taxable).map(Part::paid).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (base.signum() <= 0) {
            return;
        }
        int digits = Math.max(tax.stripTrailingZeros().scale(), digits());
        BigDecimal before = BigDecimal.ZERO;
        BigDecimal given = BigDecimal.ZERO;
        for (List<Part> parts : taxed) {
            for (int i = 0; i < parts.size(); i++) {
                Part part = parts.get(i);
                if (part.taxable()) {
                    before = before.add(part.paid());
                    BigDecimal upToHere = tax.multiply(before).divide(base, digits, RoundingMode.HALF_UP);
                    parts.set(i, new Part(part.said(), part.price(), part.discount(), upToHere.subtract(given), true));
                    given = upToHere;
                }
            }
        }
    }

    private int digits() {
        String currency = order.path("currency").asText();
        return CURRENCIES.contains(currency) ? Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits()) : 2;
    }

    private BigDecimal net(List<Part> parts) {
        return sum(parts, this::net);
    }

    private BigDecimal net(Part part) {
        return included ? part.paid().subtract(part.tax()) : part.paid();
    }

    private static BigDecimal paid(List<Part> parts) {
        return sum(parts, Part::paid);
    }

    private static BigDecimal sum(List<Part> parts, Function<Part, BigDecimal> amount) {
        return parts.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static void named(List<String> parts, String name, BigDecimal amount) {
        if (amount.signum() != 0) {
            parts.add(name + " " + text(amount));
        }
    }

    private static BigDecimal amount(JsonNode said, String field) {
        return new BigDecimal(said.path(field).asText("0"));
    }

    private static String text(BigDecimal amount) {
        return amount.toPlainString();
    }
}
