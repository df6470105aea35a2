package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Random;

/** Invents Shopify orders: every field of the webhook's payload, and the odd shapes real shops send. */
final class OrderGenerator {
    private static final String CODE = "WINTER10";
    static final String IMPOSSIBLE_ZIP = "ÅÅ-?";
    private static final DateTimeFormatter SHOP_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");
    private static final ZoneOffset SHOP_ZONE = ZoneOffset.ofHours(-5);
    private static final String[] NOTES = {
        null, null, null, null, "Please leave it with the neighbour.", "Gift, no invoice in the box!", "",
        "置き配でお願いします。インターホンは鳴らさないでください。", "请在工作日送货，谢谢 📦", "من فضلك اتصل قبل التسليم",
        "נא להשאיר ליד הדלת", "C'est un cadeau 🎁🎄", "Tor 2, Rampe 4; bitte vorher anrufen ☎️"};
    private static final String[] ENGRAVINGS = {"Forever & always", "J ♥ M", "東京 2026", "Für Oma", "שלום", "No. 7", "“Home”", "Ω"};
    private static final String[] FINISHES = {"Matte", "Oiled", "Raw", "High gloss"};

    private final Catalogue catalogue = new Catalogue();
    private final People people = new People();

    /** One order as first placed; the same seed and number give the same order. */
    ObjectNode order(long id, long number, Instant placedAt, boolean builtToOrder, long seed) {
        Random random = new Random(seed * 1_000_003 + number);
        random.nextInt();
        String time = time(placedAt);
        ObjectNode address = people.address(random);
        String email = "buyer." + number + "@mail.example.com";
        ObjectNode order = Json.object();
        order.put("id", id).put("admin_graphql_api_id", "gid://shopify/Order/" + id).put("app_id", 580111);
        order.put("browser_ip", "192.0.2." + random.nextInt(255)).put("buyer_accepts_marketing", random.nextBoolean());
        order.putNull("cancel_reason").putNull("cancelled_at").put("cart_token", token(random)).put("checkout_id", 29_000_000_000_000L + id % 1_000_000_000L);
        order.put("checkout_token", token(random));
        order.putObject("client_details").putNull("accept_language").putNull("browser_height").put("browser_ip", "192.0.2.1")
                .putNull("browser_width").putNull("session_hash").put("user_agent", "Mozilla/5.0 (X11; Linux x86_64)");
        order.putNull("closed_at").put("confirmation_number", token(random).substring(0, 9).toUpperCase()).put("confirmed", true);
        order.put("contact_email", email).put("created_at", time).put("currency", "USD").putNull("current_total_additional_fees_set");
        order.putNull("current_total_duties_set").put("customer_locale", "en-US").putNull("device_id").putArray("discount_codes");
        order.put("duties_included", false).put("email", email).put("estimated_taxes", false).put("financial_status", "paid");
        order.putNull("fulfillment_status").put("landing_site", "/collections/winter?ref=" + number).put("landing_site_ref", "" + number);
        order.putNull("location_id").putNull("merchant_business_entity_id").putNull("merchant_of_record_app_id").put("name", "#" + number);
        order.put("note", People.one(random, NOTES));
        ArrayNode attributes = order.putArray("note_attributes");
        if (random.nextInt(5) == 0) {
            attributes.addObject().put("name", "delivery window").put("value", "9–12");
        }
        order.put("number", number).put("order_number", number + 1_000);
        order.put("order_status_url", "https://shop.example.com/orders/" + token(random)).putNull("original_total_additional_fees_set");
        order.putNull("original_total_duties_set").putArray("payment_gateway_names").add("bogus");
        order.putNull("phone").putNull("po_number").put("presentment_currency", "USD").put("processed_at", time).putNull("reference");
        order.put("referring_site", "https://search.example.com/").putNull("source_identifier").put("source_name", "web").putNull("source_url");
        order.put("tags", random.nextInt(4) == 0 ? "black-friday, newsletter" : "").put("tax_exempt", false).put("taxes_included", false);
        order.put("test", false).put("token", token(random)).put("updated_at", time).putNull("user_id");
        order.set("billing_address", random.nextInt(6) == 0 ? people.address(random) : address.deepCopy());
        order.set("customer", customer(id, email, address, time, random));
        order.putArray("discount_applications");
        order.putArray("fulfillments");
        lines(order, id, builtToOrder, random);
        order.putNull("payment_terms").putArray("refunds");
        order.set("shipping_address", address);
        order.putArray("shipping_lines").add(shipping(id, random));
        if (number % 4 == 0) {
            code(order);
        }
        Money.total(order);
        return order;
    }

    /** Ten percent off the whole order: each line has its share, and the last one the cents that are left over. */
    private static void code(ObjectNode order) {
        long goods = 0;
        for (JsonNode line : order.path("line_items")) {
            goods += Money.cents(line.path("price")) * line.path("quantity").asLong();
        }
        long off = goods / 10;
        order.putArray("discount_codes").addObject().put("code", CODE).put("amount", Money.text(off)).put("type", "percentage");
        order.putArray("discount_applications").addObject().put("target_type", "line_item").put("type", "discount_code").put("value", "10.0").put("value_type", "percentage")
                .put("allocation_method", "across").put("target_selection", "all").put("code", CODE);
        long left = off;
        int lines = order.path("line_items").size();
        for (int i = 0; i < lines; i++) {
            ObjectNode line = (ObjectNode) order.path("line_items").get(i);
            long share = i == lines - 1 ? left : Money.cents(line.path("price")) * line.path("quantity").asLong() / 10;
            Money.allocate(line, share, "USD");
            left -= share;
        }
    }

