package io.orderweir.stock.model;

import io.orderweir.stock.model.Warehouse.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How the count of a warehouse is read: by snapshots that say up to which movement they count, or by some that do not. Everything it tells comes in any order, or never. */
record WarehouseModel(boolean positions, Set<Guard> without) implements Model<Warehouse> {

    private static final int ON_THEIR_WAY = 2;

    @Override
    public Warehouse start() {
        return Warehouse.START;
    }

    @Override
    public List<Step<Warehouse>> next(Warehouse now) {
        List<Step<Warehouse>> steps = new ArrayList<>();
        if (now.owed() > 0 && now.units() > 0) {
            steps.add(new Step<>("a unit is picked", now.happens('P')));
        }
        if (now.many('R') == 0) {
            steps.add(new Step<>("a unit is received", now.happens('R')));
        }
        if (now.many('L') == 0 && now.units() > 0) {
            steps.add(new Step<>("a unit is lost", now.happens('L')));
        }
        for (int i = 0; i < now.log().length(); i++) {
            if (!now.isHeard(i) || now.again() == 0 && twice(now.log().charAt(i))) {
                steps.add(new Step<>("we hear " + now.log().charAt(i) + " of place " + i, heard(now, i)));
            }
        }
        if (now.snapshots().size() < ON_THEIR_WAY) {
            steps.add(new Step<>("we ask for a snapshot", now.asks()));
        }
        for (int i = 0; i < now.snapshots().size(); i++) {
            boolean read = now.snapshots().get(i).units() >= 0;
            steps.add(read ? new Step<>("snapshot " + i + " comes", learnt(now, i)) : new Step<>("snapshot " + i + " is read", now.reads(i)));
        }
        return steps;
    }

    /** A loss that we were not told of is more than there is, until we are; no other excess is. */
    @Override
    public boolean isFault(Warehouse now) {
        return now.onHand() - now.open() > now.units() - now.owed() + now.many('L');
    }

    @Override
    public boolean isAtRest(Warehouse now) {
        return now.onHand() == now.units() && now.open() == now.owed();
    }

    private boolean keeps(Guard guard) {
        return !without.contains(guard);
    }

    private boolean twice(char what) {
        return what == 'P' && !keeps(Guard.PICKS_ONCE) || what == 'R' && !keeps(Guard.RECEIPTS_ONCE);
    }

    private Warehouse heard(Warehouse now, int position) {
        char what = now.log().charAt(position);
        boolean counted = positions && keeps(Guard.POSITION_COUNTS) && position < now.base();
        boolean hint = what == 'R' && !positions && keeps(Guard.RECEIPT_IS_A_HINT);
        boolean openAlone = what == 'P' && !keeps(Guard.OPEN_FALLS_WITH_ON_HAND);
        return now.hears(position, counted || hint || openAlone ? 0 : Warehouse.change(what), what == 'P' ? -1 : 0);
    }

    private Warehouse learnt(Warehouse now, int index) {
        Snapshot snapshot = now.snapshots().get(index);
        boolean ignoresOlder = keeps(Guard.OLDER_SNAPSHOT_IGNORED);
        if (positions && ignoresOlder && snapshot.position() < now.base()) {
            return now.learns(index, now.onHand(), now.base(), false);
        }
        int onHand = snapshot.units();
        for (int i = 0; i < now.log().length() && keeps(Guard.SNAPSHOT_WITHOUT_PICKS_HEARD); i++) {
            char what = now.log().charAt(i);
            boolean since = positions ? i >= snapshot.position() : what == 'P' && (snapshot.heard() >> i & 1) == 0;
            onHand += now.isHeard(i) && since ? Warehouse.change(what) : 0;
        }
        return now.learns(index, onHand, positions ? Math.max(now.base(), snapshot.position()) : 0, !positions && ignoresOlder);
    }
}
