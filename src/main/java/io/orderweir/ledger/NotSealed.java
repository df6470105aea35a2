package io.orderweir.ledger;

/** A record on a captured topic that capture did not write, or not as it stands there: nobody's signature was checked. */
public final class NotSealed extends RuntimeException {

    private static final long serialVersionUID = 1;
    private final String source;

    NotSealed(String source) {
        super("it has no seal of ours");
        this.source = source;
    }

    /** The connection it says it is of. */
    public String source() {
        return source;
    }
}
