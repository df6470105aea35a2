package io.orderweir.ledger;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The database is in trouble, not the record: nothing has moved, and the same batch is tried again. */
@RegisterForReflection
public class LedgerAway extends RuntimeException {

    public LedgerAway(String message, Throwable cause) {
        super(message, cause);
    }
}
