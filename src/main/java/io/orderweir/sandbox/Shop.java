package io.orderweir.sandbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The pretend Shopify's books: its orders, and what became of its webhooks. */
@ApplicationScoped
public class Shop {
    private final Map<String, ShopOrder> orders = new LinkedHashMap<>();
    private final Map<String, ShopOrder> byId = new HashMap<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private long generated;

    synchronized void add(ShopOrder order) {
        orders.put(order.key(), order);
        byId.put(order.id, order);
    }

    /** Null when the shop has no such order. */
    synchronized ShopOrder find(String key) {
        return orders.get(key);
    }

    /** The newest of that id, whichever connection it went to; null when the shop has none. */
    synchronized ShopOrder findById(String id) {
        return byId.get(id);
    }

    synchronized List<ShopOrder> all() {
        return List.copyOf(orders.values());
    }

    /** Order numbers nobody else gets. */
    synchronized long reserve(long count) {
        generated += count;
        return generated - count + 1;
    }

    synchronized void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    synchronized Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    /** As new, it counts its orders from one again. */
    synchronized void reset(boolean asNew) {
        generated = asNew ? 0 : generated;
        orders.clear();
        byId.clear();
        counts.clear();
    }
}
