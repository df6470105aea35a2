package io.orderweir.stock.model;

import java.util.Set;

/** What a search is about: the kind of the channel, the units that exist, how many cancels, acts of others and restores of the books may come, and which guards are taken out. */
record World(Kind kind, int units, int restocks, int drops, int strangers, int restores, Set<Guard> without) {

    static World of(Kind kind, int units) {
        return new World(kind, units, 0, 0, 0, 0, Set.of());
    }

    World withCancels(int restocking, int dropping) {
        return new World(kind, units, restocking, dropping, strangers, restores, without);
    }

    World withStrangers(int acts) {
        return new World(kind, units, restocks, drops, acts, restores, without);
    }

    World withARestore() {
        return new World(kind, units, restocks, drops, strangers, 1, without);
    }

    World without(Guard guard) {
        return new World(kind, units, restocks, drops, strangers, restores, Set.of(guard));
    }

    boolean keeps(Guard guard) {
        return !without.contains(guard);
    }

    int free(Pool pool) {
        return units - pool.given - pool.elsewhere;
    }
}
