package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What Business Central refuses in a sales order, its lines, a customer or a payment. Field names and what is read only are those of the published resources (learn.microsoft.com, dynamics_salesorder,
 * dynamics_salesorderline, dynamics_customer, dynamics_customerpayment). Lengths, accounts and the words are from memory: no test may claim "as the vendor does" on them.
 */
final class BusinessCentralRules {
    private enum Kind { TEXT, NUMBER, WHOLE, YES_NO, DATE, LINES }

    /** One refusal, as {@code {"error": {code, message}}} has it. */
    record Complaint(String code, String message) {
    }

    /** A field that may be written: what it is, and how long. */
    private record Field(Kind kind, int most) {
    }

    private static final Map<String, Field> ORDER = new TreeMap<>(Map.ofEntries(text("externalDocumentNumber", 35), text("customerNumber", 20), text("shipToName", 100), text("shipToContact", 100),
            text("shipToAddressLine1", 100), text("shipToAddressLine2", 50), text("shipToCity", 30), text("shipToState", 30), text("shipToPostCode", 20), text("shipToCountry", 10), text("phoneNumber", 30),
            text("email", 80), text("shortcutDimension1Code", 20), text("shortcutDimension2Code", 20), text("currencyCode", 10), Map.entry("orderDate", new Field(Kind.DATE, 0)),
            Map.entry("pricesIncludeTax", new Field(Kind.YES_NO, 0)), Map.entry("discountAmount", new Field(Kind.NUMBER, 0)), Map.entry("salesOrderLines", new Field(Kind.LINES, 0))));
    private static final Map<String, Field> LINE = new TreeMap<>(Map.of("sequence", new Field(Kind.WHOLE, 0), "lineType", new Field(Kind.TEXT, 20), "lineObjectNumber", new Field(Kind.TEXT, 20),
            "description", new Field(Kind.TEXT, 100), "quantity", new Field(Kind.NUMBER, 0), "unitPrice", new Field(Kind.NUMBER, 0), "discountAmount", new Field(Kind.NUMBER, 0), "taxCode", new Field(Kind.TEXT, 20)));
    private static final Map<String, Field> CUSTOMER = new TreeMap<>(Map.of("number", new Field(Kind.TEXT, 20), "displayName", new Field(Kind.TEXT, 100), "type", new Field(Kind.TEXT, 10), "email", new Field(Kind.TEXT, 80)));
    private static final Map<String, Field> PAYMENT = new TreeMap<>(Map.of("customerNumber", new Field(Kind.TEXT, 20), "postingDate", new Field(Kind.DATE, 0), "documentNumber", new Field(Kind.TEXT, 20),
            "externalDocumentNumber", new Field(Kind.TEXT, 35), "amount", new Field(Kind.NUMBER, 0), "description", new Field(Kind.TEXT, 100)));
    private static final Set<String> READ_ONLY = Set.of("id", "number", "customerName", "billToName", "discountAppliedBeforeTax", "totalAmountExcludingTax", "totalTaxAmount", "totalAmountIncludingTax", "fullyShipped",
            "status", "lastModifiedDateTime", "documentId", "amountExcludingTax", "taxPercent", "amountIncludingTax", "netAmount", "shippedQuantity", "invoicedQuantity");
    /** G/L accounts of the pretend company. */
    static final Set<String> ACCOUNTS = Set.of("8400", "8410", "8420", "2380");
    private static final Set<String> DIMENSIONS = Set.of("WEB", "WEB-EU");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Set<String> CURRENCIES = Set.of("USD", "EUR", "GBP", "CAD", "AUD", "JPY", "SEK", "NOK", "DKK", "PLN", "CHF", "CZK", "KWD");
    private static final String RELATION = "Internal_InvalidTableRelation";

    private final Catalogue catalogue;
    private final Settings settings;

    BusinessCentralRules(Catalogue catalogue, Settings settings) {
        this.catalogue = catalogue;
        this.settings = settings;
    }

    /** Null when it would be taken. {@code knows} says whether a customer's number is known; a new order needs one. */
    Complaint order(ObjectNode order, boolean anew, Predicate<String> knows) {
        Complaint wrong = fields(order, ORDER, "salesOrder");
        if (wrong != null) {
            return wrong;
        }
        if (!anew && order.has("salesOrderLines")) {
            return new Complaint("BadRequest", "Nested entities cannot be changed; deep patching is not supported.");
        }
        if (anew && !order.hasNonNull("customerNumber") || order.hasNonNull("customerNumber") && !knows.test(order.get("customerNumber").asText())) {
            return new Complaint("Application_DialogException", "The sell-to customer cannot be found.");
        }
        if (order.hasNonNull("currencyCode") && !CURRENCIES.contains(order.get("currencyCode").asText())) {
            return new Complaint("Application_DialogException", "The \"currencyCode\" does not match to a Currency.");
        }
        String country = order.path("shipToCountry").asText("");
        if (!country.isEmpty() && !COUNTRIES.contains(country)) {
            return relation("Ship-to Country/Region Code", "Sales Header", country, "Country/Region");
        }
        for (String dimension : new String[] {"shortcutDimension1Code", "shortcutDimension2Code"}) {
            String code = order.path(dimension).asText("");
            if (!code.isEmpty() && !DIMENSIONS.contains(code)) {
                return relation(dimension, "Sales Header", code, "Dimension Value");
            }
        }
        for (JsonNode line : order.path("salesOrderLines")) {
            Complaint inLine = line.isObject() ? line((ObjectNode) line, true) : new Complaint("BadRequest", "A line has to be an object.");
            if (inLine != null) {
                return inLine;
            }
        }
        return null;
    }

