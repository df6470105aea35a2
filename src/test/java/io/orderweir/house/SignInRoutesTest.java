package io.orderweir.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.orderweir.signin.SignIn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** L13: what calls do without a token that lives, and with one that is refused. */
class SignInRoutesTest {

    @Test
    void withoutATokenNothingLeavesAndNobodyIsBlamed() throws Exception {
        // Given an account of which no token lives
        try (PaperEngine engine = PaperCalls.start(PaperCalls.engine().bean("signIn", new Tokenless()))) {
            // When a call of it is made, to an address that nobody has
            Exchange exchange = engine.send("direct:call", call(Map.of()));
            // Then it did not begin, and comes again in a second
            assertNull(exchange.getException());
            assertNull(exchange.getVariable("callBegan"));
            assertEquals(List.of("later", "not-now", "1", "no token of Acme lives; another one is asked for"),
                    List.of(exchange.getVariable("outcome"), exchange.getVariable("because"), exchange.getVariable("wait"), exchange.getVariable("reason")));
        }
    }

    @Test
    void aCallThatIsRefusedForItsTokenIsMadeOnceMoreAndThenTheAccountIsAskedAbout() throws Exception {
        try (PaperEngine engine = PaperCalls.start(PaperCalls.engine().bean("signIn", new Tokenless()))) {
            Exchange first = engine.send("direct:call.usual", call(Map.of("status", 401)));
            assertEquals(List.of("later", "renewed", "1"), List.of(first.getVariable("outcome"), first.getVariable("aside"), first.getVariable("wait")));
            // the account of this test has no read to be asked with
            Exchange second = engine.send("direct:call.usual", call(Map.of("status", 401, "aside", "renewed")));
            assertEquals("pause", second.getVariable("outcome"));
        }
    }

    private static Map<String, Object> call(Map<String, Object> more) {
        Map<String, Object> variables = new HashMap<>(Map.of("connection", "acme", "label", "Acme", "call", 1L, "method", "GET", "path", "/", "query", "", "url", "http://127.0.0.1:1"));
        variables.putAll(more);
        return variables;
    }

    public static final class Tokenless extends SignIn {
        @Override
        public void sign(Exchange exchange) {
            exchange.setVariable("unsigned", true);
        }

        @Override
        public boolean renews(Exchange exchange) {
            return exchange.getVariable("aside") == null;
        }
    }
}
