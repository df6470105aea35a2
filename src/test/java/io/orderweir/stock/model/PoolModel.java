package io.orderweir.stock.model;

import java.util.List;

/** The protocol of a pool: buyers, the network and others do what they like, and we whatever the rules let us. */
final class PoolModel implements Model<Pool> {

    private final World world;
    private final Calls calls;
    private final Counting counting;

    PoolModel(World world) {
        this.world = world;
        this.calls = new Calls(world);
        this.counting = new Counting(world);
    }

    @Override
    public Pool start() {
        return new Pool();
    }

    @Override
    public List<Step<Pool>> next(Pool pool) {
        Steps steps = new Steps(pool);
        atTheChannel(pool, steps);
        whatIsTold(pool, steps);
        elsewhere(pool, steps);
        calls.next(pool, steps);
        counting.next(pool, steps);
        if (pool.count != Pool.Count.NONE || pool.phase == Pool.Phase.LOOKED) {
            steps.add("a crash forgets what was read", this::forget);
        }
        if (pool.restores < world.restores()) {
            steps.add("the books are put back to an earlier day", this::putBack);
        }
        return steps.all();
    }

    @Override
    public boolean isFault(Pool pool) {
        return pool.sales() + Math.max(pool.shown, 0) + pool.elsewhere > world.units() + pool.strange;
    }

    @Override
    public boolean isAtRest(Pool pool) {
        return !pool.stale && pool.phase == Pool.Phase.NONE && pool.count == Pool.Count.NONE && pool.strays.isEmpty() && pool.shown >= 0 && pool.sales() + pool.shown == pool.given;
    }

    private void atTheChannel(Pool pool, Steps steps) {
        if (pool.shown > 0) {
            steps.add("a unit is sold", p -> {
                p.shown--;
                p.sold++;
            });
        }
        boolean cancellable = pool.sales() > pool.shipped;
        if (cancellable && pool.restocked < world.restocks()) {
            steps.add("an order is cancelled, its unit is on sale again", p -> {
                p.restocked++;
                p.shown++;
            });
        }
        if (cancellable && pool.dropped < world.drops()) {
            steps.add("an order is cancelled, its unit stays with us", p -> p.dropped++);
        }
        if (pool.shipped < pool.shipmentsPlanned) {
            steps.add("a shipment is posted", p -> p.shipped++);
        }
        if (pool.strange < world.strangers()) {
            steps.add("somebody else adds a unit", p -> {
                p.strange++;
                p.shown++;
            });
            if (pool.shown > 0) {
                steps.add("the channel sells a unit twice", p -> {
                    p.strange++;
                    p.sold++;
                });
            }
        }
    }

    /** Messages come late, in any order, twice, or never. */
    private void whatIsTold(Pool pool, Steps steps) {
        if (pool.booked < pool.sold || !world.keeps(Guard.SALES_ONCE) && pool.sold > 0 && pool.booked == pool.sold) {
            steps.add("a sale is booked", p -> p.booked++);
        }
        if (pool.restocksBooked < pool.restocked) {
            steps.add("a cancel that restocked is booked", p -> p.restocksBooked++);
        }
        if (pool.dropsBooked < pool.dropped || !world.keeps(Guard.CANCELS_ONCE) && pool.dropped > 0 && pool.dropsBooked == pool.dropped) {
            steps.add("a cancel without restock is booked", p -> {
                p.dropsBooked++;
                p.given--;
            });
        }
        boolean free = pool.phase == Pool.Phase.NONE || !world.keeps(Guard.NO_SHIPMENT_DURING_A_SET);
        if (world.kind() == Kind.SOURCE && free && pool.shipmentsPlanned < pool.booked) {
            steps.add("a shipment is planned", p -> p.shipmentsPlanned++);
        }
    }

    private void elsewhere(Pool pool, Steps steps) {
        if (!pool.stale && world.free(pool) > 0) {
            steps.add("a unit goes on sale elsewhere", p -> p.elsewhere++);
        }
        if (!pool.stale && pool.elsewhere > 0) {
            steps.add("a unit comes back from elsewhere", p -> p.elsewhere--);
        }
    }

    /** To the first day, on which nothing was given yet: nothing else lets us give more. What was under way goes on without us. */
    private void putBack(Pool pool) {
        forget(pool);
        pool.copies += pool.phase == Pool.Phase.SENT ? 1 : 0;
        calls.close(pool);
        pool.given = 0;
        pool.booked = 0;
        pool.restocksBooked = 0;
        pool.dropsBooked = 0;
        pool.restores++;
        pool.stale = world.keeps(Guard.BROUGHT_IN_AFTER_A_RESTORE);
    }

    private void forget(Pool pool) {
        pool.count = Pool.Count.NONE;
        pool.read = 0;
        pool.cancelsBefore = 0;
        if (pool.phase == Pool.Phase.LOOKED) {
            pool.phase = Pool.Phase.LOOK;
        }
    }
}
