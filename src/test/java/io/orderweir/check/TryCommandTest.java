package io.orderweir.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.orderweir.embedded.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command try: what changed connectors would make of what came and of what was sent, before they run. */
class TryCommandTest {

    /** What tells the processes of tests apart, and is no key of the engine's. */
    private static final String FORK = "orderweir.fork";
    private static final String SECRET = "acme-secret-token";
    private static final String MAPPING = "acme/fulfilment.out.jq";
    private static final String COUNTRIES = """
            - route:
                id: acme.countries.fetch
                group: acme
                description: Asks for the countries.
                from:
                  uri: direct:acme.countries.fetch
                  steps:
                    - setVariable:
                        name: method
                        constant: GET
                    - setVariable:
                        name: path
                        constant: /countries
                    - to: direct:acme.call
            """;
    private static final List<String> ORDERS = List.of("plain", "world-text");
    private static final AtomicInteger CALLS = new AtomicInteger();
    private static String fork;
    private static TestDatabase ledger;
    private static HttpServer target;

    @TempDir
    Path directory;

    private Mounted mounted;
    private final Map<String, String> keys = new TreeMap<>();

    private record Ended(int code, List<String> said) {
    }

    @BeforeAll
    static void fill() throws Exception {
        ledger = TestDatabase.shared().named("tried");
        KeptOrders.in(ledger, ORDERS);
        fork = System.clearProperty(FORK);
        target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.createContext("/", exchange -> {
            CALLS.incrementAndGet();
            exchange.close();
        });
        target.start();
    }

    @AfterAll
    static void stop() {
        target.stop(0);
        if (fork != null) {
            System.setProperty(FORK, fork);
        }
    }

    @BeforeEach
    void mount() {
        mounted = new Mounted(directory).copy("shopify", "store").instead("store/door.camel.yaml", "/capture/shopify/", "/capture/store/");
        keys.putAll(ledger.keys());
        keys.put("orderweir.connections.acme.system", "acme");
        keys.put("orderweir.connections.acme.url", "http://127.0.0.1:" + target.getAddress().getPort());
        keys.put("orderweir.connections.acme.limits.at-once.calls", "5");
        keys.put("orderweir.connections.acme.limits.at-once.window", "0s");
        keys.put("orderweir.connections.acme.credentials.token", SECRET);
        keys.put("orderweir.connections.store.system", "store");
        keys.put("orderweir.connections.store.secrets", "0123456789abcdef0123456789abcdef");
    }

    @Test
    void whatAChangedMappingMakesOtherwiseIsToldByFieldWithoutPersonalValues() throws Exception {
        // Given what runs, and a change of what goes to acme: another spelling of the street, a code of its own for lines, and no mail address
        runs();
        mounted.instead(MAPPING, "address1: .address1", "address1: (.address1 | ascii_downcase)").instead(MAPPING, "sku:      .sku", "sku:      (\"A-\" + .sku)").instead(MAPPING, "{ phone:    .phone,", "{ phone:    .phone } ]")
                .instead(MAPPING, "                        email:    .email } ]\n", "");
        // When
        Ended tried = tried("--last", "10");
        // Then
        assertEquals(1, tried.code(), tried.said().toString());
        assertEquals("store: it is what revision 1 has", tried.said().get(0));
        assertEquals("acme fulfilment.create: 2 compared, 2 differ", tried.said().get(1));
        assertTrue(tried.said().contains("  body.shipTo.address1: in 1, first " + KeptOrders.name("plain") + ": ••• -> •••"), tried.said().toString());
        assertTrue(tried.said().contains("  body.shipTo.email: in 2, first " + KeptOrders.name("world-text") + ": ••• -> nothing"), tried.said().toString());
        String sku = KeptOrders.canonical("world-text").at("/lineItems/0/sku").asText();
        assertTrue(tried.said().contains("  body.lines[].sku: in 2, first " + KeptOrders.name("world-text") + ": " + sku + " -> A-" + sku), tried.said().toString());
        assertEquals("try: 0 messages and 2 deliveries compared with revision 1: 2 differ; no call was made", tried.said().get(tried.said().size() - 1));
        nobodyIsIn(tried);
    }

