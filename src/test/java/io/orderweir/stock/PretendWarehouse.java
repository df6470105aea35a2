package io.orderweir.stock;

import java.util.ArrayList;
import java.util.List;

/** A warehouse with so many units; one that numbers its movements says with its counts which was the last. */
final class PretendWarehouse {

    private final boolean numbered;
    private long units;
    private final List<String> movements = new ArrayList<>();

    PretendWarehouse(long units, boolean numbered) {
        this.units = units;
        this.numbered = numbered;
    }

    void receives() {
        units++;
        movements.add("receipt");
    }

    void picks() {
        units--;
        movements.add("pick");
    }

    long units() {
        return units;
    }

    long position() {
        return movements.size();
    }

    List<String> movements() {
        return movements;
    }

    boolean isNumbered() {
        return numbered;
    }
}
