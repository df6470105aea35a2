package io.orderweir.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxWmsSessionsTest {
    private static final String LOGIN = "{\"user\":\"sandbox-wms-user\",\"password\":\"sandbox-wms-password\"}";

    private final HandClock clock = new HandClock("2026-11-30T13:00:00Z");
    private final WmsSessions sessions = new WmsSessions(Settings.wms(), clock);

    @Test
    void aSessionLetsInForHalfAnHourInItsOwnHeaderAlone() {
        String session = Json.readObject(login(LOGIN).getMessage().getBody(String.class)).path("session").asText();
        assertEquals("true false false", known("X-Session", session) + " " + known("Authorization", "Bearer " + session) + " " + known("X-Session", session + "x"));
        clock.turn(Duration.ofMinutes(30));
        assertEquals(false, known("X-Session", session));
        // and the fixed token in its own
        assertEquals("true false false", known("Authorization", "Bearer sandbox-wms-token") + " " + known("X-Session", "sandbox-wms-token") + " " + known("X-Other", "x"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "sandbox-wms-user      | ann                | 401",
        "sandbox-wms-password  | another            | 401",
        "\"user\"              | \"username\"       | 422",
        "{                     | {\"more\":1,       | 422",
        "}                     | -                  | 422"})
    void whoIsNotTheUserOrSaysSomethingElseGetsNone(String right, String wrong, int status) {
        assertEquals(status, login(LOGIN.replace(right, wrong)).getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE));
    }

    private boolean known(String header, String value) {
        Exchange call = new DefaultExchange(new DefaultCamelContext());
        call.getMessage().setHeader(Exchange.HTTP_PATH, "/fulfilments");
        call.getMessage().setHeader(header, value);
        sessions.check(call);
        return call.getVariable("known", Boolean.class);
    }

    private Exchange login(String body) {
        Exchange call = new DefaultExchange(new DefaultCamelContext());
        call.getMessage().setBody(body);
        sessions.login(call);
        return call;
    }
}
