package io.orderweir.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** What a connector says of a call is written down, also where the word is none: a call whose end nobody could write down would be looked for again and again. */
class OutcomeTest {

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    void aWordThatIsNoneIsUnsureAndToldWithTheWayOut() {
        exchange.setVariable("system", "acme");
        exchange.setVariable("outcome", "onwards");
        assertEquals("unsure", Outcome.of(exchange));
        assertEquals("the connector acme ended the call with the outcome 'onwards', which is none of done, found, absent, onward, later, unsure, pause, hold; an integrator corrects it in its routes",
                exchange.getVariable("reason"));
    }

    @Test
    void aWordOfTheTableIsTakenAsItIs() {
        exchange.setVariable("outcome", "onward");
        assertEquals("onward", Outcome.of(exchange));
        assertNull(exchange.getVariable("reason"));
        exchange.removeVariable("outcome");
        assertEquals("unsure", Outcome.of(exchange));
    }

    @Test
    void aCauseThatIsNoneIsNotNow() {
        assertEquals("not-now", Outcome.because(exchange));
        exchange.setVariable("because", "tired");
        assertEquals("not-now", Outcome.because(exchange));
        exchange.setVariable("because", "busy");
        assertEquals("busy", Outcome.because(exchange));
    }
}
