package io.orderweir.deliver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.connector.Connectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a descriptor lists is asked for once, by one, and again when its time is over; what another process fetched is read and not asked for. */
class ReferenceDataTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir
    Path mounted;

    private final ReferenceData data = new ReferenceData();

    @BeforeEach
    void mount() throws IOException {
        Files.writeString(Files.createDirectory(mounted.resolve("acme")).resolve("connector.yaml"), """
                system: acme
                label: Acme
                knows: { countries: { kept-for: 24h }, units: { kept-for: 1h } }
                # end
                """);
        data.connectors = Connectors.in(mounted.toString());
        data.json = new ObjectMapper();
        at(NOON);
    }

    @Test
    void eachIsAskedForByItsConnectionOneAfterTheOther() throws IOException {
        assertEquals("countries", data.missing("erp", "acme"));
        keeps("erp", "countries", "{\"DE\":49}");
        assertEquals("units", data.missing("erp", "acme"));
        keeps("erp", "units", "[\"pcs\"]");
        assertNull(data.missing("erp", "acme"));
        assertEquals("{\"countries\":{\"DE\":49},\"units\":[\"pcs\"]}", data.of("erp", "acme").toString());
        // another account may know others
        assertEquals("countries", data.missing("erp-eu", "acme"));
        assertEquals("{}", data.of("erp-eu", "acme").toString());
    }

    @Test
    void itIsAskedForAgainWhenItsTimeIsOverAndIsThereUntilThen() throws IOException {
        keeps("erp", "countries", "{\"DE\":49}");
        keeps("erp", "units", "[]");
        at(NOON.plus(Duration.ofHours(1)).minusMillis(1));
        assertNull(data.missing("erp", "acme"));
        at(NOON.plus(Duration.ofHours(1)));
        assertEquals("units", data.missing("erp", "acme"));
        assertTrue(data.of("erp", "acme").has("units"));
    }

    @Test
    void whatAnotherProcessFetchedIsReadFromTheLedger() throws IOException {
        Exchange call = call("erp", Map.of("kept", List.of(row("countries", "{\"FR\":33}", NOON.plusSeconds(5)), row("units", "[]", NOON))));
        assertTrue(data.isOld(call));
        data.read(call);
        assertEquals(33, data.of("erp", "acme").at("/countries/FR").asInt());
        // that one was over
        assertEquals("units", data.missing("erp", "acme"));
        assertNull(call.getVariable("kept"));
    }

    @Test
    void oneAsksAtATimeAndNobodyAgainAfterwards() throws IOException {
        Exchange first = call("erp", Map.of("asksFor", "units"));
        assertTrue(data.begin(first));
        assertFalse(data.begin(call("erp", Map.of("asksFor", "units"))));
        assertTrue(data.begin(call("erp-eu", Map.of("asksFor", "units"))));
        data.end(first);
        assertTrue(data.begin(call("erp", Map.of("asksFor", "units"))));
        keeps("erp", "units", "[]");
        data.end(first);
        // found that there was none before the second one had it
        assertFalse(data.begin(call("erp", Map.of("asksFor", "units"))));
    }

    @Test
    void aSystemThatListsNothingIsNeverAsked() {
        assertNull(data.missing("erp", "netsuite"));
        assertNull(data.of("erp", "netsuite"));
    }

    private void keeps(String connection, String name, String json) throws IOException {
        Exchange call = call(connection, Map.of("asksFor", name, "known", json));
        data.keep(call);
        assertEquals(name.equals("units") ? 3_600.0 : 86_400.0, call.getVariable("keptFor"));
    }

    private void at(Instant now) {
        data.clock = Clock.fixed(now, ZoneOffset.UTC);
    }

    private static Map<String, Object> row(String name, String content, Instant until) {
        return Map.of("name", name, "content", content, "keptUntil", Timestamp.from(until));
    }

    private static Exchange call(String connection, Map<String, Object> variables) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setVariable("connection", connection);
        exchange.setVariable("system", "acme");
        variables.forEach(exchange::setVariable);
        return exchange;
    }
}
