package io.orderweir.hold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.orderweir.capability.Configured;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.ledger.Captured;
import io.orderweir.type.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What says that it is of a time to come is held: it would win over everything that really comes later. */
class VersionInFutureTest {

    private static final String CAPTURED = "2026-11-21T13:00:00Z";

    @ParameterizedTest
    @CsvSource({"order, updatedAt, 2026-11-21T13:10:00.001Z", "order, updatedAt, 9999-12-31T23:59:59.999Z", "product, updatedAt, 2027-01-01T00:00:00.000Z", "signal, at, 2026-11-21T13:11:00.000Z"})
    void moreThanTenMinutesAheadIsHeld(String type, String field, String time) {
        VersionInFuture early = assertThrows(VersionInFuture.class, () -> look(type, field, time, CAPTURED));

        Refusal refusal = new Sentence(Configured.connectors(Map.of())).forError("#1", early);
        assertEquals("version-in-future " + field, refusal.reason() + " " + refusal.canonicalPath());
        assertEquals("Order #1: it says that it is of " + time + ", and it is 2026-11-21T13:00:00Z now. Nothing that really comes later would count after it, so it is not taken as the newest."
                + " Look at the sender's clock. Its next event takes the place of this one; or correct the time and release, or discard it.", refusal.sentence());
    }

    @ParameterizedTest
    @CsvSource({"order, updatedAt, 2026-11-21T13:10:00.000Z", "signal, at, 1970-01-01T00:00:00.000Z", "product, none, x"})
    void aClockThatIsALittleFastAndWhatHasNoTimeAreNot(String type, String field, String time) {
        look(type, field, time, CAPTURED);
    }

    @Test
    void whenItsTimeHasComeAPersonReleasesItAsItIs() {
        assertThrows(VersionInFuture.class, () -> look("order", "updatedAt", "2026-11-21T14:00:00.000Z", CAPTURED));
        look("order", "updatedAt", "2026-11-21T14:00:00.000Z", "2026-11-21T13:55:00Z");
    }

    @Test
    void whatWasCapturedByAClockBeforeOursCountsByItsOwn() {
        // Given a capture whose clock is an hour before ours, Then the sender's is not blamed for it
        look("order", "updatedAt", "2026-11-21T13:05:00.000Z", "2026-11-21T12:00:00Z");
    }

    private static void look(String type, String field, String time, String now) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setVariable("captured", new Captured("t", 0, 0, "d", "web", type, "web/7", "c", CAPTURED, new byte[0]));
        exchange.setVariable("canonical", new ObjectMapper().createObjectNode().put(field, time));
        Refuse refuse = new Refuse();
        refuse.types = Types.packaged();
        refuse.clock = Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
        refuse.whatHasNotHappenedYet(exchange);
    }
}