    @Test
    void whatAChangedDoorMakesOfWhatCameIsComparedByTheDocument() throws Exception {
        // Given a store whose currency is told otherwise, and the family's name put where nobody looks for one
        runs();
        mounted.instead("store/order.in.jq", "def known: with_entries(select(.value != null));", "def known: with_entries(select(.value != null)) | if has(\"lastName\") and has(\"city\") then .stateOrProvince = .lastName else . end;");
        // When
        Ended tried = tried();
        // Then
        assertEquals(1, tried.code(), tried.said().toString());
        assertTrue(tried.said().get(1).startsWith("store order.map: 2 compared, "), tried.said().toString());
        assertTrue(tried.said().stream().anyMatch(line -> line.matches("  shippingAddress\\.stateOrProvince: in \\d, first .*: .* -> •••")), tried.said().toString());
        nobodyIsIn(tried);
    }

    @Test
    void aMappingThatFailsNowSaysWhereAndFailedBeforeToo() throws Exception {
        // Given one that takes the street for an object
        runs();
        mounted.instead(MAPPING, "address1: .address1,", "address1: (.address1 | keys),");
        // When
        Ended tried = tried();
        // Then
        assertEquals(1, tried.code(), tried.said().toString());
        String fails = tried.said().get(2);
        assertTrue(fails.matches("  fails now: in \\d, first .*: the mapping .*" + MAPPING + ", line 16, failed with 'keys is not applicable to STRING; .*'"), tried.said().toString());
        nobodyIsIn(tried);
        // and when that runs and is mended
        KeptOrders.run(ledger, mounted);
        mounted.instead(MAPPING, "(.address1 | keys)", ".address1");
        tried = tried();
        assertEquals(1, tried.code());
        assertTrue(tried.said().get(2).matches("  failed before: in \\d, first .*: the mapping .*" + MAPPING + ", line 16, failed with 'keys is not applicable to STRING; .*'"), tried.said().toString());
        nobodyIsIn(tried);
    }

    @Test
    void aChangeThatChangesNothingEndsWithNoughtAndANewFolderHasNothingToCompare() throws Exception {
        runs();
        mounted.instead(MAPPING, "# end", "# the same\n# end").copy("wms", "depot");
        Ended tried = tried();
        assertEquals(0, tried.code(), tried.said().toString());
        assertTrue(tried.said().get(0).matches("depot: it is new, revision \\d+ has none of that name, so there is nothing to compare"), tried.said().toString());
        assertEquals("acme fulfilment.create: 2 compared, none differs", tried.said().get(2));
        assertTrue(tried.said().get(3).matches("try: 0 messages and 2 deliveries compared with revision \\d+: nothing differs; no call was made"), tried.said().toString());
    }

    @Test
    void noCredentialIsUsedAndNoCallIsMade() throws Exception {
        // Given a change that would say the token in the address
        runs();
        mounted.instead(Mistakes.ROUTES, "constant: /fulfilments", "simple: /fulfilments/${bean:connections?method=credential(${variable.connection}, 'token')}");
        Ended tried = tried();
        assertTrue(tried.said().contains("  path: in 2, first " + KeptOrders.name("world-text") + ": /fulfilments -> /fulfilments/not-used"), tried.said().toString());
        assertFalse(tried.said().toString().contains(SECRET));
        assertEquals(0, CALLS.get());
    }

    @Test
    void aDeliveryThatCannotBeShownIsCountedWithItsReason() throws Exception {
        runs();
        keys.remove("orderweir.connections.acme.url");
        mounted.instead(MAPPING, "sku:      .sku", "sku:      (\"A-\" + .sku)");
        Ended tried = tried();
        assertEquals(0, tried.code(), tried.said().toString());
        assertTrue(tried.said().get(2).startsWith("  not shown: in 2, first ") && tried.said().get(2).contains("orderweir.connections.acme.url is missing"), tried.said().toString());
    }

