package io.orderweir.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.connection.Settings;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
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
        assertTrue(sealer(KEY).holds(sealed(KEY), BODY, names()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void noNameCanBeAnotherOne(int place) {
        String[] names = names();
        names[place] += "x";
        assertFalse(sealer(KEY).holds(sealed(KEY), BODY, names));
        names[place] = null;
        assertFalse(sealer(KEY).holds(sealed(KEY), BODY, names));
    }

    @Test
    void neitherOtherBytesNorNamesThatAreCutElsewhereNorNoSealHold() {
        assertFalse(sealer(KEY).holds(sealed(KEY), "{\"id\":2}".getBytes(StandardCharsets.UTF_8), names()));
        assertFalse(sealer(KEY).holds(sealed(KEY), BODY, "shop:order:1s", "hop", "order", "shop/1", "2026-11-29T00:00:00Z", "c1"));
        assertFalse(sealer(KEY).holds(null, BODY, names()));
        assertFalse(sealer(KEY).holds(sealed(NEWER), BODY, names()));
    }

    @Test
    void aKeyIsChangedWhileRecordsOfTheOldOneWait() {
        assertTrue(sealer(NEWER, KEY).holds(sealed(KEY), BODY, names()));
        assertEquals(sealed(NEWER), sealer(NEWER, KEY).of(captured()));
    }

    @Test
    void withoutAKeyNothingIsSealedAndNothingAskedFor() {
        assertNull(sealer().of(captured()));
        assertTrue(sealer().holds(null, BODY));
    }

    private static String[] names() {
        return NAMES.toArray(String[]::new);
    }

    private static String sealed(String key) {
        return sealer(key).of(captured());
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

    private static Seal sealer(String... keys) {
        Seal seal = new Seal();
        seal.settings = answering(Settings.class, answering(Settings.Capture.class, keys.length == 0 ? Optional.empty() : Optional.of(List.of(keys))));
        return seal;
    }

    private static <T> T answering(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> answer));
    }
}
