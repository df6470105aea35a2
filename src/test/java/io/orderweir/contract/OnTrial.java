package io.orderweir.contract;

import io.orderweir.connector.Connector;
import io.orderweir.connector.Connectors;
import io.orderweir.type.Types;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/** One port of a packaged connector, with the vendor of its recordings. */
final class OnTrial {

    interface Tried {
        void with(Trial trial) throws Exception;
    }

    private OnTrial() {
    }

    /** Of an account that has these settings besides those of its recordings. */
    static void at(String system, String port, Map<String, String> settings, Tried tried) throws Exception {
        Connectors connectors = Connectors.in(null);
        Connector connector = connectors.find(system).orElseThrow();
        Fixtures fixtures = new Fixtures(connectors, connector);
        Recordings.Account account = fixtures.account();
        Secrets secrets = new Secrets(connector, account.credentials());
        try (Vendor vendor = new Vendor(secrets::in)) {
            Map<String, String> keys = new TreeMap<>(Suite.keys(connector, account, secrets, vendor.url(), null));
            settings.forEach((name, value) -> keys.put("orderweir.connections." + Bench.account(connector) + ".settings." + name, value));
            try (Bench bench = new Bench(connectors, connector, Types.packaged(), keys)) {
                Recordings recordings = fixtures.port(port).orElseThrow();
                vendor.become(recordings, account.headers());
                tried.with(new Trial(bench, connector, port, recordings, fixtures.order(recordings), vendor, new ArrayList<>()));
            }
        }
    }
}
