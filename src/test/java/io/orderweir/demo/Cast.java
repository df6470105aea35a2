package io.orderweir.demo;

import io.orderweir.process.Account;
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
    /** A second store, of things that are built: its goods do not wait for the ERP, it is told what waits, and it has books of its own. */
    static final String STUDIO = "studio";
    /** Of the company behind the studio: another account of the same ERP, with another customer for web orders. */
    static final String STUDIO_ACCOUNT = "7654321";
    static final String STUDIO_CUSTOMER = "211";
    /** Which ships what the studio sells to this country. */
    static final String SECOND_WAREHOUSE = "wms-hamburg";
    static final String SECOND_COUNTRY = "DE";
    /** One call fewer per window than the ERP allows: the reserve is ours, not the ERP's. */
    static final int ERP_CALLS = 99;
    /** Where the design desk leaves its drawings. */
    static final Path DRAWINGS = Path.of("target", "demo", "drawings").toAbsolutePath();
    /** The tables that differ from the built-in ones. */
    static final Path POLICY = Path.of("target", "demo", "policy").toAbsolutePath();
    /** Points of a large store's plan: a bucket, and how much of it comes back in a second. */
    private static final int POINTS = 20_000;
    private static final int POINTS_A_SECOND = 1_000;
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
    static Stream<String> engine(Tempo tempo, String sandbox, String studio) {
        List<Account> accounts = List.of(
                Account.shop(SHOP, SHOP_SECRET),
                Account.shop(STUDIO, SHOP_SECRET).with("label", "the studio").with("url", sandbox + "/shopify").with("credentials.token", "sandbox-shopify-token")
                        .with("plan", "plus"),
                patient(tempo, Account.netsuite(sandbox)).limit("minute", ERP_CALLS, tempo.window()).limit("concurrency", ERP_AT_ONCE, "0s"),
                patient(tempo, Account.wms(sandbox)).limit("concurrency", 10, "0s"),
                patient(tempo, Account.netsuite(studio).called("netsuite-studio")).with("label", "the studio's NetSuite").with("credentials.account", STUDIO_ACCOUNT)
                        .with("settings.customer", STUDIO_CUSTOMER).limit("minute", ERP_CALLS, tempo.window()).limit("concurrency", ERP_AT_ONCE, "0s"),
                patient(tempo, Account.wms(studio).called(SECOND_WAREHOUSE)).with("label", "Hamburg").limit("concurrency", 10, "0s"),
                Account.design(sandbox).limit("concurrency", 10, "0s"),
                Account.factory(sandbox).limit("concurrency", 10, "0s"),
                Account.payments(sandbox, "whsec_sandbox"),
                Account.drawings(DRAWINGS));
        return Stream.concat(Stream.of("-Dorderweir.console.admin-password=" + Token.PASSWORD, "-Dorderweir.policy.dir=" + POLICY),
                accounts.stream().flatMap(account -> account.keys().entrySet().stream()).map(key -> "-D" + key.getKey() + "=" + key.getValue()));
    }

    private static Account patient(Tempo tempo, Account vendor) {
        return vendor.with("timeout", tempo.erpTimeout()).with("settles-within", tempo.settlesWithin());
    }

    /** The built-in table of what goes where, with rows of its own for the studio: an ERP, a warehouse for one country, and goods that do not wait for the ERP. */
    static void writePolicy() throws IOException {
        Files.createDirectories(POLICY);
        Files.writeString(POLICY.resolve("flows.yaml"), Files.readString(Path.of("src", "main", "resources", "policy", "flows.yaml")).replace("\nroles:\n", "\nroles:\n" + """
                  - {role: erp, for: [studio], connection: netsuite-studio}
                  - {role: warehouse, for: [studio], ship-to: [DE], connection: wms-hamburg}
                """).replace("\nflows:\n", "\nflows:\n" + """
                  - {type: order, parts: standard-lines, for: [studio], to: warehouse, port: fulfilment, moves-goods: true, sends: [name, shippingAddress, orderNote]}
                  - {type: order, parts: each-gated-line, for: [studio], to: warehouse, port: fulfilment, behind: all, moves-goods: true, sends: [name, shippingAddress, orderNote]}
                """));
    }

    /** Half of the lost replies are lost after the vendor worked, half before it does, up to five seconds after the caller gave up. */
    static Map<String, Object> vendors(Tempo tempo) {
        Map<String, Object> wms = Map.of("windowMs", tempo.window().toMillis(), "commitThenSilence", LOST_REPLIES / 2,
                "silenceThenCommit", LOST_REPLIES / 2, "settleMs", 5_000);
        Map<String, Object> netsuite = new TreeMap<>(wms);
        netsuite.putAll(Map.of("limit", ERP_LIMIT, "concurrency", ERP_AT_ONCE, "allowanceLimit", ERP_CALLS));
        return Map.of("netsuite", netsuite, "wms", wms, "shopify", Map.of("maximumAvailable", POINTS, "restoreRate", POINTS_A_SECOND));
    }

    /** Of the studio's own accounts; its minutes are as short as those of the other ERP. */
    static Map<String, Object> studio(Tempo tempo) {
        return Map.of("netsuite", Map.of("account", STUDIO_ACCOUNT, "customers", List.of(STUDIO_CUSTOMER), "windowMs", tempo.window().toMillis(), "limit", ERP_LIMIT, "allowanceLimit", ERP_CALLS));
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
