package io.orderweir.stock.model;

import io.orderweir.stock.model.Pool.Count;
import io.orderweir.stock.model.Pool.Phase;
import io.orderweir.stock.model.Request.Verb;

/** Stock calls, one at a time: planned, sent, executed soon or late or never, answered or not, settled. A crash while one is sent is a time-out of it. */
final class Calls {

    /** Units of one call, and copies of it that are alive. */
    private static final int MOST = 2;

    private final World world;

    Calls(World world) {
        this.world = world;
    }

    void next(Pool pool, Steps steps) {
        boolean counted = pool.count != Count.NONE && world.keeps(Guard.NO_CALL_IN_A_COUNT);
        if (pool.phase == Phase.NONE && !counted && !pool.stale) {
            plan(pool, steps);
        }
        if (pool.phase == Phase.PLANNED) {
            steps.add("the call is sent", p -> send(p, true));
            if (pool.call.isRaise() && !pool.owed && world.keeps(Guard.CHARGE_BEFORE_SENDING)) {
                steps.add("the planned raise is dropped", p -> {
                    p.given -= p.call.amount();
                    close(p);
                });
            }
        }
        if (pool.phase == Phase.UNSURE && !counted && pool.copies < MOST && mayRepeat(pool)) {
            steps.add("the call is sent again", this::repeat);
        }
        onTheNetwork(pool, steps);
        answered(pool, steps);
    }

    private void plan(Pool pool, Steps steps) {
        // a source may be set once more to what it was given: a take-back can have left it below what it has sold
        for (int amount = world.kind() == Kind.SOURCE ? 0 : 1; amount <= Math.min(MOST, world.free(pool)); amount++) {
            int units = amount;
            steps.add("raise by " + units, p -> raise(p, units));
        }
        if (world.kind() == Kind.ABSOLUTE) {
            steps.add("close", p -> planned(p, new Request(Verb.CLOSE, 0, 0)));
            return;
        }
        int most = world.kind() == Kind.COMPARED ? Math.min(pool.grant(), pool.shown) : pool.grant();
        for (int amount = 1; amount <= Math.min(MOST, most); amount++) {
            int units = amount;
            steps.add("take back " + units, p -> take(p, units));
        }
    }

    private void raise(Pool pool, int units) {
        int charge = world.kind() == Kind.ABSOLUTE && !world.keeps(Guard.SET_CHARGES_IN_FULL) ? Math.max(0, units - pool.grant()) : units;
        int wanted = pool.given + charge;
        if (world.keeps(Guard.CHARGE_BEFORE_SENDING)) {
            pool.given = wanted;
        }
        planned(pool, new Request(Verb.RAISE, units, base(pool, wanted)));
    }

    private void take(Pool pool, int units) {
        planned(pool, new Request(Verb.TAKE, units, base(pool, pool.given - units)));
        if (!world.keeps(Guard.CREDIT_AFTER_PROOF)) {
            pool.given -= units;
        }
    }

    private int base(Pool pool, int wanted) {
        switch (world.kind()) {
            case COMPARED:
                return pool.shown;
            case SOURCE:
                return wanted - (world.keeps(Guard.SHIPMENT_COUNTS_WHEN_PLANNED) ? pool.shipmentsPlanned : pool.shipped);
            default:
                return 0;
        }
    }

    private static void planned(Pool pool, Request request) {
        pool.phase = Phase.PLANNED;
        pool.call = request;
    }

    private static void send(Pool pool, boolean only) {
        pool.phase = Phase.SENT;
        pool.onlyAttempt = only;
    }

    private boolean mayRepeat(Pool pool) {
        switch (world.kind()) {
            case REFUSING:
                return pool.call.isRaise() && !world.keeps(Guard.NO_BLIND_REPEAT);
            case ABSOLUTE:
                return !pool.call.isRaise() || !world.keeps(Guard.NO_BLIND_REPEAT);
            default:
                return true;
        }
    }

    private void repeat(Pool pool) {
        boolean only = pool.copies == 0;
        if (!world.keeps(Guard.SAME_KEY_WHILE_UNSURE)) {
            leaveCopies(pool);
            pool.keyUsed = false;
        }
        send(pool, only);
    }

