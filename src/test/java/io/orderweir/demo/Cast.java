package io.orderweir.demo;

import io.orderweir.process.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Who plays: the engine's connections, and how the pretend vendors behave. */
final class Cast {
    static final String SHOP = "shopify-us";
    static final String SHOP_SECRET = "black-friday";
    /** A second store, of things that are built: its goods do not wait for the ERP, and it is told what waits. */
    static final String STUDIO = "studio";
    /** One call fewer per window than the ERP allows: the reserve is ours, not the ERP's. */
    static final int ERP_CALLS = 99;
    /** Where the design desk leaves its drawings. */
    static final Path DRAWINGS = Path.of("target", "demo", "drawings").toAbsolutePath();
    /** The tables that differ from the built-in ones. */
    static final Path POLICY = Path.of("target", "demo", "policy").toAbsolutePath();
    /** Points of a large store's plan: a bucket, and how much of it comes back in a second. */
    private static final int POINTS = 20_000;
    private static final int POINTS_A_SECOND = 1_000;
    private static final int DEAREST_QUERY = 70;
    private static final int ERP_LIMIT = 100;
    private static final int ERP_AT_ONCE = 15;
    private static final double LOST_REPLIES = 0.01;

    private Cast() {
    }

    static Stream<String> sandbox() {
        // the pretend vendors leave the processors to the engine
        return Stream.of("-Dorderweir.roles=sandbox", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    }

    /** The -D options of the engine, as an operator would write them. */
    static Stream<String> engine(Tempo tempo, String sandbox) {
        Map<String, String> keys = new TreeMap<>();
        keys.put(SHOP + ".system", "shopify");
        keys.put(SHOP + ".secrets", SHOP_SECRET);
        keys.put(STUDIO + ".system", "shopify");
        keys.put(STUDIO + ".label", "the studio");
        keys.put(STUDIO + ".secrets", SHOP_SECRET);
        keys.put(STUDIO + ".url", sandbox + "/shopify");
        keys.put(STUDIO + ".credentials.token", "sandbox-shopify-token");
        keys.put(STUDIO + ".limits.points.calls", "" + POINTS / DEAREST_QUERY);
        keys.put(STUDIO + ".limits.points.window", POINTS / POINTS_A_SECOND + "s");
        keys.put(STUDIO + ".limits.points.bucket", "true");
        keys.put(STUDIO + ".limits.points.cost", "" + DEAREST_QUERY);
        keys.put("netsuite.system", "netsuite");
        keys.put("netsuite.label", "NetSuite");
        keys.put("netsuite.url", sandbox + "/netsuite");
        keys.put("netsuite.timeout", tempo.erpTimeout().toString());
        keys.put("netsuite.settles-within", tempo.settlesWithin().toString());
        keys.put("netsuite.limits.minute.calls", "" + ERP_CALLS);
        keys.put("netsuite.limits.minute.window", tempo.window().toString());
        keys.put("netsuite.limits.concurrency.calls", "" + ERP_AT_ONCE);
        keys.put("netsuite.limits.concurrency.window", "0s");
        keys.put("netsuite.credentials.account", "1234567");
        keys.put("netsuite.credentials.consumer-key", "sandbox-consumer-key");
        keys.put("netsuite.credentials.consumer-secret", "sandbox-consumer-secret");
        keys.put("netsuite.credentials.token-id", "sandbox-token");
        keys.put("netsuite.credentials.token-secret", "sandbox-token-secret");
        keys.put("wms.system", "wms");
        keys.put("wms.label", "WMS");
        keys.put("wms.url", sandbox + "/wms");
        keys.put("wms.timeout", tempo.erpTimeout().toString());
        keys.put("wms.settles-within", tempo.settlesWithin().toString());
        keys.put("wms.limits.concurrency.calls", "10");
        keys.put("wms.limits.concurrency.window", "0s");
        keys.put("wms.credentials.token", "sandbox-wms-token");
        for (String partner : List.of("design", "factory")) {
            keys.put(partner + ".system", partner);
            keys.put(partner + ".label", "the " + partner);
            keys.put(partner + ".url", sandbox + "/" + partner);
            keys.put(partner + ".limits.concurrency.calls", "10");
            keys.put(partner + ".limits.concurrency.window", "0s");
            keys.put(partner + ".credentials.token", "sandbox-" + partner + "-token");
        }
        keys.put("factory.secrets", "whsec_c2FuZGJveC1mYWN0b3J5LWNhbGxiYWNrcw==");
        keys.put("stripe.system", "stripe");
        keys.put("stripe.secrets", "whsec_sandbox");
        keys.put("drawings.system", "drawings");
        keys.put("drawings.settings.directory", DRAWINGS.toString());
        return Stream.concat(Stream.of("-Dorderweir.console.admin-password=" + Token.PASSWORD, "-Dorderweir.policy.dir=" + POLICY),
                keys.entrySet().stream().map(key -> "-Dorderweir.connections." + key.getKey() + "=" + key.getValue()));
    }

    /** The built-in table of what is sent where, with one row for the studio. */
    static void writePolicy() throws IOException {
        Files.createDirectories(POLICY);
        Files.writeString(POLICY.resolve("sync.yaml"), Files.readString(Path.of("src", "main", "resources", "policy", "sync.yaml")).stripTrailing() + """

                  - target: wms.fulfilment
                    from: studio
                    connection: wms
                    port: fulfilment
                    priority: 0
                    goods-moving: true
                    after: none
                    sends: [name, shippingAddress, orderNote]
                """);
    }

    /** Half of the lost replies are lost after the vendor worked, half before it does, up to five seconds after the caller gave up. */
    static Map<String, Object> vendors(Tempo tempo) {
        Map<String, Object> wms = Map.of("windowMs", tempo.window().toMillis(), "commitThenSilence", LOST_REPLIES / 2,
                "silenceThenCommit", LOST_REPLIES / 2, "settleMs", 5_000);
        Map<String, Object> netsuite = new TreeMap<>(wms);
        netsuite.putAll(Map.of("limit", ERP_LIMIT, "concurrency", ERP_AT_ONCE, "allowanceLimit", ERP_CALLS));
        return Map.of("netsuite", netsuite, "wms", wms, "shopify", Map.of("maximumAvailable", POINTS, "restoreRate", POINTS_A_SECOND));
    }

    /** The same for whoever takes the orders: the seed makes them equal. */
    static Map<String, Object> traffic(Tempo tempo, String target, int orders, int badAddressAt) {
        Map<String, Object> traffic = new TreeMap<>(Map.of("target", target, "secret", SHOP_SECRET, "orders", orders, "connections", 32,
                "badAddressAt", badAddressAt, "duplicates", 0.05, "bto", 0.15, "edits", 0.02, "cancels", 0.02, "seed", 1127));
        traffic.put("firstId", 5_324_830_114_101L);
        // up to a third of the time the backlog takes: some edits and cancellations meet their order in flight
        traffic.put("followUpAfterMs", new long[] {200L * tempo.slower(), 20_000L * tempo.slower()});
        return traffic;
    }
}
