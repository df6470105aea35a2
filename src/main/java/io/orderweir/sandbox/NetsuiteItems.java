package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/** What the pretend account has besides goods: items for what is neither stock nor a gift card, ways to ship, tax codes. */
final class NetsuiteItems {
    /** Only a discount takes something off the line before it, and has no quantity. */
    enum Kind { GOODS, OTHER_CHARGE, DISCOUNT, GIFT_CARD, UNKNOWN }

    static final Set<String> SHIP_METHODS = Set.of("4", "5");
    static final Set<String> NEXUSES = Set.of("3");
    static final Set<String> TAX_TYPES = Set.of("5");
    /** Percent by internal id; 22 taxes nothing. */
    static final Map<String, String> TAX_CODES = Map.of("20", "6.5", "21", "19", "22", "0", "23", "7");
    /** Records of the account that an order or a customer may name. */
    static final Map<String, Set<String>> RECORDS = Map.of("class", Set.of("7", "8", "9"), "department", Set.of("3"), "location", Set.of("1", "2"), "subsidiary", Set.of("1", "2"), "terms", Set.of("5", "6"));
    private static final Map<String, String> OTHER = Map.of("901", "ORDERWEIR-TAX", "903", "ORDERWEIR-SHIPPING", "904", "ORDERWEIR-TIP", "905", "ORDERWEIR-DUTY", "906", "ORDERWEIR-FEE",
            "907", "ORDERWEIR-WRAP", "908", "ORDERWEIR-ROUNDING", "909", "ORDERWEIR-ADJUSTMENT", "911", "ORDERWEIR-CUSTOM");
    private static final Map<String, String> DISCOUNT = Map.of("902", "ORDERWEIR-DISCOUNT");
    private static final Map<String, String> GIFT_CARD = Map.of("910", "ORDERWEIR-GIFT-CARD");

    private final Catalogue catalogue;
    private final Set<String> extra;

    NetsuiteItems(Catalogue catalogue, Set<String> extra) {
        this.catalogue = catalogue;
        this.extra = extra;
    }

    /** @param item {@code {"id"}} or {@code {"externalId"}} */
    Kind kind(JsonNode item) {
        String name = item.path("externalId").asText("");
        if (catalogue.knows(name, extra)) {
            return Kind.GOODS;
        }
        return isOf(OTHER, item) ? Kind.OTHER_CHARGE : isOf(DISCOUNT, item) ? Kind.DISCOUNT : isOf(GIFT_CARD, item) ? Kind.GIFT_CARD : Kind.UNKNOWN;
    }

    /** What the account sells it for; null where it says no price. */
    BigDecimal price(JsonNode item) {
        return catalogue.price(item.path("externalId").asText(""));
    }

    private static boolean isOf(Map<String, String> items, JsonNode item) {
        return item.hasNonNull("externalId") ? items.containsValue(item.get("externalId").asText()) : items.containsKey(item.path("id").asText(""));
    }
}
