package io.orderweir.connection;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** A connection lacks what it needs to be called: its deliveries wait until the configuration is mended, none is held for it. */
@RegisterForReflection
public class Misconfigured extends RuntimeException {

    Misconfigured(String message) {
        super(message);
    }
}
