package io.orderweir.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.connection.Connections;
import io.orderweir.connection.Settings.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wrong configuration refuses the start and says how to put it right. */
class ConnectionsTest {

    private static final Map<String, String> NETSUITE = Map.of(
            "orderweir.connections.netsuite.system", "netsuite",
            "orderweir.connections.netsuite.url", "http://127.0.0.1:9",
            "orderweir.connections.netsuite.timeout", "7S",
            "orderweir.connections.netsuite.settles-within", "5S",
            "orderweir.connections.netsuite.limits.calls-per-minute.calls", "99",
            "orderweir.connections.netsuite.limits.calls-per-minute.window", "1M",
            "orderweir.connections.netsuite.settings.customer", "107",
            "orderweir.connections.netsuite.credentials.consumer-key", "ck");

    @Test
    void everyKindOfKeyIsRead() {
        Connection netsuite = Configured.connections(NETSUITE).connection("netsuite");
        assertEquals("http://127.0.0.1:9", netsuite.url().orElseThrow());
        assertEquals(Duration.ofSeconds(7), netsuite.timeout());
        assertEquals(Duration.ofSeconds(5), netsuite.settlesWithin());
        assertEquals(99, netsuite.limits().get("calls-per-minute").calls());
        assertEquals(Duration.ofMinutes(1), netsuite.limits().get("calls-per-minute").window());
        assertEquals("107", netsuite.settings().get("customer"));
        assertEquals("ck", netsuite.credentials().get("consumer-key"));
    }

    @Test
    void anUnknownConnectionIsNamedWithTheWayOut() {
        Connections connections = Configured.connections(NETSUITE);
        String sentence = assertThrows(IllegalArgumentException.class, () -> connections.connection("netsweet")).getMessage();
        assertEquals("There is no connection 'netsweet'; configured are [netsuite]. Add orderweir.connections.netsweet.system", sentence);
    }

    @Test
    void aMisspeltKeyRefusesTheStartWithoutShowingWhatMayBeASecret() {
        String sentence = refusal("orderweir.connections.netsuite.secret", "canary");
        assertTrue(sentence.contains("orderweir.connections.netsuite.secret (in PropertiesConfigSource[source=test.properties], value not shown)"), sentence);
        assertTrue(sentence.contains("secrets-file"), sentence);
        assertFalse(sentence.contains("canary"), sentence);
    }

    @Test
    void aKeyOutsideTheConnectionsIsCheckedToo() {
        assertTrue(refusal("orderweir.capture.maxbody", "3M").contains("known are orderweir.roles"));
    }

    @Test
    void wrongValuesAreNamedWithKeyValueAndWayOut() {
        assertTrue(refusal("orderweir.roles", "capture,proces").contains("orderweir.roles = proces is not a role; use some of [capture"));
        assertTrue(refusal("orderweir.capture.max-body", "64M").contains("orderweir.capture.max-body = 67108864 bytes is out of range; use 1K to 16M"));
        for (String most : List.of("5M", "999G")) {
            assertTrue(refusal("orderweir.capture.max-under-way", most).contains("bytes is out of range; use 6291456 (3 times orderweir.capture.max-body) to "), most);
        }
        assertTrue(refusal("orderweir.arrivals.within", "10ms").contains("orderweir.arrivals.within = PT0.01S is shorter than any network; use 1S or more"));
        assertTrue(refusal("orderweir.arrivals.per-address", "0").contains("orderweir.arrivals.per-address = 0 lets nobody in; use 1 or more"));
        assertTrue(refusal("orderweir.retention.payloads", "10m").contains("orderweir.retention.payloads = PT10M would remove what a shop may still repeat; use 24H or more"));
        assertTrue(refusal("orderweir.retention.payloads-of.product", "1h").contains("orderweir.retention.payloads-of.product = PT1H"));
        assertTrue(refusal("orderweir.capture.seals", "short").contains("orderweir.capture.seals has a key of less than 32 characters"));
        assertTrue(refusal("orderweir.topics.prefix", "eu/").contains("orderweir.topics.prefix = eu/ cannot begin a topic's name"));
        assertTrue(refusal("orderweir.connections.netsuite.limits.calls-per-minute.calls", "0").contains("calls = 0 lets nothing through"));
        assertTrue(refusal("orderweir.connections.Net_Suite.system", "netsuite").contains("small letters"));
        assertTrue(refusal("orderweir.connections.netsuite.secrets-file", "/none/such").contains("/none/such cannot be read, or is empty"));
        assertTrue(refusal("orderweir.connections.netsuite.timeout", "soon").contains("orderweir.connections.netsuite.timeout"));
    }

    @Test
    void whoSpeaksOurWordsListsWhatItMaySayAndTheOthersHaveTheirOwn() {
        Connections connections = Configured.connections(Map.of("orderweir.connections.floor.system", "signals", "orderweir.connections.floor.may-say", "scheduled,built",
                "orderweir.connections.stripe-us.system", "stripe", "orderweir.connections.shopify-us.system", "shopify",
                "orderweir.connections.factory.system", "factory", "orderweir.connections.factory.may-say", "built"));
        assertEquals(List.of("scheduled", "built"), connections.maySay("floor"));
        assertEquals(List.of("payment", "authorized", "payment-failed", "refund", "dispute", "dispute-won", "dispute-lost"), connections.maySay("stripe-us"));
        assertEquals(List.of("built"), connections.maySay("factory"), "what a connection says itself counts before what its system may");
        assertEquals(List.of("goods-news"), connections.maySay("shopify-us"));
        assertEquals(List.of(), connections.maySay("nobody"));
        // and it is refused without, or with nonsense
        assertTrue(refusal("orderweir.connections.floor.system", "signals").contains("orderweir.connections.floor.may-say is missing: whoever signs for floor could say anything of any order,"
                + " that it is paid too; list what it may say, such as orderweir.connections.floor.may-say=scheduled,built"));
        assertTrue(refusal("orderweir.connections.netsuite.may-say", "Paid!").contains("orderweir.connections.netsuite.may-say = Paid! is no kind of signal; use some of [authorized, built, cancelled,"));
    }

    @Test
    void secretsMayBeMountedAsAFileWithOnePerLine(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("shopify-us"), "hush\nold,with comma\n");
        Connections connections = Configured.connections(Map.of("orderweir.connections.shopify-us.system", "shopify",
                "orderweir.connections.shopify-us.secrets-file", file.toString()));
        assertEquals("old,with comma", new String(connections.secrets("shopify-us").get(1)));
    }

    private static String refusal(String key, String value) {
        Map<String, String> keys = new HashMap<>(NETSUITE);
        keys.put(key, value);
        return assertThrows(RuntimeException.class, () -> Configured.connections(keys)).getMessage();
    }
}
