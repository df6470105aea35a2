package io.orderweir.ledger;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** An order names no line, not even one that was taken out: there is nothing to book, to ship or to cancel. */
@RegisterForReflection
public class NoLines extends RuntimeException {

    NoLines() {
        super("the order has no lines");
    }
}