    /** A standard line, for orders that a test brings with more lines than were generated. */
    ObjectNode line(long orderId, int index, Random random) {
        return line(orderId, index, People.one(random, catalogue.standard().toArray(Catalogue.Item[]::new)), random);
    }

    private void lines(ObjectNode order, long id, boolean builtToOrder, Random random) {
        ArrayNode lines = order.putArray("line_items");
        boolean mixed = builtToOrder && random.nextInt(3) < 2;
        int standard = builtToOrder && !mixed ? 0 : 1 + (random.nextInt(10) < 4 ? 1 : 0) + (random.nextInt(10) < 1 ? 1 : 0);
        for (int i = 0; i < standard; i++) {
            lines.add(line(id, i, People.one(random, catalogue.standard().toArray(Catalogue.Item[]::new)), random));
        }
        if (builtToOrder) {
            lines.insert(mixed ? random.nextInt(standard + 1) : 0,
                    line(id, standard, People.one(random, catalogue.builtToOrder().toArray(Catalogue.Item[]::new)), random));
        }
    }

    private ObjectNode line(long orderId, int index, Catalogue.Item item, Random random) {
        long id = orderId * 10 + index;
        int quantity = item.builtToOrder() ? 1 : 1 + (random.nextInt(4) == 0 ? random.nextInt(4) : 0);
        ObjectNode line = Json.object();
        line.put("id", id).put("admin_graphql_api_id", "gid://shopify/LineItem/" + id).putArray("attributed_staffs");
        line.put("current_quantity", quantity).put("fulfillable_quantity", quantity).put("fulfillment_service", "manual");
        line.putNull("fulfillment_status").put("gift_card", false).put("grams", item.grams());
        line.put("name", item.title() + " - " + item.variant());
        Money.put(line, "price", item.cents(), "USD");
        line.put("product_exists", true).put("product_id", 7_900_000_000_000L + Math.abs(item.sku().hashCode()));
        properties(line, item, random);
        line.put("quantity", quantity).put("requires_shipping", true).putNull("sales_line_item_group_id").put("sku", item.sku());
        line.put("taxable", true).put("title", item.title());
        Money.put(line, "total_discount", 0, "USD");
        line.put("variant_id", 43_000_000_000_000L + Math.abs(item.sku().hashCode())).put("variant_inventory_management", "shopify");
        line.put("variant_title", item.variant()).put("vendor", "Kiln & Loom");
        line.putArray("tax_lines").add(Money.tax(item.cents() * quantity, "USD"));
        line.putArray("duties");
        line.putArray("discount_allocations");
        return line;
    }

    /** Properties come as a list, as an empty object or not at all; a built-to-order line always says what to build. */
    private static void properties(ObjectNode line, Catalogue.Item item, Random random) {
        if (item.builtToOrder()) {
            ArrayNode list = line.putArray("properties");
            list.addObject().put("name", "Engraving").put("value", People.one(random, ENGRAVINGS));
            list.addObject().put("name", "Finish").put("value", People.one(random, FINISHES));
            list.addObject().put("name", "_template").put("value", "https://files.example.com/t/" + token(random) + ".svg");
            return;
        }
        switch (random.nextInt(6)) {
            case 0 -> line.putObject("properties");
            case 1 -> line.putArray("properties").addObject().put("name", "Gift wrap").put("value", "yes");
            case 2 -> line.remove("properties");
            default -> line.putArray("properties");
        }
    }

    private static ObjectNode customer(long id, String email, ObjectNode address, String time, Random random) {
        long customerId = 6_100_000_000_000L + id % 1_000_000_000L;
        ObjectNode customer = Json.object();
        customer.put("id", customerId).put("email", email).put("created_at", time).put("updated_at", time);
        customer.set("first_name", address.get("first_name"));
        customer.set("last_name", address.get("last_name"));
        customer.put("state", "disabled").putNull("note").put("verified_email", true).putNull("multipass_identifier").put("tax_exempt", false);
        customer.set("phone", random.nextBoolean() ? address.get("phone") : null);
        customer.putObject("email_marketing_consent").put("state", "not_subscribed").put("opt_in_level", "single_opt_in").putNull("consent_updated_at");
        customer.putNull("sms_marketing_consent").put("tags", "").put("currency", "USD").putArray("tax_exemptions");
        customer.put("admin_graphql_api_id", "gid://shopify/Customer/" + customerId);
        ObjectNode home = customer.putObject("default_address").put("id", customerId + 1).put("customer_id", customerId);
        home.setAll(address.deepCopy());
        home.set("country_name", address.get("country"));
        home.put("default", true);
        return customer;
    }

    private static ObjectNode shipping(long id, Random random) {
        long cents = random.nextBoolean() ? 0 : 895;
        ObjectNode shipping = Json.object().put("id", 4_400_000_000_000L + id % 1_000_000_000L).putNull("carrier_identifier");
        shipping.put("code", cents == 0 ? "Free Shipping" : "Standard");
        Money.put(shipping, "discounted_price", cents, "USD");
        shipping.put("is_removed", false).putNull("phone");
        Money.put(shipping, "price", cents, "USD");
        shipping.putNull("requested_fulfillment_service_id").put("source", "shopify").put("title", cents == 0 ? "Free Shipping" : "Standard");
        ArrayNode taxes = shipping.putArray("tax_lines");
        if (cents > 0) {
            taxes.add(Money.tax(cents, "USD"));
        }
        shipping.putArray("discount_allocations");
        return shipping;
    }

    static String time(Instant instant) {
        return SHOP_TIME.format(instant.truncatedTo(ChronoUnit.SECONDS).atOffset(SHOP_ZONE));
    }

    private static String token(Random random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