    private void onTheNetwork(Pool pool, Steps steps) {
        if (pool.phase == Phase.SENT) {
            steps.add("the channel executes the call", p -> p.phase = execute(p) ? Phase.DONE : Phase.REFUSED);
            steps.add("time-out, the request is lost", p -> timeOut(p, 0));
            if (pool.copies < MOST) {
                steps.add("time-out, the request is alive", p -> timeOut(p, 1));
            }
        }
        if (pool.phase == Phase.DONE || pool.phase == Phase.REFUSED) {
            steps.add("the answer is lost", p -> timeOut(p, 0));
        }
        if (pool.copies > 0) {
            steps.add("the channel executes a late copy", p -> {
                p.copies--;
                execute(p);
            });
            steps.add("a late copy is lost", p -> p.copies--);
        }
        for (Request stray : pool.strays) {
            steps.add("the channel executes a copy of an earlier call", p -> {
                p.strays = p.strays.stream().filter(other -> other != stray).toList();
                stray.execute(world.kind(), p);
            });
            steps.add("a copy of an earlier call is lost", p -> p.strays = p.strays.stream().filter(other -> other != stray).toList());
        }
    }

    private boolean execute(Pool pool) {
        if (pool.keyUsed) {
            return true;
        }
        boolean done = pool.call.execute(world.kind(), pool);
        pool.keyUsed = done && world.kind().remembersKeys() && world.keeps(Guard.KEY);
        return done;
    }

    private void timeOut(Pool pool, int alive) {
        pool.phase = Phase.UNSURE;
        pool.copies += alive;
        if (pool.call.isRaise() && !world.keeps(Guard.UNSURE_RAISE_STAYS_CHARGED) || pool.call.verb() == Verb.TAKE && !world.keeps(Guard.UNSURE_TAKE_BACK_STAYS_UNCREDITED)) {
            pool.given -= pool.call.amount();
            close(pool);
        }
    }

    private void answered(Pool pool, Steps steps) {
        boolean copiesMayLive = world.kind() != Kind.SOURCE || !world.keeps(Guard.COPIES_ARE_DEAD_WHEN_SETTLED);
        if (pool.phase == Phase.DONE && (copiesMayLive || pool.copies == 0)) {
            steps.add("the answer comes: done", this::settle);
        }
        if (pool.phase == Phase.REFUSED) {
            steps.add("the answer comes: refused", this::refused);
        }
        if (pool.phase == Phase.LOOK) {
            steps.add("its number is read", p -> {
                p.phase = Phase.LOOKED;
                p.read = p.shown;
            });
        }
        if (pool.phase == Phase.LOOKED) {
            steps.add("what was taken back is credited", this::credit);
        }
    }

    private void settle(Pool pool) {
        boolean looks = world.keeps(Guard.LOOK_AFTER_A_TAKE_BACK);
        if (pool.call.verb() == Verb.TAKE && world.kind() == Kind.KEYED && looks) {
            pool.phase = Phase.LOOK;
            return;
        }
        if (pool.call.isRaise() && !world.keeps(Guard.CHARGE_BEFORE_SENDING)) {
            pool.given += pool.call.amount();
        }
        // what was taken from a source is credited by the count alone
        if (pool.call.verb() == Verb.TAKE && world.keeps(Guard.CREDIT_AFTER_PROOF) && (world.kind() != Kind.SOURCE || !looks)) {
            pool.given -= pool.call.amount();
        }
        close(pool);
    }

    private void refused(Pool pool) {
        if (!pool.onlyAttempt && world.keeps(Guard.REFUSAL_AFTER_A_TIME_OUT_PROVES_NOTHING)) {
            pool.phase = Phase.UNSURE;
            return;
        }
        if (pool.call.isRaise() && world.keeps(Guard.CHARGE_BEFORE_SENDING)) {
            pool.given -= pool.call.amount();
        }
        close(pool);
    }

    private void credit(Pool pool) {
        int below = Math.min(pool.call.amount(), Math.max(0, -pool.read));
        pool.given -= pool.call.amount() - below;
        close(pool);
        lift(pool, below);
    }

    /** Puts back what a channel is below zero by: it was sold, so it is charged already. */
    void lift(Pool pool, int below) {
        if (below > 0) {
            planned(pool, new Request(Verb.RAISE, below, 0));
            pool.owed = true;
        }
    }

    void close(Pool pool) {
        leaveCopies(pool);
        pool.phase = Phase.NONE;
        pool.call = Request.NONE;
        pool.owed = false;
        pool.onlyAttempt = false;
        pool.keyUsed = false;
        pool.read = 0;
    }

    /** What is still alive of it: under a key it does something once, under a key that has done it nothing. */
    private void leaveCopies(Pool pool) {
        boolean keyed = world.kind().remembersKeys() && world.keeps(Guard.KEY);
        for (int i = 0; i < (keyed ? Math.min(1, pool.copies) : pool.copies) && !pool.keyUsed; i++) {
            pool.stray(pool.call);
        }
        pool.copies = 0;
    }
}
