package io.orderweir.process;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A connection to a pretend vendor or a shop, in the words of the configuration; what is said later of a key counts. */
public final class Account {

    private final Map<String, String> keys;
    private final String name;

    private Account(String name, String system) {
        this(name, new LinkedHashMap<>());
        with("system", system);
    }

    private Account(String name, Map<String, String> keys) {
        this.name = name;
        this.keys = keys;
    }

    /** Another account with the same settings. */
    public Account called(String other) {
        Map<String, String> renamed = new LinkedHashMap<>();
        keys.forEach((key, value) -> renamed.put(key.replace("orderweir.connections." + name + ".", "orderweir.connections." + other + "."), value));
        return new Account(other, renamed);
    }

    /** A shop that signs with the secret. */
    public static Account shop(String name, String secret) {
        return new Account(name, "shopify").with("secrets", secret);
    }

    /** The account at a system of that name among the pretend vendors, whose address is {@code vendors}. */
    public static Account at(String vendors, String system, String label) {
        return new Account(system, system).with("label", label).with("url", vendors + "/" + system);
    }

    public static Account netsuite(String vendors) {
        return at(vendors, "netsuite", "NetSuite").with("settings.customer", "107").with("credentials.account", "1234567")
                .with("credentials.consumer-key", "sandbox-consumer-key").with("credentials.consumer-secret", "sandbox-consumer-secret")
                .with("credentials.token-id", "sandbox-token").with("credentials.token-secret", "sandbox-token-secret");
    }

    public static Account businessCentral(String vendors) {
        return at(vendors, "business-central", "Business Central").with("credentials.token", "sandbox-business-central-token").with("settings.company", "5f8e0a6c-0000-4000-8000-00000000c001")
                .with("settings.customer", "10000").with("settings.other-account", "8400").with("settings.no-tax-code", "VAT0");
    }

    public static Account wms(String vendors) {
        return at(vendors, "wms", "WMS").with("credentials.token", "sandbox-wms-token");
    }

    public static Account design(String vendors) {
        return at(vendors, "design", "the design desk").with("credentials.token", "sandbox-design-token");
    }

    public static Account factory(String vendors) {
        return at(vendors, "factory", "the factory").with("credentials.token", "sandbox-factory-token").with("secrets", "whsec_c2FuZGJveC1mYWN0b3J5LWNhbGxiYWNrcw==");
    }

    /** The payment provider, which signs what it tells with the secret. */
    public static Account payments(String vendors, String secret) {
        return at(vendors, "stripe", "Stripe").with("secrets", secret).with("credentials.key", "rk_test_sandbox").limit("second", 25, "1s");
    }

    /** The folder in which a design desk leaves its drawings. */
    public static Account drawings(Path folder) {
        return new Account("drawings", "drawings").with("settings.directory", folder);
    }

    /** {@code key} below orderweir.connections.(name). */
    public Account with(String key, Object value) {
        keys.put("orderweir.connections." + name + "." + key, String.valueOf(value));
        return this;
    }

    /** So many calls in a window such as 60s; 0s: at once. */
    public Account limit(String limit, Object calls, Object window) {
        return with("limits." + limit + ".calls", calls).with("limits." + limit + ".window", window);
    }

    public Map<String, String> keys() {
        return keys;
    }
}
