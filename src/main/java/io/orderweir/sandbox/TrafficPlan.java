package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Plans Black Friday: all orders at once, and soon after them edits, cancellations, repeats and events out of order. */
final class TrafficPlan {
    private final OrderGenerator generator;
    private final Shop shop;

    TrafficPlan(OrderGenerator generator, Shop shop) {
        this.generator = generator;
        this.shop = shop;
    }

    /** Orders differ by their seed; ids of webhooks differ in every run, as Shopify's do. */
    List<Webhook> plan(TrafficOrder wanted, Instant now, long startAt) {
        Random random = new Random(wanted.seed());
        List<Webhook> webhooks = new ArrayList<>();
        for (int i = 1; i <= wanted.orders(); i++) {
            long number = wanted.nameOffset() + i;
            // placed within the last minutes, so that later versions of it are not from the future
            Instant placedAt = now.truncatedTo(ChronoUnit.SECONDS).minusSeconds(300 + random.nextInt(600));
            ObjectNode json = generator.order(wanted.firstId() + i - 1, number, placedAt, random.nextDouble() < wanted.bto(), wanted.seed());
            boolean bad = number == wanted.badAddressAt();
            if (bad) {
                ((ObjectNode) json.path("shipping_address")).put("zip", OrderGenerator.IMPOSSIBLE_ZIP);
            }
            double draw = random.nextDouble();
            boolean paid = !bad && random.nextDouble() < wanted.paid();
            if (paid) {
                json.put("financial_status", "authorized");
            }
            ShopOrder order = new ShopOrder(wanted.connection(), json);
            shop.add(order);
            long createAt = startAt;
            boolean reordered = !bad && draw < wanted.edits() + wanted.cancels() && random.nextDouble() < wanted.reordered();
            if (reordered) {
                // the follow-up overtakes: it goes out with the first orders, the create at the same time or after it
                createAt += ms(random.nextBoolean() ? 0 : 50 + random.nextInt(1_000));
            }
            webhooks.addAll(withRepeat(wanted, order, "orders/create", json, createAt, random));
            ObjectNode last = json;
            Instant at = placedAt;
            if (paid) {
                at = at.plusSeconds(1 + random.nextInt(20));
                last = OrderEdit.paid(last, at);
                webhooks.addAll(withRepeat(wanted, order, "orders/paid", last, startAt + later(wanted, random), random));
            }
            boolean edited = !bad && draw < wanted.edits();
            boolean cancelled = !bad && (edited ? random.nextInt(20) == 0 : draw < wanted.edits() + wanted.cancels());
            for (int edit = 0; edited && edit < wanted.editsEach(); edit++) {
                at = at.plusSeconds(1 + random.nextInt(60));
                last = OrderEdit.edited(last, at, random);
                webhooks.addAll(withRepeat(wanted, order, "orders/updated", last, startAt + (reordered ? 0 : later(wanted, random)), random));
            }
            if (cancelled) {
                at = at.plusSeconds(1 + random.nextInt(60));
                last = OrderEdit.cancelled(last, at);
                webhooks.addAll(withRepeat(wanted, order, "orders/cancelled", last, startAt + (reordered ? 0 : later(wanted, random)), random));
            }
        }
        return webhooks;
    }

    /** Half of the repeats go out beside the first, half later. */
    private List<Webhook> withRepeat(TrafficOrder wanted, ShopOrder order, String topic, ObjectNode json, long dueAt, Random random) {
        Webhook first = new Webhook(order, order.add(topic, json), UUID.randomUUID().toString(), UUID.randomUUID().toString(),
                Instant.now().toString(), random.nextInt(5) == 0, dueAt);
        if (random.nextDouble() >= wanted.duplicates()) {
            return List.of(first);
        }
        shop.count("duplicates");
        return List.of(first, first.again(dueAt + (random.nextBoolean() ? 0 : later(wanted, random))));
    }

    private static long later(TrafficOrder wanted, Random random) {
        return ms(wanted.followUpFrom() + (long) (random.nextDouble() * Math.max(0, wanted.followUpTo() - wanted.followUpFrom())));
    }

    private static long ms(long ms) {
        return ms * 1_000_000;
    }
}
