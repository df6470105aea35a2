package io.orderweir.explain;

import java.util.Collection;

/** What a person types when she means an order: its name, its key, the shop's id, or an id of ours for a part of it, such as {@code shop-5123-2}. */
public final class TypedOrder {

    private TypedOrder() {
    }

    /** The keys that it may be, one for each connection: {@code shop/5123}. */
    public static String[] keys(String typed, Collection<String> connections) {
        return connections.stream().map(name -> name + "/" + (typed.startsWith(name + "-") ? typed.substring(name.length() + 1).split("-")[0] : typed)).toArray(String[]::new);
    }
}
