package io.orderweir.sandbox;

import java.util.Locale;
import java.util.Map;

/** One delivery of one version of an order; a retry is the same webhook again, byte for byte. */
final class Webhook extends Delivery {
    final ShopOrder order;
    final ShopOrder.Version version;
    final String id;
    private final String eventId;
    private final String triggeredAt;
    private final boolean newHeaderFamily;

    Webhook(ShopOrder order, ShopOrder.Version version, String id, String eventId, String triggeredAt, boolean newHeaderFamily, long dueAt) {
        super(dueAt);
        this.order = order;
        this.version = version;
        this.id = id;
        this.eventId = eventId;
        this.triggeredAt = triggeredAt;
        this.newHeaderFamily = newHeaderFamily;
    }

    Webhook again(long dueAt) {
        Webhook again = new Webhook(order, version, id, eventId, triggeredAt, newHeaderFamily, dueAt);
        again.tries = tries;
        return again;
    }

    /** Shopify's headers, in the older or the newer family of names. */
    Map<String, String> headers(String secret) {
        return Map.of(named("Topic"), version.topic,
                named("Hmac-Sha256"), Signature.shopify(secret, version.body),
                named("Shop-Domain"), order.connection + ".myshopify.com",
                named("API-Version"), "2026-04",
                named("Webhook-Id"), id,
                named("Event-Id"), eventId,
                named("Triggered-At"), triggeredAt);
    }

    private String named(String name) {
        return newHeaderFamily ? "shopify-" + name.toLowerCase(Locale.ROOT) : "X-Shopify-" + name;
    }
}
