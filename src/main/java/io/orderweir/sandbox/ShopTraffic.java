package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends the planned webhooks over a number of connections and repeats what was not acknowledged. */
@ApplicationScoped
@Named("sandboxTraffic")
@RegisterForReflection
public class ShopTraffic {
    static final long FIRST_ID = 5_324_830_114_101L;

    private final Shop shop;
    private final WebhookSender sender = new WebhookSender();
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
        DelayQueue<Webhook> queue = new DelayQueue<>(webhooks);
        AtomicInteger left = new AtomicInteger(webhooks.size());
        pending.addAndGet(webhooks.size());
        startedAt = System.currentTimeMillis();
        for (int i = 0; i < wanted.connections(); i++) {
            int mine = era;
            Thread connection = new Thread(() -> send(wanted, queue, left, mine), "sandbox-shop-" + i);
            connection.setDaemon(true);
            connection.start();
        }
        return Json.write(Json.object().put("orders", wanted.orders()).put("webhooks", webhooks.size())
                .put("firstId", wanted.firstId()).put("connection", wanted.connection()));
    }

    private void send(TrafficOrder wanted, DelayQueue<Webhook> queue, AtomicInteger left, int mine) {
        try {
            while (left.get() > 0 && era == mine) {
                Webhook webhook = queue.poll(200, TimeUnit.MILLISECONDS);
                if (webhook == null) {
                    continue;
                }
                if (attempt(wanted, webhook, mine)) {
                    left.decrementAndGet();
                    if (era == mine && pending.decrementAndGet() == 0) {
                        endedAt = System.currentTimeMillis();
                    }
                } else {
                    long wait = ThreadLocalRandom.current().nextLong(wanted.retryFrom(), Math.max(wanted.retryFrom(), wanted.retryTo()) + 1);
                    queue.add(webhook.again(System.nanoTime() + wait * 1_000_000));
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there is nothing more to do for this webhook. */
    private boolean attempt(TrafficOrder wanted, Webhook webhook, int mine) throws InterruptedException {
        webhook.tries++;
        webhook.order.sent(webhook.version);
        shop.count(webhook.tries == 1 ? "sent" : "retries");
        int status = sender.send(wanted.target(), wanted.secret(), webhook);
        if (era != mine) {
            return true;
        }
        if (status >= 200 && status < 300) {
            webhook.order.acknowledged(webhook.version);
            shop.count("acknowledged");
            return true;
        }
        shop.count(status == 0 ? "unanswered" : "answered" + status);
        if (webhook.tries >= wanted.tries()) {
            shop.count("givenUp");
            return true;
        }
        return false;
    }

    public String progress() {
        ObjectNode progress = Json.object().put("done", pending.get() == 0).put("pending", pending.get());
        List<ShopOrder> orders = shop.all();
        progress.put("orders", orders.size()).put("ordersAcknowledged", orders.stream().filter(ShopOrder::isAcknowledged).count());
        progress.put("startedAt", startedAt).put("endedAt", pending.get() == 0 ? endedAt : 0);
        progress.set("webhooks", Json.value(shop.counts()));
        return Json.write(progress);
    }

    /** Ends what is still being sent. */
    void reset() {
        era++;
        pending.set(0);
        shop.reset();
    }

    @PreDestroy
    void close() {
        era++;
    }
}
