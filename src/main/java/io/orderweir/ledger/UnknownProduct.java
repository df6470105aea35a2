package io.orderweir.ledger;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** A class of gates asks for the product type of a line, and nobody has said it yet: the order can neither be shipped nor gated. */
@RegisterForReflection
public class UnknownProduct extends RuntimeException {

    private final int place;
    private final String product;
    private final String line;

    UnknownProduct(int place, String product, String line) {
        super("product " + product + " of line " + line + " is not known");
        this.place = place;
        this.product = product;
        this.line = line;
    }

    /** Which of the order's lines, counted from 0. */
    public int place() {
        return place;
    }

    /** The shop's id of it. */
    public String product() {
        return product;
    }

    /** The line's name, or its id where it has none. */
    public String line() {
        return line;
    }
}
