package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What NetSuite refuses in a sales order or a customer, as {@code o:errorDetails}.
 *
 * <p>Lengths and texts are from memory of the vendor's screens, not from a published contract: no test may claim
 * "as the vendor does" on them.
 */
final class NetsuiteRules {
    private static final Set<String> ORDER_FIELDS = Set.of("entity", "tranDate", "otherRefNum", "memo", "currency", "item",
            "shippingAddress", "billingAddress", "externalId", "email", "shipMethod", "shippingCost", "shipDate", "location",
            "subsidiary", "department", "class", "terms", "exchangeRate", "discountItem", "discountRate", "orderStatus", "isTaxable",
            "handlingCost", "shippingTaxCode", "taxDetailsOverride", "taxRegOverride", "nexus", "taxDetails");
    private static final Set<String> LINE_FIELDS = Set.of("item", "quantity", "rate", "amount", "description", "line",
            "isClosed", "price", "units", "location", "taxCode", "isTaxable", "taxDetailsReference");
    private static final Set<String> DETAIL_FIELDS = Set.of("taxDetailsReference", "taxType", "taxCode", "taxBasis", "taxRate", "taxAmount");
    /** What a caller may say: pending approval, pending fulfilment. Everything later follows from what is done with the order. */
    private static final Set<String> ORDER_STATUSES = Set.of("A", "B");
    private static final Map<String, Integer> TEXTS = Map.of("otherRefNum", 45, "memo", 999, "email", 254);
    private static final Map<String, Integer> ADDRESS_FIELDS = Map.of("addressee", 83, "attention", 83, "addr1", 150,
            "addr2", 150, "addr3", 150, "city", 50, "state", 150, "zip", 36, "addrPhone", 32);
    private static final Set<String> CUSTOMER_FIELDS = Set.of("entityId", "isPerson", "firstName", "lastName", "companyName", "email", "phone", "subsidiary", "terms", "comments", "externalId");
    private static final Map<String, Integer> CUSTOMER_TEXTS = Map.of("entityId", 80, "firstName", 32, "lastName", 32, "companyName", 83, "email", 254, "phone", 32);
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Set<String> WITHOUT_POSTAL_CODES = Set.of("AE", "AG", "AO", "AW", "BF", "BI", "BJ", "BO", "BS", "BW",
            "BZ", "CD", "CF", "CG", "CI", "CK", "CM", "DJ", "DM", "ER", "FJ", "GA", "GD", "GH", "GM", "GQ", "GY", "HK", "JM",
            "KI", "KM", "KN", "KP", "LY", "ML", "MO", "MR", "MW", "NR", "NU", "PA", "QA", "RW", "SB", "SC", "SL", "SR", "ST",
            "SY", "TD", "TF", "TG", "TK", "TL", "TO", "TV", "UG", "VU", "YE", "ZW");
    private static final Set<String> CURRENCIES = Set.of("USD", "EUR", "GBP", "CAD", "AUD", "NZD", "JPY", "SEK", "NOK", "DKK",
            "PLN", "CHF", "CZK", "SGD", "HKD", "MXN", "BRL", "INR", "ZAR", "AED", "ILS", "TRY", "KRW", "CNY", "KWD");

    private static final int FEWEST_DIGITS = 7;

    private final Catalogue catalogue;
    private final Settings settings;
    private final NetsuiteCustomers customers;

    NetsuiteRules(Catalogue catalogue, Settings settings, NetsuiteCustomers customers) {
        this.catalogue = catalogue;
        this.settings = settings;
        this.customers = customers;
    }

    /** The same of a customer. */
    ArrayNode customerProblems(ObjectNode customer, boolean checkNames) {
        Findings found = new Findings(checkNames);
        found.names(customer, CUSTOMER_FIELDS, "custentity_ow_", "");
        CUSTOMER_TEXTS.forEach((field, most) -> found.text(customer, field, "", most));
        boolean person = customer.path("isPerson").asBoolean();
        for (String needed : person ? List.of("firstName", "lastName") : List.of("companyName")) {
            if (customer.path(needed).asText("").isBlank()) {
                found.add("Error while accessing a resource. Please enter value(s) for: " + needed + ".", needed, "USER_ERROR");
            }
        }
        mail(customer, found);
        records(customer, found);
        return found.details;
    }

    /** Are the books closed for this day, such as 2026-11-27? For none where it is empty. */
    boolean isClosed(String day) {
        return !day.isEmpty() && day.compareTo(settings.text("closedUntil")) <= 0;
    }

    private boolean isCustomer(String id) {
        return settings.texts("customers").contains(id) || customers.knows(id);
    }

    private static void mail(ObjectNode record, Findings found) {
        if (record.path("email").isTextual() && !record.get("email").textValue().matches("[^\\s@,;<>]{1,64}@([^\\s@,;<>.]+\\.)+[^\\s@,;<>.]+")) {
            found.value("email", "email", record.get("email"));
        }
    }

    private static void records(ObjectNode record, Findings found) {
        NetsuiteItems.RECORDS.forEach((field, ids) -> {
            if (record.hasNonNull(field) && !ids.contains(record.path(field).path("id").asText())) {
                found.reference(field, record.get(field));
            }
        });
    }

