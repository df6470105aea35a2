package io.orderweir.hold;

import java.util.List;

/** A sender said what it may not say: somebody else's facts are not its to tell. */
final class MayNotSay extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient String sender;
    private final transient String kind;
    private final transient List<String> may;

    MayNotSay(String sender, String kind, List<String> may) {
        super(sender + " may not say " + kind);
        this.sender = sender;
        this.kind = kind;
        this.may = may;
    }

    String sender() {
        return sender;
    }

    String kind() {
        return kind;
    }

    List<String> may() {
        return may;
    }
}
