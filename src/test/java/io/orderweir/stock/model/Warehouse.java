package io.orderweir.stock.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A warehouse with two units, each owed to an order, and what we know of it.
 *
 * @param log what happened there, in its order: P a unit was picked, R received, L lost
 * @param heard which of that we were told, a bit each
 * @param again how often we were told something a second time and believed it
 * @param base how much of the log is in the newest snapshot that counts
 * @param snapshots on their way, the oldest request first
 */
record Warehouse(String log, int heard, int again, int onHand, int open, int base, List<Snapshot> snapshots) {

    private static final int UNITS = 2;

    static final Warehouse START = new Warehouse("", 0, 0, UNITS, UNITS, 0, List.of());

    /** heard: what we had been told when we asked; position: how long the log was when it was read; units: what was there, -1 = not read yet. */
    record Snapshot(int heard, int position, int units) {
    }

    int units() {
        return UNITS + many('R') - many('P') - many('L');
    }

    /** Owed to orders, and not picked. */
    int owed() {
        return UNITS - many('P');
    }

    int many(char what) {
        return (int) log.chars().filter(c -> c == what).count();
    }

    boolean isHeard(int position) {
        return (heard >> position & 1) == 1;
    }

    static int change(char what) {
        return what == 'R' ? 1 : -1;
    }

    Warehouse happens(char what) {
        return new Warehouse(log + what, heard, again, onHand, open, base, snapshots);
    }

    Warehouse hears(int position, int onHandBy, int openBy) {
        return new Warehouse(log, heard | 1 << position, again + (isHeard(position) ? 1 : 0), onHand + onHandBy, open + openBy, base, snapshots);
    }

    Warehouse asks() {
        return with(snapshots.size(), new Snapshot(heard, 0, -1));
    }

    Warehouse reads(int index) {
        return with(index, new Snapshot(snapshots.get(index).heard(), log.length(), units()));
    }

    /** The answer to one request comes; those to the older ones are forgotten too, or not. */
    Warehouse learns(int index, int counted, int position, boolean forgetsOlder) {
        List<Snapshot> left = new ArrayList<>(snapshots.subList(index + 1, snapshots.size()));
        if (!forgetsOlder) {
            left.addAll(0, snapshots.subList(0, index));
        }
        return new Warehouse(log, heard, again, counted, open, position, left);
    }

    private Warehouse with(int index, Snapshot snapshot) {
        List<Snapshot> more = new ArrayList<>(snapshots);
        if (index < more.size()) {
            more.set(index, snapshot);
        } else {
            more.add(snapshot);
        }
        return new Warehouse(log, heard, again, onHand, open, base, more);
    }
}