    @Test
    void aDeliveryIsShownByTheVerbThatItWasClaimedWith() throws Exception {
        // Given an order that came, was changed and was cancelled, and a change of every address
        TestDatabase own = TestDatabase.shared().named("tried_verbs");
        keys.putAll(own.keys());
        KeptOrders.in(own, List.of("plain"));
        KeptOrders.again(own, 1, "plain", false);
        KeptOrders.again(own, 2, "plain", true);
        KeptOrders.run(own, mounted);
        String routes = Mounted.read(mounted.path(Mistakes.ROUTES));
        mounted.file(Mistakes.ROUTES, routes.replace("constant: /fulfilments", "constant: /v2/fulfilments").replace("simple: /fulfilments", "simple: /v2/fulfilments"));
        // When
        Ended tried = tried();
        // Then the newest three, and of those the newest two
        String order = KeptOrders.name("plain");
        List<String> cancelled = List.of("acme fulfilment.cancel: 1 compared, 1 differs", "  path: in 1, first " + order + ": /fulfilments/W7/cancel -> /v2/fulfilments/W7/cancel");
        List<String> created = List.of("acme fulfilment.create: 1 compared, 1 differs", "  path: in 1, first " + order + ": /fulfilments -> /v2/fulfilments");
        List<String> updated = List.of("acme fulfilment.update: 1 compared, 1 differs", "  path: in 1, first " + order + ": /fulfilments/W7 -> /v2/fulfilments/W7");
        assertEquals(Stream.of(cancelled, created, updated).flatMap(List::stream).toList(), tried.said().subList(1, 7));
        assertEquals(Stream.of(cancelled, updated).flatMap(List::stream).toList(), tried("--last", "2").said().subList(1, 5));
    }

    @Test
    void whatTheLedgerKnowsOfATargetIsReadAndNobodyIsAskedForIt() throws Exception {
        // Given a connector that lists countries, of which the ledger keeps old ones, and a change that writes their numbers
        mounted.instead("acme/connector.yaml", "auth:\n", "knows: { countries: { kept-for: 24h } }\nauth:\n").instead(Mistakes.ROUTES, "- route:\n    id: acme.test", COUNTRIES + "- route:\n    id: acme.test");
        runs();
        mounted.instead(MAPPING, ".lines as $lines", ".known.countries as $countries | .lines as $lines").instead(MAPPING, "country:  .country", "country:  $countries[.country]");
        // When it was never asked for
        Ended tried = tried();
        // Then neither version can say what it would send
        assertEquals(0, tried.code(), tried.said().toString());
        assertEquals("  not shown: in 2, first " + KeptOrders.name("world-text") + ": it would ask for its reference data first, and the ledger keeps none of it", tried.said().get(2));
        // When the ledger keeps it, however old
        String country = KeptOrders.canonical("world-text").at("/shippingAddress/country").asText();
        try (Connection connection = ledger.open(); Statement statement = connection.createStatement()) {
            statement.execute("insert into orderweir.reference_data (connection, name, content, fetched_at, kept_until) values ('acme', 'countries', '{\"" + country + "\":\"country-81\"}', timestamptz '2019-12-31', timestamptz '2020-01-01')");
            connection.commit();
        }
        try {
            tried = tried();
        } finally {
            try (Connection connection = ledger.open(); Statement statement = connection.createStatement()) {
                statement.execute("truncate orderweir.reference_data");
                connection.commit();
            }
        }
        // Then
        assertTrue(tried.said().contains("  body.shipTo.country: in 2, first " + KeptOrders.name("world-text") + ": " + country + " -> country-81"), tried.said().toString());
        assertEquals(0, CALLS.get());
    }

