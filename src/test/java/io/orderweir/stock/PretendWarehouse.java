package io.orderweir.stock;

/** A warehouse with so many units; one that numbers its movements says with its counts which was the last. */
final class PretendWarehouse {

    private final boolean numbered;
    private long units;
    private long position;

    PretendWarehouse(long units, boolean numbered) {
        this.units = units;
        this.numbered = numbered;
    }

    void receives() {
        units++;
        position++;
    }

    void picks() {
        units--;
        position++;
    }

    long units() {
        return units;
    }

    long position() {
        return position;
    }

    boolean isNumbered() {
        return numbered;
    }
}
