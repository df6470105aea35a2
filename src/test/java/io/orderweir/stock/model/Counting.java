package io.orderweir.stock.model;

import io.orderweir.stock.model.Pool.Count;
import io.orderweir.stock.model.Pool.Phase;

/** The count: be quiet, read the quantity, catch up on the orders, compute. */
final class Counting {

    private final World world;
    private final Calls calls;

    Counting(World world) {
        this.world = world;
        this.calls = new Calls(world);
    }

    void next(Pool pool, Steps steps) {
        boolean ordersFirst = !world.keeps(Guard.QUANTITY_BEFORE_ORDERS);
        switch (pool.count) {
            case NONE:
                if (mayBegin(pool)) {
                    steps.add("a count begins", p -> {
                        p.count = Count.BEGUN;
                        p.cancelsBefore = p.restocksBooked + p.dropsBooked;
                        if (ordersFirst) {
                            catchUp(p);
                        }
                    });
                }
                break;
            case BEGUN:
                steps.add("the count reads the quantity", p -> {
                    p.read = world.kind() == Kind.SOURCE ? p.shown + p.sales() - p.shipped : p.shown;
                    p.count = ordersFirst || !world.keeps(Guard.ORDERS_IN_THE_COUNT) ? Count.COMPLETE : Count.READ;
                });
                break;
            case READ:
                steps.add("the count catches up on the orders", p -> {
                    catchUp(p);
                    p.count = Count.COMPLETE;
                });
                break;
            default:
                steps.add("the count ends", this::end);
                break;
        }
    }

    private boolean mayBegin(Pool pool) {
        boolean settles = pool.phase == Phase.NONE || pool.phase == Phase.UNSURE && !world.kind().remembersKeys() && world.kind() != Kind.SOURCE;
        boolean quiet = pool.isQuiet() || !world.keeps(Guard.QUIET_BEFORE_THE_READ);
        return settles && quiet;
    }

    private static void catchUp(Pool pool) {
        pool.booked = Math.max(pool.booked, pool.sold);
    }

    private void end(Pool pool) {
        int cancels = world.keeps(Guard.LATE_CANCELS_DO_NOT_LOWER) ? pool.cancelsBefore : pool.restocksBooked + pool.dropsBooked;
        int orders = pool.booked - cancels;
        int result = world.kind() == Kind.SOURCE ? Math.max(orders, pool.read + pool.shipmentsPlanned) : orders + Math.max(pool.read, 0);
        pool.given = pool.stale ? result : Math.min(pool.given, result);
        pool.stale = false;
        int below = world.kind() == Kind.KEYED && pool.phase == Phase.NONE ? -pool.read : 0;
        pool.count = Count.NONE;
        pool.read = 0;
        pool.cancelsBefore = 0;
        if (pool.phase == Phase.UNSURE) {
            calls.close(pool);
        }
        calls.lift(pool, below);
    }
}
