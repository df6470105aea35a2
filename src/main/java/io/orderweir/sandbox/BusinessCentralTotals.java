package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What Business Central itself says that a sales order comes to: from its lines, its own rates and its own rounding, and from no total that a caller names. The amount of a line is rounded, then its discount
 * is taken off; the tax is reckoned for each code over the whole document and rounded once. That it groups so is from memory of its posting, and unverified.
 */
public final class BusinessCentralTotals {
    /** Percent by code. */
    static final Map<String, String> TAX_CODES = Map.of("VAT19", "19", "VAT7", "7", "VAT0", "0", "SALES65", "6.5");
    /** What an item or an account has where a line says none. */
    static final String OWN_CODE = "VAT19";
    private static final Set<String> WHOLE = Set.of("JPY", "KRW", "CLP", "VND");
    private static final Set<String> THOUSANDTHS = Set.of("KWD", "BHD", "OMR", "JOD", "TND");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private BusinessCentralTotals() {
    }

    /** {@code {totalAmountExcludingTax, totalTaxAmount, totalAmountIncludingTax}} of a sales order with its {@code salesOrderLines}, as it was sent or as it is kept. */
    public static ObjectNode reckon(JsonNode order) {
        int digits = digits(order.path("currencyCode").asText());
        boolean included = order.path("pricesIncludeTax").asBoolean();
        Map<String, BigDecimal> byCode = new TreeMap<>();
        for (JsonNode line : order.path("salesOrderLines")) {
            byCode.merge(line.path("taxCode").asText(OWN_CODE), amount(line, digits), BigDecimal::add);
        }
        BigDecimal sum = byCode.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal tax = byCode.entrySet().stream().map(code -> tax(code.getValue(), TAX_CODES.getOrDefault(code.getKey(), "0"), included, digits)).reduce(BigDecimal.ZERO, BigDecimal::add);
        return Json.object().put("totalAmountExcludingTax", included ? sum.subtract(tax) : sum).put("totalTaxAmount", tax).put("totalAmountIncludingTax", included ? sum : sum.add(tax));
    }

    private static BigDecimal amount(JsonNode line, int digits) {
        return decimal(line, "quantity").multiply(decimal(line, "unitPrice")).setScale(digits, RoundingMode.HALF_UP).subtract(decimal(line, "discountAmount").setScale(digits, RoundingMode.HALF_UP));
    }

    private static BigDecimal tax(BigDecimal amount, String percent, boolean included, int digits) {
        BigDecimal rate = new BigDecimal(percent);
        return amount.multiply(rate).divide(included ? HUNDRED.add(rate) : HUNDRED, digits, RoundingMode.HALF_UP);
    }

    static BigDecimal decimal(JsonNode node, String field) {
        return node.path(field).isNumber() ? node.get(field).decimalValue() : BigDecimal.ZERO;
    }

    private static int digits(String currency) {
        return WHOLE.contains(currency) ? 0 : THOUSANDTHS.contains(currency) ? 3 : 2;
    }
}
