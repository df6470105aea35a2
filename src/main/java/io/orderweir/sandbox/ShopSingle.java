package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.UUID;

/** Sends one order that a test has crafted, once, and says what was answered. */
@ApplicationScoped
@Named("sandboxSingle")
@RegisterForReflection
public class ShopSingle {
    private static final Set<String> KEYS = Set.of("target", "secret", "order", "topic", "webhookId", "bto", "seed", "newHeaders", "dryRun");

    private final Shop shop;
    private final OrderGenerator generator = new OrderGenerator();
    private final OrderOverrides overrides = new OrderOverrides(generator);
    private final WebhookSender sender = new WebhookSender();

    ShopSingle(Shop shop) {
        this.shop = shop;
    }

    /** An order whose id the shop knows becomes its next version, a second younger unless it says otherwise. */
    public String send(String body) throws InterruptedException {
        ObjectNode json = Json.readObject(body);
        json.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("A single order has no setting " + key + ".");
            }
        });
        if (!json.path("target").isTextual() || !json.path("secret").isTextual()) {
            throw new IllegalArgumentException("A single order needs a target (the webhook's address) and a secret.");
        }
        URI target = URI.create(json.path("target").textValue());
        ObjectNode over = json.path("order") instanceof ObjectNode given ? given : Json.object();
        String connection = TrafficOrder.connection(target);
        ShopOrder known = over.has("id") ? shop.find(connection + "-" + over.path("id").asText()) : null;
        ObjectNode order = known == null ? fresh(json, over) : next(known, over);
        overrides.lay(over, order);
        if (json.path("dryRun").asBoolean()) {
            return Json.write(Json.object().set("order", order));
        }
        ShopOrder owner = known;
        if (owner == null) {
            owner = new ShopOrder(connection, order);
            shop.add(owner);
        }
        String topic = json.path("topic").asText(known == null ? "orders/create" : order.hasNonNull("cancelled_at") ? "orders/cancelled" : "orders/updated");
        Webhook webhook = new Webhook(owner, owner.add(topic, order), json.path("webhookId").asText(UUID.randomUUID().toString()),
                UUID.randomUUID().toString(), Instant.now().toString(), json.path("newHeaders").asBoolean(), System.nanoTime());
        owner.sent(webhook.version, System.currentTimeMillis());
        shop.count("sent");
        int status = sender.send(target, webhook.headers(json.path("secret").textValue()), webhook.version.body);
        if (WebhookSender.isAcknowledged(status)) {
            owner.acknowledged(webhook.version);
            shop.count("acknowledged");
        }
        ObjectNode answer = Json.object().put("status", status).put("webhookId", webhook.id).put("key", owner.key());
        return Json.write(answer.set("order", order));
    }

    private ObjectNode fresh(ObjectNode json, ObjectNode over) {
        long number = shop.reserve(1);
        long id = over.path("id").asLong(ShopTraffic.FIRST_ID + number - 1);
        return generator.order(id, number, Instant.now().minusSeconds(120), json.path("bto").asBoolean(), json.path("seed").asLong(42));
    }

    private static ObjectNode next(ShopOrder known, ObjectNode over) {
        ObjectNode order = Json.readObject(new String(known.last().body, StandardCharsets.UTF_8));
        if (!over.has("updated_at")) {
            Instant last = OffsetDateTime.parse(order.path("updated_at").asText()).toInstant();
            order.put("updated_at", OrderGenerator.time(last.plusSeconds(1)));
        }
        return order;
    }
}
