package io.orderweir.ledger;

/** The database is in trouble, not the record: nothing has moved, and the same batch is tried again. */
public class LedgerAway extends RuntimeException {

    LedgerAway(String message, Throwable cause) {
        super(message, cause);
    }
}
