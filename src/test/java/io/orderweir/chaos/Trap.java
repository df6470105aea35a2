package io.orderweir.chaos;

import java.util.Optional;

/** Holds the engine in one phase from outside, so that a kill meets it there for certain. */
interface Trap extends AutoCloseable {

    /** What shows that the engine is in the phase now; nothing while it is not. */
    Optional<String> caught();

    /**
     * Ends what the dead engine left behind and says what became of it.
     * What it had asked of the database is let finish (committed, and nobody alive knows), or is cut off (never written).
     */
    String release(boolean finish);

    /** Undoes the trap when everything it held is dead. */
    @Override
    void close();
}
