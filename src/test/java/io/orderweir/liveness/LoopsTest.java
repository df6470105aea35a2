package io.orderweir.liveness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** What has not moved for a minute is found, and what waits, or has nothing to do, is alive. */
class LoopsTest {

    private static final Set<String> NOBODY = Set.of();
    private static final List<Double> NONE = List.of();

    private final AtomicLong now = new AtomicLong(1);
    private final Loops loops = new Loops(now::get);
    private final CamelContext camel = new DefaultCamelContext();
    private final Exchange exchange = new DefaultExchange(camel);

    @Test
    void aLoopThatTurnsIsAliveAndOneThatStoodStillIsNot() {
        RoutePolicy look = loops.createRoutePolicy(camel, "deliver.look", null);
        assertEquals(Set.of(), loops.still(NOBODY, NONE));
        look.onStart(null);
        after(59);
        assertEquals(Set.of(), loops.still(NOBODY, NONE));
        after(2);
        assertEquals(Set.of("deliver.look"), loops.still(NOBODY, NONE));
        look.onExchangeBegin(null, exchange);
        assertEquals(Set.of(), loops.still(NOBODY, NONE));
        // and one that was stopped is none
        after(100);
        look.onStop(null);
        assertEquals(Set.of(), loops.still(NOBODY, NONE));
    }

    @Test
    void workersThatMadeNothingOfWhatTheyWereGivenStandStill() {
        assertEquals(Set.of("deliver.wms"), loops.still(Set.of("wms"), NONE));
    }

    @Test
    void aConsumerThatDoesNotAskIsAliveOnlyWhileItsBatchGoesOn() {
        RoutePolicy process = loops.createRoutePolicy(camel, "process", null);
        RoutePolicy record = loops.createRoutePolicy(camel, "process.record", null);
        assertEquals(Set.of(), loops.still(NOBODY, List.of(0.1, 59.0)));
        assertEquals(Set.of("process"), loops.still(NOBODY, List.of(0.1, 61.0)));
        // in the middle of a batch, record by record
        process.onExchangeBegin(null, exchange);
        after(50);
        record.onExchangeBegin(null, exchange);
        after(50);
        assertEquals(Set.of(), loops.still(NOBODY, List.of(0.1, 100.0)));
        // the other one has no such excuse
        assertEquals(Set.of("process"), loops.still(NOBODY, List.of(100.0, 100.0)));
        // while the ledger is away it is tried again and again
        after(50);
        loops.process(exchange);
        after(50);
        assertEquals(Set.of(), loops.still(NOBODY, List.of(0.1, 200.0)));
        // and then it ends, or does not
        after(20);
        assertEquals(Set.of("process"), loops.still(NOBODY, List.of(0.1, 220.0)));
        process.onExchangeDone(null, exchange);
        assertEquals(Set.of(), loops.still(NOBODY, List.of(0.1, 0.2)));
    }

    @Test
    void whatWaitsForTheLedgerIsAlive() throws InterruptedException {
        RoutePolicy due = loops.createRoutePolicy(camel, "deliver.due", null);
        due.onStart(null);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        Thread waits = new Thread(() -> {
            due.onExchangeBegin(null, exchange);
            org.postgresql.Waiting.until(asked, answered);
            due.onExchangeDone(null, exchange);
        });
        waits.start();
        asked.await(10, TimeUnit.SECONDS);
        after(100);
        assertEquals(Set.of(), loops.still(NOBODY, NONE));
        answered.countDown();
        waits.join();
        after(100);
        assertEquals(Set.of("deliver.due"), loops.still(NOBODY, NONE));
    }

    @Test
    void otherRoutesAreNoLoops() {
        assertNull(loops.createRoutePolicy(camel, "call.make", null));
        assertNull(loops.createRoutePolicy(camel, "netsuite.order.create", null));
    }

    private void after(long seconds) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }
}