    /** Empty when the vendor would take it. A new order (before is null) needs its customer, a whole one its items; a change brings only fields. Days of closed books are refused, old and new. */
    ArrayNode problems(ObjectNode order, ObjectNode before, boolean whole, boolean checkNames) {
        Findings found = new Findings(checkNames);
        String booked = before == null ? "" : before.path("tranDate").asText("");
        found.names(order, ORDER_FIELDS, "custbody_ow_", "");
        if (whole && before == null && !order.hasNonNull("entity")) {
            found.add("Error while accessing a resource. Please enter value(s) for: Customer.", "entity", "USER_ERROR");
        }
        if (order.hasNonNull("entity") && !isCustomer(order.path("entity").path("id").asText())) {
            found.reference("entity", order.path("entity"));
        }
        JsonNode currency = order.path("currency");
        if (order.hasNonNull("currency") && !CURRENCIES.contains(currency.path("refName").asText()) && !currency.has("id")) {
            found.reference("currency", currency);
        }
        TEXTS.forEach((field, most) -> found.text(order, field, "", most));
        if (order.hasNonNull("tranDate") && !isDate(order.get("tranDate"))) {
            found.value("tranDate", "tranDate", order.get("tranDate"));
        } else if (isClosed(order.path("tranDate").asText("")) || isClosed(booked)) {
            found.add("The accounting period of this transaction is closed. Change its date, or open the period.", "tranDate", "CLOSED_TRAN_PRD");
        }
        if (order.hasNonNull("orderStatus") && !ORDER_STATUSES.contains(order.path("orderStatus").path("id").asText())) {
            found.reference("orderStatus", order.get("orderStatus"));
        }
        records(order, found);
        mail(order, found);
        items(order, whole, found);
        shipping(order, found);
        taxes(order, whole, found);
        address(order, "shippingAddress", found);
        address(order, "billingAddress", found);
        return found.details;
    }

    private void items(ObjectNode order, boolean whole, Findings found) {
        if (!order.has("item") && !whole) {
            return;
        }
        JsonNode items = order.path("item").path("items");
        if (!items.isArray() || items.isEmpty()) {
            found.add("Error while accessing a resource. You must enter at least one line item for this transaction.",
                    "item.items", "USER_ERROR");
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            line(items.get(i), "item.items[" + i + "].", found);
        }
    }

    private static void shipping(ObjectNode order, Findings found) {
        if (order.hasNonNull("shipMethod") && !NetsuiteItems.SHIP_METHODS.contains(order.path("shipMethod").path("id").asText())) {
            found.reference("shipMethod", order.get("shipMethod"));
        }
        if (order.hasNonNull("shippingCost") && (!order.get("shippingCost").isNumber() || order.get("shippingCost").decimalValue().signum() < 0)) {
            found.value("shippingCost", "shippingCost", order.get("shippingCost"));
        }
    }

    /** Taxes laid over the account's own need a nexus, and of every line at least one detail of a code and a type there are. */
    private static void taxes(ObjectNode order, boolean whole, Findings found) {
        code(order, "shippingTaxCode", "", found);
        if (!order.path("taxDetailsOverride").asBoolean()) {
            return;
        }
        if (!NetsuiteItems.NEXUSES.contains(order.path("nexus").path("id").asText())) {
            found.reference("nexus", order.path("nexus"));
        }
        JsonNode details = order.path("taxDetails").path("items");
        for (int i = 0; i < details.size(); i++) {
            String path = "taxDetails.items[" + i + "].";
            JsonNode detail = details.get(i);
            found.names(detail, DETAIL_FIELDS, "custcol_ow_", path);
            code(detail, "taxCode", path, found);
            if (!NetsuiteItems.TAX_TYPES.contains(detail.path("taxType").path("id").asText())) {
                found.reference(path + "taxType", detail.path("taxType"));
            }
            for (String money : new String[] {"taxBasis", "taxAmount"}) {
                if (!detail.path(money).isNumber()) {
                    found.value(money, path + money, detail.path(money));
                }
            }
        }
        if (whole) {
            NetsuiteTotals.missingDetails(order).forEach(reference -> found.add("The tax details do not match the line with the tax details reference " + reference + ".", "taxDetails.items", "USER_ERROR"));
        }
    }

    private static void code(JsonNode node, String field, String path, Findings found) {
        if (node.hasNonNull(field) && !NetsuiteItems.TAX_CODES.containsKey(node.path(field).path("id").asText())) {
            found.reference(path + field, node.get(field));
        }
    }