    /** The same of a line; a new one says what it is of. */
    Complaint line(ObjectNode line, boolean anew) {
        Complaint wrong = fields(line, LINE, "salesOrderLine");
        if (wrong != null) {
            return wrong;
        }
        String type = line.path("lineType").asText(anew ? "Comment" : "");
        String number = line.path("lineObjectNumber").asText("");
        if (!type.isEmpty() && !Set.of("Comment", "Account", "Item").contains(type)) {
            return new Complaint("BadRequest", "The value '" + type + "' is not a lineType.");
        }
        if (type.equals("Item") && !catalogue.knows(number, settings.texts("extraItems"))) {
            return relation("No.", "Sales Line", number, "Item");
        }
        if (type.equals("Account") && !ACCOUNTS.contains(number)) {
            return relation("No.", "Sales Line", number, "G/L Account");
        }
        if (type.equals("Comment") && (line.has("quantity") || line.has("unitPrice"))) {
            return new Complaint("Application_DialogException", "Type must not be Comment in a sales line with a quantity.");
        }
        String code = line.path("taxCode").asText("");
        if (!code.isEmpty() && !BusinessCentralTotals.TAX_CODES.containsKey(code)) {
            return relation("VAT Prod. Posting Group", "Sales Line", code, "VAT Product Posting Group");
        }
        if (type.equals("Item") && BusinessCentralTotals.decimal(line, "quantity").signum() <= 0) {
            return new Complaint("Application_FieldValidationException", "Quantity must be positive in a sales order.");
        }
        if (BusinessCentralTotals.decimal(line, "discountAmount").signum() < 0) {
            return new Complaint("Application_FieldValidationException", "Line Discount Amount must not be negative.");
        }
        return null;
    }

    Complaint customer(ObjectNode customer) {
        Complaint wrong = fields(customer, CUSTOMER, "customer");
        return wrong != null ? wrong : customer.path("displayName").asText("").isBlank() ? new Complaint("Application_DialogException", "The customer needs a displayName.")
                : Set.of("Person", "Company").contains(customer.path("type").asText("Company")) ? null : new Complaint("BadRequest", "The value is not a type of a contact.");
    }

    /** What a customer paid is below zero: another amount could be written, and never posted. */
    Complaint payment(ObjectNode payment, boolean anew, Predicate<String> knows) {
        Complaint wrong = fields(payment, PAYMENT, "customerPayment");
        if (wrong != null) {
            return wrong;
        }
        if ((anew || payment.has("customerNumber")) && !knows.test(payment.path("customerNumber").asText())) {
            return new Complaint("Application_DialogException", "The \"customerNumber\" does not match to a Customer.");
        }
        return (anew || payment.has("amount")) && BusinessCentralTotals.decimal(payment, "amount").signum() >= 0 ? new Complaint("Application_FieldValidationException", "Amount must be negative in a payment of a customer.") : null;
    }

    private static Complaint fields(ObjectNode node, Map<String, Field> known, String entity) {
        for (String name : (Iterable<String>) node::fieldNames) {
            Field field = known.get(name);
            JsonNode value = node.get(name);
            if (field == null) {
                return READ_ONLY.contains(name) ? new Complaint("Application_DialogException", "The field " + name + " is read only.")
                        : new Complaint("BadRequest", "The property '" + name + "' does not exist on type 'Microsoft.NAV." + entity + "'. Make sure to only use property names that are defined by the type.");
            }
            if (!fits(field.kind(), value)) {
                return new Complaint("BadRequest", "Cannot convert the value of the property '" + name + "' to its type.");
            }
            if (field.kind() == Kind.TEXT && value.textValue().length() > field.most()) {
                return new Complaint("Application_StringExceededLength", "The length of the string is " + value.textValue().length() + ", but it must be less than or equal to " + field.most() + " characters.");
            }
        }
        return null;
    }

    private static boolean fits(Kind kind, JsonNode value) {
        return switch (kind) {
            case TEXT -> value.isTextual();
            case NUMBER -> value.isNumber();
            case WHOLE -> value.isIntegralNumber() && value.canConvertToInt() && value.intValue() > 0;
            case YES_NO -> value.isBoolean();
            case LINES -> value.isArray();
            case DATE -> isDate(value);
        };
    }

    private static boolean isDate(JsonNode value) {
        try {
            return value.isTextual() && LocalDate.parse(value.textValue()) != null;
        } catch (DateTimeException notADate) {
            return false;
        }
    }

    private static Complaint relation(String field, String table, String value, String related) {
        return new Complaint(RELATION, "The field " + field + " of table " + table + " contains a value (" + value + ") that cannot be found in the related table (" + related + ").");
    }

    private static Map.Entry<String, Field> text(String name, int most) {
        return Map.entry(name, new Field(Kind.TEXT, most));
    }
}
