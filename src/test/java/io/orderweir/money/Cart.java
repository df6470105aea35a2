package io.orderweir.money;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random cart, priced forwards as a shop does: list prices, discounts spread over lines and shipping, tax of each part, sums; then what an edit or a refund leaves of it, reckoned anew. It says
 * all that in the words of a webhook. Amounts are whole smallest units, and nothing here is taken from a mapping, from what an order is worth, or from a pretend vendor.
 */
final class Cart {

    private enum Life { PLACED, EDITED, REFUNDED, RETURNED }

    private static final ObjectMapper JSON = new ObjectMapper();
    /** How taxes are made up: each rate with its title, in ten-thousandths. */
    private static final int[][] RATES = {{}, {1_900}, {700}, {2_000}, {625, 225}, {825}, {1_000}};

    /** A line or a way to ship: its price for the whole, what is taken off, its taxes by rate. */
    private final class Part {
        private final ObjectNode said;
        private final int[] rates;
        private final long price;
        private final int quantity;
        private final List<Long> off = new ArrayList<>();
        private List<Long> taxes = new ArrayList<>();
        private int left;
        private long leftWorth;
        private long leftTax;

        private Part(ObjectNode said, long price, int quantity, int[] rates) {
            this.said = said;
            this.price = price;
            this.quantity = quantity;
            this.rates = rates;
            this.left = quantity;
        }

        private long discount() {
            return off.stream().mapToLong(Long::longValue).sum();
        }

        private long worth() {
            return price * quantity - discount();
        }

        private long tax() {
            return taxes.stream().mapToLong(Long::longValue).sum();
        }
    }

    private final Random random;
    private final String currency;
    private final int digits;
    private final boolean included;
    private final ObjectNode order = JSON.createObjectNode();
    private final List<Part> lines = new ArrayList<>();
    private final List<Part> ships = new ArrayList<>();
    private final boolean untouched;
    private long besides;
    private long total;
    private long returned;

    Cart(long seed) {
        random = new Random(seed);
        currency = List.of("USD", "USD", "EUR", "EUR", "GBP", "JPY", "KWD").get(random.nextInt(7));
        digits = currency.equals("JPY") ? 0 : currency.equals("KWD") ? 3 : 2;
        included = !currency.equals("USD") && random.nextInt(4) > 0;
        Life life = List.of(Life.PLACED, Life.PLACED, Life.EDITED, Life.REFUNDED, Life.RETURNED).get(random.nextInt(5));
        untouched = life == Life.PLACED;
        order.put("id", 7_000_000_000L + seed).put("name", "#" + seed).put("created_at", "2026-11-27T10:00:00-05:00").put("updated_at", "2026-11-27T10:00:05-05:00").put("currency", currency)
            .put("financial_status", "paid").put("taxes_included", included);
        order.putObject("shipping_address").put("last_name", "Example").put("address1", "1 Example Street").put("city", "Example").put("zip", "10115").put("country_code", List.of("US", "DE", "GB", "JP", "KW").get(random.nextInt(5)));
        if (random.nextInt(3) == 0) {
            order.putArray("payment_gateway_names").add("gift_card").add("shopify_payments");
        }
        fill();
        discount();
        lines.forEach(this::tax);
        ships.forEach(this::tax);
        besides();
        long placed = sums("", life);
        total = placed;
        if (life == Life.EDITED) {
            edit();
            total = sums("current_", life);
        } else if (life != Life.PLACED) {
            if (life == Life.REFUNDED || random.nextBoolean()) {
                refund("cancel");
                total = sums("current_", life);
            }
            if (life == Life.RETURNED) {
                refund("return");
                returned = total - sums("current_", life);
            }
        }
        say();
    }

    /** The order as the shop sends it. */
    ObjectNode payload() {
        return order;
    }

    /** What was sold is worth, whatever of it came back after it was shipped. */
    BigDecimal total() {
        return BigDecimal.valueOf(total, digits);
    }

    /** What of that came back. */
    BigDecimal returned() {
        return BigDecimal.valueOf(returned, digits);
    }

    BigDecimal smallestUnit() {
        return BigDecimal.valueOf(1, digits);
    }

