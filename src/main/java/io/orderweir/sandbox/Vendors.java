package io.orderweir.sandbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pretend vendors, each with its gate and its settings. */
@ApplicationScoped
public class Vendors {
    private final Stopwatch watch = new Stopwatch();
    private final List<Vendor> called = List.of(new Vendor("netsuite", Settings.netsuite(), watch), new Vendor("wms", Settings.wms(), watch),
            new Vendor("factory", Settings.factory(), watch), new Vendor("design", Settings.design(), watch),
            new Vendor("shopify", Settings.shopify(), watch), new Vendor("twilio", Settings.twilio(), watch), new Vendor("slack", Settings.slack(), watch),
            new Vendor("pager", Settings.pager(), watch), new Vendor("stripe", Settings.stripe(), watch), new Vendor("business-central", Settings.businessCentral(), watch));

    Vendor get(String name) {
        return called.stream().filter(vendor -> vendor.name.equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The sandbox has no vendor " + name + " that can be called."));
    }

    List<Vendor> all() {
        return called;
    }

    Settings settings(String name) {
        return get(name).settings;
    }

    Map<String, Settings> settings() {
        Map<String, Settings> all = new LinkedHashMap<>();
        called.forEach(vendor -> all.put(vendor.name, vendor.settings));
        return all;
    }

    Stopwatch watch() {
        return watch;
    }
}
