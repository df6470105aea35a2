package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What NetSuite itself says that a sales order comes to: from its lines, its own rates and its own rounding, and from no total that a caller names, for there is no field for one.
 * An account with SuiteTax; whether {@code amount} counts before {@code rate}, and what becomes of a cost without a method, is unverified.
 */
public final class NetsuiteTotals {
    private static final Map<String, String> RATES = Map.of("DE", "19", "AT", "20", "FR", "20", "GB", "20", "IE", "23", "US", "6.5", "JP", "10", "CA", "5");
    private static final Set<String> WHOLE = Set.of("JPY", "KRW", "CLP", "VND");
    private static final Set<String> THOUSANDTHS = Set.of("KWD", "BHD", "OMR", "JOD", "TND");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final NetsuiteItems items;
    private final boolean roundsLines;

    NetsuiteTotals(NetsuiteItems items, boolean roundsLines) {
        this.items = items;
        this.roundsLines = roundsLines;
    }

    /** Of an account that also has these items and rounds the tax of each line, or of the whole. */
    public static NetsuiteTotals of(Set<String> extraItems, boolean roundsLines) {
        return new NetsuiteTotals(new NetsuiteItems(new Catalogue(), extraItems), roundsLines);
    }

    /** {@code {subtotal, taxTotal, altShippingCost, altHandlingCost, total}} of a sales order as it was sent. */
    public ObjectNode reckon(JsonNode order) {
        int digits = digits(order.path("currency").path("refName").asText());
        BigDecimal subtotal = BigDecimal.ZERO;
        BigDecimal tax = BigDecimal.ZERO;
        for (JsonNode line : order.path("item").path("items")) {
            BigDecimal amount = amount(line, digits);
            subtotal = subtotal.add(amount);
            tax = tax.add(tax(amount, line.path("isTaxable").asBoolean(true) && items.kind(line.path("item")) != NetsuiteItems.Kind.GIFT_CARD, line.path("taxCode"), order, digits));
        }
        BigDecimal shipping = order.hasNonNull("shipMethod") && order.path("shippingCost").isNumber() ? order.get("shippingCost").decimalValue().setScale(digits, RoundingMode.HALF_UP) : BigDecimal.ZERO;
        tax = tax.add(tax(shipping, order.path("isTaxable").asBoolean(true), order.path("shippingTaxCode"), order, digits));
        if (order.path("taxDetailsOverride").asBoolean()) {
            tax = BigDecimal.ZERO;
            for (JsonNode detail : order.path("taxDetails").path("items")) {
                tax = tax.add(detail.path("taxAmount").decimalValue());
            }
        }
        tax = tax.setScale(digits, RoundingMode.HALF_UP);
        BigDecimal handling = order.path("handlingCost").isNumber() ? order.get("handlingCost").decimalValue().setScale(digits, RoundingMode.HALF_UP) : BigDecimal.ZERO;
        ObjectNode totals = Json.object();
        totals.put("subtotal", subtotal).put("taxTotal", tax).put("altShippingCost", shipping).put("altHandlingCost", handling);
        return totals.put("total", subtotal.add(tax).add(shipping).add(handling));
    }

    /** Without the price level Custom the item's own price counts, whatever rate or amount a caller sends. */
    private BigDecimal amount(JsonNode line, int digits) {
        if (line.path("isClosed").asBoolean()) {
            return BigDecimal.ZERO;
        }
        BigDecimal quantity = line.path("quantity").isNumber() ? line.get("quantity").decimalValue() : BigDecimal.ONE;
        BigDecimal own = items.price(line.path("item"));
        BigDecimal amount = own != null && !line.path("price").path("id").asText().equals("-1") ? own.multiply(quantity)
                : line.path("amount").isNumber() ? line.get("amount").decimalValue()
                : line.path("rate").isNumber() ? line.get("rate").decimalValue().multiply(quantity) : BigDecimal.ZERO;
        return amount.setScale(digits, RoundingMode.HALF_UP);
    }

    private BigDecimal tax(BigDecimal amount, boolean taxable, JsonNode code, JsonNode order, int digits) {
        String rate = code.hasNonNull("id") ? NetsuiteItems.TAX_CODES.getOrDefault(code.get("id").asText(), "0")
                : RATES.getOrDefault(order.path("shippingAddress").path("country").path("id").asText(), "0");
        BigDecimal tax = taxable ? amount.multiply(new BigDecimal(rate)).divide(HUNDRED) : BigDecimal.ZERO;
        return roundsLines ? tax.setScale(digits, RoundingMode.HALF_UP) : tax;
    }

    private static int digits(String currency) {
        return WHOLE.contains(currency) ? 0 : THOUSANDTHS.contains(currency) ? 3 : 2;
    }

    /** Complaints about the tax details of an order that brings its own; each line needs at least one of them. */
    static List<String> missingDetails(JsonNode order) {
        if (!order.path("taxDetailsOverride").asBoolean()) {
            return List.of();
        }
        Set<String> detailed = new HashSet<>();
        order.path("taxDetails").path("items").forEach(detail -> detailed.add(detail.path("taxDetailsReference").path("id").asText()));
        List<String> missing = new ArrayList<>();
        order.path("item").path("items").forEach(line -> {
            if (!detailed.remove(line.path("taxDetailsReference").asText(""))) {
                missing.add(line.path("taxDetailsReference").asText("(none)"));
            }
        });
        detailed.remove("SHIPPING");
        missing.addAll(detailed);
        return missing;
    }
}
