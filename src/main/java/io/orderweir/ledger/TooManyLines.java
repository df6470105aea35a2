package io.orderweir.ledger;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** An order has more lines than are planned in one transaction; what each costs grows with all the others. */
@RegisterForReflection
public class TooManyLines extends RuntimeException {

    static final int MOST = 1_000;

    TooManyLines(int lines) {
        super("it has " + lines + " lines, and more than " + MOST + " are not taken in one order");
    }
}
