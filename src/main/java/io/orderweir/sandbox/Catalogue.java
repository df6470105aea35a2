package io.orderweir.sandbox;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The items every pretend vendor knows: SKU-1 to SKU-120 from stock, BTO-1 to BTO-24 and FAB-1 to FAB-12 built to order. */
final class Catalogue {
    record Item(String sku, String title, String variant, long cents, int grams) {
        boolean builtToOrder() {
            return isBuiltToOrder(sku);
        }
    }

    private static final String[] KINDS = {"Mug", "Lamp", "Throw", "Notebook", "Teapot", "Bowl", "Basket", "Clock", "Tray", "Stool"};
    private static final String[] MADE = {"Oak", "Linen", "Stone", "Copper", "Wool", "Glass"};
    private static final String[] COLOURS = {"Natural", "Black", "Forest Green", "Sand"};

    private final Map<String, Item> items = new LinkedHashMap<>();
    private final List<Item> standard = new ArrayList<>();
    private final List<Item> builtToOrder = new ArrayList<>();

    Catalogue() {
        for (int i = 1; i <= 120; i++) {
            standard.add(item("SKU-" + i, i, 1_200 + (i * 737L) % 11_000));
        }
        for (int i = 1; i <= 24; i++) {
            builtToOrder.add(item("BTO-" + i, i, 18_000 + (i * 4_391L) % 90_000));
        }
        for (int i = 1; i <= 12; i++) {
            item("FAB-" + i, i, 40_000 + (i * 7_919L) % 160_000);
        }
    }

    /** BTO: in the shop's own workshop; FAB: by the factory, from a drawing. */
    static boolean isBuiltToOrder(String sku) {
        return sku.startsWith("BTO-") || sku.startsWith("FAB-");
    }

    private Item item(String sku, int i, long cents) {
        Item item = new Item(sku, MADE[i % MADE.length] + " " + KINDS[i % KINDS.length], COLOURS[i % COLOURS.length], cents,
                150 + i * 17 % 2_400);
        items.put(sku, item);
        return item;
    }

    boolean knows(String sku, Set<String> extra) {
        return items.containsKey(sku) || extra.contains(sku);
    }

    /** Null for what is not in it. */
    BigDecimal price(String sku) {
        Item item = items.get(sku);
        return item == null ? null : BigDecimal.valueOf(item.cents(), 2);
    }

    List<Item> standard() {
        return standard;
    }

    List<Item> builtToOrder() {
        return builtToOrder;
    }
}
