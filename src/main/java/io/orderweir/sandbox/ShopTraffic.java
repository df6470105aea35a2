package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends the planned webhooks over a number of connections and repeats what was not acknowledged. */
@ApplicationScoped
@Named("sandboxTraffic")
@RegisterForReflection
public class ShopTraffic {
    static final long FIRST_ID = 5_324_830_114_101L;

    private final Shop shop;
    private final WebhookSender sender = new WebhookSender();
    private final List<Courier<Webhook>> couriers = new CopyOnWriteArrayList<>();
    private final AtomicInteger pending = new AtomicInteger();
    private volatile int era;
    private volatile long startedAt;
    private volatile long endedAt;

    ShopTraffic(Shop shop) {
        this.shop = shop;
    }

    /** Answers as soon as everything is planned; the sending goes on beside it. */
    public String start(String body) {
        TrafficOrder wanted = TrafficOrder.read(Json.readObject(body), shop);
        TrafficPlan plan = new TrafficPlan(new OrderGenerator(), shop);
        List<Webhook> webhooks = plan.plan(wanted, Instant.now(), System.nanoTime());
        int mine = era;
        Courier<Webhook> courier = new Courier<>(webhook -> attempt(wanted, webhook, mine));
        courier.take(webhooks);
        pending.addAndGet(webhooks.size());
        startedAt = System.currentTimeMillis();
        couriers.add(courier);
        courier.start("sandbox-shop", wanted.connections(), true);
        return Json.write(Json.object().put("orders", wanted.orders()).put("webhooks", webhooks.size())
                .put("firstId", wanted.firstId()).put("connection", wanted.connection()));
    }

    /** The webhook for its next try; null when there is nothing more to do for it. */
    private Webhook attempt(TrafficOrder wanted, Webhook webhook, int mine) throws InterruptedException {
        webhook.tries++;
        webhook.order.sent(webhook.version, System.currentTimeMillis());
        shop.count(webhook.tries == 1 ? "sent" : "retries");
        int status = sender.send(wanted.target(), webhook.headers(wanted.secret()), webhook.version.body);
        if (era != mine) {
            return null;
        }
        if (WebhookSender.isAcknowledged(status)) {
            webhook.order.acknowledged(webhook.version);
            shop.count("acknowledged");
            return over();
        }
        shop.count(status == 0 ? "unanswered" : "answered" + status);
        if (webhook.tries >= wanted.tries()) {
            shop.count("givenUp");
            return over();
        }
        long wait = ThreadLocalRandom.current().nextLong(wanted.retryFrom(), Math.max(wanted.retryFrom(), wanted.retryTo()) + 1);
        return webhook.again(System.nanoTime() + wait * 1_000_000);
    }

    private Webhook over() {
        if (pending.decrementAndGet() == 0) {
            endedAt = System.currentTimeMillis();
        }
        return null;
    }

    public String progress() {
        ObjectNode progress = Json.object().put("done", pending.get() == 0).put("pending", pending.get());
        List<ShopOrder> orders = shop.all();
        progress.put("orders", orders.size()).put("ordersAcknowledged", orders.stream().filter(ShopOrder::isAcknowledged).count());
        progress.put("startedAt", startedAt).put("endedAt", pending.get() == 0 ? endedAt : 0);
        progress.set("webhooks", Json.value(shop.counts()));
        return Json.write(progress);
    }

    /** Ends what is still being sent; as new, the shop gives the same orders again. */
    void reset(boolean asNew) {
        close();
        pending.set(0);
        shop.reset(asNew);
    }

    @PreDestroy
    void close() {
        era++;
        couriers.forEach(Courier::stop);
        couriers.clear();
    }
}
