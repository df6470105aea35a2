package io.orderweir.hold;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** An order goes to targets of which the connection is not configured: that is nothing the order could be corrected for. */
@RegisterForReflection
class NoConnection extends RuntimeException {

    /**
     * A target that cannot be reached.
     *
     * @param target role and port of its flow
     * @param connection the account it goes to, which is not configured
     * @param made the class of gates that asks for it, or null where every order goes there
     */
    record Missing(String target, String connection, String made) {
    }

    private final transient List<Missing> missing;

    NoConnection(List<Missing> missing) {
        super("no connection is configured for " + missing);
        this.missing = List.copyOf(missing);
    }

    List<Missing> missing() {
        return missing;
    }
}
