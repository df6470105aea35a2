package io.orderweir.sandbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The pretend vendors that are called by others. */
@ApplicationScoped
public class Vendors {
    private final Stopwatch watch = new Stopwatch();
    private final Vendor netsuite = new Vendor("netsuite", Settings.netsuite(), watch);
    private final Vendor wms = new Vendor("wms", Settings.wms(), watch);

    Vendor get(String name) {
        return all().stream().filter(vendor -> vendor.name.equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The sandbox has no vendor " + name + " that can be called."));
    }

    List<Vendor> all() {
        return List.of(netsuite, wms);
    }

    Stopwatch watch() {
        return watch;
    }
}
