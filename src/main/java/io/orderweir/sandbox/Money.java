package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/** Writes amounts as Shopify does: a string, and beside it the pair of shop money and presentment money. */
final class Money {
    private static final int TAX_PERCENT = 6;
    private static final String SALES_TAX = "Sales Tax";

    private Money() {
    }

    static String text(long cents) {
        return BigDecimal.valueOf(cents, 2).toPlainString();
    }

    static long cents(JsonNode text) {
        return new BigDecimal(text.asText("0")).movePointRight(2).longValue();
    }

    static ObjectNode bag(long cents, String currency) {
        ObjectNode bag = Json.object();
        bag.putObject("shop_money").put("amount", text(cents)).put("currency_code", currency);
        bag.putObject("presentment_money").put("amount", text(cents)).put("currency_code", currency);
        return bag;
    }

    static void put(ObjectNode node, String field, long cents, String currency) {
        node.put(field, text(cents));
        node.set(field + "_set", bag(cents, currency));
    }

    static ObjectNode tax(long cents, String currency) {
        ObjectNode tax = Json.object();
        put(tax, "price", (cents * TAX_PERCENT + 50) / 100, currency);
        return tax.put("rate", TAX_PERCENT / 100.0).put("title", SALES_TAX).put("channel_liable", false);
    }

    /** Takes an amount off a line, as a share of a code that is the order's. */
    static void allocate(ObjectNode line, long cents, String currency) {
        ObjectNode share = line.withArray("discount_allocations").addObject().put("discount_application_index", 0);
        put(share, "amount", cents, currency);
    }

    /** Adds an order up again from its lines: once as it was placed, once as it is after edits, when the shop reckons each line's tax anew. */
    static void total(ObjectNode order) {
        String currency = order.path("currency").asText("USD");
        Sum placed = new Sum();
        Sum current = new Sum();
        long grams = 0;
        for (JsonNode line : order.path("line_items")) {
            long quantity = line.path("quantity").asLong();
            long left = line.path("current_quantity").asLong(quantity);
            long price = cents(line.path("price"));
            long discount = discount(line);
            boolean ours = line.path("tax_lines").path(0).path("title").asText().equals(SALES_TAX);
            if (ours) {
                ((ObjectNode) line).putArray("tax_lines").add(tax(price * quantity - discount, currency));
            }
            long discountLeft = quantity == 0 ? 0 : (2 * discount * left + quantity) / (2 * quantity);
            placed.add(price * quantity, discount, taxes(line));
            current.add(price * left, discountLeft, ours ? cents(tax(price * left - discountLeft, currency).path("price")) : left == quantity ? taxes(line) : taxes(line) * left / quantity);
            grams += line.path("grams").asLong() * quantity;
        }
        long shipping = 0;
        for (JsonNode one : order.path("shipping_lines")) {
            shipping += cents(one.path("price")) - discount(one);
            placed.add(0, 0, taxes(one));
            current.add(0, 0, taxes(one));
        }
        put(order, "total_line_items_price", placed.goods, currency);
        put(order, "subtotal_price", placed.goods - placed.discount, currency);
        put(order, "total_discounts", placed.discount, currency);
        put(order, "total_tax", placed.tax, currency);
        put(order, "total_price", placed.goods - placed.discount + placed.tax + shipping, currency);
        put(order, "current_subtotal_price", current.goods - current.discount, currency);
        put(order, "current_total_discounts", current.discount, currency);
        put(order, "current_total_tax", current.tax, currency);
        put(order, "current_total_price", current.goods - current.discount + current.tax + shipping, currency);
        order.set("total_shipping_price_set", bag(shipping, currency));
        ObjectNode all = tax(0, currency);
        put(all, "price", placed.tax, currency);
        order.putArray("tax_lines").add(all);
        order.set("total_cash_rounding_payment_adjustment_set", bag(0, currency));
        order.set("total_cash_rounding_refund_adjustment_set", bag(0, currency));
        order.put("total_outstanding", "0.00").put("total_tip_received", "0.00").put("total_weight", grams);
    }

    private static long discount(JsonNode line) {
        return sum(line.path("discount_allocations"), "amount");
    }

    private static long taxes(JsonNode line) {
        return sum(line.path("tax_lines"), "price");
    }

    private static long sum(JsonNode list, String field) {
        long sum = 0;
        for (JsonNode one : list) {
            sum += cents(one.path(field));
        }
        return sum;
    }

    private static final class Sum {
        private long goods;
        private long discount;
        private long tax;

        private void add(long goods, long discount, long tax) {
            this.goods += goods;
            this.discount += discount;
            this.tax += tax;
        }
    }
}
