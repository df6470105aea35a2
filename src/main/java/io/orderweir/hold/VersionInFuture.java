package io.orderweir.hold;

import java.time.Instant;

/** A document says that it is of a time that has not come: as the newest it would win over all that really come later. */
final class VersionInFuture extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient String path;

    VersionInFuture(String path, String version, Instant now) {
        super("it says that it is of " + version + ", and it is " + now + " now");
        this.path = path;
    }

    String path() {
        return path;
    }
}