    private void line(JsonNode line, String path, Findings found) {
        if (!line.isObject()) {
            found.value("items", path.substring(0, path.length() - 1), line);
            return;
        }
        found.names(line, LINE_FIELDS, "custcol_ow_", path);
        NetsuiteItems.Kind kind = new NetsuiteItems(catalogue, settings.texts("extraItems")).kind(line.path("item"));
        if (!line.hasNonNull("item")) {
            found.add("Error while accessing a resource. Please enter value(s) for: Item.", path + "item", "USER_ERROR");
        } else if (kind == NetsuiteItems.Kind.UNKNOWN) {
            found.reference(path + "item", line.get("item"));
        }
        code(line, "taxCode", path, found);
        boolean closed = line.path("isClosed").asBoolean(false);
        if (line.has("isClosed") && !line.get("isClosed").isBoolean()) {
            found.value("isClosed", path + "isClosed", line.get("isClosed"));
        }
        JsonNode quantity = line.path("quantity");
        boolean missing = quantity.isMissingNode() || quantity.isNull();
        if (kind == NetsuiteItems.Kind.DISCOUNT) {
            if (!missing) {
                found.value("quantity", path + "quantity", quantity);
            }
        } else if (missing && !closed) {
            found.add("Error while accessing a resource. Please enter value(s) for: Quantity.", path + "quantity", "USER_ERROR");
        } else if (!missing && (!quantity.isNumber() || quantity.decimalValue().signum() < (closed ? 0 : 1))) {
            found.value("quantity", path + "quantity", quantity);
        }
        for (String money : new String[] {"rate", "amount"}) {
            if (line.hasNonNull(money) && (!line.get(money).isNumber() || line.get(money).decimalValue().signum() < 0 && (kind == NetsuiteItems.Kind.GOODS || kind == NetsuiteItems.Kind.GIFT_CARD))) {
                found.value(money, path + money, line.get(money));
            }
        }
        found.text(line, "description", path, 999);
        line.fieldNames().forEachRemaining(name -> {
            if (name.startsWith("custcol_ow_")) {
                found.text(line, name, path, 4_000);
            }
        });
    }

    private void address(ObjectNode order, String field, Findings found) {
        JsonNode address = order.path(field);
        if (!order.hasNonNull(field)) {
            return;
        }
        if (!address.isObject()) {
            found.value(field, field, address);
            return;
        }
        for (String name : (Iterable<String>) address::fieldNames) {
            if (!ADDRESS_FIELDS.containsKey(name) && !name.equals("country") && !name.equals("override")) {
                found.unknown(name, field + "." + name);
            }
        }
        ADDRESS_FIELDS.forEach((name, most) -> found.text(address, name, field + ".", most));
        String phone = address.path("addrPhone").asText("");
        if (!phone.isBlank() && phone.chars().filter(Character::isDigit).count() < FEWEST_DIGITS) {
            found.add("Phone number should have seven digits or more.", field + ".addrPhone", "USER_ERROR");
        }
        String country = address.path("country").path("id").asText("");
        if (address.hasNonNull("country") && !COUNTRIES.contains(country)) {
            found.reference(field + ".country", address.get("country"));
        }
        String zip = address.path("zip").asText("");
        boolean possible = zip.isBlank() || WITHOUT_POSTAL_CODES.contains(country) || zip.matches("(?s).*[A-Za-z0-9].*");
        if (!possible) {
            found.add("Invalid value for the resource or sub-resource field 'zip'. '" + zip
                    + "' is not a postal code of the country " + country + ". Provide a valid value.", field + ".zip", "INVALID_CONTENT");
        }
    }

    private static boolean isDate(JsonNode value) {
        try {
            return value.isTextual() && LocalDate.parse(value.textValue()) != null;
        } catch (DateTimeException notADate) {
            return false;
        }
    }

    static ArrayNode one(String detail, String path, String code) {
        Findings found = new Findings(true);
        found.add(detail, path, code);
        return found.details;
    }

    private static final class Findings {
        private final ArrayNode details = Json.array();
        private final boolean checkNames;

        private Findings(boolean checkNames) {
            this.checkNames = checkNames;
        }

        void add(String detail, String path, String code) {
            ObjectNode one = details.addObject().put("detail", detail);
            if (path != null) {
                one.put("o:errorPath", path);
            }
            one.put("o:errorCode", code);
        }

        void names(JsonNode node, Set<String> known, String ownPrefix, String path) {
            for (String name : (Iterable<String>) node::fieldNames) {
                if (!known.contains(name) && !name.startsWith(ownPrefix)) {
                    unknown(name, path + name);
                }
            }
        }

        void unknown(String name, String path) {
            if (checkNames) {
                add("Unknown reference or field '" + name + "' in the request body. Remove it or correct its name.", path, "INVALID_CONTENT");
            }
        }

        void reference(String path, JsonNode value) {
            add("Invalid reference " + value + " for the field '" + path + "'. The record does not exist.", path, "INVALID_KEY_OR_REF");
        }

        void value(String name, String path, JsonNode value) {
            add("Invalid value for the resource or sub-resource field '" + name + "'. Provide a valid value instead of " + value + ".",
                    path, "INVALID_CONTENT");
        }

        void text(JsonNode node, String field, String path, int most) {
            JsonNode value = node.path(field);
            if (value.isMissingNode() || value.isNull()) {
                return;
            }
            if (!value.isTextual()) {
                value(field, path + field, value);
            } else if (value.textValue().codePointCount(0, value.textValue().length()) > most) {
                add("The field " + field + " contained more than the maximum number ( " + most + " ) of characters allowed.",
                        path + field, "USER_ERROR");
            }
        }
    }
}