    /** Neither edited nor refunded. */
    boolean isAsPlaced() {
        return untouched;
    }

    private void fill() {
        int[] usual = RATES[random.nextInt(RATES.length)];
        ArrayNode list = order.putArray("line_items");
        int number = 1 + random.nextInt(5);
        for (int i = 0; i < number; i++) {
            boolean card = random.nextInt(12) == 0;
            int[] rates = card || random.nextInt(10) == 0 ? RATES[0] : random.nextInt(8) == 0 ? RATES[random.nextInt(RATES.length)] : usual;
            int quantity = random.nextInt(3) == 0 ? 1 + random.nextInt(7) : 1;
            long price = random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(digits == 0 ? 9_000 : 30_000);
            ObjectNode said = list.addObject().put("id", 100 + i).put("sku", "SKU-" + (1 + random.nextInt(120))).put("name", "Line " + i).put("price", text(price)).put("quantity", quantity).put("gift_card", card);
            lines.add(new Part(said, price, quantity, rates));
        }
        if (random.nextInt(6) == 0) {
            long tip = 1 + random.nextInt(2_000);
            ObjectNode said = list.addObject().put("id", 190).putNull("sku").put("name", "Tip").put("price", text(tip)).put("quantity", 1).put("requires_shipping", false);
            said.putObject("tip").put("payment_gateway", "shopify_payments");
            lines.add(new Part(said, tip, 1, RATES[0]));
            order.put("total_tip_received", text(tip));
        }
        ArrayNode ways = order.putArray("shipping_lines");
        for (int i = random.nextInt(3); i > 0; i--) {
            long price = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(2_500);
            ObjectNode said = ways.addObject().put("id", 500 + i).put("title", "Way " + i).put("code", "W" + i).put("price", text(price));
            ships.add(new Part(said, price, 1, random.nextInt(4) == 0 ? RATES[0] : usual));
        }
    }

    /** A code of the whole order is spread by what the lines cost, the last takes what is left over; a line and shipping may have one of their own besides. */
    private void discount() {
        if (random.nextInt(3) == 0) {
            Part one = lines.get(0);
            one.off.add(one.price * one.quantity * random.nextInt(40) / 100);
        }
        long goods = lines.stream().filter(Cart::isGoods).mapToLong(Part::worth).sum();
        if (random.nextInt(2) == 0 && goods > 0) {
            long off = random.nextInt(10) == 0 ? goods : random.nextBoolean() ? goods * (5 + random.nextInt(60)) / 100 : Math.min(goods, 1 + random.nextInt(1_000));
            long given = 0;
            long before = 0;
            for (Part line : lines.stream().filter(Cart::isGoods).toList()) {
                before += line.worth();
                long upTo = off * before / goods;
                line.off.add(upTo - given);
                given = upTo;
            }
        }
        ships.stream().filter(ship -> random.nextInt(3) == 0).forEach(ship -> ship.off.add(random.nextBoolean() ? ship.price : ship.price / 3));
    }

    private static boolean isGoods(Part line) {
        return !line.said.has("tip");
    }

    private void tax(Part part) {
        part.taxes = taxes(part.worth(), part.rates);
        part.leftWorth = part.worth();
        part.leftTax = part.tax();
    }

    private List<Long> taxes(long worth, int[] rates) {
        long all = 10_000;
        for (int rate : rates) {
            all += rate;
        }
        List<Long> taxes = new ArrayList<>();
        for (int rate : rates) {
            taxes.add(divided(worth * rate, included ? all : 10_000, RoundingMode.HALF_UP));
        }
        return taxes;
    }

    /** Duties, a fee, and a tip that is no line; none of them is in a line. */
    private void besides() {
        if (random.nextInt(8) == 0) {
            besides += said("original_total_duties_set", 1 + random.nextInt(3_000));
        }
        if (random.nextInt(8) == 0) {
            besides += said("original_total_additional_fees_set", 1 + random.nextInt(300));
        }
        if (random.nextInt(8) == 0 && !order.has("total_tip_received")) {
            long tip = 1 + random.nextInt(900);
            order.put("total_tip_received", text(tip));
            besides += tip;
        }
    }

    private long said(String field, long amount) {
        order.putObject(field).putObject("shop_money").put("amount", text(amount)).put("currency_code", currency);
        return amount;
    }

