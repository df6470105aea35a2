package io.orderweir.stock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A shop, marketplace or till with some units of one pool, as strict or lax with stock calls as its kind. */
final class PretendChannel {

    final String name;
    final String kind;
    long shown;
    /** The states of its orders: sold, restocked, dropped, picked. */
    final List<String> orders = new ArrayList<>();
    private final Map<Long, Boolean> keys = new HashMap<>();

    PretendChannel(String name, String kind) {
        this.name = name;
        this.kind = kind;
    }

    void sell() {
        shown--;
        orders.add("sold");
    }

    void cancel(int order, boolean restocked) {
        orders.set(order, restocked ? "restocked" : "dropped");
        shown += restocked ? 1 : 0;
    }

    long owed() {
        return orders.stream().filter("sold"::equals).count();
    }

    long net() {
        return orders.stream().filter(order -> order.equals("sold") || order.equals("picked")).count();
    }

    /** Executes a stock call; true = done, false = refused and nothing was done. */
    boolean execute(StockCall call) {
        long change = call.what().equals("raise") ? call.units() : -call.units();
        switch (kind) {
            case "keyed":
                if (keys.put(call.id(), true) == null) {
                    shown += change;
                }
                return true;
            case "compared":
                if (!keys.containsKey(call.id())) {
                    if (shown != call.base()) {
                        return false;
                    }
                    shown += change;
                    keys.put(call.id(), true);
                }
                return true;
            case "refusing":
                if (shown + change < 0) {
                    return false;
                }
                shown += change;
                return true;
            default:
                shown = call.units();
                return true;
        }
    }
}
