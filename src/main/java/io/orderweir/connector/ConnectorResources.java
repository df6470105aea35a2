package io.orderweir.connector;

import io.quarkus.arc.Unremovable;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
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
    private CamelContext camel;

    @Inject
    public ConnectorResources(Connectors connectors) {
        this.connectors = connectors;
    }

    @Override
    public String getSupportedScheme() {
        return SCHEME;
    }

    @Override
    public Resource resolve(String location) {
        String file = location.substring(SCHEME.length() + 1);
        return ResourceHelper.fromBytes(location, connectors.bytes(file).orElseThrow(() -> new IllegalArgumentException("the connectors have no file " + file)));
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