    /** Fewer of some lines; the shop shares each line's discount and reckons its taxes anew, and leaves what the line says as it was. */
    private void edit() {
        for (Part line : lines) {
            if (isGoods(line) && random.nextInt(2) == 0) {
                line.left = random.nextInt(line.quantity + 1);
                long off = divided(line.discount() * line.left, line.quantity, List.of(RoundingMode.HALF_UP, RoundingMode.HALF_EVEN, RoundingMode.DOWN).get(random.nextInt(3)));
                line.leftWorth = line.price * line.left - off;
                line.leftTax = taxes(line.leftWorth, line.rates).stream().mapToLong(Long::longValue).sum();
            }
        }
    }

    /** Units that are taken out, or that come back, with what was paid for them, exactly as the refund says it; and some of what shipping cost. */
    private void refund(String restock) {
        ObjectNode refund = order.withArrayProperty("refunds").addObject().put("id", 900).put("created_at", "2026-11-28T10:00:00-05:00");
        ArrayNode list = refund.putArray("refund_line_items");
        for (Part line : lines) {
            if (isGoods(line) && line.left > 0 && random.nextInt(2) == 0) {
                int back = 1 + random.nextInt(line.left);
                long worth = divided(line.leftWorth * back, line.left, RoundingMode.HALF_DOWN);
                long tax = divided(line.leftTax * back, line.left, RoundingMode.HALF_DOWN);
                list.addObject().put("line_item_id", line.said.get("id").asLong()).put("quantity", back).put("restock_type", restock).put("subtotal", text(worth)).put("total_tax", text(tax));
                line.left -= back;
                line.leftWorth -= worth;
                line.leftTax -= tax;
            }
        }
        // money alone takes it off what was sold, whenever it is given back
        if (ships.size() == 1 && (!list.isEmpty() || restock.equals("cancel")) && random.nextBoolean()) {
            Part ship = ships.get(0);
            long back = random.nextBoolean() ? ship.leftWorth : ship.leftWorth / 2;
            long tax = ship.leftWorth == 0 ? 0 : divided(ship.leftTax * back, ship.leftWorth, RoundingMode.HALF_DOWN);
            refund.putArray("order_adjustments").addObject().put("kind", "shipping_refund").put("amount", text(-back)).put("tax_amount", text(-tax));
            ship.leftWorth -= back;
            ship.leftTax -= tax;
        }
    }

    private long sums(String state, Life life) {
        long subtotal = lines.stream().mapToLong(line -> line.leftWorth).sum();
        long tax = lines.stream().mapToLong(line -> line.leftTax).sum() + ships.stream().mapToLong(ship -> ship.leftTax).sum();
        long all = subtotal + ships.stream().mapToLong(ship -> ship.leftWorth).sum() + besides + (included ? 0 : tax);
        order.put(state + "subtotal_price", text(subtotal)).put(state + "total_tax", text(tax)).put(state + "total_price", text(all));
        order.put(state + "total_discounts", text(lines.stream().mapToLong(line -> line.price * line.left - line.leftWorth).sum() + ships.stream().mapToLong(Part::discount).sum()));
        return all;
    }

    private void say() {
        lines.forEach(line -> {
            if (!untouched) {
                line.said.put("current_quantity", line.left);
            }
            parts(line);
        });
        ships.forEach(this::parts);
    }

    private void parts(Part part) {
        ArrayNode off = part.said.putArray("discount_allocations");
        part.off.forEach(amount -> off.addObject().put("amount", text(amount)).put("discount_application_index", 0));
        ArrayNode taxes = part.said.putArray("tax_lines");
        for (int i = 0; i < part.rates.length; i++) {
            taxes.addObject().put("title", "Tax " + part.rates[i]).put("rate", part.rates[i] / 10_000.0).put("price", text(part.taxes.get(i)));
        }
    }

    private static long divided(long amount, long by, RoundingMode rounding) {
        return BigDecimal.valueOf(amount).divide(BigDecimal.valueOf(by), 0, rounding).longValueExact();
    }

    private String text(long amount) {
        return BigDecimal.valueOf(amount, digits).toPlainString();
    }
}
