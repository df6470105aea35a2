package io.orderweir.chaos;

import java.util.function.Function;

/** The four phases of an order's way in which the engine is killed. */
enum Phase {
    SETTLE(BlockedStatement::settle),
    CAPTURE(StoppedBroker::new),
    PROCESS(BlockedStatement::append),
    CALL(day -> new OpenCall(day, day.sql().number("select count(*) from orderweir.delivery where connection = 'wms' and claimable") > 5 ? "wms" : "netsuite"));

    private final Function<BlackFriday, Trap> trap;

    Phase(Function<BlackFriday, Trap> trap) {
        this.trap = trap;
    }

    Trap trap(BlackFriday day) {
        return trap.apply(day);
    }
}
