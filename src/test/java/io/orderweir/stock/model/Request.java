package io.orderweir.stock.model;

/** What a stock call asks: so many units more or fewer, or a number to set; base is what the channel must show (COMPARED), or the units at the source (SOURCE). */
record Request(Verb verb, int amount, int base) implements Comparable<Request> {

    static final Request NONE = new Request(Verb.NONE, 0, 0);

    enum Verb {
        NONE, RAISE, TAKE, CLOSE
    }

    boolean isRaise() {
        return verb == Verb.RAISE;
    }

    /** Does it at the channel; false = refused, and nothing was done. */
    boolean execute(Kind kind, Pool pool) {
        int change = isRaise() ? amount : -amount;
        switch (kind) {
            case COMPARED:
                if (pool.shown != base) {
                    return false;
                }
                pool.shown += change;
                return true;
            case REFUSING:
                if (pool.shown + change < 0) {
                    return false;
                }
                pool.shown += change;
                return true;
            case ABSOLUTE:
                pool.shown = isRaise() ? amount : 0;
                return true;
            case SOURCE:
                pool.shown = base + pool.shipped - pool.sales();
                return true;
            default:
                pool.shown += change;
                return true;
        }
    }

    @Override
    public int compareTo(Request other) {
        return Integer.compare(code(), other.code());
    }

    int code() {
        return verb.ordinal() + 4 * amount + 64 * (base + 8);
    }
}