    @Test
    void headersAreComparedAndWhatLetsSomebodyInIsNeverTold() throws Exception {
        // Given another kind of content, and a header that says where the order goes
        runs();
        mounted.instead(Mistakes.ROUTES, "constant: application/json", "constant: application/vnd.acme.v2+json")
                .instead(Mistakes.ROUTES, "        - setHeader:\n            name: Content-Type", "        - setHeader:\n            name: X-Goes-To\n            jq: { expression: .shipTo.address1 }\n"
                        + "        - setHeader:\n            name: Content-Type");
        Ended tried = tried();
        // Then two differ, and signing in is none of them
        assertEquals(1, tried.code(), tried.said().toString());
        assertTrue(tried.said().contains("  headers.content-type: in 2, first " + KeptOrders.name("world-text") + ": application/json -> application/vnd.acme.v2+json"), tried.said().toString());
        assertTrue(tried.said().stream().anyMatch(line -> line.startsWith("  headers.x-goes-to: in 2, first ")), tried.said().toString());
        assertFalse(tried.said().toString().contains("authorization"), tried.said().toString());
        nobodyIsIn(tried);
        // and whatever lets somebody in is told by its name alone
        mounted.instead("acme/connector.yaml", "- { kind: bearer }", "- { kind: header, header: X-Acme-Token }");
        tried = tried();
        assertTrue(tried.said().contains("  headers.authorization: in 2, first " + KeptOrders.name("world-text") + ": ••• -> nothing"), tried.said().toString());
        assertTrue(tried.said().contains("  headers.x-acme-token: in 2, first " + KeptOrders.name("world-text") + ": nothing -> •••"), tried.said().toString());
        assertFalse(tried.said().toString().contains(SECRET));
    }

    @Test
    void aLimitThatIsNewHoldsWhatWasSent() throws Exception {
        // Given that nothing changes but a limit of the policy, and no connectors are named
        runs();
        keys.put("orderweir.connectors.dir", mounted.connectors.toString());
        mounted.file("policy/limits.yaml", "- { system: acme, port: fulfilment, path: shippingAddress.address1, says: too-long, max: 2 }\n# end\n");
        // When
        Ended tried = ended("--policy", mounted.policy.toString());
        // Then
        assertEquals(1, tried.code(), tried.said().toString());
        assertEquals("acme fulfilment.create: 2 compared, 2 differ", tried.said().get(0));
        assertTrue(tried.said().get(1).startsWith("  fails now: in "), tried.said().toString());
        nobodyIsIn(tried);
        // and when it runs, and is taken out again
        KeptOrders.run(ledger, mounted);
        mounted.without("policy/limits.yaml");
        tried = ended("--policy", mounted.policy.toString());
        assertTrue(tried.said().get(1).startsWith("  failed before: in "), tried.said().toString());
        nobodyIsIn(tried);
    }

    @Test
    void aLimitOfAPackagedConnectorIsTriedToo() throws Exception {
        // Given an account of the packaged warehouse, and a policy alone
        keys.keySet().removeIf(key -> key.startsWith("orderweir.connections.store"));
        keys.put("orderweir.connections.acme.system", "wms");
        runs();
        mounted.file("policy/limits.yaml", "- { system: wms, path: shippingAddress.city, says: too-long, max: 1 }\n# end\n");
        Ended tried = ended("--policy", mounted.policy.toString());
        assertEquals("wms fulfilment.create: 2 compared, 2 differ", tried.said().get(0), tried.said().toString());
        nobodyIsIn(tried);
    }

