package io.orderweir.contract;

/** A law that is not kept, in a sentence. */
final class Broken extends RuntimeException {

    Broken(String says) {
        super(says, null, false, false);
    }

    static void unless(boolean kept, String says) {
        if (!kept) {
            throw new Broken(says);
        }
    }
}
