package io.orderweir.console;

/** What people type, as the ledger can keep it. */
final class Typed {

    private Typed() {
    }

    /** The database keeps no NUL and no half of a surrogate pair. */
    static String storable(String typed) {
        return typed.replaceAll("\\\\u0000|[\\x00\\p{Cs}]", "\uFFFD");
    }
}
