package io.orderweir.call;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.apache.camel.Exchange;

/** The target has all of a request already: it is not made, and whatever its connector would have read from the answer is not read. */
@RegisterForReflection
public class NothingNew extends RuntimeException {

    private static final String ENDED = "nothingNew";

    NothingNew(Exchange exchange) {
        super("the target took the same before", null, false, false);
        exchange.setVariable(ENDED, true);
    }

    /** Whether a delivery ended with it. */
    static boolean ended(Exchange exchange) {
        return exchange.getVariable(ENDED) != null;
    }
}
