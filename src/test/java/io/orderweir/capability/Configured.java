package io.orderweir.capability;

import io.orderweir.connection.Connections;
import io.orderweir.connection.Plans;
import io.orderweir.connection.Settings;
import io.orderweir.connector.Connectors;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Reads a few keys the way the application reads its configuration. */
public final class Configured {

    private Configured() {
    }

    public static Connections connections(Map<String, String> keys) {
        SmallRyeConfig config = config(keys);
        return new Connections(config.getConfigMapping(Settings.class), connectors(keys), config);
    }

    /** The packaged connectors, and those of the directory that the keys mount. */
    public static Connectors connectors(Map<String, String> keys) {
        return Connectors.in(keys.get("orderweir.connectors.dir"));
    }

    public static Settings settings(Map<String, String> keys) {
        return config(keys).getConfigMapping(Settings.class);
    }

    private static SmallRyeConfig config(Map<String, String> keys) {
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(Settings.class)
                .withValidateUnknown(false).withSources(new PropertiesConfigSource(keys, "test.properties", 100)).withSources(new Plans()).build();
    }
}
