package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/** Writes amounts as Shopify does: a string, and beside it the pair of shop money and presentment money. */
final class Money {
    private static final int TAX_PERCENT = 6;

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
        put(tax, "price", cents * TAX_PERCENT / 100, currency);
        return tax.put("rate", TAX_PERCENT / 100.0).put("title", "Sales Tax").put("channel_liable", false);
    }

    /** Adds an order up again from its lines: once as it was placed, once as it is after edits. */
    static void total(ObjectNode order) {
        String currency = order.path("currency").asText("USD");
        long placed = 0;
        long current = 0;
        long grams = 0;
        for (JsonNode line : order.path("line_items")) {
            placed += cents(line.path("price")) * line.path("quantity").asLong();
            current += cents(line.path("price")) * line.path("current_quantity").asLong(line.path("quantity").asLong());
            grams += line.path("grams").asLong() * line.path("quantity").asLong();
        }
        long shipping = cents(order.path("shipping_lines").path(0).path("price"));
        put(order, "subtotal_price", placed, currency);
        put(order, "total_line_items_price", placed, currency);
        put(order, "total_discounts", 0, currency);
        put(order, "total_tax", placed * TAX_PERCENT / 100, currency);
        put(order, "total_price", placed + placed * TAX_PERCENT / 100 + shipping, currency);
        put(order, "current_subtotal_price", current, currency);
        put(order, "current_total_discounts", 0, currency);
        put(order, "current_total_tax", current * TAX_PERCENT / 100, currency);
        put(order, "current_total_price", current + current * TAX_PERCENT / 100 + shipping, currency);
        order.set("total_shipping_price_set", bag(shipping, currency));
        order.putArray("tax_lines").add(tax(placed, currency));
        order.set("total_cash_rounding_payment_adjustment_set", bag(0, currency));
        order.set("total_cash_rounding_refund_adjustment_set", bag(0, currency));
        order.put("total_outstanding", "0.00").put("total_tip_received", "0.00").put("total_weight", grams);
    }
}