    @Test
    void aChangedTypeRefusesWhatWasTakenIn() throws Exception {
        // Given prices that came, of a mounted type
        TestDatabase own = TestDatabase.shared().named("tried_types");
        keys.putAll(own.keys());
        KeptOrders.price(own);
        Mounted before = new Mounted(Files.createDirectory(directory.resolve("before"))).price();
        mounted.price().copy("stripe", "payco").instead("payco/door.camel.yaml", "/capture/stripe/", "/capture/payco/").instead("payco/door.camel.yaml", "constant: signal", "constant: price")
                .instead("payco/door.camel.yaml", "direct:payco.signal.map", "direct:payco.price.map").file("payco/signal.in.jq", ".\n# end\n");
        KeptOrders.run(own, mounted);
        keys.put("orderweir.connectors.dir", mounted.connectors.toString());
        keys.put("orderweir.types.dir", before.types.toString());
        keys.put("orderweir.connections.pay.system", "payco");
        keys.put("orderweir.connections.pay.secrets", "0123456789abcdef0123456789abcdef");
        // When the same types are named, and others
        assertEquals(new Ended(0, List.of("try: compared with revision 1: there was nothing to compare")), ended("--types", mounted.types.toString()));
        mounted.instead(Mistakes.PRICE + "schema.json", "^[A-Z]{3}$", "^[A-Z]{4}$");
        Ended tried = ended("--types", mounted.types.toString());
        // Then
        assertEquals(1, tried.code(), tried.said().toString());
        assertEquals("payco price.map: 1 compared, 1 differs", tried.said().get(0));
        assertTrue(tried.said().get(1).startsWith("  fails now: in 1, first TEA-01: "), tried.said().toString());
    }

    @Test
    void withoutARevisionTheConfiguredDirectoryIsWhatRuns() throws Exception {
        // Given a ledger that never saw one, and a configured directory
        TestDatabase empty = TestDatabase.shared().named("tried_empty");
        keys.putAll(empty.keys());
        Mounted running = new Mounted(Files.createDirectory(directory.resolve("running")));
        keys.put("orderweir.connectors.dir", running.connectors.toString());
        mounted.instead(MAPPING, "sku:      .sku", "sku:      (\"A-\" + .sku)");
        // When
        Ended tried = tried();
        // Then
        assertEquals(0, tried.code(), tried.said().toString());
        assertEquals("try: 0 messages and 0 deliveries compared with " + running.connectors + ": nothing differs; no call was made", tried.said().get(tried.said().size() - 1));
    }

    @Test
    void whatIsWrongIsToldWithItsCode() {
        keys.remove("quarkus.datasource.jdbc.url");
        assertEquals(new Ended(2, List.of("try: no ledger is configured, and what came is kept there; set quarkus.datasource.jdbc.url, .username and .password as the process that runs has them")), tried());
        keys.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:1/none");
        Ended away = tried();
        assertEquals(2, away.code());
        assertTrue(away.said().get(0).startsWith("try: the ledger cannot be read: "), away.said().toString());
        assertEquals(new Ended(2, List.of("try: --last takes a number from 1 to 100000, of messages and of deliveries")), tried("--last", "0"));
        mounted.instead(Mistakes.ROUTES, "setVariable:", "setVarible:");
        Ended faulty = tried();
        assertEquals(1, faulty.code());
        assertEquals("try: 1 fault of the check; nothing is tried before they are mended", faulty.said().get(1));
    }

    /** What the directory holds now is what runs. */
    private void runs() throws SQLException {
        try (Connection connection = ledger.open(); Statement statement = connection.createStatement()) {
            statement.execute("truncate orderweir.revision, orderweir.revision_file cascade");
            connection.commit();
        }
        KeptOrders.run(ledger, mounted);
    }

    private Ended tried(String... more) {
        return ended(Stream.concat(Stream.of(mounted.connectors.toString(), "--policy", mounted.policy.toString()), Stream.of(more)).toArray(String[]::new));
    }

    private Ended ended(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = new TryCommand(new PrintStream(out, true, StandardCharsets.UTF_8), keys).run(List.of(arguments));
        return new Ended(code, out.toString(StandardCharsets.UTF_8).lines().toList());
    }

    /** Nothing of whom the orders go to is told. */
    private static void nobodyIsIn(Ended tried) throws IOException {
        String said = String.join("\n", tried.said()).toLowerCase();
        for (String order : ORDERS) {
            for (String field : List.of("firstName", "lastName", "address1", "city", "email", "phone", "zipCodeOrPostalCode")) {
                String value = KeptOrders.canonical(order).at("/shippingAddress/" + field).asText();
                assertFalse(value.length() >= 3 && said.contains(value.toLowerCase()), field + " " + value + " in " + said);
            }
        }
    }
}
