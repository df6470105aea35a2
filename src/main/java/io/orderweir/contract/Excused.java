package io.orderweir.contract;

/** A law that turns out to be none of this connector's, and why. */
final class Excused extends RuntimeException {

    Excused(String says) {
        super(says, null, false, false);
    }
}
