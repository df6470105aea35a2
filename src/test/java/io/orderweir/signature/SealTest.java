package io.orderweir.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.wire.ReceivedHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever can write to the topics, and does not know the key, makes nothing that counts. */
class SealTest {

    private static final String KEY = "k".repeat(32);
    private static final String NEWER = "n".repeat(32);
    private static final byte[] BODY = "{\"id\":1}".getBytes(StandardCharsets.UTF_8);
    private static final List<String> NAMES = List.of("shop:order:1", "shop", "order", "shop/1", "2026-11-29T00:00:00Z", "c1");

    @Test
    void whatCaptureWroteHolds() {
        assertTrue(Seals.with(KEY).holds(record(sealed(KEY), BODY, names())));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void noNameCanBeAnotherOne(int place) {
        String[] names = names();
        names[place] += "x";
        assertFalse(Seals.with(KEY).holds(record(sealed(KEY), BODY, names)));
        names[place] = null;
        assertFalse(Seals.with(KEY).holds(record(sealed(KEY), BODY, names)));
    }

    @Test
    void neitherOtherBytesNorNamesThatAreCutElsewhereNorNoSealHold() {
        assertFalse(Seals.with(KEY).holds(record(sealed(KEY), "{\"id\":2}".getBytes(StandardCharsets.UTF_8), names())));
        assertFalse(Seals.with(KEY).holds(record(sealed(KEY), BODY, "shop:order:1s", "hop", "order", "shop/1", "2026-11-29T00:00:00Z", "c1")));
        assertFalse(Seals.with(KEY).holds(record(null, BODY, names())));
        assertFalse(Seals.with(KEY).holds(record(sealed(NEWER), BODY, names())));
    }

    @Test
    void aKeyIsChangedWhileRecordsOfTheOldOneWait() {
        assertTrue(Seals.with(NEWER, KEY).holds(record(sealed(KEY), BODY, names())));
        assertEquals(sealed(NEWER), Seals.with(NEWER, KEY).of(captured()));
    }

    @Test
    void withoutAKeyNothingIsSealedAndNothingAskedFor() {
        assertNull(Seals.with().of(captured()));
        assertTrue(Seals.with().holds(record(null, BODY, names())));
    }

    private static Exchange record(String seal, byte[] body, String... names) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        List<String> headers = List.of("ce_id", "ce_source", "ce_type", "ce_subject", "ce_time", "correlationid");
        for (int i = 0; i < headers.size(); i++) {
            if (names[i] != null) {
                ReceivedHeaders.keep(exchange, headers.get(i), names[i]);
            }
        }
        if (seal != null) {
            ReceivedHeaders.keep(exchange, "seal", seal);
        }
        exchange.getMessage().setBody(body);
        return exchange;
    }

    private static String[] names() {
        return NAMES.toArray(String[]::new);
    }

    private static String sealed(String key) {
        return Seals.with(key).of(captured());
    }

    private static Exchange captured() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        List<String> variables = List.of("delivery", "source", "type", "entity", "time", "correlation");
        for (int i = 0; i < variables.size(); i++) {
            exchange.setVariable(variables.get(i), NAMES.get(i));
        }
        exchange.getMessage().setBody(BODY);
        return exchange;
    }
}
