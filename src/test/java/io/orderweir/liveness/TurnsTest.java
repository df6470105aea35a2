package io.orderweir.liveness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final Turns turns = new Turns();
    private final Exchange tick = new DefaultExchange(new DefaultCamelContext());

    TurnsTest() {
        tick.getExchangeExtension().setFromRouteId("look");
    }

    @Test
    void aRouteThatFindsNothingLooksRarelyAfterALull() {
        // When nothing is found
        long first = looks(20);
        long later = looks(100);

        // Then
        assertEquals(20, first);
        assertEquals(10, later);
    }

    @Test
    void oneThatFindsSomethingLooksAtEachTickAgain() {
        // Given a lull
        looks(200);

        // When an empty list and nothing are found, and then something
        turns.found(List.of(), "look");
        turns.found(null, "look");
        long stillRare = looks(10);
        turns.found(List.of("erp"), "look");

        // Then
        assertEquals(1, stillRare);
        assertEquals(20, looks(20));
    }

    @Test
    void eachRouteHasItsOwn() {
        looks(200);
        tick.getExchangeExtension().setFromRouteId("hear");

        assertTrue(turns.isNext(tick, 10));
    }

    private long looks(int ticks) {
        return IntStream.range(0, ticks).filter(number -> turns.isNext(tick, 10)).count();
    }
}
