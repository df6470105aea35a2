package io.orderweir.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.privacy.Scrubber;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session is there for later calls of its connection, and for nobody who reads. */
class SessionTest {

    private final Session session = new Session();

    @BeforeEach
    void start() {
        session.scrubber = new Scrubber(List.of());
        session.json = new ObjectMapper();
    }

    @Test
    void aSessionIsOfItsConnectionAndIsTakenOutOfAllThatIsKept() {
        assertNull(session.of(call(Map.of())));
        login("{\"result\":{\"session\":\"0123456789\"}}", "/result/session");

        assertEquals("0123456789", session.of(call(Map.of())));
        assertNull(session.of(call(Map.of("connection", "other"))));
        assertEquals("(session)", session.of(call(Map.of("connection", "other", "dryRun", "true"))));
        assertEquals("it said •••", session.scrubber.scrub("it said 0123456789"));
    }

    @Test
    void aSessionOfSeveralPartsIsKeptAsJsonAndItsLongPartsAreSecrets() {
        login("{\"result\":[7,\"0123456789\"]}", "/result");

        assertEquals("[7,\"0123456789\"]", session.of(call(Map.of())));
        assertEquals("7 and •••", session.scrubber.scrub("7 and 0123456789"));
    }

    @Test
    void whatIsNoSessionOrCannotBeToldFromOtherTextIsNotKept() {
        for (String answer : List.of("", "<html>", "{\"result\":null}", "{\"result\":{\"session\":\"1234567\"}}")) {
            login(answer, "/result/session");
            assertNull(session.of(call(Map.of())), answer);
        }
        assertEquals("the variable sessionIs is 'result', which is no JSON Pointer such as /result/1",
                assertThrows(IllegalArgumentException.class, () -> session.begin(call(Map.of("sessionIs", "result")))).getMessage());
    }

    @Test
    void oneSignsInAtATimeAndNobodyAgainAfterwards() {
        Exchange first = call(Map.of("sessionIs", "/s"));
        Exchange second = call(Map.of("sessionIs", "/s"));
        assertTrue(session.begin(first));
        assertFalse(session.begin(second));
        login("{\"s\":\"0123456789\"}", "/s");
        session.end(first);
        // found that there was none before the first one had it
        assertFalse(session.begin(second));
    }

    @Test
    void aSessionThatWorkedIsForgottenOnceAndOneThatNeverDidIsNoReasonToSignInAgain() {
        // Given one that was just given
        login("{\"s\":\"0123456789\"}", "/s");
        Exchange refused = call(Map.of("session", "0123456789", "status", 401));
        session.keep(refused);
        assertFalse(session.forget(refused));
        assertNull(session.of(refused));

        // and one that worked, with which two calls were under way when it ended
        login("{\"s\":\"first-session\"}", "/s");
        session.keep(call(Map.of("session", "first-session", "status", 200)));
        Exchange one = call(Map.of("session", "first-session", "status", 401));
        assertTrue(session.forget(one));
        login("{\"s\":\"second-session\"}", "/s");
        assertTrue(session.forget(one));
        assertEquals("second-session", session.of(one));
    }

    private void login(String answer, String where) {
        session.keep(call(Map.of("sessionIs", where, "answer", answer, "status", 200)));
    }

    private static Exchange call(Map<String, Object> variables) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setVariable("connection", "acme");
        variables.forEach(exchange::setVariable);
        return exchange;
    }
}
