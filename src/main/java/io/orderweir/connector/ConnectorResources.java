package io.orderweir.connector;

import io.orderweir.mounted.Mounted;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceResolver;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.service.ServiceSupport;

/** Lets a route name a file of a connector's folder, packaged or mounted: {@code resource:connector:netsuite/order.out.jq}. */
@Unremovable
@Singleton
@Named(ConnectorResources.NAME)
public class ConnectorResources extends ServiceSupport implements ResourceResolver {

    /** Camel finds a resolver in its registry by this name. */
    public static final String NAME = "resource-loader-" + ConnectorResources.SCHEME;
    private static final String SCHEME = "connector";

    private final Connectors connectors;
    /** Folders of a revision, by what their routes are called: those of a call that has begun are read from here, whatever runs now. */
    private final Map<String, Mounted> served = new ConcurrentHashMap<>();
    private CamelContext camel;

    @Inject
    public ConnectorResources(Connectors connectors) {
        this.connectors = connectors;
    }

    /** {@code serving} is what the routes of a folder are called, such as {@code acme_7}. */
    public void serve(String serving, Mounted folders) {
        served.put(serving, folders);
    }

    public void forget(String serving) {
        served.remove(serving);
    }

    @Override
    public String getSupportedScheme() {
        return SCHEME;
    }

    @Override
    public Resource resolve(String location) {
        String file = location.substring(SCHEME.length() + 1);
        return ResourceHelper.fromBytes(location, bytes(file).orElseThrow(() -> new IllegalArgumentException("the connectors have no file " + file)));
    }

    private Optional<byte[]> bytes(String file) {
        String folder = file.split("/")[0];
        return served.containsKey(folder) ? served.get(folder).bytes(file.replaceFirst("_\\d+", "")) : connectors.bytes(file);
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }

    @Override
    public void setCamelContext(CamelContext camel) {
        this.camel = camel;
    }
}
