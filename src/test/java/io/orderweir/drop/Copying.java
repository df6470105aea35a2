package io.orderweir.drop;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** What the package of the drop keeps to itself, for its tests. */
public final class Copying {

    private Copying() {
    }

    /** What would be handed out, null where it is nothing. */
    public static Path find(Path directory, String name, String sha256) throws IOException {
        return Copies.find(directory, name, sha256);
    }

    public static Inspection inspection(long largest, Duration longest) {
        return new Inspection(new Reading(largest, longest));
    }
}
