package io.orderweir.connection;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Somebody names an account that is not configured, or not any more: what came from it, or waits for it, is kept until it is there again. */
@RegisterForReflection
public class NotConfigured extends IllegalArgumentException {

    private final String connection;

    NotConfigured(String connection, String message) {
        super(message);
        this.connection = connection;
    }

    public String connection() {
        return connection;
    }
}
