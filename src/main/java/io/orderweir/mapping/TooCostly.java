package io.orderweir.mapping;

/** A record took more time than one may. No {@code try} of a mapping catches it. */
public final class TooCostly extends RuntimeException {

    private static final long serialVersionUID = 1;

    public TooCostly(String message) {
        super(message);
    }
}
