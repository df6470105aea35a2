package io.orderweir.sandbox;

/** One copy of one call a partner makes to us; a retry says the same under the same id. */
final class Callback extends Delivery {
    final String id;
    final byte[] body;

    Callback(String id, byte[] body, long dueAt) {
        super(dueAt);
        this.id = id;
        this.body = body;
    }

    Callback again(long dueAt) {
        Callback again = new Callback(id, body, dueAt);
        again.tries = tries;
        return again;
    }
}
